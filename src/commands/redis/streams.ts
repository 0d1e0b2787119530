/** Commands on streams; what reads them for groups is in groups.ts and reading-streams.ts. */
import { integer, Options } from './arguments.ts';
import { type Call, type Command, command } from './command.ts';
import { noSuchKey, refuse, syntax, wrongCount } from './errors.ts';
import { OK, type Reply } from './replies.ts';
import {
  LAST_ID,
  makeId,
  millisecondsOf,
  parseId,
  type Stream,
  type StreamEntry,
  type StreamId,
  spellId,
} from './stream.ts';

const INVALID = 'ERR Invalid stream ID specified as stream command argument';
/** Entries of a node of Redis' tree: trimming about (`~`) drops whole nodes only. */
const NODE = 100;

export function streamId(text: string | undefined, missing = 0n): StreamId {
  return parseId(text ?? '', missing) ?? fail(INVALID);
}

function fail(text: string): never {
  throw refuse(text);
}

export function entryReply({ id, fields }: StreamEntry): Reply {
  return [spellId(id), fields];
}

interface Trim {
  readonly exact: boolean;
  /** How many entries it leaves; or what the first of them may be at least. */
  readonly most: number | null;
  readonly least: StreamId | null;
  readonly limit: number | null;
}

/** The options of XADD and XTRIM, and where they end. */
function trimOptions(args: readonly string[], isAdd: boolean): { trim: Trim | null; make: boolean; at: number } {
  let at = 2;
  let make = true;
  let most: number | null = null;
  let least: StreamId | null = null;
  let exact = true;
  let limit: number | null = null;
  for (; at < args.length; at++) {
    const word = (args[at] as string).toLowerCase();
    const left = args.length - 1 - at;
    if (word === 'maxlen' || word === 'minid') {
      if (left === 0) throw syntax();
      if (most !== null || least !== null) {
        throw refuse('ERR syntax error, MAXLEN and MINID options at the same time are not compatible');
      }
      const mark = args[at + 1] as string;
      if (left >= 2 && (mark === '~' || mark === '=')) {
        exact = mark === '=';
        at++;
      }
      const value = args[++at];
      if (word === 'minid') least = streamId(value);
      else {
        most = integer(value);
        if (most < 0) throw refuse('ERR The MAXLEN argument must be >= 0.');
      }
    } else if (word === 'limit' && left > 0) {
      limit = integer(args[++at]);
      if (limit < 0) throw refuse('ERR The LIMIT argument must be >= 0.');
    } else if (word === 'nomkstream' && isAdd) make = false;
    else if (isAdd) break;
    else throw syntax();
  }
  const trims = most !== null || least !== null;
  if (limit !== null && !trims)
    throw refuse('ERR syntax error, LIMIT cannot be used without specifying a trimming strategy');
  if (!isAdd && !trims) throw refuse('ERR syntax error, XTRIM must be called with MAXLEN or MINID');
  if (limit !== null && exact) throw refuse('ERR syntax error, LIMIT cannot be used without the special ~ option');
  return { trim: trims ? { exact, most, least, limit } : null, make, at };
}

/** Drops the oldest entries; how many. */
function trimStream(stream: Stream, { exact, most, least, limit }: Trim): number {
  const { length } = stream.entries.all;
  let count = most !== null ? Math.max(length - most, 0) : stream.entries.from(least as StreamId);
  if (!exact) count = Math.floor(Math.min(count, limit || 100 * NODE) / NODE) * NODE;
  stream.drop(count);
  return count;
}

function nextId(stream: Stream | undefined, wanted: string, now: number): StreamId {
  const last = stream?.last ?? 0n;
  const full = () => refuse('ERR The stream has exhausted the last possible ID, unable to add more items');
  const small = () => refuse('ERR The ID specified in XADD is equal or smaller than the target stream top item');
  if (wanted === '*') {
    if (last === LAST_ID) throw full();
    const first = makeId(BigInt(now), 0n);
    return first > last ? first : last + 1n;
  }
  const partly = /^(\d{1,20})-\*$/.exec(wanted);
  if (!partly) {
    const id = streamId(wanted);
    if (id === 0n) throw refuse('ERR The ID specified in XADD must be greater than 0-0');
    if (last === LAST_ID) throw full();
    if (id <= last) throw small();
    return id;
  }
  const first = streamId(partly[1]);
  if (last === LAST_ID) throw full();
  if (millisecondsOf(first) < millisecondsOf(last)) throw small();
  if (millisecondsOf(first) > millisecondsOf(last)) return first === 0n ? 1n : first;
  if (millisecondsOf(last + 1n) !== millisecondsOf(last)) throw small();
  return last + 1n;
}

function xadd(call: Call, args: readonly string[]): Reply {
  const key = args[1] as string;
  const { trim, make, at } = trimOptions(args, true);
  const fields = args.slice(at + 1);
  if (fields.length < 2 || fields.length % 2 === 1) throw wrongCount('xadd');
  const wanted = args[at] as string;
  if (wanted !== '*' && !/-\*$/.test(wanted) && streamId(wanted) === 0n) {
    throw refuse('ERR The ID specified in XADD must be greater than 0-0');
  }
  const found = call.db.get(key, 'stream');
  if (!found && !make) return null;
  const id = nextId(found, wanted, call.now);
  const stream = found ?? call.db.make(key, 'stream');
  stream.add(id, fields);
  call.broker.signal(call.db, key);
  call.changed(key);
  const lines: (readonly string[])[] = [['XADD', key, spellId(id), ...fields]];
  if (trim && trimStream(stream, trim) > 0)
    lines.push(['XTRIM', key, 'MAXLEN', '=', String(stream.entries.all.length)]);
  call.rewrite(...lines);
  return spellId(id);
}

function xtrim(call: Call, args: readonly string[]): Reply {
  const key = args[1] as string;
  const { trim } = trimOptions(args, false);
  const stream = call.db.get(key, 'stream');
  if (!stream) return 0;
  const count = trimStream(stream, trim as Trim);
  if (count > 0) {
    call.changed(key, count);
    call.rewrite(['XTRIM', key, 'MAXLEN', '=', String(stream.entries.all.length)]);
  }
  return count;
}

/** An end of an interval of IDs: `-`, `+`, `5-1`, `(5-1`. */
export function intervalEnd(text: string | undefined, which: 'start' | 'end'): StreamId {
  if (text === '-') return 0n;
  if (text === '+') return LAST_ID;
  const open = text?.startsWith('(') ?? false;
  const id = streamId(open ? text?.slice(1) : text, which === 'start' ? 0n : 2n ** 64n - 1n);
  if (!open) return id;
  if (id === (which === 'start' ? LAST_ID : 0n)) throw refuse(`ERR invalid ${which} ID for the interval`);
  return which === 'start' ? id + 1n : id - 1n;
}

function xrange(reverse: boolean) {
  return (call: Call, args: readonly string[]): Reply => {
    const [, key = '', first, second] = args;
    const start = intervalEnd(reverse ? second : first, 'start');
    const end = intervalEnd(reverse ? first : second, 'end');
    const options = new Options(args, 4);
    let count = Infinity;
    for (let option = options.next(); option !== null; option = options.next()) {
      if (option !== 'count' || options.left === 0) throw syntax();
      count = Math.max(integer(options.value()), 0);
    }
    const stream = call.db.get(key, 'stream');
    if (!stream) return [];
    if (count === 0) return { nothing: true };
    const { entries } = stream;
    const from = entries.from(start);
    const to = Math.max(entries.from(end + 1n), from);
    const found = reverse
      ? entries.all.slice(Math.max(to - count, from), to).reverse()
      : entries.all.slice(from, Math.min(from + count, to));
    return found.map(entryReply);
  };
}

function xdel(call: Call, args: readonly string[]): Reply {
  const key = args[1] as string;
  const ids = args.slice(2);
  const stream = call.db.get(key, 'stream');
  if (!stream) return 0;
  const count = ids.map((text) => streamId(text)).filter((id) => stream.delete(id)).length;
  if (count > 0) call.changed(key, count);
  return count;
}

function xsetid(call: Call, args: readonly string[]): Reply {
  const [, key = '', last] = args;
  const id = streamId(last);
  const options = new Options(args, 3);
  let added: number | null = null;
  let deleted: StreamId | null = null;
  for (let option = options.next(); option !== null; option = options.next()) {
    if (option === 'entriesadded' && options.left > 0) {
      added = integer(options.value());
      if (added < 0) throw refuse('ERR entries_added must be positive');
    } else if (option === 'maxdeletedid' && options.left > 0) {
      deleted = streamId(options.value());
      if (id < deleted)
        throw refuse('ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id');
    } else throw syntax();
  }
  const stream = call.db.get(key, 'stream');
  if (!stream) throw noSuchKey();
  const top = stream.entries.all.at(-1);
  if (top && id < top.id) throw refuse('ERR The ID specified in XSETID is smaller than the target stream top item');
  if (id < stream.deleted) throw refuse('ERR The ID specified in XSETID is smaller than current max_deleted_entry_id');
  if (added !== null && added < stream.entries.all.length) {
    throw refuse('ERR The entries_added specified in XSETID is smaller than the target stream length');
  }
  stream.last = id;
  if (added !== null) stream.added = added;
  if (deleted !== null) stream.deleted = deleted;
  call.changed(key);
  return OK;
}

export const streams: readonly Command[] = [
  command('xadd', -5, 'write denyoom fast', '1 1 1', xadd),
  command(
    'xlen',
    2,
    'readonly fast',
    '1 1 1',
    ({ db }, args) => db.get(args[1] as string, 'stream')?.entries.all.length ?? 0,
  ),
  command('xrange', -4, 'readonly', '1 1 1', xrange(false)),
  command('xrevrange', -4, 'readonly', '1 1 1', xrange(true)),
  command('xdel', -3, 'write fast', '1 1 1', xdel),
  command('xtrim', -4, 'write', '1 1 1', xtrim),
  command('xsetid', -3, 'write denyoom fast', '1 1 1', xsetid),
];
