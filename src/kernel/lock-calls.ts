/** The system calls of locks: what `_thread.lock` and `RLock` are made of. Numbers are those of the caller's process. */
import { type Dispatcher, SUSPEND } from './dispatcher.ts';
import type { Later } from './later.ts';
import type { Lock } from './lock-table.ts';
import type { Answer, Task } from './task.ts';
import { ADD, lockObject, READ, THREADS, WRITE } from './touch.ts';
import type { LockId, Place, ThingId } from './types.ts';

export class LockCalls {
  private readonly dispatcher: Dispatcher;

  constructor(dispatcher: Dispatcher) {
    this.dispatcher = dispatcher;
  }

  /** `thing`: what it is part of, null if that is the library's own affair. */
  make(reentrant: boolean, made: string, at: Place | null, thing: ThingId | null): number {
    const { number, lock } = this.dispatcher.me.process.locks.make(reentrant);
    this.dispatcher.recorder.lock(lock.id, made, at, thing);
    return number;
  }

  /** Takes a lock: 1, or 0 if it is taken and `timeout` is 0, or `timeout` seconds (negative: for ever) passed. */
  acquire(number: number, timeout: number): Answer | typeof SUSPEND {
    const lock = this.find(number);
    if (!lock) return null;
    const { dispatcher } = this;
    const { me } = dispatcher;
    this.touch(lock.id, WRITE);
    if (lock.depth === 0 || (lock.reentrant && lock.owner === me)) return this.take(lock, me);
    if (timeout === 0) {
      dispatcher.record(me, { kind: 'refused', lock: lock.id });
      dispatcher.polls();
      return 0;
    }
    return dispatcher.await(this.later(lock, me, timeout));
  }

  /** Gives a lock back: 1; 0 if it was not held (a plain lock) or not by the caller (a re-entrant one). */
  release(number: number): Answer | typeof SUSPEND {
    const lock = this.find(number);
    const { dispatcher } = this;
    const { me } = dispatcher;
    if (!lock || lock.depth === 0 || (lock.reentrant && lock.owner !== me)) return 0;
    lock.depth--;
    this.touch(lock.id, WRITE);
    dispatcher.record(me, { kind: 'release', lock: lock.id, depth: lock.depth });
    if (lock.depth > 0) return 1;
    if (this.orders(lock.id)) dispatcher.races?.release(me.acts, lockObject(lock.id));
    if (lock.owner) lock.owner.holds = lock.owner.holds.filter((held) => held !== lock.id);
    lock.owner = null;
    lock.waiters.changed();
    if (me.starter === null) return lock.waiters.size > 0 ? dispatcher.offer('call', 1) : 1;
    // A new task tells its starter that it is there, still inside the locks of that; then it is a task like any other.
    if (me.starter.state !== 'ready' || me.holds.length > 0) return 1;
    me.starter.starting = null;
    me.starter = null;
    return dispatcher.offer('start', 1);
  }

  /** 0 free, else how often it is held. */
  depth(number: number): number {
    const lock = this.find(number);
    if (lock) this.touch(lock.id, READ);
    return lock?.depth ?? 0;
  }

  /** Its owner's number in the process, 0: nobody. */
  owner(number: number): number {
    const lock = this.find(number);
    if (lock) this.touch(lock.id, READ);
    return lock?.owner?.number ?? 0;
  }

  /** Takes a re-entrant lock away from the caller whatever its depth (`Condition.wait`); answers the depth. */
  releaseAll(number: number): Answer | typeof SUSPEND {
    const lock = this.find(number);
    const { me } = this.dispatcher;
    if (!lock || lock.owner !== me) return 0;
    const depth = lock.depth;
    lock.depth = 1;
    const answer = this.release(number);
    if (answer !== SUSPEND) return depth;
    me.answer = depth;
    return SUSPEND;
  }

  /** Sets the depth of a re-entrant lock that the caller has just acquired again. */
  setDepth(number: number, depth: number): void {
    const lock = this.find(number);
    if (lock && lock.owner === this.dispatcher.me && depth > 0) lock.depth = depth;
  }

  private later(lock: Lock, task: Task, timeout: number): Later<number> {
    const { recorder } = this.dispatcher;
    return {
      queues: [lock.waiters],
      get waiting() {
        // Who waits for a Condition takes a lock of its own twice: it waits for whoever gives that back, not for itself.
        const notified = lock.owner === task && !recorder.isLock(lock.id);
        return { on: 'lock', lock: lock.id, owner: notified ? null : (lock.owner?.id ?? null) } as const;
      },
      timeout: timeout < 0 ? null : timeout,
      possible: () => lock.depth === 0,
      complete: () => {
        this.touch(lock.id, WRITE);
        return this.take(lock, task);
      },
      expired: () => 0,
    };
  }

  private take(lock: Lock, task: Task): number {
    lock.owner = task;
    lock.depth++;
    if (lock.depth === 1) {
      task.holds.push(lock.id);
      if (this.orders(lock.id)) this.dispatcher.races?.acquire(task.acts, lockObject(lock.id));
      // Whoever else hoped for this lock hopes no more.
      lock.waiters.changed();
    }
    this.dispatcher.record(task, { kind: 'acquire', lock: lock.id, depth: lock.depth });
    return 1;
  }

  /** A lock made in this run, or one that was there before it. */
  private find(number: number): Lock | undefined {
    const { locks } = this.dispatcher.me.process;
    const known = locks.get(number);
    if (known) return known;
    const adopted = locks.adopt(number);
    if (adopted) this.dispatcher.recorder.lock(adopted.id, 'library', null, null);
    return adopted;
  }

  private touch(id: LockId, how: number): void {
    if (this.orders(id)) this.dispatcher.touch(lockObject(id), how);
    else this.dispatcher.touch(THREADS, ADD);
  }

  /** Whether it orders what its holders do; the locks that threading keeps its lists of threads under promise nothing. */
  private orders(lock: LockId): boolean {
    return !this.dispatcher.options.commuting.has(lock);
  }
}
