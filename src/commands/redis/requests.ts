/** The half of the Redis protocol that comes in: arrays of bulk strings and inline commands, however they are cut. */
import { fromBytes } from './bytes.ts';

/** As in Redis: longer ones are an attack or a mistake. */
const LONGEST_LINE = 64 * 1024;
const MOST_ARGUMENTS = 1024 * 1024;
/** Of a client that has not given its password. */
const UNKNOWN = { arguments: 10, bulk: 16_384 };

/** The connection is closed after it. */
export interface ProtocolError {
  readonly error: string;
}

export class RequestParser {
  /** Looked at, from `at` on. */
  private text = '';
  private at = 0;
  /** Come, and not looked at: there is no use before there are `needed` bytes in all. */
  private readonly later: string[] = [];
  private laterSize = 0;
  private needed = 1;
  /** Arguments that the array still lacks; 0: there is none. */
  private lacking = 0;
  /** Bytes of the argument that comes; -1: its length comes first. */
  private length = -1;
  private words: string[] = [];

  add(bytes: Uint8Array): void {
    this.later.push(fromBytes(bytes));
    this.laterSize += bytes.length;
  }

  /** Bytes that have come and make no request yet. */
  get size(): number {
    return this.text.length - this.at + this.laterSize;
  }

  /** The next request's words (none: an empty line); null: it has not come yet. `known`: may have large arguments. */
  next(known: boolean, longestBulk: number): readonly string[] | ProtocolError | null {
    if (this.size < this.needed) return null;
    if (this.later.length > 0) {
      this.text = this.text.slice(this.at) + this.later.join('');
      this.at = 0;
      this.later.length = 0;
      this.laterSize = 0;
    }
    this.needed = 1;
    if (this.lacking === 0) {
      if (this.size === 0) return null;
      if (this.text[this.at] !== '*') return this.inline();
      const line = this.line('too big mbulk count string');
      if (typeof line !== 'string') return line;
      const count = wholeNumber(line.slice(1));
      if (count === null || count > MOST_ARGUMENTS) return wrong('invalid multibulk length');
      if (count > UNKNOWN.arguments && !known) return wrong('unauthenticated multibulk length');
      if (count <= 0) return [];
      this.lacking = count;
      this.words = [];
    }
    while (this.lacking > 0) {
      if (this.length < 0) {
        const line = this.line('too big bulk count string');
        if (typeof line !== 'string') return line;
        if (line[0] !== '$') return wrong(`expected '$', got '${line[0] ?? '\r'}'`);
        const length = wholeNumber(line.slice(1));
        if (length === null || length < 0 || length > longestBulk) return wrong('invalid bulk length');
        if (length > UNKNOWN.bulk && !known) return wrong('unauthenticated bulk length');
        this.length = length;
      }
      const end = this.at + this.length;
      if (this.text.length < end + 2) {
        this.needed = this.length + 2;
        return null;
      }
      this.words.push(this.text.slice(this.at, end));
      this.at = end + 2;
      this.length = -1;
      this.lacking--;
    }
    return this.words;
  }

  /** A line that ends with CR LF. */
  private line(tooLong: string): string | ProtocolError | null {
    const end = this.text.indexOf('\r', this.at);
    if (end < 0) return this.text.length - this.at > LONGEST_LINE ? wrong(tooLong) : this.wait();
    if (end + 1 >= this.text.length) return this.wait();
    const line = this.text.slice(this.at, end);
    this.at = end + 2;
    return line;
  }

  private inline(): readonly string[] | ProtocolError | null {
    const end = this.text.indexOf('\n', this.at);
    if (end < 0) return this.text.length - this.at > LONGEST_LINE ? wrong('too big inline request') : this.wait();
    const line = this.text.slice(this.at, end).replace(/\r$/, '');
    this.at = end + 1;
    return splitWords(line) ?? wrong('unbalanced quotes in request');
  }

  private wait(): null {
    this.needed = this.size + 1;
    return null;
  }
}

function wrong(what: string): ProtocolError {
  return { error: `ERR Protocol error: ${what}` };
}

function wholeNumber(text: string): number | null {
  return /^(0|-?[1-9]\d{0,17})$/.test(text) ? Number(text) : null;
}

const SPACE = /[ \n\r\t\v\f\0]/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };

/** A line's words as Redis splits them (sdssplitargs): with "…" and '…'; null: a quote is not closed. */
export function splitWords(line: string): string[] | null {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (at < line.length && SPACE.test(line[at] as string)) at++;
    if (at >= line.length) return words;
    let word = '';
    for (; at < line.length && !SPACE.test(line[at] as string); at++) {
      const quote = line[at] as string;
      if (quote !== '"' && quote !== "'") {
        word += quote;
        continue;
      }
      const piece = quote === '"' ? doubleQuoted(line, at + 1) : singleQuoted(line, at + 1);
      // A closing quote must be followed by a space or by nothing.
      if (!piece || (piece.end < line.length && !SPACE.test(line[piece.end] as string))) return null;
      word += piece.text;
      at = piece.end;
      break;
    }
    words.push(word);
  }
}

interface Piece {
  readonly text: string;
  /** After the closing quote. */
  readonly end: number;
}

function doubleQuoted(line: string, start: number): Piece | null {
  let text = '';
  for (let at = start; at < line.length; at++) {
    const character = line[at] as string;
    if (character === '"') return { text, end: at + 1 };
    if (character !== '\\' || at + 1 >= line.length) {
      text += character;
      continue;
    }
    const hex = /^x([0-9a-fA-F]{2})/.exec(line.slice(at + 1, at + 4));
    if (hex) text += String.fromCharCode(Number.parseInt(hex[1] as string, 16));
    else text += ESCAPES[line[at + 1] as string] ?? line[at + 1];
    at += hex ? 3 : 1;
  }
  return null;
}

function singleQuoted(line: string, start: number): Piece | null {
  let text = '';
  for (let at = start; at < line.length; at++) {
    if (line[at] === "'") return { text, end: at + 1 };
    if (line[at] === '\\' && line[at + 1] === "'") at++;
    text += line[at];
  }
  return null;
}
