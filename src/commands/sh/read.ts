/** The shell's `read`. */
import { isFailed } from '../../kernel/errno.ts';
import { wait, writeAll } from '../program.ts';
import { decode, encode } from '../text.ts';
import type { Calling } from '../types.ts';
import { Fatal, type Interpreter, type Shell } from './shell.ts';
import { isName } from './tokens.ts';
import { LONGEST_WORD } from './words.ts';

export function* read({ shell }: Interpreter, argv: readonly string[]): Calling<number> {
  const names = argv.slice(1);
  let raw = false;
  while (names[0]?.startsWith('-') && names[0] !== '-') {
    const option = names.shift() as string;
    if (option === '-r') raw = true;
    else if (option === '-p') {
      const prompt = names.shift() ?? '';
      if (shell.calls.isTerminal(0) === true) yield* writeAll(shell.calls, 2, encode(prompt));
    } else if (option === '--') break;
    else throw new Fatal(`Illegal option ${option}`);
  }
  if (names.length === 0) throw new Fatal('arg count');
  const wrong = names.find((name) => !isName(name));
  if (wrong !== undefined) throw new Fatal(`${wrong}: bad variable name`);
  const { line, ended } = yield* readLine(shell, raw);
  const values = split(line, names.length, shell.get('IFS') ?? ' \t\n');
  for (const [i, name] of names.entries()) shell.set(name, values[i] ?? '');
  return ended ? 1 : 0;
}

/**
 * A line, byte by byte as every shell reads it: what comes after belongs to the next command. Where one can go back,
 * a block is read and the rest given back. Characters that a backslash protects are marked: [character, protected].
 */
function* readLine(shell: Shell, raw: boolean): Calling<{ line: [string, boolean][]; ended: boolean }> {
  const { calls } = shell;
  const goesBack = !isFailed(calls.seek(0, 0, 1));
  const bytes: number[] = [];
  let ended = false;
  let escapes = 0;
  reading: for (;;) {
    const block = yield* wait(calls.read(0, goesBack ? 4096 : 1, null));
    if (isFailed(block) && block.errno === 'EINTR') {
      ended = true;
      break;
    }
    if (isFailed(block) || block.length === 0) {
      ended = true;
      break;
    }
    for (const [i, byte] of block.entries()) {
      if (byte === 10 && (raw || escapes % 2 === 0)) {
        if (i + 1 < block.length) calls.seek(0, i + 1 - block.length, 1);
        break reading;
      }
      escapes = byte === 92 ? escapes + 1 : 0;
      if (byte !== 0) bytes.push(byte);
    }
    if (bytes.length > LONGEST_WORD) throw new Fatal('line too long');
  }
  const line: [string, boolean][] = [];
  const text = [...decode(Uint8Array.from(bytes))];
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string;
    if (raw || character !== '\\') line.push([character, false]);
    else if (text[++i] !== '\n' && i < text.length) line.push([text[i] as string, true]);
  }
  return { line, ended };
}

/** At most `most` fields; the last is the rest of the line. */
function split(line: readonly [string, boolean][], most: number, separators: string): string[] {
  const isSeparator = (i: number) => line[i]?.[1] === false && separators.includes(line[i]?.[0] as string);
  const isBlank = (i: number) => isSeparator(i) && ' \t\n'.includes(line[i]?.[0] as string);
  const fields: string[] = [];
  let at = 0;
  while (isBlank(at)) at++;
  while (at < line.length && fields.length < most - 1) {
    let field = '';
    for (; at < line.length && !isSeparator(at); at++) field += line[at]?.[0];
    fields.push(field);
    while (isBlank(at)) at++;
    if (isSeparator(at)) {
      at++;
      while (isBlank(at)) at++;
    }
  }
  let end = line.length;
  while (end > at && isBlank(end - 1)) end--;
  // A single separator at the end of the last field only ends it.
  const inner = line.slice(at, end);
  if (inner.length > 0 && isSeparator(end - 1) && !inner.slice(0, -1).some((_, i) => isSeparator(at + i))) inner.pop();
  if (at < line.length) fields.push(inner.map(([character]) => character).join(''));
  return fields;
}
