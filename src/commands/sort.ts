/** `sort` and `uniq`, which compare lines by code points, as in the C locale. */
import { isFailed } from '../kernel/errno.ts';
import { O } from '../kernel/files/types.ts';
import { closeInput, eachInput, type Input, openInput } from './input.ts';
import { count, misuse, parseOptions } from './options.ts';
import { program, type Running, wait, writeAll } from './program.ts';
import { maybeQuoted, quoted, reason } from './reasons.ts';
import { byCodePoint, decode, encode } from './text.ts';
import type { Calling } from './types.ts';

/** GNU's sort goes over to files; this one says that it is too much. */
const MOST_BYTES = 16 * 2 ** 20;
const MOST_LINES = 1_000_000;

interface Ordering {
  readonly numeric: boolean;
  readonly human: boolean;
  readonly fold: boolean;
  readonly blanks: boolean;
  readonly dictionary: boolean;
  readonly reverse: boolean;
}

interface Key {
  readonly from: { readonly field: number; readonly character: number };
  /** character 0: to the field's end. */
  readonly to: { readonly field: number; readonly character: number } | null;
  readonly ordering: Ordering;
}

const LONG = {
  reverse: 'r',
  'numeric-sort': 'n',
  'human-numeric-sort': 'h',
  'general-numeric-sort': 'g',
  unique: 'u',
  'ignore-case': 'f',
  'ignore-leading-blanks': 'b',
  'dictionary-order': 'd',
  key: 'k',
  'field-separator': 't',
  output: 'o',
  stable: 's',
  check: 'c',
};

export const sort = program('sort', 2, function* (run) {
  const { options, operands } = yield* parseOptions(run, { letters: 'rnhgufbdk:t:o:sc', long: LONG });
  const letters = options.map(({ letter }) => letter).join('');
  const whole = ordering(letters);
  const separator = options.findLast(({ letter }) => letter === 't')?.value ?? null;
  if (separator !== null && [...separator].length !== 1) yield* run.fail(2, `multi-character tab ${quoted(separator)}`);
  const keys: Key[] = [];
  for (const { letter, value } of options) if (letter === 'k') keys.push(yield* keyOf(run, value, whole));
  const compare = comparison(keys, whole, separator);
  const unique = letters.includes('u');
  const total = (a: string, b: string) => {
    const order = compare(a, b);
    if (order !== 0 || unique || letters.includes('s')) return order;
    return whole.reverse ? byCodePoint(b, a) : byCodePoint(a, b);
  };
  const lines: string[] = [];
  let size = 0;
  for (const path of operands.length > 0 ? operands : ['-']) {
    const input = yield* openInput(run, path);
    if (isFailed(input)) return yield* run.fail(2, `cannot read: ${maybeQuoted(path)}: ${reason(input)}`);
    for (;;) {
      const line = yield* input.line();
      if (isFailed(line)) return yield* run.fail(2, `read failed: ${maybeQuoted(path)}: ${reason(line)}`);
      if (line === null) break;
      size += line.length + 1;
      if (size > MOST_BYTES || lines.length >= MOST_LINES) {
        return yield* run.fail(2, 'more than 16 MiB or 1000000 lines cannot be sorted here');
      }
      const text = decode(line);
      const before = lines.at(-1);
      if (
        letters.includes('c') &&
        before !== undefined &&
        (total(before, text) > 0 || (unique && total(before, text) === 0))
      ) {
        return yield* run.fail(1, `${path}:${lines.length + 1}: disorder: ${text}`);
      }
      lines.push(text);
    }
    closeInput(run, input);
  }
  if (letters.includes('c')) return 0;
  lines.sort(total);
  const kept = unique ? lines.filter((line, i) => i === 0 || compare(lines[i - 1] as string, line) !== 0) : lines;
  const target = options.findLast(({ letter }) => letter === 'o')?.value;
  if (target === undefined) {
    for (const line of kept) yield* run.out(`${line}\n`);
    return 0;
  }
  const fd = yield* wait(run.calls.open(null, target, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o666));
  if (isFailed(fd)) return yield* run.fail(2, `open failed: ${maybeQuoted(target)}: ${reason(fd)}`);
  const failure = yield* writeAll(run.calls, fd, encode(kept.map((line) => `${line}\n`).join('')));
  return failure ? yield* run.fail(2, `write failed: ${maybeQuoted(target)}: ${reason(failure)}`) : 0;
});

function ordering(letters: string): Ordering {
  const has = (letter: string) => letters.includes(letter);
  return {
    numeric: has('n') || has('g'),
    human: has('h'),
    fold: has('f'),
    blanks: has('b'),
    dictionary: has('d'),
    reverse: has('r'),
  };
}

function* keyOf(run: Running, text: string, whole: Ordering): Calling<Key> {
  const match = /^(\d{1,9})(?:\.(\d{1,9}))?([bdfghnr]*)(?:,(\d{1,9})(?:\.(\d{1,9}))?([bdfghnr]*))?$/.exec(text);
  if (!/^\d/.test(text)) yield* run.fail(2, `invalid number at field start: invalid count at start of ${quoted(text)}`);
  if (!match) return yield* run.fail(2, `stray character in field spec: invalid field specification ${quoted(text)}`);
  const [, field, character, early = '', toField, toCharacter, late = ''] = match;
  if (Number(field) === 0)
    return yield* run.fail(2, `field number is zero: invalid field specification ${quoted(text)}`);
  return {
    from: { field: Number(field), character: Number(character ?? 1) },
    to: toField === undefined ? null : { field: Number(toField), character: Number(toCharacter ?? 0) },
    ordering: early + late === '' ? whole : ordering(early + late),
  };
}

function comparison(keys: readonly Key[], whole: Ordering, separator: string | null): (a: string, b: string) => number {
  if (keys.length === 0) return (a, b) => compareBy(a, b, whole);
  return (a, b) => {
    for (const key of keys) {
      const order = compareBy(part(a, key, separator), part(b, key, separator), key.ordering);
      if (order !== 0) return order;
    }
    return 0;
  };
}

function part(line: string, key: Key, separator: string | null): string {
  const fields = separator === null ? (line.match(/\s*\S+|\s+$/g) ?? []) : line.split(separator);
  // Where field n begins; the blanks before it are its own, a separator is nobody's.
  const begin = (n: number) => {
    const before = fields.slice(0, n - 1);
    return before.reduce((sum, field) => sum + field.length + (separator === null ? 0 : 1), 0);
  };
  const skip = (n: number) => (key.ordering.blanks ? (/^\s*/.exec(fields[n - 1] ?? '')?.[0].length ?? 0) : 0);
  const { from, to } = key;
  const start = begin(from.field) + skip(from.field) + from.character - 1;
  if (to === null) return line.slice(start);
  const end =
    to.character === 0
      ? begin(to.field) + (fields[to.field - 1]?.length ?? 0)
      : begin(to.field) + skip(to.field) + to.character;
  return line.slice(start, Math.max(start, end));
}

function compareBy(a: string, b: string, by: Ordering): number {
  const order = ascending(a, b, by);
  return by.reverse ? -order : order;
}

function ascending(first: string, second: string, by: Ordering): number {
  if (by.numeric || by.human) return value(first, by.human) - value(second, by.human) || 0;
  const a = folded(first, by);
  const b = folded(second, by);
  return byCodePoint(a, b);
}

function folded(text: string, by: Ordering): string {
  const trimmed = by.blanks ? text.replace(/^\s+/, '') : text;
  const letters = by.dictionary ? trimmed.replace(/[^A-Za-z0-9\s]/g, '') : trimmed;
  return by.fold ? letters.toUpperCase() : letters;
}

function value(text: string, human: boolean): number {
  const match = /^\s*(-?\d*\.?\d*)([KMGTP]?)/i.exec(text);
  const number = Number(match?.[1]) || 0;
  return human ? number * 1024 ** ' KMGTP'.indexOf((match?.[2] || ' ').toUpperCase()) : number;
}

export const uniq = program('uniq', 1, function* (run) {
  const { options, operands } = yield* parseOptions(run, {
    letters: 'cduif:s:w:',
    long: { count: 'c', repeated: 'd', unique: 'u', 'ignore-case': 'i', 'skip-fields': 'f', 'skip-chars': 's' },
  });
  const has = (letter: string) => options.some((option) => option.letter === letter);
  const number = function* (letter: string, what: string) {
    const option = options.findLast((one) => one.letter === letter);
    return option ? yield* count(run, option.value, what) : null;
  };
  const fields = (yield* number('f', 'invalid number of fields to skip')) ?? 0;
  const characters = (yield* number('s', 'invalid number of bytes to skip')) ?? 0;
  const width = yield* number('w', 'invalid number of bytes to compare');
  if (operands.length > 2) yield* misuse(run, `extra operand ${quoted(operands[2] as string)}`);
  const compared = (line: string) => {
    let rest = line;
    for (let n = 0; n < fields && rest !== ''; n++) rest = rest.replace(/^\s*\S*/, '');
    rest = rest.slice(characters, width === null ? undefined : characters + width);
    return has('i') ? rest.toLowerCase() : rest;
  };
  const [from = '-', to = '-'] = operands;
  if (to !== '-') {
    const fd = yield* wait(run.calls.open(null, to, O.WRONLY | O.CREAT | O.TRUNC | O.CLOEXEC, 0o666));
    if (isFailed(fd)) return yield* run.fail(1, `${maybeQuoted(to)}: ${reason(fd)}`);
    run.calls.duplicateTo(fd, 1, false);
    run.calls.close(fd);
  }
  let last: string | null = null;
  let times = 0;
  const show = function* () {
    if (last === null || (has('d') && times < 2) || (has('u') && times > 1)) return;
    yield* run.out(`${has('c') ? `${String(times).padStart(7)} ` : ''}${last}\n`);
  };
  let code = 0;
  const refused = function* (path: string, why: { errno: Parameters<typeof reason>[0]['errno'] }) {
    code = 1;
    yield* run.error(`${maybeQuoted(path)}: ${reason(why)}`);
  };
  yield* eachInput(run, [from], refused, function* (input: Input) {
    for (;;) {
      const line = yield* input.line();
      if (isFailed(line)) return yield* refused(from, line);
      if (line === null) break;
      const text = decode(line);
      if (last !== null && compared(last) === compared(text)) times++;
      else {
        yield* show();
        last = text;
        times = 1;
      }
    }
    return yield* show();
  });
  return code;
});
