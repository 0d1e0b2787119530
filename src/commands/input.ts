/** Reading: files by name or standard input, in blocks or in lines, never more than is needed. */
import { isFailed } from '../kernel/errno.ts';
import { type Fd, O } from '../kernel/files/types.ts';
import { BLOCK, joined, type Running, wait } from './program.ts';
import type { Calling, CommandProcess, Failed } from './types.ts';

/** A longer line is refused: GNU's programs would hold it in memory. */
export const LONGEST_LINE = 16 * 2 ** 20;

/** One input that is read from its beginning to its end. */
export class Input {
  readonly fd: Fd;
  private readonly calls: CommandProcess['calls'];
  /** Read and not yet taken. */
  private rest = new Uint8Array(0);
  /** Whether the last line ended with a newline. */
  whole = true;

  constructor(calls: CommandProcess['calls'], fd: Fd) {
    this.calls = calls;
    this.fd = fd;
  }

  /** What comes next, at most a block; nothing: the end. */
  *block(size = BLOCK): Calling<Uint8Array | Failed> {
    if (this.rest.length > 0) {
      const bytes = this.rest;
      this.rest = new Uint8Array(0);
      return bytes;
    }
    return yield* wait(this.calls.read(this.fd, size, null));
  }

  /** The next line without its newline; null: the end. */
  *line(): Calling<Uint8Array | Failed | null> {
    const pieces: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      if (this.rest.length === 0) {
        const bytes = yield* wait(this.calls.read(this.fd, BLOCK, null));
        if (isFailed(bytes)) return bytes;
        if (bytes.length === 0) {
          this.whole = pieces.length === 0;
          return pieces.length === 0 ? null : joined(pieces);
        }
        this.rest = new Uint8Array(bytes);
      }
      const end = this.rest.indexOf(10);
      const piece = end < 0 ? this.rest : this.rest.subarray(0, end);
      pieces.push(piece);
      size += piece.length;
      this.rest = end < 0 ? new Uint8Array(0) : this.rest.subarray(end + 1);
      if (size > LONGEST_LINE) return { errno: 'ENOMEM' };
      if (end < 0) continue;
      this.whole = true;
      return joined(pieces);
    }
  }
}

/** Opens an operand: `-` is standard input. A folder opens and then cannot be read, as on Linux. */
export function* openInput(run: Running, path: string): Calling<Input | Failed> {
  if (path === '-') return new Input(run.calls, 0);
  const fd = yield* wait(run.calls.open(null, path, O.RDONLY | O.CLOEXEC, 0));
  return isFailed(fd) ? fd : new Input(run.calls, fd);
}

export function closeInput(run: Running, input: Input): void {
  if (input.fd !== 0) run.calls.close(input.fd);
}

/** For each operand (standard input if there are none) its input; what cannot be opened is `refused`. */
export function* eachInput(
  run: Running,
  operands: readonly string[],
  refused: (path: string, why: Failed) => Calling<void>,
  body: (input: Input, path: string) => Calling<void>,
): Calling<void> {
  for (const path of operands.length > 0 ? operands : ['-']) {
    const input = yield* openInput(run, path);
    if (isFailed(input)) yield* refused(path, input);
    else {
      yield* body(input, path);
      closeInput(run, input);
    }
  }
}
