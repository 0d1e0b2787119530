/** How a system call says that it must wait: the one protocol between what can be waited for and whoever makes it wait. */
import type { Failed } from './errno.ts';
import type { WaitsFor } from './types.ts';

/** Hears that what it waits for has changed, and may be possible now, or no longer. */
export interface Waiter {
  changed(): void;
  /** Called instead, if it is there; true: that is enough, and none of the others who have it need hear. */
  readonly take?: (() => boolean) | undefined;
}

/** Who waits for one object: a pipe, a semaphore, a process. */
export class WaitQueue {
  private readonly waiters = new Set<Waiter>();

  add(waiter: Waiter): void {
    this.waiters.add(waiter);
  }

  remove(waiter: Waiter): void {
    this.waiters.delete(waiter);
  }

  /** How many wait. */
  get size(): number {
    return this.waiters.size;
  }

  /** To be called whenever an answer of some `Later.possible` on this object may be another than before. */
  changed(): void {
    if (this.waiters.size === 0) return;
    let taken = false;
    for (const waiter of [...this.waiters]) {
      if (!waiter.take) waiter.changed();
      else if (!taken) taken = waiter.take();
    }
  }
}

/**
 * A call that cannot be answered yet. Its caller is runnable exactly while `possible`, and when it is chosen to run
 * `complete` answers: nothing happens in between. So who gets what there is too little of is the scheduler's choice.
 */
export interface Later<T> {
  /** What this depends on; whoever waits stands in all of them. */
  readonly queues: readonly WaitQueue[];
  /** For people: the trace and deadlock reports. */
  readonly waiting: WaitsFor;
  /** Seconds after which it is over; null: never. */
  readonly timeout: number | null;
  /** Whether it could be answered now. Changes nothing. */
  possible(): boolean;
  /** Answers; only while possible. Another Later: there is more to wait for (the rest of a long write). */
  complete(): T | Failed | Later<T>;
  /** The answer when the time-out has passed. */
  expired(): T | Failed;
  /** The answer when a signal's handler cuts it short, if that is not plainly EINTR (a write that has written a part). */
  interrupted?(): T | Failed;
  /** It is made in another machine: there it is cut short, and nowhere else. */
  readonly elsewhere?: boolean;
}

/** What a system call answers. */
export type Answered<T> = T | Failed | Later<T>;

export function isLater(answer: unknown): answer is Later<unknown> {
  return typeof answer === 'object' && answer !== null && 'possible' in answer;
}

/** The same call with another answer: `answer` makes it out of the one that comes, be it a failure. */
export function after<T, U>(answered: Answered<T>, answer: (value: T | Failed) => U | Failed): Answered<U> {
  if (!isLater(answered)) return answer(answered as T | Failed);
  const later = answered as Later<T>;
  return {
    queues: later.queues,
    get waiting() {
      return later.waiting;
    },
    timeout: later.timeout,
    possible: () => later.possible(),
    complete: () => after(later.complete(), answer) as U | Failed | Later<U>,
    expired: () => answer(later.expired()),
    ...(later.interrupted && { interrupted: () => answer((later.interrupted as () => T | Failed)()) }),
  };
}
