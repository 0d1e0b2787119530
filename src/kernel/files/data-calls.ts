/** The calls that move bytes, and those that wait for them. */
import { type Failed, failed, isFailed } from '../errno.ts';
import type { Answered, Later } from '../later.ts';
import { MOST_OPEN } from './descriptors.ts';
import { EpollCalls } from './epoll-calls.ts';
import { NAMES } from './file-system.ts';
import { inodeOf, isNodeFile, mayRead, mayWrite } from './open-file.ts';
import { OpenFolder } from './open-folder.ts';
import { type Entry, type Fd, O, type OpenFile, POLL, type Polled } from './types.ts';

/** Bits of `poll` that hold whether they were asked for or not. */
const UNASKED = POLL.ERR | POLL.HUP | POLL.NVAL;
const READABLE = POLL.IN | POLL.HUP | POLL.ERR;
const WRITABLE = POLL.OUT | POLL.HUP | POLL.ERR;
/** Linux's: a call moves no more. */
const MOST = 0x7ffff000;

export class DataCalls extends EpollCalls {
  read(fd: Fd, size: number, offset: number | null): Answered<Uint8Array> {
    const file = this.file(fd, true);
    if (isFailed(file)) return file;
    if (!mayRead(file.flags)) return failed('EBADF');
    if (!isSize(size)) return failed('EINVAL');
    const refused = refusesOffset(file, offset);
    if (refused) return refused;
    const most = Math.min(size, MOST);
    const take = () => {
      this.touchFile(file, true);
      return file.read(most, offset);
    };
    if (most === 0 && inodeOf(file)?.kind !== 'folder') return new Uint8Array();
    if (isReady(file, 'read', most)) return take();
    if (file.flags & O.NONBLOCK) return failed('EAGAIN');
    return {
      queues: [file.changes],
      waiting: file.waitsFor ?? { on: 'read', what: file.name },
      timeout: null,
      possible: () => isReady(file, 'read', most),
      complete: take,
      expired: () => failed('EAGAIN'),
    };
  }

  write(fd: Fd, bytes: Uint8Array, offset: number | null): Answered<number> {
    const file = this.file(fd, true);
    if (isFailed(file)) return file;
    if (!mayWrite(file.flags)) return failed('EBADF');
    const refused = refusesOffset(file, offset);
    if (refused) return refused;
    if (bytes.length === 0) return 0;
    let rest = bytes;
    let written = 0;
    let own = false;
    // Only the first portion may be one that must not be cut.
    const ready = () => isReady(file, 'write', written === 0 ? rest.length : MOST);
    const put = (): number | Failed | Later<number> => {
      this.touchFile(file, true);
      while (rest.length > 0) {
        if (!ready()) return file.flags & O.NONBLOCK ? written : wait();
        const taken = file.write(rest, offset);
        if (isFailed(taken)) {
          if (taken.errno === 'EPIPE') this.standing.system.surroundings.brokenPipe(this.standing.pid);
          return written > 0 ? written : taken;
        }
        written += taken;
        rest = rest.subarray(taken);
      }
      return written;
    };
    const wait = (): Later<number> => {
      // The caller's memory may be another's, or elsewhere, before the rest is written.
      if (!own) rest = rest.slice();
      own = true;
      return {
        queues: [file.changes],
        waiting: { on: 'write', what: file.name },
        timeout: null,
        possible: ready,
        complete: put,
        expired: () => failed('EAGAIN'),
        interrupted: () => (written > 0 ? written : failed('EINTR')),
      };
    };
    if (ready()) return put();
    return file.flags & O.NONBLOCK ? failed('EAGAIN') : wait();
  }

  seek(fd: Fd, offset: number, whence: number): number | Failed {
    const file = this.file(fd, true);
    if (isFailed(file)) return file;
    if (!isNodeFile(file) || file.inode.kind === 'fifo') return failed('ESPIPE');
    const { inode } = file;
    if (inode.kind === 'device') return 0;
    const from = [0, file.offset, inode.kind === 'file' ? inode.size : 0][whence];
    if (from === undefined) return failed('EINVAL');
    const to = from + offset;
    if (!isOffset(to)) return failed('EINVAL');
    file.offset = to;
    return to;
  }

  truncateOpen(fd: Fd, size: number): 0 | Failed {
    const file = this.file(fd, true);
    if (isFailed(file)) return file;
    const inode = inodeOf(file);
    if (inode?.kind !== 'file' || !mayWrite(file.flags)) return failed('EINVAL');
    return this.standing.system.tree.truncate(inode, size);
  }

  available(fd: Fd): number | Failed {
    const file = this.file(fd, false);
    if (isFailed(file)) return file;
    return file.available?.() ?? failed('ENOTTY');
  }

  list(fd: Fd, most: number): readonly Entry[] | Failed {
    const file = this.file(fd, true);
    if (isFailed(file)) return file;
    if (!(file instanceof OpenFolder)) return failed('ENOTDIR');
    if (!isSize(most)) return failed('EINVAL');
    this.touch(NAMES, false);
    return file.list(this.standing, most);
  }

  poll(questions: readonly Polled[], timeout: number | null): Answered<readonly number[]> {
    if (questions.length > MOST_OPEN) return failed('EINVAL');
    const asked = questions.map(({ fd, events }) => ({ fd, events, file: fd < 0 ? null : this.file(fd, false) }));
    const files = asked.flatMap(({ file }) => (file && !isFailed(file) ? [file] : []));
    const answer = () =>
      asked.map(({ file, events }) => {
        if (file === null) return 0;
        return isFailed(file) ? POLL.NVAL : file.poll() & (events | UNASKED);
      });
    const now = answer();
    if (now.some((bits) => bits !== 0)) return now;
    if (timeout === 0) {
      this.standing.system.surroundings.looked();
      return now;
    }
    // What is typed may end it: that somebody waits for the keyboard is worth knowing above all.
    const typed = asked.find(({ file, events }) => file && !isFailed(file) && file.waitsFor && events & POLL.IN);
    const keyboard = typed?.file && !isFailed(typed.file) ? typed.file.waitsFor : undefined;
    return {
      queues: [...new Set(files.map((file) => file.changes))],
      waiting: keyboard ?? { on: 'poll', what: [...new Set(files.map((file) => file.name))].slice(0, 8).join(', ') },
      timeout: timeout !== null && timeout >= 0 ? timeout : null,
      possible: () => answer().some((bits) => bits !== 0),
      complete: answer,
      expired: () => asked.map(() => 0),
    };
  }
}

function isReady(file: OpenFile, how: 'read' | 'write', size: number): boolean {
  return file.ready?.(how, size) ?? (file.poll() & (how === 'read' ? READABLE : WRITABLE)) !== 0;
}

/** Why an offset cannot be given for this file; null: it can, or is not. */
function refusesOffset(file: OpenFile, offset: number | null): Failed | null {
  if (offset === null) return null;
  if (!isOffset(offset)) return failed('EINVAL');
  const kind = inodeOf(file)?.kind;
  return kind === undefined || kind === 'fifo' ? failed('ESPIPE') : null;
}

function isSize(size: number): boolean {
  return size >= 0 && !Number.isNaN(size);
}

function isOffset(offset: number): boolean {
  return Number.isSafeInteger(offset) && offset >= 0;
}
