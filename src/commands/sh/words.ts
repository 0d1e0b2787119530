/** Reads a shell's words out of a script: quotes, `$…`, backquotes. It knows no grammar; see parser.ts. */
import type { Operator, Part, Word } from './ast.ts';

/** Why a script is none: what dash says after `Syntax error: `. */
export class ShellSyntaxError extends Error {
  readonly line: number;
  /** The script ends too early: more of it might be right. */
  readonly unfinished: boolean;

  constructor(message: string, line: number, unfinished = false) {
    super(message);
    this.line = line;
    this.unfinished = unfinished;
  }
}

/** How deep anything in a script may be inside something else. */
export const DEEPEST = 100;
/** Longer words are refused, in a script and as results. */
export const LONGEST_WORD = 2 ** 20;

const NAME = /[A-Za-z_][A-Za-z_0-9]*/y;
const SPECIAL = /[0-9@*#?$!-]/;

/** Where one is in a script. The parser and its word reader share it. */
export interface Cursor {
  readonly text: string;
  at: number;
  line: number;
  depth: number;
}

/** Where a word stands: what may be inside, and what ends it. */
type Context = 'word' | 'quoted' | 'document' | 'brace' | 'quoted brace' | 'arithmetic';

export class WordReader {
  private readonly cursor: Cursor;
  /** Parses commands from the cursor up to a closing parenthesis. */
  private readonly commands: () => void;

  constructor(cursor: Cursor, commands: () => void) {
    this.cursor = cursor;
    this.commands = commands;
  }

  /** A word up to a blank or operator. */
  word(): Word {
    return this.parts('word');
  }

  /** All of the text, as the inside of a here-document is read. */
  document(): Word {
    return this.parts('document');
  }

  fail(message: string, unfinished = false): never {
    throw new ShellSyntaxError(message, this.cursor.line, unfinished);
  }

  private parts(context: Context): Part[] {
    const { cursor } = this;
    if (++cursor.depth > DEEPEST) this.fail('too many levels of nesting');
    const parts: Part[] = [];
    const start = cursor.at;
    const isQuoted =
      context === 'quoted' || context === 'document' || context === 'quoted brace' || context === 'arithmetic';
    let text = '';
    let parentheses = 0;
    const flush = () => {
      if (text !== '') parts.push({ kind: 'text', text, quoted: isQuoted });
      text = '';
    };
    for (;;) {
      if (cursor.at - start > LONGEST_WORD) this.fail('Word too long');
      const character = cursor.text[cursor.at];
      if (character === undefined) {
        if (context === 'quoted') this.fail('Unterminated quoted string', true);
        if (context === 'brace' || context === 'quoted brace') this.fail("Missing '}'", true);
        if (context === 'arithmetic') this.fail("Missing '))'", true);
        break;
      }
      if (context === 'word' && /[\s;&|<>()]/.test(character)) break;
      if (context === 'quoted' && character === '"') break;
      if ((context === 'brace' || context === 'quoted brace') && character === '}') break;
      if (context === 'arithmetic') {
        if (character === '(') parentheses++;
        if (character === ')' && parentheses-- === 0) break;
      }
      if (character === '\n') cursor.line++;
      if (character === '\\') {
        const next = cursor.text[cursor.at + 1];
        if (next === '\n') {
          cursor.line++;
          cursor.at += 2;
        } else if (isQuoted && !(next !== undefined && escapable(context).includes(next))) {
          text += '\\';
          cursor.at++;
        } else if (next === undefined) {
          text += '\\';
          cursor.at++;
        } else {
          flush();
          parts.push({ kind: 'text', text: next, quoted: true });
          cursor.at += 2;
        }
        continue;
      }
      if (character === "'" && !isQuoted) {
        const end = cursor.text.indexOf("'", cursor.at + 1);
        if (end < 0) this.fail('Unterminated quoted string', true);
        flush();
        const inside = cursor.text.slice(cursor.at + 1, end);
        cursor.line += newlines(inside);
        parts.push({ kind: 'text', text: inside, quoted: true });
        cursor.at = end + 1;
        continue;
      }
      if (character === '"' && context !== 'document' && context !== 'arithmetic') {
        flush();
        cursor.at++;
        const inside = this.parts('quoted');
        cursor.at++;
        // "" is a word, and inside a "${x-"…"}" it only groups.
        parts.push(...(inside.length > 0 ? inside : [{ kind: 'text', text: '', quoted: true } as const]));
        continue;
      }
      if (character === '$') {
        const part = this.dollar(isQuoted);
        if (part === null) text += '$';
        else {
          flush();
          parts.push(part);
        }
        continue;
      }
      if (character === '`') {
        flush();
        parts.push(this.backquotes(isQuoted, context === 'quoted'));
        continue;
      }
      text += character;
      cursor.at++;
    }
    flush();
    cursor.depth--;
    return parts;
  }

  /** After `$`: null if it stands for itself. */
  private dollar(quoted: boolean): Part | null {
    const { cursor } = this;
    cursor.at++;
    const next = cursor.text[cursor.at];
    if (next === '(') {
      if (cursor.text[cursor.at + 1] === '(') {
        const part = this.arithmetic(quoted);
        if (part) return part;
      }
      cursor.at++;
      const { line } = cursor;
      const start = cursor.at;
      this.commands();
      return { kind: 'command', script: cursor.text.slice(start, cursor.at++), line, quoted };
    }
    if (next === '{') return this.braces(quoted);
    if (next !== undefined && SPECIAL.test(next)) {
      cursor.at++;
      return { kind: 'parameter', name: next, operator: '', colon: false, word: [], quoted };
    }
    const name = this.name();
    return name === '' ? null : { kind: 'parameter', name, operator: '', colon: false, word: [], quoted };
  }

  /** `$((…))`, if it is one and not `$( (…) … )`. */
  private arithmetic(quoted: boolean): Part | null {
    const { cursor } = this;
    const { at, line, depth } = cursor;
    cursor.at += 2;
    const word = this.parts('arithmetic');
    if (cursor.text.startsWith('))', cursor.at)) {
      cursor.at += 2;
      return { kind: 'arithmetic', word, quoted };
    }
    cursor.at = at;
    cursor.line = line;
    cursor.depth = depth;
    return null;
  }

  private braces(quoted: boolean): Part {
    const { cursor } = this;
    cursor.at++;
    const { text } = cursor;
    const length = text[cursor.at] === '#' && /[A-Za-z_0-9@*#?$!-]/.test(text[cursor.at + 1] ?? '');
    if (length) cursor.at++;
    let name = this.name();
    if (name === '') {
      const digits = /[0-9]+|[@*#?$!-]/y;
      digits.lastIndex = cursor.at;
      name = digits.exec(text)?.[0] ?? '';
      cursor.at += name.length;
    }
    const bad = (): Part => {
      this.parts(quoted ? 'quoted brace' : 'brace');
      cursor.at++;
      return { kind: 'bad', quoted };
    };
    if (cursor.at >= text.length) this.fail("Missing '}'", true);
    if (name === '') return bad();
    if (length) {
      if (text[cursor.at] !== '}') return bad();
      cursor.at++;
      return { kind: 'parameter', name, operator: 'length', colon: false, word: [], quoted };
    }
    const found = /:?[-=?+]|%%?|##?/y;
    found.lastIndex = cursor.at;
    const operator = found.exec(text)?.[0] ?? '';
    if (operator === '' && text[cursor.at] !== '}') return bad();
    cursor.at += operator.length;
    const pattern = operator.startsWith('%') || operator.startsWith('#');
    // Quotes outside do not make the pattern inside literal.
    const word = this.parts(quoted && !pattern ? 'quoted brace' : 'brace');
    cursor.at++;
    const colon = operator.startsWith(':');
    return { kind: 'parameter', name, operator: operator.replace(':', '') as Operator, colon, word, quoted };
  }

  private backquotes(quoted: boolean, inQuotes: boolean): Part {
    const { cursor } = this;
    const { line } = cursor;
    let script = '';
    for (cursor.at++; ; cursor.at++) {
      const character = cursor.text[cursor.at];
      if (character === undefined) this.fail('EOF in backquote substitution', true);
      if (character === '`') break;
      if (character === '\n') cursor.line++;
      const next = cursor.text[cursor.at + 1];
      if (character === '\\' && next !== undefined && (inQuotes ? '\\$`"' : '\\$`').includes(next)) {
        script += next;
        cursor.at++;
      } else script += character;
    }
    cursor.at++;
    return { kind: 'command', script, line, quoted };
  }

  private name(): string {
    NAME.lastIndex = this.cursor.at;
    const name = NAME.exec(this.cursor.text)?.[0] ?? '';
    this.cursor.at += name.length;
    return name;
  }
}

/** What a backslash takes its meaning from inside double quotes; before anything else it is itself. */
function escapable(context: Context): string {
  if (context === 'quoted brace') return '$`"\\}';
  return context === 'quoted' ? '$`"\\' : '$`\\';
}

function newlines(text: string): number {
  let count = 0;
  for (const character of text) if (character === '\n') count++;
  return count;
}
