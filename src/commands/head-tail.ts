/** `head` and `tail`. */
import { isFailed } from '../kernel/errno.ts';
import { closeInput, type Input, openInput } from './input.ts';
import { type Arguments, count, parseOptions } from './options.ts';
import { joined, program, type Running, wait } from './program.ts';
import { quoted, reason } from './reasons.ts';
import type { Calling, Failed } from './types.ts';

/** The end of an input that tail keeps has a bound, as a line has. */
const LONGEST_TAIL = 16 * 2 ** 20;

interface Part {
  readonly unit: 'lines' | 'bytes';
  readonly count: number;
  /** head: all but the last; tail: from that one on. */
  readonly inverse: boolean;
}

const LONG = { lines: 'n', bytes: 'c', quiet: 'q', silent: 'q', verbose: 'v', follow: 'f' };

function* part(run: Running, { options }: Arguments, inverse: string): Calling<Part> {
  const option = options.findLast(({ letter }) => letter === 'n' || letter === 'c');
  if (!option) return { unit: 'lines', count: 10, inverse: false };
  const unit = option.letter === 'n' ? 'lines' : 'bytes';
  const bare = option.value.replace(/^[-+]/, '');
  const number = yield* count(run, bare, `invalid number of ${unit}`);
  return { unit, count: number, inverse: option.value.startsWith(inverse) };
}

function* eachFile(run: Running, given: Arguments, body: (input: Input) => Calling<Failed | null>): Calling<number> {
  const { operands } = given;
  const paths = operands.length > 0 ? operands : ['-'];
  const last = given.options.findLast(({ letter }) => letter === 'q' || letter === 'v')?.letter;
  const titles = last ? last === 'v' : paths.length > 1;
  let code = 0;
  let first = true;
  for (const path of paths) {
    const input = yield* openInput(run, path);
    const shown = path === '-' ? 'standard input' : path;
    if (isFailed(input)) {
      yield* run.error(`cannot open ${quoted(shown)} for reading: ${reason(input)}`);
      code = 1;
      continue;
    }
    if (titles) yield* run.out(`${first ? '' : '\n'}==> ${shown} <==\n`);
    first = false;
    const failure = yield* body(input);
    if (failure) {
      yield* run.error(`error reading ${quoted(shown)}: ${reason(failure)}`);
      code = 1;
    }
    closeInput(run, input);
  }
  return code;
}

export const head = program('head', 1, function* (run) {
  const given = yield* parseOptions(run, { letters: 'n:c:qv', long: LONG, digits: 'n' });
  const wanted = yield* part(run, given, '-');
  return yield* eachFile(run, given, function* (input) {
    const read = yield* wanted.inverse ? allBut(run, input, wanted) : begin(run, input, wanted);
    return read;
  });
});

/** Passes on what comes first; what the last block holds beyond it is given back, if the file can go back. */
function* begin(run: Running, input: Input, { unit, count }: Part): Calling<Failed | null> {
  let left = count;
  while (left > 0) {
    const bytes = yield* input.block();
    if (isFailed(bytes)) return bytes;
    if (bytes.length === 0) return null;
    let end = unit === 'bytes' ? Math.min(left, bytes.length) : 0;
    if (unit === 'bytes') left -= end;
    else {
      while (left > 0 && end < bytes.length) if (bytes[end++] === 10) left--;
    }
    yield* run.out(bytes.subarray(0, end));
    if (end < bytes.length) run.calls.seek(input.fd, end - bytes.length, 1);
  }
  return null;
}

function* allBut(run: Running, input: Input, { unit, count }: Part): Calling<Failed | null> {
  const kept: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const piece = unit === 'lines' ? yield* lineOf(input) : yield* input.block();
    if (isFailed(piece)) return piece;
    if (piece === null || piece.length === 0) break;
    kept.push(piece);
    size += piece.length;
    if (size > LONGEST_TAIL) return { errno: 'ENOMEM' };
    while (kept.length > 0) {
      const first = kept[0] as Uint8Array;
      const free = unit === 'lines' ? (kept.length > count ? first.length : 0) : Math.min(first.length, size - count);
      if (free <= 0) break;
      yield* run.out(first.subarray(0, free));
      size -= free;
      if (free === first.length) kept.shift();
      else kept[0] = first.subarray(free);
    }
  }
  return null;
}

/** A line with its newline, if it has one. */
function* lineOf(input: Input): Calling<Uint8Array | Failed | null> {
  const line = yield* input.line();
  if (line === null || isFailed(line) || !input.whole) return line;
  return joined([line, Uint8Array.of(10)]);
}

export const tail = program('tail', 1, function* (run) {
  const given = yield* parseOptions(run, { letters: 'n:c:qvfF', long: LONG, digits: 'n' });
  const wanted = yield* part(run, given, '+');
  const follow = given.options.some(({ letter }) => letter.toLowerCase() === 'f');
  return yield* eachFile(run, given, function* (input) {
    const failure = yield* wanted.inverse ? from(run, input, wanted) : end(run, input, wanted);
    if (failure || !follow) return failure;
    return yield* following(run, input);
  });
});

function* from(run: Running, input: Input, { unit, count }: Part): Calling<Failed | null> {
  let skip = Math.max(0, count - 1);
  for (;;) {
    const bytes = yield* input.block();
    if (isFailed(bytes)) return bytes;
    if (bytes.length === 0) return null;
    let at = unit === 'bytes' ? Math.min(skip, bytes.length) : 0;
    if (unit === 'bytes') skip -= at;
    else while (skip > 0 && at < bytes.length) if (bytes[at++] === 10) skip--;
    yield* run.out(bytes.subarray(at));
  }
}

function* end(run: Running, input: Input, { unit, count }: Part): Calling<Failed | null> {
  const kept: Uint8Array[] = [];
  let size = 0;
  let dropped = 0;
  for (;;) {
    const piece = unit === 'lines' ? yield* lineOf(input) : yield* input.block();
    if (isFailed(piece)) return piece;
    if (piece === null || piece.length === 0) break;
    kept.push(piece);
    size += piece.length;
    while (dropped < kept.length) {
      const first = kept[dropped] as Uint8Array;
      const enough = unit === 'lines' ? kept.length - dropped > count : size - first.length >= count;
      if (!enough) break;
      size -= first.length;
      dropped++;
    }
    // Moving the rest down each time would cost its square.
    if (dropped > 1000) kept.splice(0, dropped);
    if (dropped > 1000) dropped = 0;
    if (size > LONGEST_TAIL) return { errno: 'ENOMEM' };
  }
  const whole = joined(kept.slice(dropped));
  yield* run.out(unit === 'bytes' ? whole.subarray(Math.max(0, whole.length - count)) : whole);
  return null;
}

/** Looks once a second whether the file has grown. */
function* following(run: Running, input: Input): Calling<Failed | null> {
  for (;;) {
    yield* run.flush();
    const bytes = yield* input.block();
    if (isFailed(bytes)) return bytes;
    if (bytes.length > 0) yield* run.out(bytes);
    else if (run.calls.statOpen(input.fd) && (yield* wait(run.calls.sleep(1))) !== 0) return null;
  }
}
