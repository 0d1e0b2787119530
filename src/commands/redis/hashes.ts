/** Commands on hashes. */
import { bigInteger, integer, Options } from './arguments.ts';
import { type Call, type Command, command } from './command.ts';
import { refuse, syntax } from './errors.ts';
import { scanOptions } from './keys.ts';
import { addDecimals, fits, parseBig } from './numbers.ts';
import { matches } from './patterns.ts';
import { OK, type Reply } from './replies.ts';

function fieldsOf({ db }: Call, key: string): ReadonlyMap<string, string> {
  return db.get(key, 'hash')?.fields ?? new Map();
}

function hset(call: Call, args: readonly string[]): number {
  const [name, key] = args as readonly [string, string];
  if (args.length % 2 === 1) throw refuse(`ERR wrong number of arguments for '${name.toLowerCase()}' command`);
  const { fields } = call.db.make(key, 'hash');
  const before = fields.size;
  for (let i = 2; i < args.length; i += 2) fields.set(args[i] as string, args[i + 1] as string);
  call.changed(key, (args.length - 2) / 2);
  return fields.size - before;
}

function hdel(call: Call, args: readonly string[]): Reply {
  const key = args[1] as string;
  const fields = call.db.get(key, 'hash')?.fields;
  let count = 0;
  for (const field of args.slice(2)) if (fields?.delete(field)) count++;
  call.db.deleteIfEmpty(key);
  if (count > 0) call.changed(key, count);
  return count;
}

function hincrby(call: Call, [, key = '', field = '', by]: readonly string[]): Reply {
  const amount = bigInteger(by);
  const old = call.db.get(key, 'hash')?.fields.get(field);
  const value = old === undefined ? 0n : parseBig(old);
  if (value === null) throw refuse('ERR hash value is not an integer');
  if (!fits(value + amount)) throw refuse('ERR increment or decrement would overflow');
  call.db.make(key, 'hash').fields.set(field, String(value + amount));
  call.changed(key);
  return value + amount;
}

function hincrbyfloat(call: Call, [, key = '', field = '', by = '']: readonly string[]): Reply {
  if (addDecimals('0', by) === null) throw refuse('ERR value is not a valid float');
  const sum = addDecimals(call.db.get(key, 'hash')?.fields.get(field) ?? '0', by);
  if (sum === null) throw refuse('ERR hash value is not a float');
  call.db.make(key, 'hash').fields.set(field, sum);
  call.changed(key);
  call.rewrite(['HSET', key, field, sum]);
  return sum;
}

function hscan(call: Call, args: readonly string[]): Reply {
  const { pattern } = scanOptions(args, 2, false);
  const found = [...fieldsOf(call, args[1] as string)].filter(([field]) => pattern === null || matches(pattern, field));
  return ['0', found.flat()];
}

/** Deterministic: the fields that were set first. A negative count may take one several times. */
function hrandfield(call: Call, args: readonly string[]): Reply {
  const entries = [...fieldsOf(call, args[1] as string)];
  if (args.length === 2) return entries[0]?.[0] ?? null;
  const count = integer(args[2]);
  const options = new Options(args, 3);
  const option = options.next();
  if (option !== null && (option !== 'withvalues' || options.left > 0)) throw syntax();
  const taken = entries.slice(0, Math.abs(count));
  if (option === null) return taken.map(([field]) => field);
  return call.client.protocol === 3 ? taken : taken.flat();
}

export const hashes: readonly Command[] = [
  command('hset', -4, 'write denyoom fast', '1 1 1', hset),
  command('hmset', -4, 'write denyoom fast', '1 1 1', (call, args) => {
    hset(call, args);
    return OK;
  }),
  command('hsetnx', 4, 'write denyoom fast', '1 1 1', (call, args) => {
    if (fieldsOf(call, args[1] as string).has(args[2] as string)) return 0;
    return hset(call, args);
  }),
  command(
    'hget',
    3,
    'readonly fast',
    '1 1 1',
    (call, [, key = '', field = '']) => fieldsOf(call, key).get(field) ?? null,
  ),
  command('hmget', -3, 'readonly fast', '1 1 1', (call, args) => {
    const fields = fieldsOf(call, args[1] as string);
    return args.slice(2).map((field) => fields.get(field) ?? null);
  }),
  command('hdel', -3, 'write fast', '1 1 1', hdel),
  command('hexists', 3, 'readonly fast', '1 1 1', (call, [, key = '', field = '']) =>
    fieldsOf(call, key).has(field) ? 1 : 0,
  ),
  command('hlen', 2, 'readonly fast', '1 1 1', (call, args) => fieldsOf(call, args[1] as string).size),
  command(
    'hstrlen',
    3,
    'readonly fast',
    '1 1 1',
    (call, [, key = '', field = '']) => fieldsOf(call, key).get(field)?.length ?? 0,
  ),
  command('hkeys', 2, 'readonly', '1 1 1', (call, args) => [...fieldsOf(call, args[1] as string).keys()]),
  command('hvals', 2, 'readonly', '1 1 1', (call, args) => [...fieldsOf(call, args[1] as string).values()]),
  command('hgetall', 2, 'readonly', '1 1 1', (call, args) => ({ map: [...fieldsOf(call, args[1] as string)] })),
  command('hincrby', 4, 'write denyoom fast', '1 1 1', hincrby),
  command('hincrbyfloat', 4, 'write denyoom fast', '1 1 1', hincrbyfloat),
  command('hscan', -3, 'readonly', '1 1 1', hscan),
  command('hrandfield', -2, 'readonly', '1 1 1', hrandfield),
];
