/** The data of any exercise, each a chunk of its own, fetched when first needed: an assignment may name any of them. */
import { exerciseDataFile } from '../course-plugin/data-file.ts';
import type { ExerciseData } from '../exercise-data.ts';

const all = import.meta.webpackContext('@generated/course/default', {
  recursive: false,
  regExp: /\/[a-z0-9-]+--[a-z0-9-]+\.json$/,
  mode: 'lazy',
});

const fetched = new Map<string, Promise<ExerciseData>>();

/** The same object each time: the workbench wants it so. Rejects if it cannot be fetched; asking again tries again. */
export function loadExercise(slug: string): Promise<ExerciseData> {
  const known = fetched.get(slug);
  if (known) return known;
  // A context gives JSON as it is, not as a module.
  const loading = all(`./${exerciseDataFile(slug)}`) as Promise<unknown> as Promise<ExerciseData>;
  fetched.set(slug, loading);
  loading.catch(() => fetched.delete(slug));
  return loading;
}
