/** The hidden test suites, each a chunk of its own, fetched when first needed; they never enter the learner's interpreter. */
import type { Suite } from '../grader/suite.ts';

const suites = import.meta.webpackContext('@site/exercises', { recursive: true, regExp: /\/tests\.ts$/, mode: 'lazy' });

export async function loadSuite(slug: string): Promise<Suite> {
  const module = await suites(`./${slug}/tests.ts`);
  return module.default as Suite;
}
