/** A pipe or fifo: 64 KiB (or as its users set it) between those who write and those who read. */
import { type Failed, failed } from '../errno.ts';
import { WaitQueue } from '../later.ts';
import type { Room } from './room.ts';
import { POLL } from './types.ts';

export const PIPE_SIZE = 65_536;
/** /proc/sys/fs/pipe-max-size. */
const MOST_PIPE_SIZE = 1_048_576;
/** So much is written as one piece, or not yet. */
export const PIPE_BUF = 4_096;

export type End = 'read' | 'write';

export class Pipe {
  /** For reports. */
  readonly name: string;
  readonly changes = new WaitQueue();
  /** Those who wait in `open`, for the other end of a fifo. */
  readonly opening: Readonly<Record<End, WaitQueue>> = { read: new WaitQueue(), write: new WaitQueue() };
  /** How often each end was opened: an `open` sees that the other end was there, though it may be gone again. */
  readonly opened: Record<End, number> = { read: 0, write: 0 };
  /** How many bytes it holds. */
  size = PIPE_SIZE;
  private readonly room: Room;
  private readonly open: Record<End, number> = { read: 0, write: 0 };
  /** A ring, which grows to `size`. */
  private ring = new Uint8Array(0);
  /** Bytes that ever came in, and went out. */
  private sent = 0;
  private received = 0;

  constructor(name: string, room: Room) {
    this.name = name;
    this.room = room;
  }

  /** How many bytes are in it. */
  get length(): number {
    return this.sent - this.received;
  }

  /** Bytes that ever came in. */
  get arrived(): number {
    return this.sent;
  }

  /** Whether somebody has this end open, or is about to. */
  has(end: End): boolean {
    return this.open[end] > 0 || this.opening[end].size > 0;
  }

  join(ends: readonly End[]): 0 | Failed {
    if (this.open.read + this.open.write === 0 && !this.room.takePipe()) return failed('ENFILE');
    for (const end of ends) {
      this.open[end]++;
      this.opened[end]++;
    }
    this.changes.changed();
    return 0;
  }

  quit(ends: readonly End[]): void {
    for (const end of ends) this.open[end]--;
    if (this.open.read + this.open.write === 0) {
      this.room.returnPipe();
      if (!this.has('read') && !this.has('write')) {
        this.ring = new Uint8Array(0);
        this.received = this.sent;
      }
    }
    this.changes.changed();
  }

  /** POLL's bits for one end. `met`: it has had somebody at the other end; before that, nobody has hung up. */
  poll(end: End, met: boolean): number {
    if (end === 'read') return (this.length > 0 ? POLL.IN : 0) | (met && !this.has('write') ? POLL.HUP : 0);
    return (this.size - this.length >= PIPE_BUF ? POLL.OUT : 0) | (this.has('read') ? 0 : POLL.ERR);
  }

  /** Whether a read or write of so many bytes would be answered at once. */
  ready(end: End, size: number): boolean {
    if (size === 0) return true;
    if (end === 'read') return this.length > 0 || !this.has('write');
    return this.size - this.length >= (size > PIPE_BUF ? 1 : size) || !this.has('read');
  }

  /** Only when ready. Nothing: the end. */
  read(size: number): Uint8Array {
    const bytes = new Uint8Array(Math.min(size, this.length));
    const start = this.received % this.ring.length;
    const first = this.ring.subarray(start, start + bytes.length);
    bytes.set(first);
    bytes.set(this.ring.subarray(0, bytes.length - first.length), first.length);
    if (bytes.length > 0) {
      this.received += bytes.length;
      this.changes.changed();
    }
    return bytes;
  }

  /** Only when ready. Answers how many bytes there was room for. */
  write(bytes: Uint8Array): number | Failed {
    if (bytes.length === 0) return 0;
    if (!this.has('read')) return failed('EPIPE');
    const size = Math.min(bytes.length, this.size - this.length);
    this.grow(this.length + size);
    const start = this.sent % this.ring.length;
    const first = bytes.subarray(0, Math.min(size, this.ring.length - start));
    this.ring.set(first, start);
    this.ring.set(bytes.subarray(first.length, size), 0);
    this.sent += size;
    this.changes.changed();
    return size;
  }

  /** Answers the size that it has then: as on Linux a power of two, one page or more, which holds what is in it. */
  resize(wanted: number): number | Failed {
    if (wanted <= 0) return failed('EINVAL');
    if (wanted > MOST_PIPE_SIZE) return failed('EPERM');
    let size = PIPE_BUF;
    while (size < wanted) size *= 2;
    if (size < this.length) return failed('EBUSY');
    this.size = size;
    this.changes.changed();
    return size;
  }

  private grow(size: number): void {
    if (size <= this.ring.length) return;
    let capacity = Math.max(this.ring.length, 512);
    while (capacity < size) capacity *= 2;
    const ring = new Uint8Array(capacity);
    // Each byte has its place by its number, so that the new ring continues where the old one was.
    for (let at = this.received; at < this.sent; at++) ring[at % capacity] = this.ring[at % this.ring.length] as number;
    this.ring = ring;
  }
}
