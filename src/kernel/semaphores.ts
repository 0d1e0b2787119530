/** Semaphores that processes share by name: what `multiprocessing` makes its locks, conditions and queues of. */
import { type Failed, failed } from './errno.ts';
import { type Answered, WaitQueue } from './later.ts';

interface Semaphore {
  readonly id: number;
  readonly host: number;
  value: number;
  readonly waiters: WaitQueue;
}

/** A machine full of them is somebody's mistake. */
const MOST = 100_000;
/** Linux's SEM_VALUE_MAX. */
export const SEM_VALUE_MAX = 2 ** 31 - 1;

/** Each host, by its number, has semaphores of its own. */
export class Semaphores {
  private readonly all: Semaphore[] = [];
  private readonly named = new Map<string, Semaphore>();

  /** sem_open with O_CREAT | O_EXCL: answers a number that means this one in every process. */
  make(name: string, value: number, host = 0): number | Failed {
    if (this.named.has(host + name)) return failed('EEXIST');
    if (!/^\/[^/\0]{1,250}$/.test(name) || !(Number.isInteger(value) && value >= 0 && value <= SEM_VALUE_MAX))
      return failed('EINVAL');
    if (this.all.length >= MOST) return failed('ENOSPC');
    const semaphore = { id: this.all.length + 1, host, value, waiters: new WaitQueue() };
    this.all.push(semaphore);
    this.named.set(host + name, semaphore);
    return semaphore.id;
  }

  find(name: string, host = 0): number | Failed {
    return this.named.get(host + name)?.id ?? failed('ENOENT');
  }

  /** The name is free again; who has the number can go on using it. */
  unlink(name: string, host = 0): 0 | Failed {
    return this.named.delete(host + name) ? 0 : failed('ENOENT');
  }

  /** A host has lost its memory. */
  forget(host: number): void {
    for (const name of [...this.named.keys()]) if (name.startsWith(`${host}/`)) this.named.delete(name);
  }

  /** 1, or 0 if `timeout` is 0 and it is taken, or `timeout` seconds (negative: for ever) have passed. */
  acquire(id: number, timeout: number, host = 0): Answered<0 | 1> {
    const semaphore = this.of(id, host);
    if (!semaphore) return failed('EINVAL');
    const take = (): 1 => {
      semaphore.value--;
      semaphore.waiters.changed();
      return 1;
    };
    if (semaphore.value > 0) return take();
    if (timeout === 0) return 0;
    return {
      queues: [semaphore.waiters],
      waiting: { on: 'semaphore', semaphore: id },
      timeout: timeout < 0 ? null : timeout,
      possible: () => semaphore.value > 0,
      complete: take,
      expired: () => 0,
    };
  }

  /** 1; or 0 if it would be more than `most`, which its maker promised. */
  release(id: number, most: number, host = 0): 0 | 1 | Failed {
    const semaphore = this.of(id, host);
    if (!semaphore) return failed('EINVAL');
    if (semaphore.value >= Math.min(most, SEM_VALUE_MAX)) return 0;
    semaphore.value++;
    semaphore.waiters.changed();
    return 1;
  }

  value(id: number, host = 0): number | Failed {
    return this.of(id, host)?.value ?? failed('EINVAL');
  }

  private of(id: number, host: number): Semaphore | null {
    const semaphore = this.all[id - 1];
    return semaphore?.host === host ? semaphore : null;
  }
}
