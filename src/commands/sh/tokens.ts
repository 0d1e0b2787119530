/** Reads a shell script as tokens, with the here-documents between its lines. What they mean is the parser's business. */
import type { Script, Word } from './ast.ts';
import { type Cursor, ShellSyntaxError, WordReader } from './words.ts';

const OPERATORS = [
  '&&',
  '||',
  ';;',
  '<<<',
  '<<-',
  '<<',
  '>>',
  '<&',
  '>&',
  '<>',
  '>|',
  '&>>',
  '&>',
  '&',
  '|',
  ';',
  '<',
  '>',
  '(',
  ')',
];
export const REDIRECTS = ['<', '>', '>>', '>|', '<>', '<&', '>&', '&>', '&>>', '<<', '<<-', '<<<'];
const RESERVED = [
  'if',
  'then',
  'elif',
  'else',
  'fi',
  'while',
  'until',
  'for',
  'in',
  'do',
  'done',
  'case',
  'esac',
  '{',
  '}',
  '!',
];

export type Token =
  | { readonly kind: 'word'; readonly word: Word; readonly start: number; readonly end: number; readonly line: number }
  | {
      readonly kind: 'operator' | 'number';
      readonly text: string;
      readonly start: number;
      readonly end: number;
      readonly line: number;
    }
  | { readonly kind: 'newline' | 'end'; readonly start: number; readonly end: number; readonly line: number };

/** A here-document whose lines have not been read yet. */
export interface Waiting {
  readonly operator: number;
  readonly delimiter: string;
  readonly literal: boolean;
  readonly tabs: boolean;
  readonly take: (body: Word) => void;
}

export abstract class TokenReader {
  protected readonly cursor: Cursor;
  protected readonly reader: WordReader;
  protected readonly script: { readonly text: string; readonly documents: Script['documents'][number][] };
  protected waiting: Waiting[] = [];
  protected token: Token | null = null;

  constructor(text: string, line = 1) {
    this.cursor = { text, at: 0, line, depth: 0 };
    this.script = { text, documents: [] };
    this.reader = new WordReader(this.cursor, () => this.substitution());
  }

  /** Where the next complete command begins. */
  get position(): number {
    return this.cursor.at;
  }

  /** The line where the parser is. */
  get line(): number {
    return this.cursor.line;
  }

  /** Whether the text ended inside a here-document. */
  openDocument = false;

  /** After an error: on to the next line. */
  skipLine(): void {
    const end = this.cursor.text.indexOf('\n', this.cursor.at);
    this.cursor.at = end < 0 ? this.cursor.text.length : end + 1;
    this.cursor.line++;
  }

  /** Parses a list of commands up to something that does not belong to one. */
  protected abstract list(whole: boolean): unknown;

  /** Reads a here-document's text as a word. */
  protected abstract inDocument(text: string, line: number, depth: number): Word;

  protected peek(): Token {
    this.token ??= this.read();
    return this.token;
  }

  protected take(): Token {
    const token = this.peek();
    this.token = null;
    if (token.kind === 'newline') this.documents();
    return token;
  }

  protected read(): Token {
    const { cursor } = this;
    for (;;) {
      const character = cursor.text[cursor.at];
      if (character === '\\' && cursor.text[cursor.at + 1] === '\n') {
        cursor.line++;
        cursor.at += 2;
      } else if (character === ' ' || character === '\t' || character === '\r') cursor.at++;
      else if (character === '#') {
        const end = cursor.text.indexOf('\n', cursor.at);
        cursor.at = end < 0 ? cursor.text.length : end;
      } else break;
    }
    const start = cursor.at;
    const { line } = cursor;
    if (start >= cursor.text.length) return { kind: 'end', start, end: start, line };
    if (cursor.text[start] === '\n') {
      cursor.at++;
      cursor.line++;
      return { kind: 'newline', start, end: start + 1, line };
    }
    const operator = OPERATORS.find((one) => cursor.text.startsWith(one, start));
    if (operator !== undefined) {
      cursor.at += operator.length;
      return { kind: 'operator', text: operator, start, end: cursor.at, line };
    }
    const digits = /[0-9](?=[<>])/y;
    digits.lastIndex = start;
    const number = digits.exec(cursor.text)?.[0];
    if (number !== undefined) {
      cursor.at += number.length;
      return { kind: 'number', text: number, start, end: cursor.at, line };
    }
    const word = this.reader.word();
    // A line that only goes on with the next one and is then blank has no word.
    if (word.length === 0 && cursor.at > start) return this.read();
    return { kind: 'word', word, start, end: cursor.at, line };
  }

  protected isOperator(...texts: string[]): boolean {
    const token = this.peek();
    return token.kind === 'operator' && texts.includes(token.text);
  }

  /** The next token's text if it is an unquoted reserved word. */
  protected reserved(): string | null {
    const token = this.peek();
    const text = token.kind === 'word' ? literal(token.word) : null;
    return text !== null && RESERVED.includes(text) ? text : null;
  }

  protected unexpected(expected?: string): never {
    const token = this.peek();
    const what =
      token.kind === 'word'
        ? (this.reserved() ?? null) === null
          ? 'word'
          : `"${this.reserved()}"`
        : token.kind === 'operator'
          ? REDIRECTS.includes(token.text)
            ? 'redirection'
            : `"${token.text}"`
          : token.kind === 'number'
            ? 'redirection'
            : token.kind === 'newline'
              ? 'newline'
              : 'end of file';
    const hint = expected === undefined ? '' : ` (expecting ${expected})`;
    throw new ShellSyntaxError(
      `${what} unexpected${hint}`,
      this.cursor.line - (token.kind === 'newline' ? 1 : 0),
      token.kind === 'end',
    );
  }

  protected expect(text: string): void {
    if (text === ')' ? !this.isOperator(')') : this.reserved() !== text) this.unexpected(`"${text}"`);
    this.take();
  }

  protected newlines(): void {
    while (this.peek().kind === 'newline') this.take();
  }

  /** At the beginning of a line: reads the here-documents that the line before has announced. */
  protected documents(): void {
    const { cursor } = this;
    for (const { operator, delimiter, literal: plain, tabs, take } of this.waiting.splice(0)) {
      const start = cursor.at;
      const { line } = cursor;
      let body = '';
      let closed = false;
      while (cursor.at < cursor.text.length && !closed) {
        const end = cursor.text.indexOf('\n', cursor.at);
        const raw = cursor.text.slice(cursor.at, end < 0 ? undefined : end + 1);
        cursor.at += raw.length;
        if (end >= 0) cursor.line++;
        const text = tabs ? raw.replace(/^\t+/, '') : raw;
        closed = text.replace(/\n$/, '') === delimiter;
        if (!closed) body += text;
      }
      if (!closed) this.openDocument = true;
      this.script.documents.push({ operator, start, end: cursor.at });
      if (plain) take([{ kind: 'text', text: body, quoted: true }]);
      else take(this.inDocument(body, line, cursor.depth));
    }
  }

  /** From behind `$(` to its `)`, which it leaves. */
  protected substitution(): void {
    const { token, waiting } = this;
    this.token = null;
    this.waiting = [];
    this.list(false);
    if (!this.isOperator(')')) this.unexpected('")"');
    this.cursor.at = this.peek().start;
    this.token = token;
    this.waiting = waiting;
  }
}

export function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z_0-9]*$/.test(text);
}

/** A word's text if it is made of nothing else and has no quotes. */
export function literal(word: Word): string | null {
  const [part] = word;
  return word.length === 1 && part?.kind === 'text' && !part.quoted ? part.text : null;
}
