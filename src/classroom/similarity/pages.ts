/** The pages of the report about similar answers: an overview, and a page for each pair. */
import { indexPage } from './index-page.ts';
import { pairName, SIMILARITY_INDEX } from './page-names.ts';
import { pairPage } from './pair-page.ts';
import type { Similarity } from './types.ts';

export { SIMILARITY_INDEX };

/** Where they are, seen from the folder that results are written to. */
export const SIMILARITY_FOLDER = 'report/similarity';

/** Names below SIMILARITY_FOLDER, and how to make the texts. The same similarity makes the same pages. */
export function similarityPages(similarity: Similarity): (readonly [name: string, make: () => Promise<string>])[] {
  return [
    [SIMILARITY_INDEX, () => indexPage(similarity)],
    ...similarity.exercises.flatMap((exercise) =>
      exercise.pairs.map((_, n) => [pairName(exercise.slug, n), () => pairPage(exercise, n)] as const),
    ),
  ];
}
