/** Reads a script from a file. */
import { isFailed } from '../../kernel/errno.ts';
import { O } from '../../kernel/files/types.ts';
import { Input } from '../input.ts';
import { joined, wait } from '../program.ts';
import { decode } from '../text.ts';
import type { Calling, CommandProcess, Failed } from '../types.ts';

/** A longer script is refused. */
export const LONGEST_SCRIPT = 4 * 2 ** 20;

export function* readFile(calls: CommandProcess['calls'], path: string): Calling<string | Failed> {
  const fd = yield* wait(calls.open(null, path, O.RDONLY | O.CLOEXEC, 0));
  if (isFailed(fd)) return fd;
  const input = new Input(calls, fd);
  const pieces: Uint8Array[] = [];
  let size = 0;
  let failure: Failed | null = null;
  for (;;) {
    const bytes = yield* input.block();
    if (isFailed(bytes)) failure = bytes;
    if (isFailed(bytes) || bytes.length === 0) break;
    size += bytes.length;
    pieces.push(bytes);
    if (size > LONGEST_SCRIPT) failure = { errno: 'EFBIG' };
    if (failure) break;
  }
  calls.close(fd);
  return failure ?? decode(joined(pieces));
}
