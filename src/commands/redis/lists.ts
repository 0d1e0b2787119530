/** Commands on lists, those that wait are in blocking-lists.ts. */
import { integer, Options, positive, range } from './arguments.ts';
import { type Call, type Command, command } from './command.ts';
import { noSuchKey, refuse, syntax } from './errors.ts';
import { NOTHING, OK, type Reply } from './replies.ts';

export type Side = 'left' | 'right';

export function sideOf(text: string | undefined): Side {
  const side = text?.toLowerCase();
  if (side !== 'left' && side !== 'right') throw syntax();
  return side;
}

/** Adds to one end, first come first in. */
export function pushItems(call: Call, key: string, items: readonly string[], side: Side): number {
  const list = call.db.make(key, 'list').items;
  if (side === 'right') for (const item of items) list.push(item);
  else list.unshift(...items.toReversed());
  call.broker.signal(call.db, key);
  call.changed(key, items.length);
  return list.length;
}

/** Takes from one end, the end's first. */
export function popItems(call: Call, key: string, count: number, side: Side): string[] {
  const list = call.db.get(key, 'list')?.items;
  if (!list) return [];
  const taken = side === 'left' ? list.splice(0, count) : list.splice(Math.max(list.length - count, 0)).reverse();
  call.db.deleteIfEmpty(key);
  if (taken.length > 0) call.changed(key, taken.length);
  return taken;
}

function push(side: Side, onlyOld: boolean) {
  return (call: Call, args: readonly string[]): Reply => {
    const key = args[1] as string;
    if (onlyOld && !call.db.get(key, 'list')) return 0;
    return pushItems(call, key, args.slice(2), side);
  };
}

function pop(side: Side) {
  return (call: Call, args: readonly string[]): Reply => {
    const [name, key = '', count] = args;
    if (args.length > 3) throw refuse(`ERR wrong number of arguments for '${name?.toLowerCase()}' command`);
    const most = count === undefined ? 1 : positive(count);
    if (!call.db.get(key, 'list')) return count === undefined ? null : NOTHING;
    const items = popItems(call, key, most, side);
    return count === undefined ? (items[0] as string) : items;
  };
}

export function move(call: Call, from: string, to: string, take: Side, put: Side): string | null {
  if (!call.db.get(from, 'list')) return null;
  call.db.get(to, 'list');
  const [item] = popItems(call, from, 1, take);
  pushItems(call, to, [item as string], put);
  return item as string;
}

function linsert(call: Call, [, key = '', where = '', pivot = '', item = '']: readonly string[]): Reply {
  const side = where.toLowerCase();
  if (side !== 'before' && side !== 'after') throw syntax();
  const list = call.db.get(key, 'list')?.items;
  if (!list) return 0;
  const at = list.indexOf(pivot);
  if (at < 0) return -1;
  list.splice(side === 'before' ? at : at + 1, 0, item);
  call.changed(key);
  return list.length;
}

function lrem(call: Call, [, key = '', count, item = '']: readonly string[]): Reply {
  const most = integer(count);
  const list = call.db.get(key, 'list')?.items;
  if (!list) return 0;
  const wanted = most === 0 ? Infinity : Math.abs(most);
  const places: number[] = [];
  for (let i = 0; i < list.length && places.length < wanted; i++) {
    const at = most < 0 ? list.length - 1 - i : i;
    if (list[at] === item) places.push(at);
  }
  if (places.length === 0) return 0;
  const gone = new Set(places);
  const kept = list.filter((_, at) => !gone.has(at));
  list.splice(0);
  for (const one of kept) list.push(one);
  call.db.deleteIfEmpty(key);
  call.changed(key, places.length);
  return places.length;
}

function lset(call: Call, [, key = '', index, item = '']: readonly string[]): Reply {
  const list = call.db.get(key, 'list')?.items;
  if (!list) throw noSuchKey();
  const given = integer(index);
  const at = given < 0 ? list.length + given : given;
  if (at < 0 || at >= list.length) throw refuse('ERR index out of range');
  list[at] = item;
  call.changed(key);
  return OK;
}

function ltrim(call: Call, [, key = '', start, stop]: readonly string[]): Reply {
  const [first, last] = [integer(start), integer(stop)];
  const list = call.db.get(key, 'list')?.items;
  if (!list) return OK;
  const [from, to] = range(first, last, list.length);
  list.splice(to);
  list.splice(0, from);
  call.db.deleteIfEmpty(key);
  call.changed(key);
  return OK;
}

function lpos(call: Call, args: readonly string[]): Reply {
  const [, key, item] = args as readonly [string, string, string];
  const options = new Options(args, 3);
  let rank = 1;
  let count: number | null = null;
  let most = Infinity;
  for (let option = options.next(); option !== null; option = options.next()) {
    if (options.left === 0) throw syntax();
    if (option === 'rank') {
      rank = integer(options.value());
      if (rank === 0) {
        throw refuse(
          "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list",
        );
      }
    } else if (option === 'count') count = negativeRefused(options.value(), 'COUNT');
    else if (option === 'maxlen') most = negativeRefused(options.value(), 'MAXLEN') || Infinity;
    else throw syntax();
  }
  const list = call.db.get(key, 'list')?.items ?? [];
  const found: number[] = [];
  let passed = 0;
  for (let i = 0; i < list.length && i < most && found.length < (count === null ? 1 : count || Infinity); i++) {
    const at = rank < 0 ? list.length - 1 - i : i;
    if (list[at] === item && ++passed >= Math.abs(rank)) found.push(at);
  }
  return count === null ? (found[0] ?? null) : found;
}

function negativeRefused(text: string, what: string): number {
  const value = integer(text);
  if (value < 0) throw refuse(`ERR ${what} can't be negative`);
  return value;
}

export const lists: readonly Command[] = [
  command('lpush', -3, 'write denyoom fast', '1 1 1', push('left', false)),
  command('rpush', -3, 'write denyoom fast', '1 1 1', push('right', false)),
  command('lpushx', -3, 'write denyoom fast', '1 1 1', push('left', true)),
  command('rpushx', -3, 'write denyoom fast', '1 1 1', push('right', true)),
  command('lpop', -2, 'write fast', '1 1 1', pop('left')),
  command('rpop', -2, 'write fast', '1 1 1', pop('right')),
  command('llen', 2, 'readonly fast', '1 1 1', ({ db }, args) => db.get(args[1] as string, 'list')?.items.length ?? 0),
  command('lrange', 4, 'readonly', '1 1 1', ({ db }, [, key = '', start, stop]) => {
    const [first, last] = [integer(start), integer(stop)];
    const list = db.get(key, 'list')?.items ?? [];
    return list.slice(...range(first, last, list.length));
  }),
  command('lindex', 3, 'readonly', '1 1 1', ({ db }, [, key = '', index]) => {
    const list = db.get(key, 'list')?.items;
    return list ? (list.at(integer(index)) ?? null) : null;
  }),
  command('linsert', 5, 'write denyoom', '1 1 1', linsert),
  command('lrem', 4, 'write', '1 1 1', lrem),
  command('lset', 4, 'write denyoom', '1 1 1', lset),
  command('ltrim', 4, 'write', '1 1 1', ltrim),
  command('lpos', -3, 'readonly', '1 1 1', lpos),
  command('rpoplpush', 3, 'write denyoom', '1 2 1', (call, [, from = '', to = '']) =>
    move(call, from, to, 'right', 'left'),
  ),
  command('lmove', 5, 'write denyoom', '1 2 1', (call, [, from = '', to = '', take, put]) =>
    move(call, from, to, sideOf(take), sideOf(put)),
  ),
];
