/** The numbers by which one process knows its open files. */
import { type Failed, failed } from '../errno.ts';
import type { Fd, OpenFile } from './types.ts';

/** Open files of one process: Linux's usual RLIMIT_NOFILE. */
export const MOST_OPEN = 1_024;

/** Hears of the end of an open file, before it comes. */
export interface Watcher {
  gone(): void;
}

/** An open file with the count of all that refer to it: descriptors of any process, messages that carry it. */
export class Shared {
  readonly file: OpenFile;
  private holders = 0;
  private watchers: Set<Watcher> | null = null;

  constructor(file: OpenFile) {
    this.file = file;
  }

  hold(): this {
    this.holders++;
    return this;
  }

  /** True if it was the last: the file is closed. */
  release(): boolean {
    if (--this.holders > 0) return false;
    for (const watcher of [...(this.watchers ?? [])]) watcher.gone();
    this.file.close();
    return true;
  }

  watch(watcher: Watcher): void {
    this.watchers ??= new Set();
    this.watchers.add(watcher);
  }

  unwatch(watcher: Watcher): void {
    this.watchers?.delete(watcher);
  }
}

interface Slot {
  readonly shared: Shared;
  closeOnExec: boolean;
}

/** Hears of each descriptor that is closed; `last`: there is no other of the same open file, in any process. */
export type Closed = (file: OpenFile, last: boolean) => void;

export class Descriptors {
  private readonly slots: (Slot | undefined)[] = [];
  private readonly closed: Closed;

  constructor(closed: Closed) {
    this.closed = closed;
  }

  get(fd: Fd): OpenFile | undefined {
    return this.slots[fd]?.shared.file;
  }

  /** To be held and released, so that something else than a descriptor can keep the file open. */
  shared(fd: Fd): Shared | undefined {
    return this.slots[fd]?.shared;
  }

  /** All numbers in use, in order. */
  get numbers(): readonly Fd[] {
    const numbers: Fd[] = [];
    this.slots.forEach((slot, fd) => {
      if (slot) numbers.push(fd);
    });
    return numbers;
  }

  /** Whether so many more can be opened. */
  hasRoom(more = 1): boolean {
    let free = MOST_OPEN - this.slots.length;
    for (let fd = 0; free < more && fd < this.slots.length; fd++) if (!this.slots[fd]) free++;
    return free >= more;
  }

  /** The lowest free number from `least` on, which then means this file. EMFILE: there is none. */
  add(file: OpenFile | Shared, closeOnExec: boolean, least: Fd = 0): Fd | Failed {
    if (!isNumber(least)) return failed('EINVAL');
    let fd = least;
    while (this.slots[fd]) fd++;
    if (fd >= MOST_OPEN) return failed('EMFILE');
    const shared = file instanceof Shared ? file : new Shared(file);
    this.put(fd, shared, closeOnExec);
    return fd;
  }

  /** Makes `to` mean what `fd` does; what it meant before is closed. */
  duplicateTo(fd: Fd, to: Fd, closeOnExec: boolean): Fd | Failed {
    const slot = this.slots[fd];
    if (!slot || !isNumber(to)) return failed('EBADF');
    if (fd === to) return to;
    this.put(to, slot.shared, closeOnExec);
    return to;
  }

  close(fd: Fd): 0 | Failed {
    const slot = this.slots[fd];
    if (!slot) return failed('EBADF');
    this.slots[fd] = undefined;
    while (this.slots.length > 0 && !this.slots.at(-1)) this.slots.pop();
    this.closed(slot.shared.file, slot.shared.release());
    return 0;
  }

  closeAll(): void {
    for (const fd of this.numbers) this.close(fd);
  }

  closesOnExec(fd: Fd): boolean | Failed {
    return this.slots[fd]?.closeOnExec ?? failed('EBADF');
  }

  setCloseOnExec(fd: Fd, on: boolean): 0 | Failed {
    const slot = this.slots[fd];
    if (!slot) return failed('EBADF');
    slot.closeOnExec = on;
    return 0;
  }

  /** Another program runs in this process. */
  exec(): void {
    for (const fd of this.numbers) if (this.slots[fd]?.closeOnExec) this.close(fd);
  }

  /** For a child that goes on where its parent is: the same open files under the same numbers. */
  fork(closed: Closed): Descriptors {
    const child = new Descriptors(closed);
    this.slots.forEach((slot, fd) => {
      if (slot) child.put(fd, slot.shared, slot.closeOnExec);
    });
    return child;
  }

  /** For a child with a program of its own: the open files that it is to have, by the numbers of [parent, child]. */
  inherit(pairs: Iterable<readonly [Fd, Fd]>, closed: Closed): Descriptors | Failed {
    const chosen = [...pairs];
    if (chosen.some(([from, to]) => !this.slots[from] || !isNumber(to))) return failed('EBADF');
    const child = new Descriptors(closed);
    for (const [from, to] of chosen) child.put(to, (this.slots[from] as Slot).shared, false);
    return child;
  }

  private put(fd: Fd, shared: Shared, closeOnExec: boolean): void {
    // Held before the other is closed: it may be the same.
    const slot = { shared: shared.hold(), closeOnExec };
    if (this.slots[fd]) this.close(fd);
    while (this.slots.length < fd) this.slots.push(undefined);
    this.slots[fd] = slot;
  }
}

function isNumber(fd: Fd): boolean {
  return Number.isInteger(fd) && fd >= 0 && fd < MOST_OPEN;
}
