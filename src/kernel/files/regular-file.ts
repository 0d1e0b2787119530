/** An open regular file. */
import type { Failed } from '../errno.ts';
import type { WaitQueue } from '../later.ts';
import { readAt } from './contents.ts';
import type { FileTree } from './file-tree.ts';
import { type FileInode, statOf } from './inode.ts';
import type { NodeFile } from './open-file.ts';
import { O, POLL, type Stat } from './types.ts';

export class RegularFile implements NodeFile {
  readonly inode: FileInode;
  readonly name: string;
  readonly changes: WaitQueue;
  flags: number;
  offset = 0;
  private readonly tree: FileTree;

  constructor(tree: FileTree, inode: FileInode, flags: number, name: string) {
    this.tree = tree;
    this.inode = inode;
    this.flags = flags;
    this.name = name;
    this.changes = tree.still;
    if (!inode.sealed) inode.opens++;
  }

  stat(): Stat {
    return statOf(this.inode);
  }

  poll(): number {
    return POLL.IN | POLL.OUT;
  }

  available(): number {
    return Math.max(this.inode.size - this.offset, 0);
  }

  read(size: number, offset: number | null): Uint8Array {
    const { inode } = this;
    const bytes = readAt(inode, offset ?? this.offset, size);
    if (offset === null) this.offset += bytes.length;
    // As Linux does by default: the time of the first read after a change is enough.
    if (!inode.sealed && bytes.length > 0 && inode.accessed <= inode.modified) inode.accessed = this.tree.now;
    return bytes;
  }

  write(bytes: Uint8Array, offset: number | null): number | Failed {
    const at = this.flags & O.APPEND ? this.inode.size : (offset ?? this.offset);
    const written = this.tree.write(this.inode, at, bytes);
    if (typeof written === 'number' && offset === null) this.offset = at + written;
    return written;
  }

  close(): void {
    if (this.inode.sealed) return;
    this.inode.opens--;
    this.tree.forget(this.inode);
  }
}
