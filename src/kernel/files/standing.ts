/** Where a process stands among files: what its calls start from. */
import type { Pid } from '../types.ts';
import type { Descriptors } from './descriptors.ts';
import type { FileSystem } from './file-system.ts';
import { common, type FolderInode, type Inode } from './inode.ts';
import { inodeOf } from './open-file.ts';
import type { Names } from './paths.ts';

export class Standing implements Names {
  readonly system: FileSystem;
  readonly pid: Pid;
  readonly descriptors: Descriptors;
  /** The working folder. */
  folder: FolderInode;
  /** Permissions that new files do not get. */
  mask: number;

  constructor(system: FileSystem, pid: Pid, descriptors: Descriptors, folder: FolderInode, mask: number) {
    this.system = system;
    this.pid = pid;
    this.descriptors = descriptors;
    this.folder = folder;
    this.mask = mask;
  }

  get root(): FolderInode {
    return this.system.tree.root;
  }

  /** As the tree has it; but in `/proc/self/fd` are the process's own open files. */
  entry(folder: FolderInode, name: string): Inode | null {
    const { tree } = this.system;
    if (folder !== tree.base.descriptors) return tree.entry(folder, name);
    const file = /^(0|[1-9]\d{0,3})$/.test(name) ? this.descriptors.get(Number(name)) : undefined;
    if (!file) return null;
    const inode = inodeOf(file);
    if (inode) return inode;
    const { inode: number, mode, modified } = file.stat();
    return { kind: 'device', ...common(number, mode, modified), device: file };
  }

  list(folder: FolderInode): Iterable<string> {
    const { tree } = this.system;
    return folder === tree.base.descriptors ? this.descriptors.numbers.map(String) : tree.list(folder);
  }
}
