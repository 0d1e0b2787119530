/** Bytes of a stream that have arrived and were not read, with the open files that travel among them. */
import type { Shared } from '../files/descriptors.ts';

/** Files that came with the bytes [from, to). */
interface Attached {
  readonly from: number;
  readonly to: number;
  readonly files: readonly Shared[];
}

export class ByteQueue {
  /** A ring, which grows with what is in it; a byte's place is its number modulo the size. */
  private ring = new Uint8Array(0);
  private attached: Attached[] = [];
  private put = 0;
  private taken = 0;

  get length(): number {
    return this.put - this.taken;
  }

  /** Bytes that ever came. */
  get arrived(): number {
    return this.put;
  }

  push(bytes: Uint8Array, files: readonly Shared[]): void {
    this.grow(this.length + bytes.length);
    const start = this.put % this.ring.length;
    const first = bytes.subarray(0, this.ring.length - start);
    this.ring.set(first, start);
    this.ring.set(bytes.subarray(first.length), 0);
    if (files.length > 0) this.attached.push({ from: this.put, to: this.put + bytes.length, files });
    this.put += bytes.length;
  }

  /** At most so many; and never some with open files together with others, so that it is known what they came with. */
  peek(size: number): Uint8Array {
    const [next] = this.attached;
    const border = next === undefined ? this.put : next.from > this.taken ? next.from : next.to;
    const bytes = new Uint8Array(Math.min(size, border - this.taken));
    if (bytes.length === 0) return bytes;
    const start = this.taken % this.ring.length;
    const first = this.ring.subarray(start, start + bytes.length);
    bytes.set(first);
    bytes.set(this.ring.subarray(0, bytes.length - first.length), first.length);
    return bytes;
  }

  /** Drops what was peeked at; answers the open files that were with it: the taker's to release. */
  drop(size: number): readonly Shared[] {
    const [next] = this.attached;
    this.taken += size;
    if (!next || this.taken <= next.from) return [];
    this.attached.shift();
    // The rest of these bytes comes without them.
    if (this.taken < next.to) this.attached.unshift({ ...next, from: this.taken, files: [] });
    return next.files;
  }

  /** Nobody will read it any more. Answers how many open files were let go of. */
  clear(): number {
    const files = this.attached.flatMap((attached) => attached.files);
    this.attached = [];
    this.taken = this.put;
    this.ring = new Uint8Array(0);
    for (const file of files) file.release();
    return files.length;
  }

  private grow(size: number): void {
    if (size <= this.ring.length) return;
    let capacity = Math.max(this.ring.length, 512);
    while (capacity < size) capacity *= 2;
    const ring = new Uint8Array(capacity);
    for (let at = this.taken; at < this.put; at++) ring[at % capacity] = this.ring[at % this.ring.length] as number;
    this.ring = ring;
  }
}
