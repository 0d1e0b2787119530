/** Inodes: what the names in a folder stand for. */
import type { Pipe } from './pipe.ts';
import type { OpenFile, Stat } from './types.ts';
import { utf8Length } from './utf8.ts';

/** The learner's number, and their group's. */
export const LEARNER = 1000;

interface Common {
  readonly number: number;
  /** Part of the machine's image: root's, shared by all runs, and never changed. */
  readonly sealed: boolean;
  mode: number;
  links: number;
  accessed: number;
  modified: number;
  changed: number;
}

export interface FileInode extends Common {
  readonly kind: 'file';
  /** The contents are its first `size` bytes; those behind them are zero. */
  bytes: Uint8Array;
  size: number;
  /** `bytes` are not this inode's own: to be copied before they are changed. */
  borrowed: boolean;
  /** How many open files there are of it: its bytes live until the last is closed. */
  opens: number;
}

export interface FolderInode extends Common {
  readonly kind: 'folder';
  readonly entries: Map<string, Inode>;
  /** The root's is itself. */
  parent: FolderInode;
  /** In its parent. */
  name: string;
}

export interface LinkInode extends Common {
  readonly kind: 'link';
  readonly target: string;
}

export type DeviceName = 'null' | 'zero' | 'full' | 'random' | 'tty';

export interface DeviceInode extends Common {
  readonly kind: 'device';
  /** An open file: what `/dev/fd/N` stands for if that has no inode. */
  readonly device: DeviceName | OpenFile;
}

export interface FifoInode extends Common {
  readonly kind: 'fifo';
  readonly pipe: Pipe;
}

export interface SocketInode extends Common {
  readonly kind: 'socket';
  /** Who listens there; the sockets' own business. */
  readonly bound: object;
}

export type Inode = FileInode | FolderInode | LinkInode | DeviceInode | FifoInode | SocketInode;

/** The fields that all kinds begin with. */
export function common(number: number, mode: number, now: number, sealed = false): Common {
  return { number, sealed, mode, links: 1, accessed: now, modified: now, changed: now };
}

/** Whether the learner may do this: R 4, W 2, X 1. What is sealed is root's, all else is the learner's own. */
export function permits(inode: Inode, bits: number): boolean {
  return ((inode.sealed ? inode.mode : inode.mode >> 6) & bits) === bits;
}

export function statOf(inode: Inode): Stat {
  const { kind, number, sealed, mode, links, accessed, modified, changed } = inode;
  const owner = sealed ? 0 : LEARNER;
  return { kind, inode: number, mode, links, owner, size: sizeOf(inode), accessed, modified, changed };
}

function sizeOf(inode: Inode): number {
  if (inode.kind === 'file') return inode.size;
  if (inode.kind === 'link') return utf8Length(inode.target);
  return inode.kind === 'folder' ? 4096 : 0;
}
