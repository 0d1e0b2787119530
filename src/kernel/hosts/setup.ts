/** What a run begins with: a program, files, and the world that it is in. */
import type { FileTree } from '../files/file-tree.ts';
import type { Program } from '../processes/types.ts';
import type { Pid } from '../types.ts';
import type { ActRecord, World } from './types.ts';

export interface Setup {
  /** Null: only what is on the terminals of a world. */
  readonly program: Program | null;
  readonly stdin: string;
  /** What there is when it begins: on the first host, or the only one. */
  readonly files: FileTree;
  /** Several hosts; else one. Nobody checks here what check.ts does. */
  readonly world?: WorldSetup;
  /** Locks with lower numbers may still be around from earlier runs of the same life. */
  readonly firstLock: number;
  /** The number of the program's first process, and whatever it begins counts on from there; else the usual one. */
  readonly firstPid?: Pid;
}

export interface WorldSetup {
  readonly spec: World;
  /** Of each host. */
  readonly files: readonly FileTree[];
  /** Of the terminals' commands. */
  readonly environment: Readonly<Record<string, string>>;
  /** What a reader did to the run that is repeated, and that nobody else does anything to; null: it is none. */
  readonly acts: readonly ActRecord[] | null;
}
