/** One task as the kernel sees it. */
import type { Later, Waiter } from './later.ts';
import type { Process } from './process.ts';
import type { Touches } from './touch.ts';
import type { LockId, Place, TaskId, Waiting } from './types.ts';

/** What a system call answers to whoever made it: plain data; `Failed` is some of it. */
export type Answer = unknown;

export interface Task {
  readonly id: TaskId;
  readonly process: Process;
  /** What its own program calls it: the first thread of a process is 1. */
  readonly number: number;
  /** Linux's number of the thread; a process's first has that of the process. */
  readonly nativeId: number;
  /** Whom the scheduler and the trace know it by: itself, or the fiber that it runs (see fibers.ts). */
  acts: TaskId;
  /** Of a fiber: the thread that runs it. */
  thread: Task | null;
  /** Of a fiber: what it does depends on all that others of its thread did before, whatever it touches. */
  chained: boolean;
  /** How many fibers it has that have not ended: if any, what it does as itself is to run them. */
  fibers: number;
  /** `fiber`: it is none that can be scheduled by itself. `fault`: something that may happen to the world. */
  state: 'reserved' | 'new' | 'ready' | 'running' | 'blocked' | 'done' | 'fiber' | 'fault';
  waiting: Waiting | null;
  /** The call that it waits in; null: it waits for its time, or for somebody who wakes it. */
  later: Later<unknown> | null;
  /** Stands for it in wait queues. */
  waiter: Waiter | null;
  answer: Answer;
  /** Tasks that wait for this one to end. */
  joiners: Task[];
  holds: LockId[];
  /** The learner's line at which it waits. */
  at: Place | null;
  /** Nobody waits for it any more, although it may still run. */
  gone: boolean;
  /** What the learner's instruction that it is in touches; what the library does on its behalf counts as part of it. */
  touches: Touches;
  /** Names that instruction. */
  site: number;
  /** The new thread that it waits to hear of (`Thread.start`). */
  starting: Task | null;
  /** Who waits to hear of this one. */
  starter: Task | null;
}

export function newTask(id: TaskId, process: Process, number: number, nativeId: number): Task {
  return {
    id,
    process,
    number,
    nativeId,
    acts: id,
    thread: null,
    chained: false,
    fibers: 0,
    state: 'reserved',
    waiting: null,
    later: null,
    waiter: null,
    answer: undefined,
    joiners: [],
    holds: [],
    at: null,
    gone: false,
    touches: [],
    site: 0,
    starting: null,
    starter: null,
  };
}

/** When a waiting task gives up, in kernel seconds; infinity if never. */
export function deadlineOf({ waiting }: Task): number {
  return waiting?.until ?? Number.POSITIVE_INFINITY;
}
