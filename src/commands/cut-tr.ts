/** `cut` and `tr`. */
import { isFailed } from '../kernel/errno.ts';
import { withoutEscapes } from './escapes.ts';
import { eachInput, Input } from './input.ts';
import { misuse, parseOptions } from './options.ts';
import { program, type Running } from './program.ts';
import { maybeQuoted, quoted, reason } from './reasons.ts';
import { characterClass } from './regular-syntax.ts';
import { decode, encode } from './text.ts';
import type { Calling, Failed } from './types.ts';

/** Fields or characters [from, to], counted from 1. */
type Choice = readonly { readonly from: number; readonly to: number }[];

export const cut = program('cut', 1, function* (run) {
  const { options, operands } = yield* parseOptions(run, {
    letters: 'b:c:f:d:sn',
    long: {
      bytes: 'b',
      characters: 'c',
      fields: 'f',
      delimiter: 'd',
      'only-delimited': 's',
    },
  });
  const lists = options.filter(({ letter }) => 'bcf'.includes(letter));
  const list = lists[0];
  if (!list) return yield* misuse(run, 'you must specify a list of bytes, characters, or fields');
  if (lists.length > 1) yield* misuse(run, 'only one list may be specified');
  const choice = yield* choiceOf(run, list.value, list.letter === 'f');
  const delimiter = options.findLast(({ letter }) => letter === 'd')?.value ?? '\t';
  if ([...delimiter].length > 1) yield* misuse(run, 'the delimiter must be a single character');
  const only = options.some(({ letter }) => letter === 's');
  const chosen = (index: number) => choice.some(({ from, to }) => index + 1 >= from && index + 1 <= to);
  const part = (line: Uint8Array): Uint8Array | string | null => {
    if (list.letter !== 'f') return line.filter((_, i) => chosen(i));
    const fields = decode(line).split(delimiter);
    if (fields.length === 1) return only ? null : line;
    return fields.filter((_, i) => chosen(i)).join(delimiter);
  };
  let code = 0;
  const refused = function* (path: string, why: Failed): Calling<void> {
    code = 1;
    yield* run.error(`${maybeQuoted(path)}: ${reason(why)}`);
  };
  yield* eachInput(run, operands, refused, function* (input, path) {
    for (;;) {
      const line = yield* input.line();
      if (isFailed(line)) return yield* refused(path, line);
      if (line === null) return;
      const shown = part(line);
      if (shown === null) continue;
      yield* run.out(shown);
      yield* run.out('\n');
    }
  });
  return code;
});

function* choiceOf(run: Running, text: string, fields: boolean): Calling<Choice> {
  const choice: { from: number; to: number }[] = [];
  for (const word of text.split(/[,\s]/, 1000)) {
    const match = /^(\d{0,9})(-?)(\d{0,9})$/.exec(word);
    if (!match || word === '' || word === '-') {
      const what =
        word === '-' ? 'invalid range with no endpoint' : `invalid ${fields ? 'field' : 'byte/character'} value`;
      return yield* misuse(run, word === '-' ? `${what}: -` : `${what} ${quoted(word)}`);
    }
    const from = match[1] === '' ? 1 : Number(match[1]);
    const to = match[2] === '' ? from : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3]);
    if (from === 0) return yield* misuse(run, `${fields ? 'fields' : 'byte/character positions'} are numbered from 1`);
    if (to < from) return yield* misuse(run, 'invalid decreasing range');
    choice.push({ from, to });
  }
  return choice;
}

/** Bytes, as GNU's tr: it has no idea of longer characters either. */
export const tr = program('tr', 1, function* (run) {
  const { options, operands } = yield* parseOptions(run, {
    letters: 'cCdst',
    long: { complement: 'c', delete: 'd', 'squeeze-repeats': 's', 'truncate-set1': 't' },
    first: true,
  });
  const has = (letter: string) => options.some((option) => option.letter.toLowerCase() === letter);
  const remove = has('d');
  const squeeze = has('s');
  const needed = remove === squeeze ? 2 : 1;
  if (operands.length < needed) {
    if (operands.length === 0) yield* misuse(run, 'missing operand');
    const why = remove ? 'deleting and squeezing repeats' : 'translating';
    yield* run.errorText(
      `${run.name}: missing operand after ${quoted(operands[0] as string)}\nTwo strings must be given when ${why}.\nTry '${run.name} --help' for more information.\n`,
    );
    return 1;
  }
  if (operands.length > (remove && !squeeze ? 1 : 2))
    yield* misuse(run, `extra operand ${quoted(operands.at(-1) as string)}`);
  let first = yield* setOf(run, operands[0] as string, 0);
  if (has('c')) {
    const inside = new Set(first);
    first = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !inside.has(byte));
  }
  const second = operands.length > 1 ? yield* setOf(run, operands[1] as string, first.length) : [];
  if (second.length === 0 && operands.length > 1 && !remove)
    yield* run.fail(1, 'when not truncating set1, string2 must be non-empty');
  const translate = !remove && operands.length > 1;
  const table = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  if (translate) {
    for (const [i, byte] of first.entries()) {
      if (i < second.length || !has('t')) table[byte] = second[Math.min(i, second.length - 1)] as number;
    }
  }
  const removed = new Set(remove ? first : []);
  const squeezed = new Set(squeeze ? (operands.length > 1 ? second : first) : []);
  const input = new Input(run.calls, 0);
  let last = -1;
  for (;;) {
    const bytes = yield* input.block();
    if (isFailed(bytes)) return yield* run.fail(1, `read error: ${reason(bytes)}`);
    if (bytes.length === 0) return 0;
    const changed = new Uint8Array(bytes.length);
    let size = 0;
    for (const byte of bytes) {
      if (removed.has(byte)) continue;
      const to = table[byte] as number;
      if (to === last && squeezed.has(to)) continue;
      last = to;
      changed[size++] = to;
    }
    yield* run.out(changed.slice(0, size));
  }
});

/** The bytes of a set: ranges, classes, escapes, `[x*]` up to `length`. */
function* setOf(run: Running, text: string, length: number): Calling<number[]> {
  const set: number[] = [];
  const bytes = encode(text);
  const source = String.fromCharCode(...bytes.slice(0, 4096));
  const pattern = /\[:(\w+):\]|\[(\\.|[^\\])\*(\d*)\]|(\\[0-7]{1,3}|\\.|.)(?:-(\\[0-7]{1,3}|\\.|[^\]]|\](?!$)))?/gs;
  const code = (piece: string) => {
    const known = piece.length > 1 ? withoutEscapes(piece, 'printf').text : piece;
    return (known.startsWith('\\') ? known.charCodeAt(1) || 92 : known.charCodeAt(0)) & 255;
  };
  for (const [, name, repeated, times, from, to] of source.matchAll(pattern)) {
    if (name !== undefined) {
      const known = characterClass(name);
      if (!known) return yield* run.fail(1, `invalid character class ${quoted(name)}`);
      // `[:lower:]` and `[:upper:]` beside each other change case only in this order.
      for (const { from: a, to: b } of name === 'space'
        ? [
            { from: 9, to: 13 },
            { from: 32, to: 32 },
          ]
        : known)
        for (let byte = a; byte <= b; byte++) set.push(byte);
    } else if (repeated !== undefined) {
      const most = times ? Math.min(Number(times), 256) : Math.max(0, length - set.length);
      for (let n = 0; n < most; n++) set.push(code(repeated));
    } else if (to === undefined) set.push(code(from as string));
    else {
      const [a, b] = [code(from as string), code(to)];
      if (b < a)
        return yield* run.fail(1, `range-endpoints of '${from}-${to}' are in reverse collating sequence order`);
      for (let byte = a; byte <= b; byte++) set.push(byte);
    }
  }
  return set;
}
