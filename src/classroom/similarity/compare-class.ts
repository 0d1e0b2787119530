/** Compares a whole class: every exercise of an assignment, and who stands out together in several of them. */
import { type Compared, compareExercise, type Material, type Submitted } from './compare-exercise.ts';
import { groupsOf } from './groups.ts';
import type { Similarity } from './types.ts';

export interface ExerciseAnswers {
  readonly material: Material;
  /** One for each student, in any order. */
  readonly answers: readonly Submitted[];
}

/** `exercises`: in the assignment's order. Each is done with before the next one is asked for: their tokens fill memory. */
export async function compareClass(
  exercises: Iterable<ExerciseAnswers> | AsyncIterable<ExerciseAnswers>,
): Promise<Similarity> {
  const compared: Compared[] = [];
  for await (const { material, answers } of exercises) {
    const sorted = [...answers].sort((a, b) => (a.student.id < b.student.id ? -1 : 1));
    compared.push(compareExercise(material, sorted));
  }
  return { exercises: compared.map(({ similarity }) => similarity), groups: groupsOf(compared) };
}
