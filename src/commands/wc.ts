/** `wc`: lines, words, characters and bytes. */
import { isFailed } from '../kernel/errno.ts';
import { closeInput, type Input, openInput } from './input.ts';
import { parseOptions } from './options.ts';
import { program, type Running } from './program.ts';
import { maybeQuoted, reason } from './reasons.ts';
import type { Calling, Failed } from './types.ts';

interface Counts {
  l: number;
  w: number;
  m: number;
  c: number;
  L: number;
}
const ORDER = ['l', 'w', 'm', 'c', 'L'] as const;

export const wc = program('wc', 1, function* (run) {
  const { options, operands } = yield* parseOptions(run, {
    letters: 'lwcmL',
    long: { lines: 'l', words: 'w', bytes: 'c', chars: 'm', 'max-line-length': 'L' },
  });
  const asked = options.length > 0 ? options.map(({ letter }) => letter) : ['l', 'w', 'c'];
  const shown = ORDER.filter((key) => asked.includes(key));
  const total: Counts = { l: 0, w: 0, m: 0, c: 0, L: 0 };
  const width = columnWidth(run, operands, shown.length);
  const row = (counts: Counts, name: string) => {
    const numbers = shown.map((key) => String(counts[key]).padStart(width)).join(' ');
    return `${numbers}${name && ` ${name}`}\n`;
  };
  let code = 0;
  for (const path of operands.length > 0 ? operands : ['-']) {
    const input = yield* openInput(run, path);
    const counts: Counts = { l: 0, w: 0, m: 0, c: 0, L: 0 };
    const failure = isFailed(input) ? input : yield* tally(input, counts);
    if (failure) {
      yield* run.error(`${maybeQuoted(path)}: ${reason(failure)}`);
      code = 1;
      if (isFailed(input)) continue;
    }
    if (!isFailed(input)) closeInput(run, input);
    yield* run.out(row(counts, operands.length > 0 ? path : ''));
    // GNU's writes line by line, so that its complaints stand where they belong.
    yield* run.flush();
    for (const key of ORDER) total[key] = key === 'L' ? Math.max(total.L, counts.L) : total[key] + counts[key];
  }
  if (operands.length > 1) yield* run.out(row(total, 'total'));
  return code;
});

/** As GNU's: wide enough for the sizes of all files, 7 if one is not a file, and no padding for a single number. */
function columnWidth(run: Running, operands: readonly string[], columns: number): number {
  if (columns === 1 && operands.length <= 1) return 1;
  let size = 0;
  let least = 1;
  for (const path of operands.length > 0 ? operands : ['-']) {
    const stat = path === '-' ? run.calls.statOpen(0) : run.calls.stat(null, path, true);
    if (isFailed(stat)) continue;
    if (stat.kind === 'file') size += stat.size;
    else least = 7;
  }
  return Math.max(least, String(size).length);
}

function* tally(input: Input, counts: Counts): Calling<Failed | null> {
  let inWord = false;
  let column = 0;
  for (;;) {
    const bytes = yield* input.block();
    if (isFailed(bytes)) return bytes;
    if (bytes.length === 0) break;
    counts.c += bytes.length;
    for (const byte of bytes) {
      // The second and later bytes of a character.
      if ((byte & 0xc0) === 0x80) continue;
      counts.m++;
      if (byte === 10) {
        counts.l++;
        counts.L = Math.max(counts.L, column);
        column = 0;
      } else if (byte === 9) column += 8 - (column % 8);
      else if (byte >= 32) column++;
      if (byte === 32 || (byte >= 9 && byte <= 13)) inWord = false;
      else if (!inWord) {
        inWord = true;
        counts.w++;
      }
    }
  }
  counts.L = Math.max(counts.L, column);
  return null;
}
