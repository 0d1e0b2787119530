/** Commands on strings: GET, SET, counters. */
import { bigInteger, integer, Options } from './arguments.ts';
import { type Call, type Command, command } from './command.ts';
import type { Lifetime } from './database.ts';
import { notFloat, refuse, syntax } from './errors.ts';
import { expiryTime } from './expiry.ts';
import { addDecimals, fits } from './numbers.ts';
import { OK, type Reply } from './replies.ts';

/** As Redis' proto-max-bulk-len: a longer string is refused. Half of what all data may have. */
const LONGEST = 32 * 1024 * 1024;

export function getString({ db }: Call, key: string): string | null {
  return db.get(key, 'string')?.text ?? null;
}

export function setString(call: Call, key: string, text: string, expires: Lifetime = null): void {
  call.db.put(key, { kind: 'string', text }, expires);
  call.changed(key);
}

const TIMES = ['ex', 'px', 'exat', 'pxat'];

function set(call: Call, args: readonly string[]): Reply {
  const [, key, value] = args as readonly [string, string, string];
  const options = new Options(args, 3);
  const given = new Set<string>();
  let expires: Lifetime = null;
  let condition: string | null = null;
  for (let option = options.next(); option !== null; option = options.next()) {
    if ((option === 'nx' || option === 'xx') && (condition ?? option) === option) condition = option;
    else if (option === 'get') given.add(option);
    else if (option === 'keepttl' && expires === null) expires = 'same';
    else if (TIMES.includes(option) && expires === null && options.left > 0) {
      expires = expiryTime(options.value(), option, call.now, 'set');
    } else throw syntax();
  }
  const old = given.has('get') ? getString(call, key) : null;
  const there = call.db.find(key) !== undefined;
  if ((condition === 'nx' && there) || (condition === 'xx' && !there)) return given.has('get') ? old : null;
  if (typeof expires === 'number' && expires <= call.now && !call.broker.loading) {
    if (there) call.db.delete(key);
    call.changed(key);
    call.rewrite(['DEL', key]);
  } else {
    setString(call, key, value, expires);
    call.rewrite([
      'SET',
      key,
      value,
      ...(typeof expires === 'number' ? ['PXAT', String(expires)] : expires === 'same' ? ['KEEPTTL'] : []),
    ]);
  }
  return given.has('get') ? old : OK;
}

function setWithTime(unit: 'ex' | 'px') {
  return (call: Call, args: readonly string[]): Reply => {
    const [name, key, time, value] = args as readonly [string, string, string, string];
    const expires = expiryTime(time, unit, call.now, name.toLowerCase());
    setString(call, key, value, expires);
    call.rewrite(['SET', key, value, 'PXAT', String(expires)]);
    return OK;
  };
}

function setnx(call: Call, [, key = '', value = '']: readonly string[]): Reply {
  if (call.db.find(key)) return 0;
  setString(call, key, value);
  return 1;
}

function getex(call: Call, args: readonly string[]): Reply {
  const key = args[1] as string;
  const options = new Options(args, 2);
  let expires: number | null | undefined;
  for (let option = options.next(); option !== null; option = options.next()) {
    if (expires !== undefined) throw syntax();
    if (option === 'persist') expires = null;
    else if (TIMES.includes(option) && options.left > 0)
      expires = expiryTime(options.value(), option, call.now, 'getex');
    else throw syntax();
  }
  const text = getString(call, key);
  if (text === null || expires === undefined) return text;
  if (typeof expires === 'number' && expires <= call.now) {
    call.db.delete(key);
    call.changed(key);
    call.rewrite(['DEL', key]);
  } else if (expires !== null || call.db.expiry(key) !== null) {
    call.db.expire(key, expires);
    call.changed(key);
    call.rewrite(expires === null ? ['PERSIST', key] : ['PEXPIREAT', key, String(expires)]);
  }
  return text;
}

function getdel(call: Call, [, key = '']: readonly string[]): Reply {
  const text = getString(call, key);
  if (text === null) return null;
  call.db.delete(key);
  call.changed(key);
  call.rewrite(['DEL', key]);
  return text;
}

function getset(call: Call, [, key = '', value = '']: readonly string[]): Reply {
  const old = getString(call, key);
  setString(call, key, value);
  call.rewrite(['SET', key, value]);
  return old;
}

function mset(call: Call, args: readonly string[]): void {
  for (let i = 1; i < args.length; i += 2) setString(call, args[i] as string, args[i + 1] as string);
}

function pairs(args: readonly string[], name: string): void {
  if (args.length % 2 === 0) throw refuse(`ERR wrong number of arguments for '${name}' command`);
}

function increase(call: Call, key: string, by: bigint): Reply {
  const text = getString(call, key);
  const sum = bigInteger(text ?? '0') + by;
  if (!fits(sum)) throw refuse('ERR increment or decrement would overflow');
  setString(call, key, String(sum), 'same');
  return sum;
}

function decrby(call: Call, [, key = '', by]: readonly string[]): Reply {
  const amount = bigInteger(by);
  if (amount === -(2n ** 63n)) throw refuse('ERR decrement would overflow');
  return increase(call, key, -amount);
}

function incrbyfloat(call: Call, [, key = '', by = '']: readonly string[]): Reply {
  const text = getString(call, key) ?? '0';
  if (addDecimals(text, '0') === null) throw notFloat();
  if (/^[+-]?inf/i.test(by)) throw refuse('ERR increment would produce NaN or Infinity');
  const sum = addDecimals(text, by);
  if (sum === null) throw notFloat();
  setString(call, key, sum, 'same');
  call.rewrite(['SET', key, sum, 'KEEPTTL']);
  return sum;
}

function checkLength(size: number): void {
  if (size > LONGEST) throw refuse('ERR string exceeds maximum allowed size (proto-max-bulk-len)');
}

function append(call: Call, [, key = '', more = '']: readonly string[]): Reply {
  const text = (getString(call, key) ?? '') + more;
  checkLength(text.length);
  setString(call, key, text, 'same');
  return text.length;
}

function getrange(call: Call, [, key = '', start, end]: readonly string[]): Reply {
  const [first, last] = [integer(start), integer(end)];
  const text = getString(call, key) ?? '';
  if (first < 0 && last < 0 && first > last) return '';
  const from = Math.max(first < 0 ? text.length + first : first, 0);
  const to = Math.min(Math.max(last < 0 ? text.length + last : last, 0), text.length - 1);
  return text.slice(from, to + 1);
}

function setrange(call: Call, [, key = '', offset, piece = '']: readonly string[]): Reply {
  const at = integer(offset);
  if (at < 0) throw refuse('ERR offset is out of range');
  const old = getString(call, key);
  if (piece === '') return old?.length ?? 0;
  checkLength(at + piece.length);
  const text = (old ?? '').padEnd(at, '\0');
  const made = text.slice(0, at) + piece + text.slice(at + piece.length);
  call.broker.grew(made.length);
  setString(call, key, made, 'same');
  return made.length;
}

export const strings: readonly Command[] = [
  command('get', 2, 'readonly fast', '1 1 1', (call, args) => getString(call, args[1] as string)),
  command('set', -3, 'write denyoom', '1 1 1', set),
  command('setnx', 3, 'write denyoom fast', '1 1 1', setnx),
  command('setex', 4, 'write denyoom', '1 1 1', setWithTime('ex')),
  command('psetex', 4, 'write denyoom', '1 1 1', setWithTime('px')),
  command('getex', -2, 'write fast', '1 1 1', getex),
  command('getdel', 2, 'write fast', '1 1 1', getdel),
  command('getset', 3, 'write denyoom fast', '1 1 1', getset),
  command('mget', -2, 'readonly fast', '1 -1 1', ({ db }, args) =>
    args.slice(1).map((key) => {
      const value = db.find(key);
      return value?.kind === 'string' ? value.text : null;
    }),
  ),
  command('mset', -3, 'write denyoom', '1 -1 2', (call, args) => {
    pairs(args, 'mset');
    mset(call, args);
    return OK;
  }),
  command('msetnx', -3, 'write denyoom', '1 -1 2', (call, args) => {
    pairs(args, 'msetnx');
    for (let i = 1; i < args.length; i += 2) if (call.db.find(args[i] as string)) return 0;
    mset(call, args);
    return 1;
  }),
  command('incr', 2, 'write denyoom fast', '1 1 1', (call, args) => increase(call, args[1] as string, 1n)),
  command('decr', 2, 'write denyoom fast', '1 1 1', (call, args) => increase(call, args[1] as string, -1n)),
  command('incrby', 3, 'write denyoom fast', '1 1 1', (call, args) =>
    increase(call, args[1] as string, bigInteger(args[2])),
  ),
  command('decrby', 3, 'write denyoom fast', '1 1 1', decrby),
  command('incrbyfloat', 3, 'write denyoom fast', '1 1 1', incrbyfloat),
  command('append', 3, 'write denyoom fast', '1 1 1', append),
  command('strlen', 2, 'readonly fast', '1 1 1', (call, args) => getString(call, args[1] as string)?.length ?? 0),
  command('getrange', 4, 'readonly', '1 1 1', getrange),
  command('substr', 4, 'readonly', '1 1 1', getrange),
  command('setrange', 4, 'write denyoom', '1 1 1', setrange),
];
