/** An open end of a pipe, or of a fifo, which may be both ends at once. */
import type { Failed } from '../errno.ts';
import type { WaitQueue } from '../later.ts';
import { type FifoInode, statOf } from './inode.ts';
import { mayRead, mayWrite, type NodeFile } from './open-file.ts';
import type { End, Pipe } from './pipe.ts';
import { O, type Stat } from './types.ts';

/** Whoever makes a call; null: nobody does. */
export type Caller = object | null;

/** Hears of bytes that went into a pipe, or came out of it. `by`: who has sent what arrives only now. */
export type Moved = (how: 'send' | 'receive', channel: string, bytes: number, by?: Caller) => void;

export class PipeEnd implements NodeFile {
  readonly inode: FifoInode;
  readonly name: string;
  readonly changes: WaitQueue;
  flags: number;
  offset = 0;
  private readonly pipe: Pipe;
  private readonly moved: Moved;
  /** How often the other end had been opened when this one was; -1: somebody was there. */
  private readonly before: number;

  /** After `join`. */
  constructor(inode: FifoInode, flags: number, moved: Moved) {
    this.inode = inode;
    this.flags = flags;
    this.pipe = inode.pipe;
    this.moved = moved;
    this.name = inode.pipe.name;
    this.changes = inode.pipe.changes;
    this.before = this.pipe.has('write') ? -1 : this.pipe.opened.write;
  }

  stat(): Stat {
    return statOf(this.inode);
  }

  poll(): number {
    const { pipe, flags } = this;
    const reads = mayRead(flags) ? pipe.poll('read', pipe.opened.write !== this.before) : 0;
    return reads | (mayWrite(flags) ? pipe.poll('write', true) : 0);
  }

  ready(how: End, size: number): boolean {
    return this.pipe.ready(how, size);
  }

  arrived(): number {
    return this.pipe.arrived;
  }

  available(): number {
    return this.pipe.length;
  }

  read(size: number): Uint8Array {
    const bytes = this.pipe.read(size);
    if (bytes.length > 0) this.moved('receive', this.name, bytes.length);
    return bytes;
  }

  write(bytes: Uint8Array): number | Failed {
    const written = this.pipe.write(bytes);
    if (typeof written === 'number' && written > 0) this.moved('send', this.name, written);
    return written;
  }

  close(): void {
    this.pipe.quit(endsOf(this.flags));
  }
}

/** What an open file with these flags is an end for. */
export function endsOf(flags: number): readonly End[] {
  if ((flags & O.ACCMODE) === O.RDWR) return ['read', 'write'];
  return mayRead(flags) ? ['read'] : ['write'];
}
