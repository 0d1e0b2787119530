/** What every command is made of: waiting calls, buffered output, error lines, a way to end from anywhere. */
import { isFailed } from '../kernel/errno.ts';
import type { Fd } from '../kernel/files/types.ts';
import { reason } from './reasons.ts';
import { encode } from './text.ts';
import type { Answered, Calling, Command, CommandProcess, Failed } from './types.ts';

/** What GNU's programs read and write at once. */
export const BLOCK = 65_536;

/** A system call's final answer. */
export function* wait<T>(answer: Answered<T>): Calling<T | Failed> {
  return (yield answer) as T | Failed;
}

/** Writes all of it; or why not. */
export function* writeAll(calls: CommandProcess['calls'], fd: Fd, bytes: Uint8Array): Calling<Failed | null> {
  for (let at = 0; at < bytes.length; ) {
    const count = yield* wait(calls.write(fd, at === 0 ? bytes : bytes.subarray(at), null));
    if (isFailed(count)) {
      if (count.errno === 'EINTR') continue;
      return count;
    }
    at += count;
  }
  return null;
}

/** Ends the command from anywhere inside it. */
export class Quit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/** A running command: its process, with standard output collected into blocks, or lines for a terminal. */
export class Running {
  readonly process: CommandProcess;
  readonly calls: CommandProcess['calls'];
  /** As it was called: what messages begin with. */
  readonly name: string;
  /** The exit code that a wrong option has. */
  readonly misused: number;
  private pending: Uint8Array[] = [];
  private size = 0;
  private terminal: boolean | null = null;

  constructor(process: CommandProcess, name: string, misused: number) {
    this.process = process;
    this.calls = process.calls;
    this.name = process.argv[0] || name;
    this.misused = misused;
  }

  /** Whether standard output is a terminal. */
  toTerminal(): boolean {
    this.terminal ??= this.calls.isTerminal(1) === true;
    return this.terminal;
  }

  *out(data: string | Uint8Array): Calling<void> {
    const bytes = typeof data === 'string' ? encode(data) : data;
    if (bytes.length === 0) return;
    this.pending.push(bytes);
    this.size += bytes.length;
    if (this.size >= BLOCK || (this.toTerminal() && bytes.at(-1) === 10)) yield* this.flush();
  }

  *flush(): Calling<void> {
    if (this.size === 0) return;
    const bytes = joined(this.pending);
    this.pending = [];
    this.size = 0;
    const failure = yield* writeAll(this.calls, 1, bytes);
    if (!failure) return;
    // A real program is killed by SIGPIPE here; who ignores that signal need not hear of it either.
    if (failure.errno !== 'EPIPE') yield* this.error(`write error: ${reason(failure)}`);
    throw new Quit(this.misused);
  }

  /** A line on standard error, after the command's name. */
  *error(text: string): Calling<void> {
    yield* this.errorText(`${this.name}: ${text}\n`);
  }

  *errorText(text: string): Calling<void> {
    yield* writeAll(this.calls, 2, encode(text));
  }

  /** Complains and ends. */
  *fail(code: number, text: string): Calling<never> {
    yield* this.error(text);
    throw new Quit(code);
  }
}

/** Makes a command of its body. `misused`: the exit code for wrong options and failed writes. */
export function program(name: string, misused: number, body: (run: Running) => Calling<number>): Command {
  return function* (process) {
    const run = new Running(process, name, misused);
    try {
      const code = yield* body(run);
      yield* run.flush();
      return code;
    } catch (thrown) {
      if (!(thrown instanceof Quit)) throw thrown;
      // What was collected before the error is still written, as exit() does.
      return yield* ended(run, thrown.code);
    }
  };
}

function* ended(run: Running, code: number): Calling<number> {
  try {
    yield* run.flush();
  } catch (thrown) {
    if (!(thrown instanceof Quit)) throw thrown;
  }
  return code;
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0] as Uint8Array;
  let size = 0;
  for (const piece of pieces) size += piece.length;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
