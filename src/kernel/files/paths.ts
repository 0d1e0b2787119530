/** Which inode a path names: `.`, `..`, symbolic links, and Linux's bounds and errors. */
import { type Failed, failed } from '../errno.ts';
import { type FolderInode, type Inode, permits } from './inode.ts';
import { utf8Length } from './utf8.ts';

/** In bytes; a path's final NUL counts. */
const LONGEST_NAME = 255;
const LONGEST_PATH = 4096;
/** Symbolic links in one path. */
const MOST_LINKS = 40;

/** Where a path leads. */
export interface Place {
  readonly folder: FolderInode;
  /** In `folder`; `.`, `..` and '' (the root) are no entries that could be made or removed. */
  readonly name: string;
  readonly inode: Inode | null;
  /** The path ends with a slash: only a folder can be meant. */
  readonly slash: boolean;
}

/** Where paths are looked up. */
export interface Names {
  readonly root: FolderInode;
  /** The entry of a folder. */
  entry(folder: FolderInode, name: string): Inode | null;
  list(folder: FolderInode): Iterable<string>;
}

/** Which symbolic links in the last place are followed: all, those with a slash behind them, or none. */
export type Follow = 'all' | 'slash' | 'none';

/** Fails unless all but the last name of the path are there. */
export function resolve(names: Names, from: FolderInode, path: string, follow: Follow): Place | Failed {
  if (path === '' || path.includes('\0')) return failed('ENOENT');
  if (utf8Length(path) >= LONGEST_PATH) return failed('ENAMETOOLONG');
  let folder = path.startsWith('/') ? names.root : from;
  let slash = path.endsWith('/');
  let steps = stepsOf(path);
  let links = 0;
  for (let at = 0; at < steps.length; at++) {
    const name = steps[at] as string;
    const last = at === steps.length - 1;
    if (!permits(folder, 1)) return failed('EACCES');
    const inode = step(names, folder, name);
    if (inode === null && utf8Length(name) > LONGEST_NAME) return failed('ENAMETOOLONG');
    if (inode?.kind === 'link' && (!last || follow === 'all' || (slash && follow === 'slash'))) {
      if (++links > MOST_LINKS) return failed('ELOOP');
      const { target } = inode;
      if (target.startsWith('/')) folder = names.root;
      if (last) slash ||= target.endsWith('/');
      steps = [...stepsOf(target), ...steps.slice(at + 1)];
      at = -1;
      continue;
    }
    if (last) {
      if (slash && inode && inode.kind !== 'folder') return failed('ENOTDIR');
      return { folder, name, inode, slash };
    }
    if (inode === null) return failed('ENOENT');
    if (inode.kind !== 'folder') return failed('ENOTDIR');
    folder = inode;
  }
  return { folder, name: '', inode: folder, slash };
}

/** Whether it could be the name of an entry. */
export function isEntry({ name }: Place): boolean {
  return name !== '' && name !== '.' && name !== '..';
}

/** A folder's absolute path; null if it was removed. */
export function pathOf(folder: FolderInode): string | null {
  const names: string[] = [];
  for (let at = folder; at.parent !== at; at = at.parent) {
    if (at.links === 0) return null;
    names.push(at.name);
  }
  return `/${names.reverse().join('/')}`;
}

function stepsOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '');
}

function step(names: Names, folder: FolderInode, name: string): Inode | null {
  if (name === '.') return folder;
  return name === '..' ? folder.parent : names.entry(folder, name);
}
