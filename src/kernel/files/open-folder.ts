/** An open folder: it can be listed, and paths can begin there. */
import { type Failed, failed } from '../errno.ts';
import type { WaitQueue } from '../later.ts';
import { type FolderInode, type Inode, statOf } from './inode.ts';
import type { NodeFile } from './open-file.ts';
import type { Names } from './paths.ts';
import { type Entry, POLL, type Stat } from './types.ts';

export class OpenFolder implements NodeFile {
  readonly inode: FolderInode;
  readonly name: string;
  readonly changes: WaitQueue;
  flags: number;
  offset = 0;
  /** Goes through the names as they are, so that what is removed meanwhile hides no other. */
  private names: Iterator<string> | null = null;
  /** How many names there were when the listing began: one that adds names comes to an end all the same. */
  private left = 0;
  private reached = 0;

  constructor(inode: FolderInode, flags: number, name: string, still: WaitQueue) {
    this.inode = inode;
    this.flags = flags;
    this.name = name;
    this.changes = still;
  }

  stat(): Stat {
    return statOf(this.inode);
  }

  poll(): number {
    return POLL.IN | POLL.OUT;
  }

  read(): Failed {
    return failed('EISDIR');
  }

  write(): Failed {
    return failed('EISDIR');
  }

  list(names: Names, most: number): readonly Entry[] {
    if (this.offset !== this.reached || this.offset === 0) this.begin(names);
    const entries: Entry[] = [];
    while (entries.length < most) {
      const entry = this.next(names);
      if (!entry) break;
      entries.push(entry);
    }
    this.offset = this.reached;
    return entries;
  }

  close(): void {}

  /** Goes to where `seek` said. */
  private begin(names: Names): void {
    this.names = names.list(this.inode)[Symbol.iterator]();
    this.left = [...names.list(this.inode)].length;
    this.reached = 0;
    while (this.reached < this.offset && this.next(names));
  }

  private next(names: Names): Entry | null {
    const { inode } = this;
    if (this.reached === 0) return this.entry('.', inode);
    if (this.reached === 1) return this.entry('..', inode.parent);
    while (this.left-- > 0) {
      const { value: name, done } = this.names?.next() ?? { done: true };
      if (done) break;
      const child = names.entry(inode, name);
      if (child) return this.entry(name, child);
    }
    return null;
  }

  private entry(name: string, { kind, number }: Inode): Entry {
    this.reached++;
    return { name, kind, inode: number };
  }
}
