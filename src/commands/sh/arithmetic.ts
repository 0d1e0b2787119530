/** `$(( … ))`: C's expressions on 64-bit integers. */
import { isName } from './tokens.ts';
import { DEEPEST } from './words.ts';

/** Why an expression is none; the words are dash's. */
export class BadArithmetic extends Error {}

export interface Variables {
  get(name: string): string;
  set(name: string, value: string): void;
}

const BINARY: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];
const TOKEN =
  /\s*(0[xX][0-9a-fA-F]+|[0-9]+|[A-Za-z_]\w*|<<=|>>=|\+\+|--|&&|\|\||<<|>>|[-+*/%<>=!&|^]=|[-+*/%<>=!&|^~?:()])\s*/y;
const LONGEST = 65_536;

export function evaluate(text: string, variables: Variables): bigint {
  return new Expression(text, variables).whole();
}

class Expression {
  private readonly text: string;
  private readonly variables: Variables;
  private readonly tokens: string[] = [];
  private at = 0;
  private depth = 0;
  /** In a branch that is not taken nothing is assigned or divided. */
  private idle = 0;

  constructor(text: string, variables: Variables) {
    this.text = text;
    this.variables = variables;
    if (text.length > LONGEST) throw new BadArithmetic('expression too long');
    TOKEN.lastIndex = 0;
    const trimmed = text.trimEnd();
    for (let at = 0; at < trimmed.length; at = TOKEN.lastIndex) {
      const match = TOKEN.exec(text);
      if (!match) throw this.wrong('expecting EOF');
      this.tokens.push(match[1] as string);
    }
  }

  whole(): bigint {
    if (this.tokens.length === 0) return 0n;
    const value = this.assignment();
    if (this.at < this.tokens.length) throw this.wrong('expecting EOF');
    return value;
  }

  private wrong(what: string): BadArithmetic {
    return new BadArithmetic(`arithmetic expression: ${what}: "${this.text}"`);
  }

  private assignment(): bigint {
    if (++this.depth > 2 * DEEPEST) throw this.wrong('too many levels of nesting');
    const name = this.tokens[this.at] ?? '';
    const operator = this.tokens[this.at + 1] ?? '';
    let value: bigint;
    if (isName(name) && /^([-+*/%&|^]|<<|>>)?=$/.test(operator)) {
      this.at += 2;
      const right = this.assignment();
      value = operator === '=' ? right : this.apply(operator.slice(0, -1), this.valueOf(name), right);
      if (this.idle === 0) this.variables.set(name, String(value));
    } else value = this.conditional();
    this.depth--;
    return value;
  }

  private conditional(): bigint {
    const test = this.binary(0);
    if (!this.take('?')) return test;
    const first = this.skipping(test === 0n, () => this.assignment());
    if (!this.take(':')) throw this.wrong("expecting ':'");
    const second = this.skipping(test !== 0n, () => this.conditional());
    return test !== 0n ? first : second;
  }

  private binary(level: number): bigint {
    const operators = BINARY[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const operator = this.tokens[this.at] ?? '';
      if (!operators.includes(operator)) return left;
      this.at++;
      if (operator === '&&' || operator === '||') {
        const decided = operator === '&&' ? left === 0n : left !== 0n;
        const right = this.skipping(decided, () => this.binary(level + 1));
        left = truth(decided ? operator === '||' : right !== 0n);
      } else left = this.apply(operator, left, this.binary(level + 1));
    }
  }

  private skipping(skip: boolean, body: () => bigint): bigint {
    if (skip) this.idle++;
    const value = body();
    if (skip) this.idle--;
    return value;
  }

  private unary(): bigint {
    if (++this.depth > 2 * DEEPEST) throw this.wrong('too many levels of nesting');
    const token = this.tokens[this.at++];
    let value: bigint;
    if (token === '-') value = BigInt.asIntN(64, -this.unary());
    else if (token === '+') value = this.unary();
    else if (token === '!') value = truth(this.unary() === 0n);
    else if (token === '~') value = ~this.unary();
    else if (token === '(') {
      value = this.assignment();
      if (!this.take(')')) throw this.wrong("expecting ')'");
    } else if (token !== undefined && /^\d/.test(token)) value = this.number(token);
    else if (token !== undefined && isName(token)) value = this.valueOf(token);
    else throw this.wrong('expecting primary');
    this.depth--;
    return value;
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private valueOf(name: string): bigint {
    const text = this.variables.get(name).trim();
    if (text === '') return 0n;
    const match = /^([-+]?)(0[xX][0-9a-fA-F]+|\d+)$/.exec(text);
    if (!match) throw new BadArithmetic(`Illegal number: ${text}`);
    const value = this.number(match[2] as string);
    return match[1] === '-' ? -value : value;
  }

  private number(text: string): bigint {
    if (text.length > 100) throw new BadArithmetic(`Illegal number: ${text.slice(0, 100)}`);
    if (!/^0\d/.test(text)) return BigInt.asIntN(64, BigInt(text));
    if (/[89]/.test(text)) throw this.wrong('expecting EOF');
    return BigInt.asIntN(64, BigInt(`0o${text.slice(1)}`));
  }

  private apply(operator: string, a: bigint, b: bigint): bigint {
    switch (operator) {
      case '+':
        return BigInt.asIntN(64, a + b);
      case '-':
        return BigInt.asIntN(64, a - b);
      case '*':
        return BigInt.asIntN(64, a * b);
      case '/':
      case '%':
        if (b === 0n) {
          if (this.idle > 0) return 0n;
          throw this.wrong('division by zero');
        }
        return BigInt.asIntN(64, operator === '/' ? a / b : a % b);
      case '<<':
        return BigInt.asIntN(64, a << (b & 63n));
      case '>>':
        return a >> (b & 63n);
      case '&':
        return a & b;
      case '|':
        return a | b;
      case '^':
        return a ^ b;
      case '==':
        return truth(a === b);
      case '!=':
        return truth(a !== b);
      case '<':
        return truth(a < b);
      case '<=':
        return truth(a <= b);
      case '>':
        return truth(a > b);
      default:
        return truth(a >= b);
    }
  }
}

function truth(value: boolean): bigint {
  return value ? 1n : 0n;
}
