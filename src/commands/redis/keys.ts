/** Commands on keys whatever they hold, and on whole databases. */
import { integer, Options } from './arguments.ts';
import { type Call, type Command, command, container } from './command.ts';
import type { Database } from './database.ts';
import { noSuchKey, refuse, syntax } from './errors.ts';
import { parseBig } from './numbers.ts';
import { matches } from './patterns.ts';
import { OK, type Reply } from './replies.ts';
import { copyOf, sizeOf, type Value } from './values.ts';

function del(call: Call, args: readonly string[]): Reply {
  let count = 0;
  for (const key of args.slice(1)) {
    if (!call.db.find(key)) continue;
    call.db.delete(key);
    call.changed(key);
    count++;
  }
  return count;
}

function rename(call: Call, [, from = '', to = '']: readonly string[], onlyNew: boolean): boolean {
  const value = call.db.find(from);
  if (!value) throw noSuchKey();
  if (onlyNew ? call.db.find(to) : false) return false;
  if (from === to) return !onlyNew;
  const expires = call.db.expiry(from);
  call.db.delete(from);
  call.changed(from);
  call.db.delete(to);
  call.db.put(to, value, expires);
  call.changed(to, 0);
  return true;
}

function copy(call: Call, args: readonly string[]): Reply {
  const [, from, to] = args as readonly [string, string, string];
  const options = new Options(args, 3);
  let target = call.db;
  let replace = false;
  for (let option = options.next(); option !== null; option = options.next()) {
    if (option === 'replace') replace = true;
    else if (option === 'db' && options.left > 0)
      target = database(call, options.value(), 'ERR DB index is out of range');
    else throw syntax();
  }
  if (target === call.db && from === to) throw refuse('ERR source and destination objects are the same');
  const value = call.db.find(from);
  if (!value || (target.find(to) && !replace)) return 0;
  target.delete(to);
  call.broker.grew(sizeOf(value));
  target.put(to, copyOf(value), call.db.expiry(from));
  call.changed(to, 1, target);
  return 1;
}

function database({ broker }: Call, text: string, error: string): Database {
  const index = parseBig(text);
  if (index === null) throw refuse('ERR value is not an integer or out of range');
  const db = broker.databases[Number(index)];
  if (!db) throw refuse(error);
  return db;
}

/** Deterministic: whoever wants a random one gets the one that was made first. */
function randomkey({ db }: Call): Reply {
  db.dropExpired();
  for (const key of db.keys()) return key;
  return null;
}

function keys({ db }: Call, [, pattern = '']: readonly string[]): Reply {
  db.dropExpired();
  return [...db.keys()].filter((key) => pattern === '*' || matches(pattern, key));
}

export interface Scan {
  readonly cursor: number;
  readonly pattern: string | null;
  readonly count: number;
  readonly type: string | null;
}

/** The options of SCAN and its like; `at`: where the cursor is. */
export function scanOptions(args: readonly string[], at: number, withType: boolean): Scan {
  const text = args[at] as string;
  if (!/^\d{1,20}$/.test(text)) throw refuse('ERR invalid cursor');
  const options = new Options(args, at + 1);
  let pattern: string | null = null;
  let count = 10;
  let type: string | null = null;
  for (let option = options.next(); option !== null; option = options.next()) {
    if (options.left === 0) throw syntax();
    if (option === 'count') {
      count = integer(options.value());
      if (count < 1) throw syntax();
    } else if (option === 'match') pattern = options.value();
    else if (option === 'type' && withType) type = options.value().toLowerCase();
    else throw syntax();
  }
  return { cursor: Number(text), pattern, count, type };
}

function scan({ db }: Call, args: readonly string[]): Reply {
  const { cursor, pattern, count, type } = scanOptions(args, 1, true);
  db.dropExpired();
  const found: string[] = [];
  let seen = 0;
  for (const [key, { born, value }] of db.all()) {
    if (born < cursor) continue;
    if (seen++ === count) return [String(born), found];
    if ((pattern === null || matches(pattern, key)) && (type === null || type === value.kind)) found.push(key);
  }
  return ['0', found];
}

function flush(call: Call, args: readonly string[], databases: readonly Database[]): Reply {
  const mode = args[1]?.toLowerCase();
  if (args.length > 2 || (mode !== undefined && mode !== 'async' && mode !== 'sync')) throw syntax();
  for (const db of databases) {
    call.broker.touchedAll(db);
    const gone = [...db.keys()];
    db.clear();
    for (const key of gone) call.broker.gone(db, key);
  }
  call.changes++;
  return OK;
}

function swapdb(call: Call, [, a = '', b = '']: readonly string[]): Reply {
  const invalid = (which: string) => `ERR invalid ${which} DB index`;
  if (parseBig(a) === null) throw refuse(invalid('first'));
  if (parseBig(b) === null) throw refuse(invalid('second'));
  const one = database(call, a, 'ERR DB index is out of range');
  const other = database(call, b, 'ERR DB index is out of range');
  call.broker.touchedAll(one);
  call.broker.touchedAll(other);
  if (one !== other) one.swap(other);
  for (const db of [one, other]) for (const key of db.keys()) call.broker.signal(db, key);
  call.changes++;
  return OK;
}

function encoding(value: Value): string {
  if (value.kind === 'string') {
    if (value.text.length <= 20 && parseBig(value.text) !== null) return 'int';
    return value.text.length <= 44 ? 'embstr' : 'raw';
  }
  if (value.kind === 'list') return 'quicklist';
  if (value.kind === 'stream') return 'stream';
  const short = (texts: Iterable<string>) => [...texts].every((text) => text.length <= 64);
  if (value.kind === 'hash') {
    const { fields } = value;
    return fields.size <= 128 && short(fields.keys()) && short(fields.values()) ? 'listpack' : 'hashtable';
  }
  if (value.kind === 'zset') return value.size <= 128 && short(value.members()) ? 'listpack' : 'skiplist';
  const numbers = value.members.size <= 512 && [...value.members].every((text) => parseBig(text) !== null);
  return numbers ? 'intset' : 'hashtable';
}

function object(what: (value: Value) => Reply) {
  return ({ db }: Call, args: readonly string[]): Reply => {
    const value = db.find(args[2] as string);
    return value ? what(value) : null;
  };
}

export const keyCommands: readonly Command[] = [
  command('del', -2, 'write', '1 -1 1', del),
  command('unlink', -2, 'write fast', '1 -1 1', del),
  command(
    'exists',
    -2,
    'readonly fast',
    '1 -1 1',
    ({ db }, args) => args.slice(1).filter((key) => db.find(key)).length,
  ),
  command('touch', -2, 'readonly fast', '1 -1 1', ({ db }, args) => args.slice(1).filter((key) => db.find(key)).length),
  command('type', 2, 'readonly fast', '1 1 1', ({ db }, args) => ({
    status: db.find(args[1] as string)?.kind ?? 'none',
  })),
  command('keys', 2, 'readonly', '', keys),
  command('scan', -2, 'readonly', '', scan),
  command('randomkey', 1, 'readonly', '', randomkey),
  command('rename', 3, 'write', '1 2 1', (call, args) => {
    rename(call, args, false);
    return OK;
  }),
  command('renamenx', 3, 'write fast', '1 2 1', (call, args) => (rename(call, args, true) ? 1 : 0)),
  command('copy', -3, 'write denyoom', '1 2 1', copy),
  command('dbsize', 1, 'readonly fast', '', ({ db }) => {
    db.dropExpired();
    return db.size;
  }),
  command('flushdb', -1, 'write', '', (call, args) => flush(call, args, [call.db])),
  command('flushall', -1, 'write', '', (call, args) => flush(call, args, call.broker.databases)),
  command('swapdb', 3, 'write fast', '', swapdb),
  command('move', 3, 'write fast', '1 1 1', (call, [, key = '', to = '']) => {
    const target = database(call, to, 'ERR DB index is out of range');
    if (target === call.db) throw refuse('ERR source and destination objects are the same');
    const value = call.db.find(key);
    if (!value || target.find(key)) return 0;
    target.put(key, value, call.db.expiry(key));
    call.db.delete(key);
    call.changed(key);
    call.changed(key, 0, target);
    return 1;
  }),
  command('select', 2, 'loading stale fast', '', (call, [, index = '']) => {
    call.client.db = database(call, index, 'ERR DB index is out of range');
    return OK;
  }),
  container('object', [
    command('encoding', 3, 'readonly', '2 2 1', object(encoding)),
    command(
      'refcount',
      3,
      'readonly',
      '2 2 1',
      object(() => 1),
    ),
    command(
      'idletime',
      3,
      'readonly',
      '2 2 1',
      object(() => 0),
    ),
  ]),
];
