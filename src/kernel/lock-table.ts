/** The locks of one process by number: who holds each, how often, and who waits. */
import { WaitQueue } from './later.ts';
import type { Task } from './task.ts';
import type { LockId } from './types.ts';

/** Numbers from here belong to locks that were made while a snapshot was built: the library's. */
export const LIBRARY_LOCKS = 1_000_000;

export interface Lock {
  /** Unlike the number by which its process knows it, no other lock of the run has it. */
  readonly id: LockId;
  readonly reentrant: boolean;
  /** Any task may release a plain lock; the owner is then only the last to acquire. */
  owner: Task | null;
  depth: number;
  /** In order of arrival; all of them are ready while the lock is free, and whoever runs first takes it. */
  readonly waiters: WaitQueue;
}

export class LockTable {
  private readonly locks = new Map<number, Lock>();
  private readonly first: number;
  private readonly base: number;
  /** The number of the next lock is twice that, plus one if it is re-entrant. */
  next: number;

  /** Numbers below `first` may belong to locks of earlier runs of the same life; `base` is added to make them ids. */
  constructor(first: number, base: number) {
    this.first = first;
    this.base = base;
    this.next = first;
  }

  /** Makes a lock and answers its number in this process. */
  make(reentrant: boolean): { readonly number: number; readonly lock: Lock } {
    const number = 2 * this.next++ + (reentrant ? 1 : 0);
    return { number, lock: this.add(number) };
  }

  get(number: number): Lock | undefined {
    return this.locks.get(number);
  }

  /** A lock that was made before this run: free now, whoever held it. Undefined if there can be none of that number. */
  adopt(number: number): Lock | undefined {
    const half = number >> 1;
    const library = half >= LIBRARY_LOCKS && half < 2 * LIBRARY_LOCKS;
    const known = Number.isInteger(number) && (library || (half > 0 && half < this.first));
    return known ? this.add(number) : undefined;
  }

  /**
   * For a forked process: its locks are as its parent's were. Those held by other threads will never be free. `copied`
   * hears which lock each one was.
   */
  copy(from: LockTable, ownerOf: (owner: Task) => Task | null, copied: (from: LockId, to: LockId) => void): void {
    this.next = from.next;
    for (const [number, { id, owner, depth }] of from.locks) {
      const lock = this.add(number);
      lock.depth = depth;
      lock.owner = owner && ownerOf(owner);
      copied(id, lock.id);
    }
  }

  /** All of them, as `restore` takes them. */
  get held(): readonly { readonly number: number; readonly owner: number; readonly depth: number }[] {
    return [...this.locks].map(([number, { owner, depth }]) => ({ number, owner: owner?.number ?? 0, depth }));
  }

  /** As `copy`, from what `held` told in another machine. */
  restore(next: number, held: LockTable['held'], ownerOf: (number: number) => Task | null): void {
    this.next = next;
    for (const { number, owner, depth } of held) {
      const lock = this.add(number);
      lock.depth = depth;
      lock.owner = ownerOf(owner);
    }
  }

  /** Another program: none of them is any more. */
  clear(): void {
    this.locks.clear();
    this.next = 1;
  }

  heldBy(task: Task): LockId[] {
    return [...this.locks.values()].filter(({ owner, depth }) => owner === task && depth > 0).map(({ id }) => id);
  }

  private add(number: number): Lock {
    const lock: Lock = {
      id: this.base + number,
      reentrant: (number & 1) === 1,
      owner: null,
      depth: 0,
      waiters: new WaitQueue(),
    };
    this.locks.set(number, lock);
    return lock;
  }
}
