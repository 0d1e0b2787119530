/** Commands on sorted sets that change them, or ask for one member. */
import { double, integer, keysAfterCount, Options, positive } from './arguments.ts';
import { type Call, type Command, command } from './command.ts';
import { refuse, syntax } from './errors.ts';
import { scanOptions } from './keys.ts';
import type { Side } from './lists.ts';
import { formatDouble, parseDouble } from './numbers.ts';
import { matches } from './patterns.ts';
import type { Protocol, Reply } from './replies.ts';
import { type Scored, SortedSet } from './sorted-set.ts';

/** Members with their scores: pairs in RESP3, a flat list in RESP2. */
export function pairsOf(scored: readonly Scored[], protocol: Protocol): readonly Reply[] {
  const pairs = scored.map(({ member, score }) => [member, { double: score }] as const);
  return protocol === 3 ? pairs : pairs.flat();
}

/** Takes the lowest (left) or the highest. */
export function popScored(call: Call, key: string, count: number, side: Side): readonly Scored[] {
  const set = call.db.get(key, 'zset');
  if (!set || count === 0) return [];
  const taken = side === 'left' ? set.slice(0, count) : set.slice(Math.max(set.size - count, 0), set.size).toReversed();
  for (const { member } of taken) set.delete(member);
  call.db.deleteIfEmpty(key);
  call.changed(key, taken.length);
  return taken;
}

const FLAGS = ['nx', 'xx', 'gt', 'lt', 'ch', 'incr'];

function zadd(call: Call, args: readonly string[]): Reply {
  const key = args[1] as string;
  const flags = new Set<string>();
  let at = 2;
  for (; FLAGS.includes((args[at] ?? '').toLowerCase()); at++) flags.add((args[at] as string).toLowerCase());
  const words = args.slice(at);
  if (words.length === 0 || words.length % 2 === 1) throw syntax();
  if (flags.has('nx') && flags.has('xx')) throw refuse('ERR XX and NX options at the same time are not compatible');
  if (
    (flags.has('gt') && flags.has('nx')) ||
    (flags.has('lt') && flags.has('nx')) ||
    (flags.has('gt') && flags.has('lt'))
  )
    throw refuse('ERR GT, LT, and/or NX options at the same time are not compatible');
  if (flags.has('incr') && words.length > 2) throw refuse('ERR INCR option supports a single increment-element pair');
  const pairs: Scored[] = [];
  for (let i = 0; i < words.length; i += 2) pairs.push({ score: double(words[i]), member: words[i + 1] as string });
  const found = call.db.get(key, 'zset');
  if (!found && flags.has('xx')) return flags.has('incr') ? null : 0;
  const set = found ?? call.db.make(key, 'zset');
  let added = 0;
  let updated = 0;
  let result: number | null = null;
  for (const { member, score } of pairs) {
    const old = set.score(member);
    const wanted = flags.has('incr') ? (old ?? 0) + score : score;
    if (Number.isNaN(wanted)) throw refuse('ERR resulting score is not a number (NaN)');
    if (old === undefined ? flags.has('xx') : flags.has('nx')) continue;
    if (old !== undefined && ((flags.has('gt') && wanted <= old) || (flags.has('lt') && wanted >= old))) continue;
    result = wanted;
    if (old === wanted) continue;
    set.set(member, wanted);
    if (old === undefined) added++;
    else updated++;
  }
  call.db.deleteIfEmpty(key);
  if (added > 0) call.broker.signal(call.db, key);
  if (added + updated > 0) call.changed(key, added + updated);
  if (flags.has('incr')) return result === null ? null : { double: result };
  return flags.has('ch') ? added + updated : added;
}

function zincrby(call: Call, [, key = '', by, member = '']: readonly string[]): Reply {
  return zadd(call, ['zadd', key, 'incr', by as string, member]);
}

function zrem(call: Call, args: readonly string[]): Reply {
  const key = args[1] as string;
  const set = call.db.get(key, 'zset');
  const count = args.slice(2).filter((member) => set?.delete(member)).length;
  call.db.deleteIfEmpty(key);
  if (count > 0) call.changed(key, count);
  return count;
}

function zpop(side: Side) {
  return (call: Call, args: readonly string[]): Reply => {
    if (args.length > 3) throw syntax();
    const count = args.length === 3 ? positive(args[2]) : null;
    const taken = popScored(call, args[1] as string, count ?? 1, side);
    return count === null ? pairsOf(taken, 2) : pairsOf(taken, call.client.protocol);
  };
}

function rank(reverse: boolean) {
  return ({ db }: Call, [, key = '', member = '']: readonly string[]): Reply => {
    const set = db.get(key, 'zset');
    const place = set?.rank(member);
    if (!set || place === undefined) return null;
    return reverse ? set.size - 1 - place : place;
  };
}

type Aggregate = (a: number, b: number) => number;
const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  // inf and -inf are 0, as in Redis.
  sum: (a, b) => (Number.isNaN(a + b) ? 0 : a + b),
  min: (a, b) => Math.min(a, b),
  max: (a, b) => Math.max(a, b),
};

function scoresOf({ db }: Call, key: string): readonly Scored[] {
  const value = db.find(key);
  if (value?.kind === 'set') return [...value.members].map((member) => ({ member, score: 1 }));
  const set = db.get(key, 'zset');
  return set?.slice(0, set.size) ?? [];
}

/** ZUNION, ZINTER, ZDIFF and their STOREs: `at` is where the number of keys is. */
function combine(how: 'union' | 'inter' | 'diff', at: 1 | 2) {
  return (call: Call, args: readonly string[]): Reply => {
    const name = (args[0] as string).toLowerCase();
    const keys = keysAfterCount(args, at, `ERR at least 1 input key is needed for '${name}' command`);
    // Kinds are looked at before options are.
    const all = keys.map((key) => scoresOf(call, key));
    const options = new Options(args, at + 1 + keys.length);
    let weights = keys.map(() => 1);
    let aggregate = AGGREGATES.sum as Aggregate;
    let withScores = false;
    for (let option = options.next(); option !== null; option = options.next()) {
      if (option === 'withscores' && at === 1) withScores = true;
      else if (option === 'weights' && how !== 'diff' && options.left >= keys.length) {
        weights = keys.map(() => parseDouble(options.value()) ?? fail('ERR weight value is not a float'));
      } else if (option === 'aggregate' && how !== 'diff' && options.left > 0) {
        const name = options.value().toLowerCase();
        if (!Object.hasOwn(AGGREGATES, name)) throw syntax();
        aggregate = AGGREGATES[name] as Aggregate;
      } else throw syntax();
    }
    const sums = new Map<string, { score: number; count: number }>();
    all.forEach((scored, i) => {
      for (const { member, score } of scored) {
        const weighted = Number.isNaN(score * (weights[i] as number)) ? 0 : score * (weights[i] as number);
        const sum = sums.get(member);
        if (!sum) {
          if (i === 0 || how === 'union') sums.set(member, { score: weighted, count: 1 });
          continue;
        }
        if (how !== 'diff') sum.score = aggregate(sum.score, weighted);
        sum.count++;
      }
    });
    const wanted = { union: () => true, inter: (n: number) => n === keys.length, diff: (n: number) => n === 1 }[how];
    const result = new SortedSet();
    for (const [member, { score, count }] of sums) if (wanted(count)) result.set(member, score);
    if (at === 1) {
      const scored = result.slice(0, result.size);
      return withScores ? pairsOf(scored, call.client.protocol) : scored.map(({ member }) => member);
    }
    return storeSorted(call, args[1] as string, result);
  };
}

function fail(text: string): never {
  throw refuse(text);
}

/** Puts it where a STORE wants it. */
export function storeSorted(call: Call, key: string, set: SortedSet): Reply {
  const there = call.db.delete(key);
  for (const member of set.members()) call.broker.grew(member.length + 64);
  if (set.size > 0) call.db.put(key, set);
  if (there || set.size > 0) call.changed(key);
  return set.size;
}

/** Deterministic: the lowest ones. */
function zrandmember(call: Call, args: readonly string[]): Reply {
  const scored = scoresOf(call, args[1] as string);
  if (args.length === 2) return scored[0]?.member ?? null;
  const taken = scored.slice(0, Math.abs(integer(args[2])));
  const options = new Options(args, 3);
  const option = options.next();
  if (option !== null && (option !== 'withscores' || options.left > 0)) throw syntax();
  return option === null ? taken.map(({ member }) => member) : pairsOf(taken, call.client.protocol);
}

function zscan(call: Call, args: readonly string[]): Reply {
  const { pattern } = scanOptions(args, 2, false);
  const found = scoresOf(call, args[1] as string).filter(({ member }) => pattern === null || matches(pattern, member));
  return ['0', found.flatMap(({ member, score }) => [member, formatDouble(score)])];
}

export const sortedSets: readonly Command[] = [
  command('zadd', -4, 'write denyoom fast', '1 1 1', zadd),
  command('zincrby', 4, 'write denyoom fast', '1 1 1', zincrby),
  command('zrem', -3, 'write fast', '1 1 1', zrem),
  command('zcard', 2, 'readonly fast', '1 1 1', ({ db }, args) => db.get(args[1] as string, 'zset')?.size ?? 0),
  command('zscore', 3, 'readonly fast', '1 1 1', ({ db }, [, key = '', member = '']) => {
    const score = db.get(key, 'zset')?.score(member);
    return score === undefined ? null : { double: score };
  }),
  command('zmscore', -3, 'readonly fast', '1 1 1', ({ db }, args) => {
    const set = db.get(args[1] as string, 'zset');
    return args.slice(2).map((member) => {
      const score = set?.score(member);
      return score === undefined ? null : { double: score };
    });
  }),
  command('zrank', 3, 'readonly fast', '1 1 1', rank(false)),
  command('zrevrank', 3, 'readonly fast', '1 1 1', rank(true)),
  command('zpopmin', -2, 'write fast', '1 1 1', zpop('left')),
  command('zpopmax', -2, 'write fast', '1 1 1', zpop('right')),
  command('zunion', -3, 'readonly movablekeys', '', combine('union', 1)),
  command('zinter', -3, 'readonly movablekeys', '', combine('inter', 1)),
  command('zdiff', -3, 'readonly movablekeys', '', combine('diff', 1)),
  command('zunionstore', -4, 'write denyoom movablekeys', '1 1 1', combine('union', 2)),
  command('zinterstore', -4, 'write denyoom movablekeys', '1 1 1', combine('inter', 2)),
  command('zdiffstore', -4, 'write denyoom movablekeys', '1 1 1', combine('diff', 2)),
  command('zrandmember', -2, 'readonly', '1 1 1', zrandmember),
  command('zscan', -3, 'readonly', '1 1 1', zscan),
];
