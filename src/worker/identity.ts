/** What tells a program from others, and how boot.py is told to start it. */
import type { Task } from '../interpreter/execution.ts';
import { BadWorld, refusesWorld } from '../kernel/hosts/check.ts';
import { fingerprint } from '../schedulers/schedule.ts';
import type { Entry, Program } from './protocol.ts';

/** Part of every program's fingerprint: a schedule of another engine may not fit. Raise it when steps change. */
export const ENGINE_VERSION = '4';

/** A program and its names, computed once however often it runs. */
export interface Known {
  readonly program: Program;
  /** All of it. */
  readonly identity: string;
  /** Short, for schedule strings. */
  readonly print: string;
}

/** Throws BadWorld if it cannot be run in the world that it brings. */
export function identify(program: Program): Known {
  const refused = program.world && refusesWorld(program.world, program.entry.kind !== 'terminals');
  if (refused) throw new BadWorld(refused);
  const files = Object.keys(program.files)
    .sort()
    .map((path) => [path, program.files[path]] as const)
    .map(([path, contents]) => [path, typeof contents === 'string' ? contents : Array.from(contents ?? [])]);
  const parts = [ENGINE_VERSION, files, program.entry, program.stdin ?? ''];
  const identity = JSON.stringify(program.world ? [...parts, inOrder(program.world)] : parts);
  return { program, identity, print: fingerprint(identity) };
}

/** The same, however its keys were written down. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => [key, inOrder(part)]);
}

export function taskOf(entry: Entry): Task {
  switch (entry.kind) {
    case 'script':
      return { kind: 'script', file: entry.file, args: entry.args ?? [] };
    case 'module':
      return { kind: 'module', module: entry.module, args: entry.args ?? [] };
    case 'terminals':
      return { kind: 'terminals', args: [] };
    case 'call':
      return { kind: 'call', file: entry.file, function: entry.function, args: entry.args };
  }
}
