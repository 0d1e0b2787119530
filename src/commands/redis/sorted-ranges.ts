/** Commands that ask for a part of a sorted set: by rank, by score, by member. */
import { integer, Options, range } from './arguments.ts';
import { type Call, type Command, command } from './command.ts';
import { refuse, syntax } from './errors.ts';
import { parseDouble } from './numbers.ts';
import type { Reply } from './replies.ts';
import { type Bound, type Scored, SortedSet } from './sorted-set.ts';
import { pairsOf, storeSorted } from './sorted-sets.ts';

type By = 'rank' | 'score' | 'lex';

function scoreBound(text: string): Bound<number> {
  const open = text.startsWith('(');
  const at = parseDouble(open ? text.slice(1) : text);
  if (at === null) throw refuse('ERR min or max is not a float');
  return { at, open };
}

/** `which`: of -, + and a member, + is the end and - the beginning. */
function memberBound(text: string): Bound<string> | '-' | '+' {
  if (text === '-' || text === '+') return text;
  if (text[0] !== '(' && text[0] !== '[') throw refuse('ERR min or max not valid string range item');
  return { at: text.slice(1), open: text[0] === '(' };
}

/** Ranks [from, to) of what lies between `least` and `most`. */
function between(set: SortedSet | undefined, by: By, least: string, most: string): readonly [number, number] {
  if (by === 'rank') return [0, 0];
  if (by === 'score') {
    const bounds = [scoreBound(least), scoreBound(most)] as const;
    return set?.byScore(...bounds) ?? [0, 0];
  }
  const [low, high] = [memberBound(least), memberBound(most)];
  if (low === '+' || high === '-' || !set) return [0, 0];
  return set.byMember(low === '-' ? null : low, high === '+' ? null : high);
}

interface Question {
  readonly by: By;
  readonly reverse: boolean;
  readonly start: string;
  readonly stop: string;
  readonly offset: number;
  /** Negative: all. */
  readonly count: number;
}

function select(set: SortedSet | undefined, { by, reverse, start, stop, offset, count }: Question): readonly Scored[] {
  if (by === 'rank') {
    const [first, last] = [integer(start), integer(stop)];
    const size = set?.size ?? 0;
    const [from, to] = range(first, last, size);
    if (!set) return [];
    return reverse ? set.slice(size - to, size - from).toReversed() : set.slice(from, to);
  }
  const [from, to] = reverse ? between(set, by, stop, start) : between(set, by, start, stop);
  if (!set || offset < 0) return [];
  const most = count < 0 ? Infinity : count;
  if (reverse) return set.slice(Math.max(from, to - offset - most), Math.max(to - offset, from)).toReversed();
  return set.slice(Math.min(from + offset, to), Math.min(from + offset + most, to));
}

interface Form {
  readonly by?: By;
  readonly reverse?: boolean;
  /** Where the key of the set is; 2: it is stored under the first one. */
  readonly at?: 1 | 2;
}

/** ZRANGE, ZRANGESTORE and the older commands that are forms of it. */
function zrange({ by: fixed, reverse: backwards = false, at = 1 }: Form) {
  return (call: Call, args: readonly string[]): Reply => {
    const [key, start, stop] = args.slice(at) as [string, string, string];
    const options = new Options(args, at + 3);
    let by: By = fixed ?? 'rank';
    let reverse = backwards;
    let withScores = false;
    let limit: readonly [number, number] | null = null;
    const old = fixed !== undefined;
    for (let option = options.next(); option !== null; option = options.next()) {
      if (option === 'withscores' && at === 1 && fixed !== 'lex') withScores = true;
      else if (option === 'limit' && options.left >= 2 && fixed !== 'rank')
        limit = [integer(options.value()), integer(options.value())];
      else if (option === 'rev' && !old) reverse = true;
      else if (option === 'bylex' && !old) by = 'lex';
      else if (option === 'byscore' && !old) by = 'score';
      else throw syntax();
    }
    if (limit && by === 'rank')
      throw refuse('ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX');
    if (withScores && by === 'lex')
      throw refuse('ERR syntax error, WITHSCORES not supported in combination with BYLEX');
    const [offset, count] = limit ?? [0, -1];
    const question = { by, reverse, start, stop, offset, count };
    // The bounds are looked at before the key is.
    select(undefined, question);
    const scored = select(call.db.get(key, 'zset'), question);
    if (at === 2) {
      const made = new SortedSet();
      for (const { member, score } of scored) made.set(member, score);
      return storeSorted(call, args[1] as string, made);
    }
    return withScores ? pairsOf(scored, call.client.protocol) : scored.map(({ member }) => member);
  };
}

function count(by: By) {
  return ({ db }: Call, [, key = '', least = '', most = '']: readonly string[]): Reply => {
    between(undefined, by, least, most);
    const [from, to] = between(db.get(key, 'zset'), by, least, most);
    return to - from;
  };
}

function remove(by: By) {
  return (call: Call, [, key = '', start = '', stop = '']: readonly string[]): Reply => {
    const question = { by, reverse: false, start, stop, offset: 0, count: -1 };
    select(undefined, question);
    const set = call.db.get(key, 'zset');
    const gone = [...select(set, question)];
    for (const { member } of gone) set?.delete(member);
    call.db.deleteIfEmpty(key);
    if (gone.length > 0) call.changed(key, gone.length);
    return gone.length;
  };
}

export const sortedRanges: readonly Command[] = [
  command('zrange', -4, 'readonly', '1 1 1', zrange({})),
  command('zrangestore', -5, 'write denyoom', '1 2 1', zrange({ at: 2 })),
  command('zrevrange', -4, 'readonly', '1 1 1', zrange({ by: 'rank', reverse: true })),
  command('zrangebyscore', -4, 'readonly', '1 1 1', zrange({ by: 'score' })),
  command('zrevrangebyscore', -4, 'readonly', '1 1 1', zrange({ by: 'score', reverse: true })),
  command('zrangebylex', -4, 'readonly', '1 1 1', zrange({ by: 'lex' })),
  command('zrevrangebylex', -4, 'readonly', '1 1 1', zrange({ by: 'lex', reverse: true })),
  command('zcount', 4, 'readonly fast', '1 1 1', count('score')),
  command('zlexcount', 4, 'readonly fast', '1 1 1', count('lex')),
  command('zremrangebyrank', 4, 'write', '1 1 1', remove('rank')),
  command('zremrangebyscore', 4, 'write', '1 1 1', remove('score')),
  command('zremrangebylex', 4, 'write', '1 1 1', remove('lex')),
];
