/**
 * The shell's grammar by recursive descent over a script's text: one complete command (up to a newline) at a time, so
 * that what stands before a mistake has been done when it is found, as in dash.
 */
import type {
  AndOr,
  Assignment,
  Command,
  List,
  Part,
  Piece,
  Pipeline,
  Redirect,
  RedirectOperator,
  Word,
} from './ast.ts';
import { isName, literal, REDIRECTS, type Token, TokenReader } from './tokens.ts';
import { DEEPEST, ShellSyntaxError } from './words.ts';

export class Parser extends TokenReader {
  /** The next complete command; null at the end. Throws ShellSyntaxError. */
  next(): List | null {
    for (;;) {
      const token = this.peek();
      if (token.kind === 'end') return null;
      if (token.kind === 'newline') this.take();
      else break;
    }
    const list = this.list(true);
    const after = this.peek();
    if (after.kind !== 'newline' && after.kind !== 'end') this.unexpected();
    this.take();
    return list;
  }

  /** `whole`: it ends at a newline; else that only separates. */
  protected override list(whole: boolean): AndOr[] {
    if (++this.cursor.depth > DEEPEST) this.reader.fail('too many levels of nesting');
    const list: AndOr[] = [];
    for (;;) {
      if (!whole) this.newlines();
      const token = this.peek();
      if (token.kind === 'end' || token.kind === 'newline') break;
      if (token.kind === 'operator' && [')', ';;'].includes(token.text)) break;
      const word = this.reserved();
      if (word !== null && ['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}'].includes(word)) {
        if (whole && list.length === 0) this.unexpected();
        break;
      }
      const item = this.andOr();
      const background = this.isOperator('&');
      list.push({ ...item, background });
      if (background || this.isOperator(';')) this.take();
      else if (whole || this.peek().kind !== 'newline') break;
    }
    this.cursor.depth--;
    if (whole && list.length === 0) this.unexpected();
    return list;
  }

  /** A list that must not be empty, up to a word that the caller expects. */
  private body(expected?: string): List {
    const list = this.list(false);
    if (list.length === 0)
      this.unexpected(expected === undefined || this.peek().kind !== 'end' ? undefined : `"${expected}"`);
    return list;
  }

  private andOr(): Omit<AndOr, 'background'> {
    const start = this.peek();
    const first = this.pipeline();
    const rest: { when: '&&' | '||'; pipeline: Pipeline }[] = [];
    while (this.isOperator('&&', '||')) {
      const token = this.take() as { text: '&&' | '||' };
      this.newlines();
      rest.push({ when: token.text, pipeline: this.pipeline() });
    }
    return { first, rest, piece: this.pieceFrom(start) };
  }

  private pipeline(): Pipeline {
    const negated = this.reserved() === '!';
    if (this.reserved() === '!') {
      this.take();
    }
    const commands: { command: Command; piece: Piece }[] = [];
    for (;;) {
      const start = this.peek();
      const command = this.command();
      commands.push({ command, piece: this.pieceFrom(start) });
      if (!this.isOperator('|')) return { negated, commands };
      this.take();
      this.newlines();
    }
  }

  /** From a token to where the next one has not begun: the blanks between do no harm. */
  private pieceFrom({ start, line }: Token): Piece {
    return { script: this.script, start, end: this.token?.start ?? this.cursor.at, line };
  }

  private command(): Command {
    const { line } = this.peek();
    const compound = this.compound();
    if (compound) {
      const redirects: Redirect[] = [];
      for (let redirect = this.redirect(); redirect; redirect = this.redirect()) redirects.push(redirect);
      return { ...compound, line, redirects } as unknown as Command;
    }
    return this.simple();
  }

  private compound(): object | null {
    if (this.isOperator('(')) {
      this.take();
      const start = this.peek();
      this.body();
      const piece = this.pieceFrom(start);
      this.expect(')');
      return { kind: 'subshell', piece };
    }
    const word = this.reserved();
    switch (word) {
      case '{': {
        this.take();
        const body = this.body('}');
        this.expect('}');
        return { kind: 'group', body };
      }
      case 'if':
        return this.condition();
      case 'while':
      case 'until': {
        this.take();
        const test = this.body('do');
        return { kind: 'loop', until: word === 'until', test, body: this.doDone() };
      }
      case 'for':
        return this.forLoop();
      case 'case':
        return this.caseOf();
      case null:
        return null;
      default:
        return this.unexpected();
    }
  }

  private condition(): object {
    const branches: { test: List; body: List }[] = [];
    let otherwise: List | null = null;
    do {
      this.take();
      const test = this.body('then');
      this.expect('then');
      branches.push({ test, body: this.body('fi') });
    } while (this.reserved() === 'elif');
    if (this.reserved() === 'else') {
      this.take();
      otherwise = this.body('fi');
    }
    this.expect('fi');
    return { kind: 'if', branches, otherwise };
  }

  private doDone(): List {
    this.expect('do');
    const body = this.body('done');
    this.expect('done');
    return body;
  }

  private forLoop(): object {
    this.take();
    const token = this.peek();
    const name = token.kind === 'word' ? literal(token.word) : null;
    if (name === null || !isName(name)) throw new ShellSyntaxError('Bad for loop variable', this.cursor.line);
    this.take();
    this.newlines();
    let words: Word[] | null = null;
    if (this.reserved() === 'in') {
      this.take();
      words = [];
      for (let next = this.peek(); next.kind === 'word'; next = this.peek()) {
        words.push(next.word);
        this.take();
      }
      if (!this.isOperator(';') && this.peek().kind !== 'newline') this.unexpected();
      this.take();
    } else if (this.isOperator(';')) this.take();
    this.newlines();
    return { kind: 'for', name, words, body: this.doDone() };
  }

  private caseOf(): object {
    this.take();
    const token = this.peek();
    if (token.kind !== 'word') return this.unexpected('word');
    const subject = token.word;
    this.take();
    this.newlines();
    this.expect('in');
    this.newlines();
    const branches: { patterns: Word[]; body: List }[] = [];
    while (this.reserved() !== 'esac') {
      if (this.isOperator('(')) this.take();
      const patterns: Word[] = [];
      for (;;) {
        const pattern = this.peek();
        if (pattern.kind !== 'word') return this.unexpected(pattern.kind === 'end' ? '")"' : undefined);
        patterns.push(pattern.word);
        this.take();
        if (!this.isOperator('|')) break;
        this.take();
      }
      this.expect(')');
      branches.push({ patterns, body: this.list(false) });
      if (this.isOperator(';;')) {
        this.take();
        this.newlines();
      } else if (this.reserved() !== 'esac') this.unexpected('";;"');
    }
    this.take();
    return { kind: 'case', subject, branches };
  }

  private simple(): Command {
    const start = this.peek();
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (;;) {
      const redirect = this.redirect();
      if (redirect) {
        redirects.push(redirect);
        continue;
      }
      const token = this.peek();
      if (token.kind === 'word') {
        this.take();
        const assignment = words.length === 0 ? assignmentOf(token.word) : null;
        if (assignment) assignments.push(assignment);
        else words.push(token.word);
        continue;
      }
      const [name] = words;
      if (this.isOperator('(') && words.length === 1 && name && assignments.length + redirects.length === 0) {
        return this.definition(start, literal(name));
      }
      break;
    }
    if (words.length + assignments.length + redirects.length === 0) this.unexpected();
    return { kind: 'simple', line: start.line, assignments, words, redirects };
  }

  private definition(start: Token, name: string | null): Command {
    this.take();
    this.expect(')');
    if (name === null || !isName(name)) throw new ShellSyntaxError('Bad function name', this.cursor.line);
    this.newlines();
    const body = this.command();
    return { kind: 'function', line: start.line, redirects: [], name, body, piece: this.pieceFrom(start) };
  }

  private redirect(): Redirect | null {
    const first = this.peek();
    let fd: number | null = null;
    if (first.kind === 'number') {
      fd = Number(first.text);
      this.take();
    }
    const token = this.peek();
    if (token.kind !== 'operator' || !REDIRECTS.includes(token.text)) return null;
    this.take();
    const target = this.peek();
    if (target.kind !== 'word') return this.unexpected();
    this.take();
    if (token.text !== '<<' && token.text !== '<<-')
      return { operator: token.text as RedirectOperator, fd, target: target.word };
    const redirect: { operator: '<<'; fd: number | null; target: Word } = { operator: '<<', fd, target: [] };
    this.waiting.push({
      operator: token.start,
      delimiter: target.word.map((part) => (part.kind === 'text' ? part.text : '')).join(''),
      literal: target.word.some((part) => part.quoted),
      tabs: token.text === '<<-',
      take: (body) => {
        redirect.target = body;
      },
    });
    return redirect;
  }

  protected override inDocument(text: string, line: number, depth: number): Word {
    const inside = new Parser(text, line);
    inside.cursor.depth = depth;
    return inside.reader.document();
  }
}

function assignmentOf(word: Word): Assignment | null {
  const [first, ...rest] = word;
  if (first?.kind !== 'text' || first.quoted) return null;
  const match = /^([A-Za-z_][A-Za-z_0-9]*)=(.*)$/s.exec(first.text);
  if (!match) return null;
  const begin: Part[] = match[2] === '' ? [] : [{ kind: 'text', text: match[2] as string, quoted: false }];
  return { name: match[1] as string, value: [...begin, ...rest] };
}
