/** Open files that have an inode: what those of every kind have in common. */
import type { Inode } from './inode.ts';
import { O, type OpenFile } from './types.ts';

/** An open file that has an inode, and where its next read or write is. */
export interface NodeFile extends OpenFile {
  readonly inode: Inode;
  /** For a folder: how many entries were listed. */
  offset: number;
}

/** The inode of an open file; null: a terminal, a socket. */
export function inodeOf(file: OpenFile): Inode | null {
  return isNodeFile(file) ? file.inode : null;
}

export function isNodeFile(file: OpenFile): file is NodeFile {
  return 'inode' in file;
}

export function mayRead(flags: number): boolean {
  return (flags & O.ACCMODE) !== O.WRONLY;
}

export function mayWrite(flags: number): boolean {
  return (flags & O.ACCMODE) !== O.RDONLY;
}
