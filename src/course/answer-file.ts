/** Where an answer is, for each kind. Apart from the schemas: the page grades without them. */
import type { ExerciseKind } from './schema.ts';

/** The file that the learner's answer is in. The program itself is `exercise.py` in every kind. */
export const ANSWER_FILE = {
  write: 'exercise.py',
  fix: 'exercise.py',
  break: 'moves.txt',
  predict: 'answer.txt',
  order: 'exercise.py',
} as const satisfies Record<ExerciseKind, string>;
