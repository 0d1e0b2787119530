/** Where a submission file says more than grading found. */
import type { ExerciseResult } from '../graded.ts';
import { shownMoment } from './shown.ts';

/** A sentence; null: they agree, or nothing can be said. Only tests that students see are in question. */
export function claimOf({ graded, attempts }: ExerciseResult): string | null {
  const last = attempts.at(-1);
  const failing = graded?.tests.find((test) => !test.private && test.verdict !== 'passed');
  if (last?.verdict !== 'passed' || failing === undefined) return null;
  return `The file says that the last attempt (${shownMoment(last.at)}) passed. Graded here, “${failing.name}” does not: the code was changed after it, or the file does not tell the truth, or its site has another version of the course.`;
}
