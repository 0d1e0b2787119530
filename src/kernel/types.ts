/** The words of the kernel: what a task, a switch point, an outcome and a trace event are. */

import type { ActRecord, TerminalRecord } from './hosts/types.ts';
import type { Touches } from './touch.ts';

/** Number of a task, in order of creation; the main thread of a program is 1. */
export type TaskId = number;
/** Number of a lock, increasing in order of creation; odd for a re-entrant one (`_thread.RLock`). */
export type LockId = number;
/** Number of a synchronisation object of the learner's (a Lock, a Queue …), from 1 in order of creation. */
export type ThingId = number;
/** Number of a variable that more than one task could touch, from 1 in order of first use. */
export type VariableId = number;

/** Where in the learner's files something happened. `line` counts from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/**
 * Why the scheduler is asked: `step` is a preemption point inside straight-line code (the current task could go on),
 * `call` a system call after which it could go on (a write, a release, a thread start), `yield` an explicit `sleep(0)`
 * or an expired time slice, `start` that the current task is new and has just told its starter that it is there, `block`
 * and `exit` mean it cannot go on. Only to leave the current task at `step` or `call` is a preemption.
 */
export type SwitchPoint = 'step' | 'call' | 'start' | 'yield' | 'block' | 'exit';

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
   * holds `current` if that task can go on; faults come last. Must return one of `runnable`.
   */
  nextTask(runnable: readonly TaskId[], current: TaskId | null, why: SwitchPoint): TaskId;
  /** A whole number in [0, bound). */
  nextInt(bound: number): number;
  /**
   * Optional: hears what the step that `task` takes now touches (see touch.ts). `site` names the instruction, the same
   * in every run, 0 outside the learner's code; task 0 is the clock, which moves on when nobody can run.
   */
  touch?(task: TaskId, touches: Touches, site: number): void;
  /** Optional: hears that `parent` made `child`. */
  spawn?(parent: TaskId, child: TaskId): void;
  /**
   * Optional: hears, when a run begins, that this task is a fault: it stands behind all others among the runnable, also
   * behind `current`, does one thing when it is chosen, and then the same is asked again. Never to be chosen by the way.
   * `touches`: what it will touch, except for what it brings about.
   */
  fault?(task: TaskId, touches: Touches): void;
  /** Always does what is usual: it need not be asked which of several fibers goes first. */
  readonly usual?: boolean;
  /** Asked even when only one task can run. Such decisions are not part of a schedule. */
  readonly alone?: boolean;
}

/** What `nextTask` answers to end the run: it waits for the reader. */
export const PAUSE: TaskId = 0;

/** Bounds of one run; crossing one ends the run with outcome `limit`. */
export interface Limits {
  /** Switch points in the learner's code plus system calls. */
  readonly steps: number;
  /** Bytes written to stdout and stderr together. */
  readonly output: number;
  /** Live tasks at one time. */
  readonly tasks: number;
  /** Processes begun, all together. */
  readonly processes: number;
  /** Bytes of the interpreter's memory. */
  readonly memory: number;
  /** Virtual seconds. */
  readonly time: number;
}

/** Two limits have no option: C code that gives no sign of life, and recursion inside C deeper than the stack. */
export type LimitName = keyof Limits | 'wall time' | 'recursion';

/** Number of a process; a program's first one is 42. */
export type Pid = number;

/** What a blocked task waits for. */
export type WaitsFor =
  | { readonly on: 'lock'; readonly lock: LockId; readonly owner: TaskId | null }
  | { readonly on: 'join'; readonly task: TaskId }
  | { readonly on: 'sleep' }
  | { readonly on: 'stdin' }
  /** An open file (`the pipe made at …`), by the name that the kernel gave it. `poll`: several, in words. */
  | {
      readonly on: 'read' | 'write' | 'poll' | 'file lock' | 'accept' | 'connect';
      readonly what: string;
    }
  /** The end of a child process; null: of any. */
  | { readonly on: 'child'; readonly process: Pid | null }
  /** A semaphore that several processes share. */
  | { readonly on: 'semaphore'; readonly semaphore: number }
  | { readonly on: 'signal' }
  /** A fiber, for something that its thread's loop knows of (`asyncio.sleep`); `task`: for the end of that fiber. */
  | { readonly on: 'await'; readonly what: string; readonly task: TaskId | null };

/** `until`: when it gives up, in kernel seconds; null: never. */
export type Waiting = WaitsFor & { readonly until: number | null };

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
  | { readonly kind: 'limit'; readonly limit: LimitName; readonly bound: number }
  /** At a limit, and up to there these tasks took the same steps and wrote the same values over and over. */
  | { readonly kind: 'livelock'; readonly tasks: readonly TaskId[]; readonly steps: number }
  /** A driven run waits for the reader to say who goes on. */
  | { readonly kind: 'paused' };

export interface TaskInfo {
  readonly id: TaskId;
  readonly process: Pid;
  /** The `threading.Thread` name once known, else `task N`. */
  readonly name: string;
  /** Set for a fiber (an asyncio task, a greenlet): the thread that runs it. */
  readonly thread?: TaskId;
}

export interface ProcessInfo {
  readonly pid: Pid;
  /** Who began it. */
  readonly parent: Pid;
  /** As `ps` shows it. */
  readonly command: string;
  /** Where it runs, if there are several hosts. */
  readonly host?: string;
}

/**
 * `made` is what the learner made (`Lock`, `RLock`, `Condition`, `Event`, `Queue` …); `at` the line that made it, null
 * for a lock that the library keeps for itself.
 */
export interface LockInfo {
  readonly id: LockId;
  readonly made: string;
  readonly at: Place | null;
  /** The object it is part of: a Queue has four locks. Null for the library's own. */
  readonly thing: ThingId | null;
}

/** A synchronisation object that the learner made. */
export interface ThingInfo {
  readonly id: ThingId;
  /** `Lock`, `Queue`, … */
  readonly made: string;
  /** The variable or attribute that it was first assigned to (`forks`, `self.lock`), if the line says so. */
  readonly name: string | null;
  readonly at: Place | null;
}

/** A variable, attribute or container that more than one task could touch. */
export interface VariableInfo {
  readonly id: VariableId;
  /** As the learner would say it: `balance`, `account.balance`, `items`. */
  readonly name: string;
  readonly kind: 'global' | 'attribute' | 'closure' | 'container';
}

/** One of the two accesses of a data race. */
export interface RacingAccess {
  readonly task: TaskId;
  readonly at: Place | null;
  readonly how: 'read' | 'write';
  /** `reads`, `writes`, or the operation on a container: `list.append`. */
  readonly operation: string;
  /** The learner's locks that the task held. */
  readonly holds: readonly LockId[];
}

/** Two accesses of one variable, at least one a write, that nothing orders: no lock, no join, no queue between them. */
export interface Race {
  readonly variable: VariableInfo;
  readonly first: RacingAccess;
  readonly second: RacingAccess;
  /**
   * `lost-update`: a value was read, and written back after the other task had written. `atomic`: both operations are
   * single and indivisible in CPython, so that nothing is lost; only which comes first is open. `unordered`: the rest.
   */
  readonly kind: 'lost-update' | 'unordered' | 'atomic';
}

/** What happened, who did it, when on the program's clock (seconds) and at which learner's line. */
export type TraceEvent = {
  readonly task: TaskId;
  readonly time: number;
  readonly at: Place | null;
} & (
  | { readonly kind: 'spawn'; readonly child: TaskId }
  | { readonly kind: 'exit' }
  /** The task goes to sleep on something; `wake` follows when that has come, or its time-out has passed. */
  | { readonly kind: 'block'; readonly waiting: Waiting }
  | { readonly kind: 'wake'; readonly timedOut: boolean }
  /** A lock was taken; for an RLock `depth` counts the nested holds, 1 being the first. */
  | { readonly kind: 'acquire'; readonly lock: LockId; readonly depth: number }
  | { readonly kind: 'release'; readonly lock: LockId; readonly depth: number }
  /** A `blocking=False` acquire that found the lock taken. */
  | { readonly kind: 'refused'; readonly lock: LockId }
  | { readonly kind: 'write'; readonly fd: 1 | 2; readonly text: string }
  /** The task sends a signal to a process; or it is sent by nobody: an alarm, the end of a child. */
  | { readonly kind: 'signal'; readonly signal: number; readonly process: Pid }
  /** The process of this task has ended, with Linux's wait status. */
  | { readonly kind: 'end'; readonly status: number }
  /** The task has waited for this child, which is a zombie no more. */
  | { readonly kind: 'reap'; readonly process: Pid }
  /** Bytes [from, to) of all that ever went through this pipe or connection. */
  | { readonly kind: 'send' | 'receive'; readonly channel: string; readonly from: number; readonly to: number }
  /** Something happens to the machines, in words: `crash of worker1`; `crashed`: the host whose processes vanish by it. */
  | { readonly kind: 'world'; readonly what: string; readonly crashed?: string }
  /** A semaphore that processes share was taken, or given back. */
  | { readonly kind: 'take' | 'give'; readonly semaphore: number }
  /** Another task than the last one runs from here on; `preempted` if the last one could have gone on. */
  | { readonly kind: 'switch'; readonly from: TaskId; readonly preempted: boolean }
  // The rest is recorded only when a run is observed (RunOptions.observe).
  /** The task comes to another line of the learner's code: `at`. */
  | { readonly kind: 'line' }
  /** `value`: what the variable holds after a write, as `repr` would show it, shortened; null if it is not known. */
  | {
      readonly kind: 'access';
      readonly variable: VariableId;
      readonly how: 'read' | 'write';
      readonly operation: string;
      readonly value: string | null;
    }
  /** The task calls a method of a synchronisation object: `put`, `set`, `acquire`. */
  | { readonly kind: 'use'; readonly thing: ThingId; readonly operation: string }
);

export interface Trace {
  readonly processes: readonly ProcessInfo[];
  readonly tasks: readonly TaskInfo[];
  readonly locks: readonly LockInfo[];
  readonly things: readonly ThingInfo[];
  readonly variables: readonly VariableInfo[];
  readonly events: readonly TraceEvent[];
  /** True if the run went on after the trace was full. */
  readonly truncated: boolean;
  /** Processes ran at the same time: whoever makes a call does not keep the others from running. */
  readonly parallel?: true;
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
  /** The data races of this run, one for each pair of places; only if it was observed. */
  readonly races?: readonly Race[];
  /** What the reader did while it ran, in a run of several hosts: to be done again by whoever repeats it. */
  readonly acts?: readonly ActRecord[];
  /** In a run of several hosts: what each terminal showed, in the order of the world's. */
  readonly terminals?: readonly TerminalRecord[];
}
