/**
 * Memory that a process shares with processes in other workers: of each shared part of a file a twin, which is what the
 * hub has. What differs from the twin was written here and goes to the hub with the next call; what the hub answers with
 * goes into the twin.
 */
import type { SharedFile } from '../shared-regions.ts';
import type { FromOutpost, Patches, Share } from './messages.ts';

/** A shared part of a file, as shared-regions.ts sees a file. */
export class RemoteShare implements SharedFile {
  readonly share: number;
  /** What the hub has, from `start` of the file on. */
  readonly twin: Uint8Array<ArrayBuffer>;
  private readonly start: number;
  private readonly written: (share: number, offset: number, bytes: Uint8Array) => void;

  constructor(
    share: number,
    start: number,
    twin: Uint8Array<ArrayBuffer>,
    written: (share: number, offset: number, bytes: Uint8Array) => void,
  ) {
    this.share = share;
    this.start = start;
    this.twin = twin;
    this.written = written;
  }

  stat(): { readonly size: number } {
    return { size: this.start + this.twin.length };
  }

  read(size: number, offset: number): Uint8Array {
    return this.twin.slice(offset - this.start, offset - this.start + size);
  }

  /** Only what differs was written here. */
  write(bytes: Uint8Array, offset: number): number {
    const from = offset - this.start;
    for (const [start, end] of differences(this.twin.subarray(from), bytes)) {
      const patch = bytes.slice(start, end);
      this.twin.set(patch, from + start);
      this.written(this.share, from + start, patch);
    }
    return bytes.length;
  }
}

export class RemoteShares {
  private readonly post: (message: FromOutpost) => void;
  private readonly shares = new Map<number, RemoteShare>();
  private next = 1;
  private patches: (readonly [number, number, Uint8Array])[] = [];

  constructor(post: (message: FromOutpost) => void) {
    this.post = post;
  }

  /** A part of what is open under this number is in memory now; `twin`: what it holds. */
  map(fd: number, offset: number, twin: Uint8Array<ArrayBuffer>): RemoteShare {
    const share = this.add(this.next, offset, twin);
    this.post({ kind: 'share', share: share.share, fd, offset, length: twin.length });
    return share;
  }

  /** In a copy of a process: the same parts; what they hold, the hub tells. */
  inherit({ share, offset, length }: Share): RemoteShare {
    return this.add(share, offset, new Uint8Array(length));
  }

  /** What was written since the last time. */
  take(): Patches {
    const { patches } = this;
    this.patches = [];
    return patches;
  }

  apply(patches: Patches): void {
    for (const [share, offset, bytes] of patches) {
      const twin = this.shares.get(share)?.twin;
      if (twin && offset + bytes.length <= twin.length) twin.set(bytes, offset);
    }
  }

  private add(number: number, start: number, twin: Uint8Array<ArrayBuffer>): RemoteShare {
    this.next = Math.max(this.next, number + 1);
    const share = new RemoteShare(number, start, twin, (...patch) => this.patches.push(patch));
    this.shares.set(number, share);
    return share;
  }
}

/** Where two arrays of bytes differ, up to the shorter one's end: [from, to). */
export function* differences(before: Uint8Array, after: Uint8Array): Iterable<readonly [number, number]> {
  const size = Math.min(before.length, after.length);
  let start = -1;
  for (let i = 0; i < size; i++) {
    if (before[i] === after[i]) {
      if (start >= 0) yield [start, i];
      start = -1;
    } else if (start < 0) start = i;
  }
  if (start >= 0) yield [start, size];
}
