/** What a lane and the process that began it say to each other. Types only. */
import type { Assignment } from '../../classroom/assignment.ts';
import type { Graded, GradingJob } from '../../classroom/graded.ts';

/** What one answer may cost. None is reached by honest work; the verdict of an answer that goes beyond is nobody's. */
export interface Bounds {
  /** Wall time of one grading, beside what is waited for programs that give no sign of life. */
  readonly seconds: number;
  /** Without a sign of life: then a program is inside of C code that nothing can interrupt, which is a verdict. */
  readonly silence: number;
  /** Megabytes in memory: of the sealed engine, and of the lane that drives it. Watched where the system tells (Linux). */
  readonly engineMemory: number;
  readonly laneMemory: number;
  /** From the sealed engine, in one grading. */
  readonly messages: number;
}

export interface Opening {
  readonly assignment: Assignment;
  /** Where the teacher's own suites are, absolute. */
  readonly privateFolder: string;
  /** Where the engine is. */
  readonly engine: string;
  readonly bounds: Bounds;
}

export type ToLane = ({ readonly say: 'open' } & Opening) | { readonly say: 'grade'; readonly job: GradingJob };

export type FromLane =
  /** The suites are loaded: so many tests by slug. */
  | { readonly say: 'ready'; readonly tests: Readonly<Record<string, number>> }
  /** They cannot be: a sentence for the teacher. */
  | { readonly say: 'unusable'; readonly why: string }
  /** A sealed engine has begun, or ended. */
  | { readonly say: 'engine'; readonly pid: number; readonly alive: boolean }
  | { readonly say: 'graded'; readonly graded: Graded }
  /** It could not be graded, and the lane is not to be trusted any more. */
  | { readonly say: 'failed'; readonly why: string };
