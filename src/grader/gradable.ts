/** What a grading takes and how it is watched and stopped. Types only. */
import type { ExerciseKind } from '../course/schema.ts';
import type { WorldFile } from '../course/world.ts';
import type { Plan, Tuning } from './plans.ts';
import type { Suite } from './suite.ts';
import type { Verdict } from './verdict.ts';

export type Files = Readonly<Record<string, string>>;

export interface Gradable {
  readonly slug: string;
  readonly kind: ExerciseKind;
  readonly suite: Suite;
  /** Files that come with the exercise and are not the learner's: `driver.py`; the program, where the answer is about it. */
  readonly support: Files;
  /** The learner's files as they came: an answer of kind `order` may consist of their lines only. */
  readonly starter: Files;
  /** The machines on which its programs run; absent: one. */
  readonly world?: WorldFile | undefined;
  /** How a program is searched, if not as every learner's is. */
  readonly plans?: readonly Plan[];
  /** How thoroughly, and from which seed, if not as every learner's is. */
  readonly tuning?: Tuning;
  /** True: goes on after a test that failed, and each report says why. Else the first failure is the verdict. */
  readonly everyTest?: boolean;
}

/** How far the search of one test has come. Nobody knows how many schedules there are until the search has ended. */
export interface GradeProgress {
  readonly test: string;
  /** Schedules so far. */
  readonly done: number;
}

export interface Grading {
  /** null when stopped. Rejects only if the engine itself, or the exercise, is broken. */
  readonly done: Promise<Verdict | null>;
  stop(): void;
}
