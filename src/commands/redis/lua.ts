/** Runs a script of lua-syntax.ts. */
import { type Expression, LuaError, type Statement } from './lua-syntax.ts';
import { formatDouble } from './numbers.ts';

export class LuaTable {
  readonly fields = new Map<LuaValue, LuaValue>();

  static of(items: readonly LuaValue[]): LuaTable {
    const table = new LuaTable();
    items.forEach((item, i) => {
      table.set(i + 1, item);
    });
    return table;
  }

  get(key: LuaValue): LuaValue {
    return this.fields.get(key) ?? null;
  }

  set(key: LuaValue, value: LuaValue): void {
    if (value === null) this.fields.delete(key);
    else this.fields.set(key, value);
  }

  get length(): number {
    let count = 0;
    while (this.fields.has(count + 1)) count++;
    return count;
  }
}

export type LuaFunction = (args: readonly LuaValue[]) => LuaValue;
export type LuaValue = string | number | boolean | null | LuaTable | LuaFunction;

/** Steps of a script; Redis lets it run for ever, unless somebody kills it. */
const MOST_STEPS = 1_000_000;
/** Bytes of strings that a script makes. */
const MOST_BYTES = 64 * 1024 * 1024;

class Break extends Error {}

class Return extends Error {
  readonly value: LuaValue;

  constructor(value: LuaValue) {
    super();
    this.value = value;
  }
}

type Scope = { readonly names: Map<string, LuaValue>; readonly outer: Scope | null };

/** The script's result. Throws LuaError. `globals`: what it finds there. */
export function runLua(body: readonly Statement[], globals: Readonly<Record<string, LuaValue>>): LuaValue {
  const names = new Map(Object.entries({ ...LIBRARY, ...globals }));
  try {
    new Machine().block(body, { names, outer: null });
    return null;
  } catch (thrown) {
    if (thrown instanceof Return) return thrown.value;
    throw thrown;
  }
}

class Machine {
  private steps = 0;
  private bytes = 0;

  block(statements: readonly Statement[], outer: Scope): void {
    const scope: Scope = { names: new Map(), outer };
    for (const statement of statements) this.statement(statement, scope);
  }

  private step(): void {
    if (++this.steps > MOST_STEPS) throw new LuaError('the script takes too many steps');
  }

  private statement(one: Statement, scope: Scope): void {
    this.step();
    if (one.is === 'local') {
      const values = one.values.map((value) => this.value(value, scope));
      for (const [i, name] of one.names.entries()) scope.names.set(name, values[i] ?? null);
    } else if (one.is === 'assign') {
      const values = one.values.map((value) => this.value(value, scope));
      one.targets.forEach((target, i) => {
        this.assign(target, values[i] ?? null, scope);
      });
    } else if (one.is === 'do') this.value(one.call, scope);
    else if (one.is === 'if') {
      const arm = one.arms.find(([condition]) => condition === null || truth(this.value(condition, scope)));
      if (arm) this.block(arm[1], scope);
    } else if (one.is === 'return') throw new Return(one.value ? this.value(one.value, scope) : null);
    else if (one.is === 'break') throw new Break();
    else this.loop(one, scope);
  }

  private loop(one: Extract<Statement, { is: 'while' | 'for' | 'each' }>, scope: Scope): void {
    const round = (names: readonly (readonly [string, LuaValue])[]) => {
      this.step();
      this.block(one.body, { names: new Map(names), outer: scope });
    };
    try {
      if (one.is === 'while') while (truth(this.value(one.condition, scope))) round([]);
      else if (one.is === 'for') {
        const [from = 0, to = 0, by = 1] = one.bounds.map((bound) =>
          number(this.value(bound, scope), "'for' initial value"),
        );
        if (by === 0) throw new LuaError("'for' step is zero");
        for (let i = from; by > 0 ? i <= to : i >= to; i += by) round([[one.name, i]]);
      } else {
        const pairs = this.value(one.of, scope);
        if (!(pairs instanceof LuaTable)) throw new LuaError("'for' needs ipairs(…) or pairs(…) here");
        for (const [key, value] of [...pairs.fields])
          round([
            [one.names[0] as string, key],
            [one.names[1] ?? '_', value],
          ]);
      }
    } catch (thrown) {
      if (!(thrown instanceof Break)) throw thrown;
    }
  }

  private assign(target: Expression, value: LuaValue, scope: Scope): void {
    if (target.is === 'index') {
      const table = this.value(target.of, scope);
      if (!(table instanceof LuaTable)) throw new LuaError(`attempt to index a ${typeOf(table)} value`);
      table.set(this.value(target.key, scope), value);
      return;
    }
    const { name } = target as Extract<Expression, { is: 'name' }>;
    for (let one: Scope | null = scope; one; one = one.outer) {
      if (!one.names.has(name)) continue;
      one.names.set(name, value);
      return;
    }
    throw new LuaError(`Script attempted to create global variable '${name}'`);
  }

  private value(one: Expression, scope: Scope): LuaValue {
    this.step();
    if (one.is === 'value') return one.value;
    if (one.is === 'name') {
      for (let at: Scope | null = scope; at; at = at.outer) {
        const found = at.names.get(one.name);
        if (found !== undefined) return found;
      }
      throw new LuaError(`Script attempted to access nonexistent global variable '${one.name}'`);
    }
    if (one.is === 'index') {
      const table = this.value(one.of, scope);
      if (!(table instanceof LuaTable)) throw new LuaError(`attempt to index a ${typeOf(table)} value`);
      return table.get(this.value(one.key, scope));
    }
    if (one.is === 'call') return this.call(one, scope);
    if (one.is === 'table') return this.table(one.items, scope);
    if (one.is === 'unary') return this.unary(one.operator, this.value(one.of, scope));
    const left = this.value(one.left, scope);
    if (one.operator === 'and') return truth(left) ? this.value(one.right, scope) : left;
    if (one.operator === 'or') return truth(left) ? left : this.value(one.right, scope);
    return this.binary(one.operator, left, this.value(one.right, scope));
  }

  private call({ of, args, line }: Extract<Expression, { is: 'call' }>, scope: Scope): LuaValue {
    const called = this.value(of, scope);
    if (typeof called !== 'function')
      throw new LuaError(`user_script:${line}: attempt to call a ${typeOf(called)} value`);
    const given: LuaValue[] = [];
    for (const [i, arg] of args.entries()) {
      const value = this.value(arg, scope);
      // unpack(t) as the last argument is all of it.
      if (i === args.length - 1 && isUnpack(arg) && value instanceof LuaTable) given.push(...listOf(value));
      else given.push(value);
    }
    return called(given);
  }

  private table(items: readonly (readonly [Expression | null, Expression])[], scope: Scope): LuaTable {
    const table = new LuaTable();
    let at = 1;
    for (const [key, item] of items) table.set(key ? this.value(key, scope) : at++, this.value(item, scope));
    return table;
  }

  private unary(operator: string, value: LuaValue): LuaValue {
    if (operator === 'not') return !truth(value);
    if (operator === '-') return -number(value, 'a value');
    if (typeof value === 'string') return value.length;
    if (value instanceof LuaTable) return value.length;
    throw new LuaError(`attempt to get length of a ${typeOf(value)} value`);
  }

  private binary(operator: string, left: LuaValue, right: LuaValue): LuaValue {
    if (operator === '==') return left === right;
    if (operator === '~=') return left !== right;
    if (operator === '..') {
      const text = concatenated(left) + concatenated(right);
      this.bytes += text.length;
      if (this.bytes > MOST_BYTES) throw new LuaError('not enough memory');
      return text;
    }
    const compare = COMPARE[operator];
    if (compare) {
      if (typeof left !== typeof right || (typeof left !== 'number' && typeof left !== 'string')) {
        throw new LuaError(`attempt to compare ${typeOf(left)} with ${typeOf(right)}`);
      }
      return compare(left as number, right as number);
    }
    const [a, b] = [number(left, 'a value'), number(right, 'a value')];
    return (ARITHMETIC[operator] as (a: number, b: number) => number)(a, b);
  }
}

type Two<T> = (a: number, b: number) => T;
const COMPARE: Readonly<Record<string, Two<boolean>>> = {
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};
const ARITHMETIC: Readonly<Record<string, Two<number>>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a - Math.floor(a / b) * b,
};

function truth(value: LuaValue): boolean {
  return value !== null && value !== false;
}

export function typeOf(value: LuaValue): string {
  return value === null ? 'nil' : value instanceof LuaTable ? 'table' : typeof value;
}

function toNumber(value: LuaValue): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\s*[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+|0[xX][0-9a-fA-F]+)\s*$/.test(value))
    return null;
  return Number(value);
}

function number(value: LuaValue, what: string): number {
  const found = toNumber(value);
  if (found === null)
    throw new LuaError(`attempt to perform arithmetic on ${what === 'a value' ? `a ${typeOf(value)} value` : what}`);
  return found;
}

/** As Lua writes numbers: `%.14g`. */
export function spellNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e14
    ? String(value)
    : formatDouble(Number(value.toPrecision(14)));
}

function concatenated(value: LuaValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return spellNumber(value);
  throw new LuaError(`attempt to concatenate a ${typeOf(value)} value`);
}

function listOf(table: LuaTable): LuaValue[] {
  return Array.from({ length: table.length }, (_, i) => table.get(i + 1));
}

function isUnpack(one: Expression): boolean {
  return (
    one.is === 'call' &&
    ((one.of.is === 'name' && one.of.name === 'unpack') ||
      (one.of.is === 'index' && one.of.key.is === 'value' && one.of.key.value === 'unpack'))
  );
}

function tableOf(value: LuaValue | undefined): LuaTable {
  if (value instanceof LuaTable) return value;
  throw new LuaError('bad argument #1 (table expected)');
}

const rounding =
  (how: (value: number) => number): LuaFunction =>
  ([value = null]) =>
    how(number(value, 'a value'));

function library(functions: Readonly<Record<string, LuaFunction>>): LuaTable {
  const table = new LuaTable();
  for (const [name, body] of Object.entries(functions)) table.set(name, body);
  return table;
}

const LIBRARY: Readonly<Record<string, LuaValue>> = {
  tonumber: ([value = null]) => toNumber(value),
  tostring: ([value = null]) =>
    typeof value === 'string' || typeof value === 'number' ? concatenated(value) : String(value ?? 'nil'),
  type: ([value = null]) => typeOf(value),
  ipairs: ([value]) => LuaTable.of(listOf(tableOf(value))),
  pairs: ([value]) => tableOf(value),
  unpack: ([value]) => tableOf(value),
  error: ([value = null]) => {
    throw new LuaError(`user_script: ${concatenated(value)}`);
  },
  math: library({
    floor: rounding(Math.floor),
    ceil: rounding(Math.ceil),
    abs: rounding(Math.abs),
    max: (values) => Math.max(...values.map((value) => number(value, 'a value'))),
    min: (values) => Math.min(...values.map((value) => number(value, 'a value'))),
  }),
  table: library({
    unpack: ([value]) => tableOf(value),
    insert: ([value, item = null]) => {
      const table = tableOf(value);
      table.set(table.length + 1, item);
      return null;
    },
    concat: ([value, separator = '']) => listOf(tableOf(value)).map(concatenated).join(concatenated(separator)),
  }),
  string: library({
    sub: ([text = '', from = 1, to = -1]) => {
      const whole = concatenated(text);
      const place = (at: number) => (at < 0 ? Math.max(whole.length + at + 1, 0) : at);
      return whole.slice(Math.max(place(number(from, 'a value')), 1) - 1, place(number(to, 'a value')));
    },
    len: ([text = '']) => concatenated(text).length,
    lower: ([text = '']) => concatenated(text).toLowerCase(),
    upper: ([text = '']) => concatenated(text).toUpperCase(),
  }),
};
