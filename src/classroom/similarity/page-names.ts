/** What the pages about similar answers are called, below report/similarity. */

export const SIMILARITY_INDEX = 'index.html';

/** Slugs have lower-case letters, digits and hyphens, and one slash. `n` counts from 0. */
export function pairName(slug: string, n: number): string {
  return `${slug.replace('/', '--')}-${n + 1}.html`;
}
