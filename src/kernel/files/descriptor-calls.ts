/** The calls about descriptors themselves, and what every other call begins with. */
import { type Failed, failed, isFailed } from '../errno.ts';
import type { Answered } from '../later.ts';
import type { Descriptors } from './descriptors.ts';
import { inodeOf, mayRead, mayWrite } from './open-file.ts';
import type { Standing } from './standing.ts';
import { type Fd, type LockRequest, O, type OpenFile, type Stat } from './types.ts';

/** What F_SETFL can change, and what F_GETFL answers. */
const CHANGEABLE = O.APPEND | O.NONBLOCK;
const VISIBLE = O.ACCMODE | CHANGEABLE;

export class DescriptorCalls {
  protected readonly standing: Standing;

  constructor(standing: Standing) {
    this.standing = standing;
  }

  close(fd: Fd): 0 | Failed {
    const file = this.file(fd, true);
    return isFailed(file) ? file : this.changing.close(fd);
  }

  duplicate(fd: Fd, least: number, closeOnExec: boolean): Fd | Failed {
    const { changing } = this;
    const shared = changing.shared(fd);
    return shared ? changing.add(shared, closeOnExec, least) : failed('EBADF');
  }

  duplicateTo(fd: Fd, to: Fd, closeOnExec: boolean): Fd | Failed {
    // What was there is closed, which others may see.
    this.file(to, true);
    return this.changing.duplicateTo(fd, to, closeOnExec);
  }

  pipe(flags: number): readonly [Fd, Fd] | Failed {
    const { changing } = this;
    if (!changing.hasRoom(2)) return failed('EMFILE');
    const ends = this.standing.system.pipe(flags & O.NONBLOCK);
    if (isFailed(ends)) return ends;
    const [read, write] = ends.map((end) => changing.add(end, (flags & O.CLOEXEC) !== 0) as Fd);
    return [read as Fd, write as Fd];
  }

  flags(fd: Fd): number | Failed {
    const file = this.file(fd, false);
    return isFailed(file) ? file : file.flags & VISIBLE;
  }

  setFlags(fd: Fd, flags: number): 0 | Failed {
    const file = this.file(fd, true);
    if (isFailed(file)) return file;
    file.flags = (file.flags & ~CHANGEABLE) | (flags & CHANGEABLE);
    return 0;
  }

  closeOnExec(fd: Fd): boolean | Failed {
    this.touch(-this.standing.pid, false);
    return this.standing.descriptors.closesOnExec(fd);
  }

  setCloseOnExec(fd: Fd, on: boolean): 0 | Failed {
    return this.changing.setCloseOnExec(fd, on);
  }

  pipeSize(fd: Fd, size: number | null): number | Failed {
    const file = this.file(fd, size !== null);
    if (isFailed(file)) return file;
    const inode = inodeOf(file);
    if (inode?.kind !== 'fifo') return failed('EBADF');
    return size === null ? inode.pipe.size : inode.pipe.resize(size);
  }

  isTerminal(fd: Fd): boolean | Failed {
    const file = this.file(fd, false);
    return isFailed(file) ? file : file.terminal === true;
  }

  statOpen(fd: Fd): Stat | Failed {
    const file = this.file(fd, false);
    return isFailed(file) ? file : file.stat();
  }

  lock(fd: Fd, request: LockRequest): Answered<0> {
    const file = this.file(fd, true);
    if (isFailed(file)) return file;
    const inode = inodeOf(file);
    if (!inode) return failed('EINVAL');
    const { whole, kind } = request;
    const lacks = kind === 'shared' ? !mayRead(file.flags) : kind === 'exclusive' && !mayWrite(file.flags);
    if (!whole && lacks) return failed('EBADF');
    return this.standing.system.locks.lock(inode, file, this.standing.pid, request);
  }

  // ---- for all calls -------------------------------------------------------------------------------------------

  /** The open file of a number, or EBADF. `changes`: the call moves its offset, or changes what is in it. */
  protected file(fd: Fd, changes: boolean): OpenFile | Failed {
    this.touch(-this.standing.pid, false);
    const file = this.standing.descriptors.get(fd);
    if (!file) return failed('EBADF');
    this.touchFile(file, changes);
    return file;
  }

  /** The process's descriptors, for a call that changes them. */
  protected get changing(): Descriptors {
    this.touch(-this.standing.pid, true);
    return this.standing.descriptors;
  }

  protected touchFile(file: OpenFile, changes: boolean): void {
    this.touch(inodeOf(file)?.number ?? file.stat().inode, changes);
  }

  protected touch(object: number, changes: boolean): void {
    this.standing.system.surroundings.touch(object, changes);
  }
}
