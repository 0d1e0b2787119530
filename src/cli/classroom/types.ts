/** What the parts of `hb classroom grade` hand each other. Types only. */
import type { Graded, GradingJob, Received, Refused, Student } from '../../classroom/graded.ts';
import type { Answer } from '../../classroom/submission.ts';

/** Whoever grades: the lanes of this machine, or a queue with workers on any number of machines. */
export interface Graders {
  /**
   * Resolves once the job is graded, or could not be (`broken`). Any number at a time: they are done in order, as many at
   * once as there is room for. Rejects only after `close`.
   */
  grade(job: GradingJob): Promise<Graded>;
  /** Ends at once: what is being graded is dropped. */
  close(): Promise<void>;
}

/** What one student handed in, read and bounded, and nothing of it believed. */
export interface Work {
  readonly student: Student;
  /** Where it was found; safe to print. */
  readonly source: string;
  readonly received: Received;
  /** By slug: exercises of the assignment only, and of each only files that the student may edit. */
  readonly answers: ReadonlyMap<string, Answer>;
  /** ENGINE_VERSION of the site, by the file's own word; null: it says nothing. */
  readonly engine: string | null;
  /** What the teacher should know: sentences, safe to print. */
  readonly notes: readonly string[];
}

export interface Intake {
  /** At most one for each student: the one that counts. */
  readonly works: readonly Work[];
  /** The class list, and whoever handed something in without being in it. */
  readonly students: readonly Student[];
  readonly refused: readonly Refused[];
  /** Files and folders that programs leave behind (.DS_Store, .git …) beside everybody's work; nobody looked into them. */
  readonly skipped: number;
}
