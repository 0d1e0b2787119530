/**
 * Who else wants to know the points: a learning platform, when this page runs inside a package made by `hb classroom export`.
 * The package puts its reporter on `window` before the site's scripts run; everywhere else nobody is told.
 */

export interface Score {
  /** The assignment's id. */
  readonly assignment: string;
  /** Reached, by each exercise's last grading. */
  readonly points: number;
  /** To be had on this page. */
  readonly possible: number;
  /** To be had beside, by tests that only the teacher has. */
  readonly kept: number;
  readonly exercises: readonly ExerciseScore[];
}

export interface ExerciseScore {
  readonly slug: string;
  readonly points: number;
  readonly possible: number;
  /** False: not graded yet on this computer. */
  readonly graded: boolean;
}

export interface ScoreReporter {
  /** Called when an assignment is opened and whenever its points have changed; never twice with the same. */
  report(score: Score): void;
}

declare global {
  interface Window {
    /** Set by the package that the page runs in. */
    happensBeforeScores?: ScoreReporter;
  }
}

const NOBODY: ScoreReporter = { report: () => {} };

export function pageReporter(): ScoreReporter {
  return window.happensBeforeScores ?? NOBODY;
}
