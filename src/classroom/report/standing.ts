/** How an answer stands, in one word. */
import type { ExerciseResult } from '../graded.ts';

/** `partly`: some of its tests pass. `ungraded`: it could not be graded, which is nobody's verdict. */
export type Standing = 'passed' | 'partly' | 'failed' | 'nothing' | 'ungraded';

export function standingOf({ graded }: ExerciseResult): Standing {
  if (graded === null) return 'nothing';
  if (graded.broken !== undefined) return 'ungraded';
  const passed = graded.tests.filter(({ verdict }) => verdict === 'passed').length;
  if (passed === graded.tests.length) return 'passed';
  return passed > 0 ? 'partly' : 'failed';
}
