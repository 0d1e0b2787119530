/** The locks of one run by number: who holds each, how often, and who waits. */
import type { Task } from './task.ts';
import type { LockId } from './types.ts';

/** Numbers from here belong to locks that were made while a snapshot was built: the library's. */
export const LIBRARY_LOCKS = 1_000_000;

export interface Lock {
  readonly id: LockId;
  readonly reentrant: boolean;
  /** Any task may release a plain lock; the owner is then only the last to acquire. */
  owner: Task | null;
  depth: number;
  /** In order of arrival; all of them are ready while the lock is free, and whoever runs first takes it. */
  waiters: Task[];
}

export class LockTable {
  private readonly locks = new Map<LockId, Lock>();
  private readonly first: number;
  /** The number of the next lock; a lock's id is twice that, plus one if it is re-entrant. */
  next: number;

  /** Numbers below `first` may belong to locks of earlier runs of the same life. */
  constructor(first: number) {
    this.first = first;
    this.next = first;
  }

  make(reentrant: boolean): Lock {
    return this.add(2 * this.next++ + (reentrant ? 1 : 0));
  }

  get(id: LockId): Lock | undefined {
    return this.locks.get(id);
  }

  /** A lock that was made before this run: free now, whoever held it. Undefined if there can be none of that number. */
  adopt(id: LockId): Lock | undefined {
    const number = id >> 1;
    const library = number >= LIBRARY_LOCKS && number < 2 * LIBRARY_LOCKS;
    const known = Number.isInteger(id) && (library || (number > 0 && number < this.first));
    return known ? this.add(id) : undefined;
  }

  private add(id: LockId): Lock {
    const lock: Lock = { id, reentrant: (id & 1) === 1, owner: null, depth: 0, waiters: [] };
    this.locks.set(id, lock);
    return lock;
  }
}
