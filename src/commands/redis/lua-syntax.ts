/**
 * The part of Lua that the scripts of locks, queues and rate limiters are written in: values, operators, `local`,
 * assignment, `if`, `while`, `for`, `return` and calls; no functions of one's own. Source in, a tree out.
 */

export type Expression =
  | { readonly is: 'value'; readonly value: string | number | boolean | null }
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'index'; readonly of: Expression; readonly key: Expression }
  | { readonly is: 'call'; readonly of: Expression; readonly args: readonly Expression[]; readonly line: number }
  | { readonly is: 'unary'; readonly operator: string; readonly of: Expression }
  | { readonly is: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly is: 'table'; readonly items: readonly (readonly [Expression | null, Expression])[] };

export type Statement =
  | { readonly is: 'local'; readonly names: readonly string[]; readonly values: readonly Expression[] }
  | { readonly is: 'assign'; readonly targets: readonly Expression[]; readonly values: readonly Expression[] }
  | { readonly is: 'do'; readonly call: Expression }
  | { readonly is: 'if'; readonly arms: readonly (readonly [Expression | null, readonly Statement[]])[] }
  | { readonly is: 'while'; readonly condition: Expression; readonly body: readonly Statement[] }
  | {
      readonly is: 'for';
      readonly name: string;
      readonly bounds: readonly Expression[];
      readonly body: readonly Statement[];
    }
  | {
      readonly is: 'each';
      readonly names: readonly string[];
      readonly of: Expression;
      readonly body: readonly Statement[];
    }
  | { readonly is: 'return'; readonly value: Expression | null }
  | { readonly is: 'break' };

export class LuaError extends Error {}

const TOKEN =
  /\s+|--\[\[[\s\S]*?\]\]|--[^\n]*|(\d+\.?\d*(?:[eE][+-]?\d+)?|0[xX][0-9a-fA-F]+)|([A-Za-z_]\w*)|("(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*')|(==|~=|<=|>=|\.\.\.|\.\.|[-+*/%^#<>=(){}[\];:,.])/y;
const KEYWORDS = new Set(
  'and break do else elseif end false for function if in local nil not or repeat return then true until while'.split(
    ' ',
  ),
);
const STOPS = ['end', 'else', 'elseif', 'until', ''];
/** Expressions inside expressions, and blocks inside blocks. */
const DEEPEST = 100;

interface Token {
  readonly kind: 'number' | 'name' | 'word' | 'string' | 'mark' | 'end';
  readonly text: string;
  readonly line: number;
}

const POWERS: Readonly<Record<string, readonly [number, number]>> = {
  or: [1, 1],
  and: [2, 2],
  '<': [3, 3],
  '>': [3, 3],
  '<=': [3, 3],
  '>=': [3, 3],
  '~=': [3, 3],
  '==': [3, 3],
  '..': [5, 4],
  '+': [6, 6],
  '-': [6, 6],
  '*': [7, 7],
  '/': [7, 7],
  '%': [7, 7],
};
const UNARY = 8;

export function parseLua(source: string): readonly Statement[] {
  const parser = new Parser(tokens(source));
  const block = parser.block();
  parser.expect('');
  return block;
}

function tokens(source: string): Token[] {
  const found: Token[] = [];
  let line = 1;
  let at = 0;
  while (at < source.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (!match) throw new LuaError(`user_script:${line}: unexpected symbol near '${source[at]}'`);
    const [text, number, name, string, mark] = match as unknown as (string | undefined)[];
    if (number !== undefined) found.push({ kind: 'number', text: number, line });
    else if (name !== undefined) found.push({ kind: KEYWORDS.has(name) ? 'word' : 'name', text: name, line });
    else if (string !== undefined) found.push({ kind: 'string', text: unescaped(string.slice(1, -1)), line });
    else if (mark !== undefined) found.push({ kind: 'mark', text: mark, line });
    line += (text as string).split('\n').length - 1;
    at += (text as string).length;
  }
  found.push({ kind: 'end', text: '', line });
  return found;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };

function unescaped(text: string): string {
  return text.replace(/\\(\d{1,3}|[\s\S])/g, (_, what: string) =>
    /\d/.test(what) ? String.fromCharCode(Number(what) & 255) : (ESCAPES[what] ?? what),
  );
}

class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;

  constructor(all: readonly Token[]) {
    this.tokens = all;
  }

  private get next(): Token {
    return this.tokens[this.at] as Token;
  }

  /** Whether this comes next, and is no string. */
  private is(text: string): boolean {
    return this.next.text === text && this.next.kind !== 'string';
  }

  private accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  expect(text: string): void {
    if (this.is(text)) this.at++;
    else this.wrong(text === '' ? undefined : `'${text}' expected near '${this.next.text || '<eof>'}'`);
  }

  private wrong(
    what = `unexpected symbol near '${this.next.text || '<eof>'}' (this server knows a part of Lua only)`,
  ): never {
    throw new LuaError(`user_script:${this.next.line}: ${what}`);
  }

  private name(): string {
    if (this.next.kind !== 'name') this.wrong();
    return (this.tokens[this.at++] as Token).text;
  }

  private deeper<T>(what: () => T): T {
    if (++this.depth > DEEPEST) this.wrong('chunk has too many syntax levels');
    const result = what();
    this.depth--;
    return result;
  }

  block(): readonly Statement[] {
    return this.deeper(() => {
      const statements: Statement[] = [];
      while (!STOPS.some((stop) => this.is(stop))) {
        if (this.accept(';')) continue;
        const statement = this.statement();
        statements.push(statement);
        if (statement.is === 'return') break;
      }
      return statements;
    });
  }

  private body(): readonly Statement[] {
    const block = this.block();
    this.expect('end');
    return block;
  }

  private statement(): Statement {
    if (this.accept('local')) {
      const names = [this.name()];
      while (this.accept(',')) names.push(this.name());
      return { is: 'local', names, values: this.accept('=') ? this.list() : [] };
    }
    if (this.accept('if')) return this.conditional();
    if (this.accept('while')) {
      const condition = this.expression(0);
      this.expect('do');
      return { is: 'while', condition, body: this.body() };
    }
    if (this.accept('for')) return this.loop();
    if (this.accept('do')) return { is: 'if', arms: [[null, this.body()]] };
    if (this.accept('break')) return { is: 'break' };
    if (this.accept('return')) {
      const value = this.is(';') || STOPS.some((stop) => this.is(stop)) ? null : this.expression(0);
      this.accept(';');
      return { is: 'return', value };
    }
    const first = this.suffixed();
    if (first.is === 'call') return { is: 'do', call: first };
    const targets: Expression[] = [first];
    while (this.accept(',')) targets.push(this.suffixed());
    if (targets.some((target) => target.is !== 'name' && target.is !== 'index')) this.wrong();
    this.expect('=');
    return { is: 'assign', targets, values: this.list() };
  }

  private conditional(): Statement {
    const arms: [Expression | null, readonly Statement[]][] = [];
    do {
      const condition = this.expression(0);
      this.expect('then');
      arms.push([condition, this.block()]);
    } while (this.accept('elseif'));
    if (this.accept('else')) arms.push([null, this.block()]);
    this.expect('end');
    return { is: 'if', arms };
  }

  private loop(): Statement {
    const names = [this.name()];
    if (this.accept('=')) {
      const bounds = this.list();
      if (bounds.length < 2 || bounds.length > 3) this.wrong();
      this.expect('do');
      return { is: 'for', name: names[0] as string, bounds, body: this.body() };
    }
    while (this.accept(',')) names.push(this.name());
    this.expect('in');
    const of = this.expression(0);
    this.expect('do');
    return { is: 'each', names, of, body: this.body() };
  }

  private list(): Expression[] {
    const all = [this.expression(0)];
    while (this.accept(',')) all.push(this.expression(0));
    return all;
  }

  private expression(power: number): Expression {
    return this.deeper(() => {
      let left = this.simple();
      for (;;) {
        const { text, kind } = this.next;
        const powers = kind === 'mark' || kind === 'word' ? POWERS[text] : undefined;
        if (!powers || powers[0] <= power) return left;
        this.at++;
        left = { is: 'binary', operator: text, left, right: this.expression(powers[1]) };
      }
    });
  }

  private simple(): Expression {
    const { kind, text } = this.next;
    if (kind === 'number' || kind === 'string') {
      this.at++;
      return { is: 'value', value: kind === 'number' ? Number(text) : text };
    }
    for (const operator of ['not', '-', '#']) {
      if (this.accept(operator)) return { is: 'unary', operator, of: this.expression(UNARY) };
    }
    if (this.accept('nil')) return { is: 'value', value: null };
    if (this.accept('true')) return { is: 'value', value: true };
    if (this.accept('false')) return { is: 'value', value: false };
    return this.is('{') ? this.table() : this.suffixed();
  }

  private table(): Expression {
    this.expect('{');
    const items: [Expression | null, Expression][] = [];
    while (!this.accept('}')) {
      const named =
        this.next.kind === 'name' &&
        this.tokens[this.at + 1]?.text === '=' &&
        this.tokens[this.at + 1]?.kind === 'mark';
      let key: Expression | null = null;
      if (named) key = { is: 'value', value: this.name() };
      else if (this.accept('[')) {
        key = this.expression(0);
        this.expect(']');
      }
      if (key) this.expect('=');
      items.push([key, this.expression(0)]);
      if (!this.accept(',') && !this.accept(';') && !this.is('}')) this.wrong();
    }
    return { is: 'table', items };
  }

  private suffixed(): Expression {
    let found: Expression;
    if (this.accept('(')) {
      found = this.expression(0);
      this.expect(')');
    } else found = { is: 'name', name: this.name() };
    for (;;) {
      const { line } = this.next;
      if (this.accept('.')) found = { is: 'index', of: found, key: { is: 'value', value: this.name() } };
      else if (this.accept('[')) {
        found = { is: 'index', of: found, key: this.expression(0) };
        this.expect(']');
      } else if (this.accept('(')) {
        const args = this.is(')') ? [] : this.list();
        this.expect(')');
        found = { is: 'call', of: found, args, line };
      } else return found;
    }
  }
}
