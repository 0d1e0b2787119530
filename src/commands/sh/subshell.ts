/**
 * Subshells. A shell cannot fork here (only CPython's processes can), so `( … )`, `$( … )`, each side of a pipeline and
 * each background job that is more than one program become a process of its own that runs `/bin/sh` on the piece's text.
 * Everything that a forked shell would have inherited beside descriptors travels in one entry of its environment, which
 * it takes out before it runs anything. Who writes that entry himself gets a shell with those variables, and no more.
 */
import type { Pid } from '../../kernel/types.ts';
import type { Command } from './ast.ts';
import { Parser } from './parser.ts';
import type { OptionLetter, Shell } from './shell.ts';

export const STATE = '_SUBSHELL';

/** What is to be run, and where it stands. */
export interface Errand {
  readonly text: string;
  readonly line: number;
}

export function encodeState(shell: Shell, { text, line }: Errand): string {
  return JSON.stringify({
    text,
    line,
    name: shell.name,
    parameters: shell.parameters,
    variables: [...shell.variables].map(([name, { value, exported, fixed }]) => [name, value, exported, fixed]),
    functions: [...shell.functions].map(([name, { source }]) => [name, source]),
    options: [...shell.options],
    ignored: [...shell.traps].filter(([, action]) => action === '').map(([signal]) => signal),
    status: shell.status,
    pid: shell.pid,
    lastBackground: shell.lastBackground,
  });
}

/** Makes a new shell what the other one was; null: this is no such state. */
export function decodeState(shell: Shell, encoded: string): Errand | null {
  let state: Record<string, unknown>;
  try {
    state = JSON.parse(encoded) as Record<string, unknown>;
  } catch {
    return null;
  }
  if (typeof state !== 'object' || state === null) return null;
  const { text, line, name } = state;
  if (typeof text !== 'string' || typeof name !== 'string') return null;
  shell.name = name;
  shell.parameters = list(state.parameters).filter((one): one is string => typeof one === 'string');
  for (const entry of list(state.variables)) {
    const [variable, value, exported, fixed] = list(entry);
    if (typeof variable !== 'string' || !/^[A-Za-z_]\w*$/.test(variable)) continue;
    if (typeof value === 'string') shell.set(variable, value);
    Object.assign(shell.declare(variable), { exported: exported === true, fixed: fixed === true });
  }
  for (const entry of list(state.functions)) {
    const [, source] = list(entry);
    if (typeof source === 'string') define(shell, source);
  }
  for (const option of list(state.options)) {
    if (typeof option === 'string' && 'euxf'.includes(option)) shell.options.add(option as OptionLetter);
  }
  for (const signal of list(state.ignored)) if (typeof signal === 'number') shell.traps.set(signal, '');
  if (typeof state.status === 'number') shell.status = state.status & 255;
  if (typeof state.pid === 'number') shell.pid = state.pid as Pid;
  if (typeof state.lastBackground === 'number') shell.lastBackground = state.lastBackground as Pid;
  return { text, line: typeof line === 'number' ? line : 1 };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Reads a definition that `encodeState` has written. */
function define(shell: Shell, source: string): void {
  const command: Command | undefined = new Parser(source).next()?.[0]?.first.commands[0]?.command;
  if (command?.kind === 'function') shell.functions.set(command.name, { body: command.body, source });
}
