/** Commands that take from the first of several lists or sorted sets that has something, and may wait for one. */
import { atLeast, keysAfterCount, Options, waitUntil } from './arguments.ts';
import type { Waiting } from './client.ts';
import { Call, type Command, command } from './command.ts';
import { syntax } from './errors.ts';
import { move, popItems, type Side, sideOf } from './lists.ts';
import { NOTHING, type Reply } from './replies.ts';
import { pairsOf, popScored } from './sorted-sets.ts';

/** Takes from one key: the reply, or null: it has nothing. Throws if it holds something else. */
type Take = (call: Call, key: string) => Reply | null;

/** From the first key that has something; or waits. */
function takeOrWait(
  call: Call,
  keys: readonly string[],
  until: number | null | undefined,
  kind: 'list' | 'zset',
  take: Take,
): Reply | Waiting {
  for (const key of keys) {
    const reply = take(call, key);
    if (reply !== null) return reply;
  }
  return until === undefined || call.hurried ? NOTHING : waiting(call, keys, until, kind, take);
}

function waiting(
  call: Call,
  keys: readonly string[],
  until: number | null,
  kind: 'list' | 'zset',
  take: Take,
): Waiting {
  const serve = (key: string): Reply | null => {
    const later = new Call(call.broker, call.client);
    // It may hold something else now: then the client waits on.
    if (call.db.find(key)?.kind !== kind) return null;
    const reply = take(later, key);
    for (const words of later.instead ?? []) call.broker.propagate(call.db, words);
    return reply;
  };
  return { wait: { keys: [...new Set(keys)], until, serve, over: NOTHING } };
}

function ofKind(call: Call, key: string, kind: 'list' | 'zset'): boolean {
  return call.db.get(key, kind) !== undefined;
}

function bpop(side: Side) {
  return (call: Call, args: readonly string[]): Reply | Waiting => {
    const until = waitUntil(args.at(-1), call.now, 'seconds');
    return takeOrWait(call, args.slice(1, -1), until, 'list', (now, key) => {
      if (!ofKind(now, key, 'list')) return null;
      const [item] = popItems(now, key, 1, side);
      now.rewrite([side === 'left' ? 'LPOP' : 'RPOP', key]);
      return [key, item as string];
    });
  };
}

function bzpop(side: Side) {
  return (call: Call, args: readonly string[]): Reply | Waiting => {
    const until = waitUntil(args.at(-1), call.now, 'seconds');
    return takeOrWait(call, args.slice(1, -1), until, 'zset', (now, key) => {
      const [first] = popScored(now, key, 1, side);
      if (!first) return null;
      now.rewrite([side === 'left' ? 'ZPOPMIN' : 'ZPOPMAX', key]);
      return [key, first.member, { double: first.score }];
    });
  };
}

const COUNT = 'ERR count should be greater than 0';

/** LMPOP, BLMPOP, ZMPOP, BZMPOP: `at` is where the number of keys is. */
function mpop(at: 1 | 2, kind: 'list' | 'zset') {
  return (call: Call, args: readonly string[]): Reply | Waiting => {
    const until = at === 2 ? waitUntil(args[1], call.now, 'seconds') : undefined;
    const keys = keysAfterCount(args, at);
    const options = new Options(args, at + 1 + keys.length);
    const where = options.value();
    const side = kind === 'list' ? sideOf(where) : extreme(where);
    let count: number | null = null;
    for (let option = options.next(); option !== null; option = options.next()) {
      if (option !== 'count' || count !== null || options.left === 0) throw syntax();
      count = atLeast(1, options.value(), COUNT);
    }
    return takeOrWait(call, keys, until, kind, (now, key) => {
      if (!ofKind(now, key, kind)) return null;
      if (kind === 'list') {
        const items = popItems(now, key, count ?? 1, side);
        now.rewrite([side === 'left' ? 'LPOP' : 'RPOP', key, String(items.length)]);
        return [key, items];
      }
      const scored = popScored(now, key, count ?? 1, side);
      now.rewrite([side === 'left' ? 'ZPOPMIN' : 'ZPOPMAX', key, String(scored.length)]);
      return [key, pairsOf(scored, 3)];
    });
  };
}

function extreme(text: string): Side {
  const which = text.toLowerCase();
  if (which !== 'min' && which !== 'max') throw syntax();
  return which === 'min' ? 'left' : 'right';
}

function bmove(call: Call, [from, to, take, put, timeout]: readonly [string, string, Side, Side, string | undefined]) {
  const until = waitUntil(timeout, call.now, 'seconds');
  const moved: Take = (now, key) => {
    now.rewrite(['LMOVE', key, to, take, put]);
    return move(now, key, to, take, put);
  };
  const item = moved(call, from);
  if (item !== null || call.hurried) return item;
  return waiting(call, [from], until, 'list', moved);
}

export const blockingPops: readonly Command[] = [
  command('blpop', -3, 'write noscript blocking', '1 -2 1', bpop('left')),
  command('brpop', -3, 'write noscript blocking', '1 -2 1', bpop('right')),
  command('bzpopmin', -3, 'write noscript blocking fast', '1 -2 1', bzpop('left')),
  command('bzpopmax', -3, 'write noscript blocking fast', '1 -2 1', bzpop('right')),
  command('lmpop', -4, 'write movablekeys', '', mpop(1, 'list')),
  command('blmpop', -5, 'write blocking movablekeys', '', mpop(2, 'list')),
  command('zmpop', -4, 'write movablekeys', '', mpop(1, 'zset')),
  command('bzmpop', -5, 'write blocking movablekeys', '', mpop(2, 'zset')),
  command('brpoplpush', 4, 'write denyoom noscript blocking', '1 2 1', (call, [, from = '', to = '', timeout]) =>
    bmove(call, [from, to, 'right', 'left', timeout]),
  ),
  command('blmove', 6, 'write denyoom noscript blocking', '1 2 1', (call, [, from = '', to = '', take, put, timeout]) =>
    bmove(call, [from, to, sideOf(take), sideOf(put), timeout]),
  ),
];
