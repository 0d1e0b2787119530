/** The state of one shell: what a script's commands change. */
import type { Pid } from '../../kernel/types.ts';
import { writeAll } from '../program.ts';
import { encode } from '../text.ts';
import type { Calling, CommandProcess } from '../types.ts';
import type { Command } from './ast.ts';
import { isName } from './tokens.ts';
import { LONGEST_WORD } from './words.ts';

export interface Variable {
  /** Null: exported or read-only, but not set. */
  value: string | null;
  exported: boolean;
  fixed: boolean;
}

export interface ShellFunction {
  readonly body: Command;
  /** The definition, for shells that are started to be like this one. */
  readonly source: string;
}

/** `set -e`, `-u`, `-x`, `-f`. */
export type OptionLetter = 'e' | 'u' | 'x' | 'f';

/** Characters in all variables together. */
const MOST_CHARACTERS = 8 * 2 ** 20;
const MOST_VARIABLES = 10_000;

/** What ends a script, or a part of it, from the inside. */
export class Leave extends Error {
  readonly kind: 'exit' | 'return' | 'break' | 'continue';
  /** The exit status; for break and continue how many loops. */
  readonly value: number;

  constructor(kind: Leave['kind'], value: number) {
    super(kind);
    this.kind = kind;
    this.value = value;
  }
}

/** An error that ends a shell which nobody types at: what dash says after `sh: 1: `. */
export class Fatal extends Error {
  readonly status: number;
  /** Whether it has been said: it is, where it happens, with the redirections that hold there. */
  told = false;

  constructor(message: string, status = 2) {
    super(message);
    this.status = status;
  }
}

/** So that a shell reads it back as it is. */
export function inQuotes(text: string): string {
  const parts = text.match(/'+|[^']+/g) ?? [''];
  return parts.map((part) => (part.startsWith("'") ? `"${part}"` : `'${part}'`)).join('');
}

/** What a builtin may ask of whoever runs the script. */
export interface Interpreter {
  readonly shell: Shell;
  /** How many loops the running command is in. */
  readonly loops: number;
  /** Runs a text in this shell. */
  text(text: string, line: number, last: boolean): Calling<number>;
  /** `special`: its errors end the script. */
  builtin(argv: readonly string[], special: boolean): Calling<number>;
  /** Runs a program and waits; or becomes it, if nothing follows. */
  run(argv: readonly string[], environment: Readonly<Record<string, string>>, last: boolean): Calling<number>;
  /** Runs the traps of signals that have come; the last of these, 0 if there was none. */
  trapped(): Calling<number>;
}

export class Shell {
  readonly process: CommandProcess;
  readonly calls: CommandProcess['calls'];
  /** `$0`. */
  name = 'sh';
  parameters: string[] = [];
  readonly variables = new Map<string, Variable>();
  readonly functions = new Map<string, ShellFunction>();
  readonly options = new Set<OptionLetter>();
  /** By signal; 0 is EXIT. The empty text ignores. */
  readonly traps = new Map<number, string>();
  /** Children that run in the background, and how they have ended: an exit status. */
  readonly background = new Map<Pid, number | null>();
  /** `$?`, `$$`, `$!`. */
  status = 0;
  pid: Pid;
  lastBackground: Pid | null = null;
  line = 1;
  /** What the last command substitution answered; null: there was none in this command. */
  substituted: number | null = null;
  /** Variables that the running functions have made their own, with what they were. */
  readonly locals: Map<string, Variable | null>[] = [];
  private characters = 0;

  constructor(process: CommandProcess) {
    this.process = process;
    this.calls = process.calls;
    this.pid = process.calls.pid();
  }

  get(name: string): string | null {
    if (name === 'LINENO') return String(this.line);
    return this.variables.get(name)?.value ?? null;
  }

  set(name: string, value: string): void {
    if (value.length > LONGEST_WORD) throw new Fatal(`${name}: more than 1 MiB`);
    const known = this.variables.get(name);
    if (known?.fixed) throw new Fatal(`${name}: is read only`);
    this.characters += value.length - (known?.value?.length ?? 0);
    if (this.characters > MOST_CHARACTERS) throw new Fatal('Out of space');
    if (known) known.value = value;
    else this.add(name, { value, exported: false, fixed: false });
  }

  /** For `export` and `readonly`. */
  declare(name: string): Variable {
    if (!isName(name)) throw new Fatal(`${name}: bad variable name`);
    const known = this.variables.get(name) ?? { value: null, exported: false, fixed: false };
    if (!this.variables.has(name)) this.add(name, known);
    return known;
  }

  unset(name: string): void {
    const known = this.variables.get(name);
    if (known?.fixed) throw new Fatal(`${name}: is read only`);
    this.characters -= known?.value?.length ?? 0;
    this.variables.delete(name);
  }

  /** Puts back what a function's `local` has covered. */
  restore(name: string, before: Variable | null): void {
    this.characters += (before?.value?.length ?? 0) - (this.variables.get(name)?.value?.length ?? 0);
    if (before) this.variables.set(name, before);
    else this.variables.delete(name);
  }

  /** What programs get: exported variables and those before the command. */
  environment(more: ReadonlyMap<string, string> = new Map()): Record<string, string> {
    const list: [string, string][] = [];
    for (const [name, { value, exported }] of this.variables) if (exported && value !== null) list.push([name, value]);
    return Object.fromEntries([...list, ...more]);
  }

  *error(text: string): Calling<void> {
    yield* writeAll(this.calls, 2, encode(`${this.name}: ${this.line}: ${text}\n`));
  }

  private add(name: string, variable: Variable): void {
    if (this.variables.size >= MOST_VARIABLES) throw new Fatal('Out of space');
    this.variables.set(name, variable);
  }
}
