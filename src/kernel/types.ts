/** The words of the kernel: what a task, a switch point, an outcome and a trace event are. Types only. */

/** Number of a task, in order of creation; the main thread of a program is 1. */
export type TaskId = number;
/** Number of a lock, increasing in order of creation; odd for a re-entrant one (`_thread.RLock`). */
export type LockId = number;

/** Where in the learner's files something happened. `line` counts from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/**
 * Why the scheduler is asked: `step` is a preemption point inside straight-line code (the current task could go on),
 * `call` a system call after which it could go on (a write, a release, a thread start), `yield` an explicit `sleep(0)`
 * or an expired time slice, `block` and `exit` mean it cannot go on.
 */
export type SwitchPoint = 'step' | 'call' | 'yield' | 'block' | 'exit';

/** Where threads may be preempted: see docs/internals/architecture.md, "Switch models". */
export type SwitchModel = 'cpython' | 'every-bytecode' | 'blocking-only';
export type ClockKind = 'virtual' | 'real';

/** The configuration of one run, chosen by the scheduler before the program starts. */
export interface RunConfig {
  /** Feeds every chance of the run: `random`, `os.urandom`, network delays. 32 bits, unsigned. */
  readonly seed: number;
  /** What the run is called in messages: `round-robin`, `seed 17`, `replay`. */
  readonly name: string;
}

/** The whole policy surface of the engine; a schedule is what these calls answered. */
export interface Scheduler {
  /** Starts the next run, or answers null when there is nothing left to explore. */
  nextRun(): RunConfig | null;
  /**
   * Picks who runs next. `runnable` is never empty, is sorted by how long each has been runnable (longest first), and
   * holds `current` if that task can go on. Must return one of `runnable`.
   */
  nextTask(runnable: readonly TaskId[], current: TaskId | null, why: SwitchPoint): TaskId;
  /** A whole number in [0, bound). */
  nextInt(bound: number): number;
}

/** Bounds of one run; crossing one ends the run with outcome `limit`. */
export interface Limits {
  /** Switch points in the learner's code plus system calls. */
  readonly steps: number;
  /** Bytes written to stdout and stderr together. */
  readonly output: number;
  /** Live tasks at one time. */
  readonly tasks: number;
  /** Bytes of the interpreter's memory. */
  readonly memory: number;
  /** Virtual seconds. */
  readonly time: number;
}

/** Two limits have no option: C code that gives no sign of life, and recursion inside C deeper than the stack. */
export type LimitName = keyof Limits | 'wall time' | 'recursion';

/** What a blocked task waits for. */
export type Waiting =
  | { readonly on: 'lock'; readonly lock: LockId; readonly owner: TaskId | null; readonly until: number | null }
  | { readonly on: 'join'; readonly task: TaskId; readonly until: number | null }
  | { readonly on: 'sleep'; readonly until: number }
  | { readonly on: 'stdin' };

/** One task in a deadlock report. */
export interface StuckTask {
  readonly task: TaskId;
  readonly waiting: Waiting;
  readonly holds: readonly LockId[];
  readonly at: Place | null;
}

/** How a run ended. */
export type Outcome =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'exception'; readonly type: string; readonly message: string; readonly at: Place | null }
  | { readonly kind: 'deadlock'; readonly stuck: readonly StuckTask[] }
  | { readonly kind: 'limit'; readonly limit: LimitName; readonly bound: number };

export interface TaskInfo {
  readonly id: TaskId;
  /** The `threading.Thread` name once known, else `task N`. */
  readonly name: string;
}

/** `made` is what the learner made (`Lock`, `RLock`, `Condition`, `Event`, `Queue` …); `at` the line that made it. */
export interface LockInfo {
  readonly id: LockId;
  readonly made: string;
  readonly at: Place | null;
}

/** What happened, who did it, when on the program's clock (seconds) and at which learner's line. */
export type TraceEvent = {
  readonly task: TaskId;
  readonly time: number;
  readonly at: Place | null;
} & (
  | { readonly kind: 'spawn'; readonly child: TaskId }
  | { readonly kind: 'exit' }
  /** The task goes to sleep on something; `wake` follows when it runs again. */
  | { readonly kind: 'block'; readonly waiting: Waiting }
  | { readonly kind: 'wake'; readonly timedOut: boolean }
  /** A lock was taken; for an RLock `depth` counts the nested holds, 1 being the first. */
  | { readonly kind: 'acquire'; readonly lock: LockId; readonly depth: number }
  | { readonly kind: 'release'; readonly lock: LockId; readonly depth: number }
  /** A `blocking=False` acquire that found the lock taken. */
  | { readonly kind: 'refused'; readonly lock: LockId }
  | { readonly kind: 'write'; readonly fd: 1 | 2; readonly text: string }
  /** Another task than the last one runs from here on; `preempted` if the last one could have gone on. */
  | { readonly kind: 'switch'; readonly from: TaskId; readonly preempted: boolean }
);

export interface Trace {
  readonly tasks: readonly TaskInfo[];
  readonly locks: readonly LockInfo[];
  readonly events: readonly TraceEvent[];
  /** True if the run went on after the trace was full. */
  readonly truncated: boolean;
}

/** Everything that is known of one complete run. Plain data: it crosses to the page and to the grader. */
export interface RunRecord {
  /** Replays this very run: see schedulers/schedule.ts. */
  readonly schedule: string;
  readonly name: string;
  readonly outcome: Outcome;
  /** What the called function returned, as JSON; undefined when nothing was called or it did not return. */
  readonly value?: unknown;
  readonly stdout: string;
  readonly stderr: string;
  /** What of Python's library or of the engine the program changed (`threading.Thread`), if it did. */
  readonly tampered?: string;
  /** Seconds on the program's clock when it ended. */
  readonly clock: number;
  /** Switch points and system calls. */
  readonly steps: number;
  readonly trace: Trace;
}
