/** One task as the kernel sees it. */
import type { Touches } from './touch.ts';
import type { LockId, Place, TaskId, Waiting } from './types.ts';

/** What a system call answers to Python: a number, text, or nothing. */
export type Answer = number | string | null | undefined;

export interface Task {
  readonly id: TaskId;
  state: 'reserved' | 'new' | 'ready' | 'running' | 'blocked' | 'done';
  waiting: Waiting | null;
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

export function newTask(id: TaskId): Task {
  return {
    id,
    state: 'reserved',
    waiting: null,
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
  return waiting && 'until' in waiting && waiting.until !== null ? waiting.until : Number.POSITIVE_INFINITY;
}
