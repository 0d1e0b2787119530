/** Grades kind `order`: only the given lines, and then like any other program. */
import { ANSWER_FILE } from '../course/answer-file.ts';
import type { EngineClient } from '../worker/client-types.ts';
import type { Files, Gradable, GradeProgress, Grading } from './gradable.ts';
import { gradeSuite } from './grade-suite.ts';
import { regionProblem } from './region.ts';
import { refusal } from './verdict-of.ts';

const HINT = 'Use the given lines only: change their order and their indentation, and leave out what is not needed.';

export function gradeOrder(
  engine: EngineClient,
  exercise: Gradable,
  files: Files,
  onProgress: (progress: GradeProgress) => void,
): Grading {
  const file = ANSWER_FILE.order;
  const problem = regionProblem(files[file] ?? '', exercise.starter[file] ?? '');
  if (problem === null) return gradeSuite(engine, exercise, { [file]: files[file] ?? '' }, onProgress);
  return { done: Promise.resolve(refusal(exercise, problem, HINT)), stop: () => {} };
}
