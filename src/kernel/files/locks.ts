/** File locks: flock's, which an open file holds, and fcntl's on parts of a file, which a process holds. */
import { type Failed, failed } from '../errno.ts';
import { type Answered, WaitQueue } from '../later.ts';
import type { Pid } from '../types.ts';
import type { Inode } from './inode.ts';
import type { LockRequest, OpenFile } from './types.ts';

/** A process for fcntl's locks, an open file for flock's. The two kinds do not see each other, as on Linux. */
type Owner = Pid | OpenFile;

interface Lock {
  readonly owner: Owner;
  readonly shared: boolean;
  readonly start: number;
  /** Infinity: the end of the file, wherever that is. */
  readonly end: number;
}

interface Locked {
  locks: readonly Lock[];
  readonly changes: WaitQueue;
}

/** Locks in one run: a program that locks every second byte of a file is stopped somewhere. */
const MOST_LOCKS = 2_000;

export class Locks {
  private readonly files = new Map<Inode, Locked>();
  private count = 0;

  /** `pid`: who asks; `name`: of the file, for reports. */
  lock(inode: Inode, file: OpenFile, pid: Pid, request: LockRequest): Answered<0> {
    const { whole, kind, wait } = request;
    const start = whole ? 0 : request.start;
    const end = whole ? Number.POSITIVE_INFINITY : (request.end ?? Number.POSITIVE_INFINITY);
    if (!Number.isSafeInteger(start) || start < 0 || !(end > start)) return failed('EINVAL');
    const lock: Lock = { owner: whole ? file : pid, shared: kind === 'shared', start, end };
    if (kind === 'unlock') return this.put(inode, lock, []);
    const take = () => this.put(inode, lock, [lock]);
    if (this.isFree(inode, lock)) return take();
    // Linux, too, gives up what is held before it waits for the other kind.
    if (whole) this.put(inode, lock, []);
    if (!wait) return failed('EAGAIN');
    return {
      queues: [this.locked(inode).changes],
      waiting: { on: 'file lock', what: file.name },
      timeout: null,
      possible: () => this.isFree(inode, lock),
      complete: take,
      expired: () => failed('EAGAIN'),
    };
  }

  /** A process has closed a descriptor of this file, any: its fcntl locks there are gone. */
  closed(inode: Inode, pid: Pid): void {
    this.drop(inode, pid);
  }

  /** The last descriptor of an open file is gone, and flock's lock with it. */
  released(inode: Inode, file: OpenFile): void {
    this.drop(inode, file);
  }

  private drop(inode: Inode, owner: Owner): void {
    if (this.files.has(inode)) this.put(inode, { owner, shared: false, start: 0, end: Number.POSITIVE_INFINITY }, []);
  }

  private isFree(inode: Inode, wanted: Lock): boolean {
    const { locks = [] } = this.files.get(inode) ?? {};
    return !locks.some(
      (lock) =>
        lock.owner !== wanted.owner &&
        typeof lock.owner === typeof wanted.owner &&
        overlap(lock, wanted) &&
        !(lock.shared && wanted.shared),
    );
  }

  /** Replaces what its owner holds in this range. */
  private put(inode: Inode, range: Lock, by: readonly Lock[]): 0 | Failed {
    const file = this.locked(inode);
    const kept = file.locks.flatMap((lock) =>
      lock.owner === range.owner && overlap(lock, range) ? without(lock, range) : [lock],
    );
    const more = kept.length + by.length - file.locks.length;
    if (more > 0 && this.count + more > MOST_LOCKS) return failed('ENOLCK');
    this.count += more;
    file.locks = [...kept, ...by];
    file.changes.changed();
    if (file.locks.length === 0 && file.changes.size === 0) this.files.delete(inode);
    return 0;
  }

  private locked(inode: Inode): Locked {
    const known = this.files.get(inode);
    if (known) return known;
    const file = { locks: [], changes: new WaitQueue() };
    this.files.set(inode, file);
    return file;
  }
}

function overlap(a: Lock, b: Lock): boolean {
  return a.start < b.end && b.start < a.end;
}

/** What is left of a lock at both sides of a range. */
function without(lock: Lock, range: Lock): Lock[] {
  const left = { ...lock, end: Math.min(lock.end, range.start) };
  const right = { ...lock, start: Math.max(lock.start, range.end) };
  return [left, right].filter(({ start, end }) => start < end);
}
