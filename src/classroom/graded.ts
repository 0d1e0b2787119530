/** What grading a class yields: plain data, from one exercise of one student up to the whole class. Types only. */
import type { VerdictKind } from '../grader/verdict.ts';
import type { Assignment } from './assignment.ts';
import type { Attempt } from './submission.ts';

/** One exercise of one submission, to be graded. All data; `files` is hostile. */
export interface GradingJob {
  /** Equal for equal work: made of the code, the tests, how they are searched, and the engine's version. */
  readonly key: string;
  readonly slug: string;
  readonly files: Readonly<Record<string, string>>;
  /** Whose it is: no two students' code ever runs in the same engine process. Absent: it gets one of its own. */
  readonly from?: string;
}

export interface GradedTest {
  readonly name: string;
  /** One of the teacher's own, which students never see. */
  readonly private: boolean;
  readonly verdict: VerdictKind;
  /** What was tried: "proved for every schedule with at most 2 preemptions: 178 runs cover them all". */
  readonly proof: string;
  /** Absent if it passed. */
  readonly failure?: {
    readonly message: string;
    readonly hint: string;
    /** Repeats the failing run; empty if there is none. */
    readonly schedule: string;
    /** The same run as the fragment of a link to the site's /replay; null if there is none, or it is too large. */
    readonly replay: string | null;
  };
}

/** What came of a job. Stored as one line of JSON, sent through queues. */
export interface Graded {
  readonly key: string;
  readonly slug: string;
  /** In the order of the suites: the exercise's, then the teacher's own. Empty if `broken`. */
  readonly tests: readonly GradedTest[];
  /** Seconds of wall time that the grading took. */
  readonly seconds: number;
  /** Set if it could not be graded, which is nobody's verdict: why, and what to do. The exit code tells. */
  readonly broken?: string;
}

export interface Student {
  /** Unique in the class; the class list's, else the name that the submission was found under. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** False: not in the class list that was given. */
  readonly listed: boolean;
  /** What stood in the class list's other columns, by their heading: Canvas' ID, SIS User ID, Section … */
  readonly columns: Readonly<Record<string, string>>;
}

/** When work came in, and who says so. */
export interface Received {
  /** ISO; null if nobody knows. */
  readonly at: string | null;
  /** `list`: the teacher's --received; `lms`: the archive of the learning platform; `student`: only the file itself. */
  readonly by: 'list' | 'lms' | 'student';
  /** The learning platform marked it as late, without a time. */
  readonly markedLate?: true;
}

export interface ExerciseResult {
  readonly slug: string;
  readonly title: string;
  /** The code that was graded; null: nothing was handed in for it. */
  readonly files: Readonly<Record<string, string>> | null;
  /** null: nothing to grade (not handed in). */
  readonly graded: Graded | null;
  /** Reached, before anything is taken away for being late. */
  readonly points: number;
  readonly possible: number;
  /** By the student's own word. */
  readonly attempts: readonly Attempt[];
  /** The exercise's known wrong answer that it is, or is like: `wrong-lock-per-call`; null if none. */
  readonly resembles: Resemblance | null;
}

export interface Resemblance {
  /** Without its ending: `wrong-lock-per-call`. */
  readonly answer: string;
  /** The first docstring line of that answer: what is wrong with it, in a sentence. */
  readonly says: string;
  /** 1: the same but for names of variables, comments and layout. */
  readonly similarity: number;
}

export interface StudentResult {
  readonly student: Student;
  /** Where the work that counts was found, as the teacher would look for it; null: handed nothing in. */
  readonly source: string | null;
  readonly received: Received | null;
  /** Seconds after the due date; 0 if in time, or if there is none. */
  readonly late: number;
  /** In the assignment's order. */
  readonly exercises: readonly ExerciseResult[];
  /** Sum of the exercises'. */
  readonly reached: number;
  /** Taken away for being late. */
  readonly deducted: number;
  /** What goes into the gradebook: reached - deducted. */
  readonly points: number;
  readonly possible: number;
  /** What the teacher should know: sentences. "Handed in three times; the last one counts." */
  readonly notes: readonly string[];
}

/** A file that was not graded: nothing is skipped in silence. */
export interface Refused {
  /** Path below the folder of submissions; inside an archive after `!`: `alice.zip!exercises/a.py`. Safe to print. */
  readonly file: string;
  /** What is wrong with it. */
  readonly reason: string;
  /** What the teacher can do about it. */
  readonly advice: string;
}

export interface ClassResults {
  readonly assignment: Assignment;
  /** In the class list's order, then by id. */
  readonly students: readonly StudentResult[];
  /** Work that could not be read at all, or is nobody's. */
  readonly refused: readonly Refused[];
  /** ENGINE_VERSION that graded it. */
  readonly engine: string;
}
