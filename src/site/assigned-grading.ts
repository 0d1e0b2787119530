/** How an exercise is graded that a teacher has assigned: what the workbench asks the assignment's page for. Types only. */
import type { Gradable } from '../grader/gradable.ts';
import type { Suite } from '../grader/suite.ts';
import type { Verdict } from '../grader/verdict.ts';
import type { OnVerdict } from './use-grading.ts';

export interface AssignedGrading {
  /** The exercise as the teacher wants it graded. */
  readonly adapt: (gradable: Gradable) => Gradable;
  /** True: no attempt is left; `note` says so. */
  readonly closed: boolean;
  /** Beside Grade: "2 of 3 attempts left". */
  readonly note: string;
  readonly scoreOf: (verdict: Verdict, suite: Suite) => VerdictScore;
  readonly onVerdict: OnVerdict;
}

/** A verdict in points, in words. */
export interface VerdictScore {
  /** "3 of 6 points" */
  readonly total: string;
  /** The same for each test, by its name. */
  readonly tests: ReadonlyMap<string, string>;
  /** What else there is to be had. */
  readonly more: string | null;
}
