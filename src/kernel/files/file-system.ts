/** What the processes of one run have in common of files: the tree, the devices' far ends, pipes and locks. */
import { type Failed, failed } from '../errno.ts';
import type { Answered } from '../later.ts';
import type { Pid } from '../types.ts';
import { DeviceFile } from './device-file.ts';
import type { FileTree } from './file-tree.ts';
import type { FifoInode, Inode } from './inode.ts';
import { Locks } from './locks.ts';
import { OpenFolder } from './open-folder.ts';
import { type Caller, endsOf, type Moved, PipeEnd } from './pipe-end.ts';
import { RegularFile } from './regular-file.ts';
import { O, type OpenFile } from './types.ts';

/** What the rest of the kernel does for files, and hears of them. */
export interface Surroundings {
  /** A whole number in [0, bound). */
  chance(bound: number): number;
  /** What `/dev/tty` is to a process; a new open file each time. */
  terminal(pid: Pid): OpenFile;
  caller(): Caller;
  /** A process has looked whether it need wait, and found nothing: that takes a moment, or it would look for ever. */
  looked(): void;
  /** A process has written to a pipe that nobody reads: it gets SIGPIPE. */
  brokenPipe(pid: Pid): void;
  /**
   * A call looks at this, or changes it: an inode by its number, the names in the tree (`NAMES`), the descriptors of a
   * process (minus its pid).
   */
  touch(object: number, changes: boolean): void;
  readonly moved: Moved;
}

/** All names in the tree, as something that calls touch. */
export const NAMES = 0;

export class FileSystem {
  readonly tree: FileTree;
  readonly locks = new Locks();
  readonly surroundings: Surroundings;
  /** How many files its epolls were told of. */
  watched = 0;

  constructor(tree: FileTree, surroundings: Surroundings) {
    this.tree = tree;
    this.surroundings = surroundings;
  }

  /** Opens what is there for a process; `name` is what reports call it. */
  open(inode: Inode, flags: number, name: string, pid: Pid): Answered<OpenFile> {
    const { tree, surroundings } = this;
    switch (inode.kind) {
      case 'file':
        return new RegularFile(tree, inode, flags, name);
      case 'folder':
        return new OpenFolder(inode, flags, name, tree.still);
      case 'device': {
        const { device } = inode;
        if (typeof device === 'object') return device;
        if (device === 'tty') return Object.assign(surroundings.terminal(pid), { flags });
        return new DeviceFile(inode, flags, name, tree.still, (bound) => surroundings.chance(bound));
      }
      case 'fifo':
        return this.openFifo(inode, flags);
      case 'socket':
      case 'link':
        return failed('ENXIO');
    }
  }

  /** The host has lost its memory: what was there only is gone. Its processes, and so their open files, went before. */
  forget(): void {
    this.tree.empty('/dev/shm');
  }

  /** Both ends of a new pipe: to read from, to write to. */
  pipe(flags: number): readonly [OpenFile, OpenFile] | Failed {
    const inode = this.tree.newPipe(0o600);
    const refused = inode.pipe.join(['read', 'write']);
    if (refused) return refused;
    const { moved } = this.surroundings;
    return [new PipeEnd(inode, flags | O.RDONLY, moved), new PipeEnd(inode, flags | O.WRONLY, moved)];
  }

  /** Linux's fifo(7): to open one end is to wait for the other. */
  private openFifo(inode: FifoInode, flags: number): Answered<OpenFile> {
    const { pipe } = inode;
    const ends = endsOf(flags);
    const join = (): OpenFile | Failed => pipe.join(ends) || new PipeEnd(inode, flags, this.surroundings.moved);
    const [end] = ends;
    if (ends.length === 2 || end === undefined) return join();
    const other = end === 'read' ? 'write' : 'read';
    if (pipe.has(other)) return join();
    if (flags & O.NONBLOCK) return end === 'read' ? join() : failed('ENXIO');
    const before = pipe.opened[other];
    return {
      queues: [pipe.opening[end], pipe.changes],
      waiting: { on: end, what: pipe.name },
      timeout: null,
      possible: () => pipe.has(other) || pipe.opened[other] !== before,
      complete: join,
      expired: () => failed('EAGAIN'),
    };
  }
}
