/** The files of one process from its beginning to its end: what it inherits, and what it leaves. */
import { type Failed, failed, isFailed } from '../errno.ts';
import type { Pid } from '../types.ts';
import { type Closed, Descriptors } from './descriptors.ts';
import { ProcessFileCalls } from './file-calls.ts';
import type { FileSystem } from './file-system.ts';
import { permits } from './inode.ts';
import { inodeOf } from './open-file.ts';
import { Standing } from './standing.ts';
import type { Fd, OpenFile } from './types.ts';

/** What a child gets of its parent's descriptors: see SpawnRequest. */
export interface Inheritance {
  readonly folder: string | null;
  readonly moved: readonly (readonly [Fd, Fd])[];
  readonly inherited: 'all' | readonly Fd[];
}

/** As a login shell sets it. */
const MASK = 0o022;
const STANDARD: readonly Fd[] = [0, 1, 2];

export class ProcessFiles {
  readonly calls: ProcessFileCalls;
  private readonly standing: Standing;

  private constructor(standing: Standing) {
    this.standing = standing;
    this.calls = new ProcessFileCalls(standing);
  }

  /** For the program's first process: in its home, with these as descriptors 0, 1, 2. */
  static boot(system: FileSystem, pid: Pid, standard: readonly OpenFile[]): ProcessFiles {
    const descriptors = new Descriptors(closes(system, pid));
    for (const file of standard) descriptors.add(file, false);
    return new ProcessFiles(new Standing(system, pid, descriptors, system.tree.home, MASK));
  }

  /** For the calls of other subjects that make or take descriptors: sockets. */
  get descriptors(): Descriptors {
    return this.standing.descriptors;
  }

  /** Where relative paths begin, for `resolve`. */
  get place(): Standing {
    return this.standing;
  }

  fork(pid: Pid): ProcessFiles {
    const { system, descriptors, folder, mask } = this.standing;
    return new ProcessFiles(new Standing(system, pid, descriptors.fork(closes(system, pid)), folder, mask));
  }

  spawn(pid: Pid, { folder, moved, inherited }: Inheritance): ProcessFiles | Failed {
    const { system, descriptors, mask } = this.standing;
    const start = folder === null ? this.standing.folder : system.tree.lookup(folder, this.standing.folder);
    if (isFailed(start)) return start;
    if (start.kind !== 'folder') return failed('ENOTDIR');
    if (!permits(start, 1)) return failed('EACCES');
    const stays = (fd: Fd) => descriptors.closesOnExec(fd) === false;
    const kept = inherited === 'all' ? descriptors.numbers.filter(stays) : [...STANDARD.filter(stays), ...inherited];
    const pairs = new Map<Fd, Fd>();
    // By the child's numbers: what is moved there wins.
    for (const fd of kept) pairs.set(fd, fd);
    for (const [from, to] of moved) pairs.set(to, from);
    const child = descriptors.inherit(
      [...pairs].map(([to, from]) => [from, to] as const),
      closes(system, pid),
    );
    return isFailed(child) ? child : new ProcessFiles(new Standing(system, pid, child, start, mask));
  }

  /** Another program runs in this process. */
  exec(): void {
    this.standing.descriptors.exec();
  }

  /** The process is over. */
  end(): void {
    this.standing.descriptors.closeAll();
  }
}

/** What a process's closing of a descriptor means for its locks. */
function closes(system: FileSystem, pid: Pid): Closed {
  return (file, last) => {
    const inode = inodeOf(file);
    if (!inode) return;
    system.locks.closed(inode, pid);
    if (last) system.locks.released(inode, file);
  };
}
