/** How long the queue waits for what. Tests make everything faster. */
export interface Tuning {
  /** Milliseconds without a sign of life from a worker after which its jobs may be taken by another. */
  readonly lockDuration: number;
  /** Milliseconds between looks for such jobs. */
  readonly stalledInterval: number;
  /** So often a job may be left behind by a worker that died before it is a dead letter. */
  readonly mostStalls: number;
  /** So often a job is tried that could not be graded, before it is a dead letter. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; twice as many before each further one. */
  readonly backoff: number;
  /** Milliseconds between two questions for results, which are the net under the events. */
  readonly askEvery: number;
  /** Milliseconds between looks at who else is at this queue. */
  readonly lookEvery: number;
  /** Seconds for which results are kept. */
  readonly resultsKept: number;
  /** Seconds for which dead letters are kept. */
  readonly deadKept: number;
}

const DAY = 24 * 60 * 60;

export const TUNING: Tuning = {
  lockDuration: 30_000,
  stalledInterval: 15_000,
  mostStalls: 3,
  attempts: 2,
  backoff: 2000,
  askEvery: 3000,
  lookEvery: 15_000,
  resultsKept: 14 * DAY,
  deadKept: 30 * DAY,
};
