/** What tells a program from others, and how boot.py is told to start it. */
import type { Task } from '../interpreter/execution.ts';
import { fingerprint } from '../schedulers/schedule.ts';
import type { Entry, Program } from './protocol.ts';

/** Part of every program's fingerprint: a schedule of another engine may not fit. Raise it when steps change. */
export const ENGINE_VERSION = '3';

/** A program and its names, computed once however often it runs. */
export interface Known {
  readonly program: Program;
  /** All of it. */
  readonly identity: string;
  /** Short, for schedule strings. */
  readonly print: string;
}

export function identify(program: Program): Known {
  const files = Object.keys(program.files)
    .sort()
    .map((path) => [path, program.files[path]] as const)
    .map(([path, contents]) => [path, typeof contents === 'string' ? contents : Array.from(contents ?? [])]);
  const identity = JSON.stringify([ENGINE_VERSION, files, program.entry, program.stdin ?? '']);
  return { program, identity, print: fingerprint(identity) };
}

export function taskOf(entry: Entry): Task {
  switch (entry.kind) {
    case 'script':
      return { kind: 'script', file: entry.file, args: entry.args ?? [] };
    case 'module':
      return { kind: 'module', module: entry.module, args: entry.args ?? [] };
    case 'call':
      return { kind: 'call', file: entry.file, function: entry.function, args: entry.args };
  }
}
