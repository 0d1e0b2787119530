/** XREAD and XREADGROUP. */
import { integer, waitUntil } from './arguments.ts';
import type { Waiting } from './client.ts';
import { Call, type Command, command } from './command.ts';
import { refuse, syntax } from './errors.ts';
import { consumerOf, deliver, findGroup, note, noteClaim } from './groups.ts';
import { NOTHING, type Reply } from './replies.ts';
import { type Group, type Stream, type StreamId, spellId } from './stream.ts';
import { entryReply, streamId } from './streams.ts';

interface Reading {
  readonly group: { readonly name: string; readonly consumer: string } | null;
  readonly keys: readonly string[];
  readonly ids: readonly string[];
  readonly count: number;
  /** Null: as long as it takes; undefined: not at all. */
  readonly until: number | null | undefined;
  readonly acknowledged: boolean;
}

function parse(call: Call, args: readonly string[]): Reading {
  const name = (args[0] as string).toLowerCase();
  const forGroup = name === 'xreadgroup';
  let count = Infinity;
  let until: number | null | undefined;
  let acknowledged = false;
  let group: Reading['group'] = null;
  let at = 1;
  for (; at < args.length; at++) {
    const word = (args[at] as string).toLowerCase();
    const left = args.length - 1 - at;
    if (word === 'block' && left > 0) until = waitUntil(args[++at], call.now, 'milliseconds');
    else if (word === 'count' && left > 0) count = Math.max(integer(args[++at]), 0) || Infinity;
    else if (word === 'group' && left >= 2) {
      if (!forGroup) throw refuse('ERR The GROUP option is only supported by XREADGROUP. You called XREAD instead.');
      group = { name: args[at + 1] as string, consumer: args[at + 2] as string };
      at += 2;
    } else if (word === 'noack') {
      if (!forGroup) throw refuse('ERR The NOACK option is only supported by XREADGROUP. You called XREAD instead.');
      acknowledged = true;
    } else if (word === 'streams' && left > 0) break;
    else throw syntax();
  }
  const rest = args.slice(at + 1);
  if (rest.length === 0) throw syntax();
  if (rest.length % 2 === 1) {
    throw refuse(`ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified.`);
  }
  if (forGroup && !group) throw refuse('ERR Missing GROUP option for XREADGROUP');
  const half = rest.length / 2;
  return { group, keys: rest.slice(0, half), ids: rest.slice(half), count, until, acknowledged };
}

function reply(call: Call, found: readonly (readonly [string, Reply])[]): Reply {
  return call.client.protocol === 3 ? { map: found } : found;
}

function xread(call: Call, args: readonly string[]): Reply | Waiting {
  const { keys, ids, count, until } = parse(call, args);
  const after = new Map<string, StreamId>();
  keys.forEach((key, i) => {
    const text = ids[i] as string;
    if (text === '>') {
      throw refuse(
        'ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> option.',
      );
    }
    const stream = call.db.get(key, 'stream');
    after.set(key, text === '$' ? (stream?.last ?? 0n) : streamId(text));
  });
  const from = (key: string): readonly [string, Reply] | null => {
    const entries = call.db.get(key, 'stream')?.entries;
    const start = entries?.from((after.get(key) as StreamId) + 1n) ?? 0;
    const found = entries?.all.slice(start, start + count) ?? [];
    return found.length > 0 ? [key, found.map(entryReply)] : null;
  };
  const found = keys.map(from).filter((one) => one !== null);
  if (found.length > 0) return reply(call, found);
  if (until === undefined || call.hurried) return NOTHING;
  const serve = (key: string): Reply | null => {
    if (call.db.find(key)?.kind !== 'stream') return null;
    const one = from(key);
    return one && reply(call, [one]);
  };
  return { wait: { keys: [...after.keys()], until, serve, over: NOTHING } };
}

function xreadgroup(call: Call, args: readonly string[]): Reply | Waiting {
  const reading = parse(call, args);
  const { keys, ids, until } = reading;
  const { name, consumer } = reading.group as NonNullable<Reading['group']>;
  keys.forEach((key, i) => {
    const text = ids[i] as string;
    if (!findGroup(call, key, name)) {
      throw refuse(`NOGROUP No such key '${key}' or consumer group '${name}' in XREADGROUP with GROUP option`);
    }
    if (text === '$') {
      throw refuse(
        'ERR The $ ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by specifying a proper ID, or use the > ID to get new messages. The $ ID would just return an empty result set.',
      );
    }
    if (text !== '>') streamId(text);
  });
  call.rewrite();
  const found: (readonly [string, Reply])[] = [];
  keys.forEach((key, i) => {
    const { stream, group } = findGroup(call, key, name) as NonNullable<ReturnType<typeof findGroup>>;
    const text = ids[i] as string;
    if (text === '>') {
      const entries = fresh(call, reading, key, stream, group);
      if (entries) found.push([key, entries]);
    } else found.push([key, history(call, key, stream, group, consumer, streamId(text), reading.count)]);
  });
  if (found.length > 0) return reply(call, found);
  if (until === undefined || call.hurried) return NOTHING;
  const serve = (key: string): Reply | null => {
    if (call.db.find(key)?.kind !== 'stream') return null;
    const there = findGroup(call, key, name);
    if (!there) throw refuse('NOGROUP the consumer group this client was blocked on no longer exists');
    const later = new Call(call.broker, call.client);
    later.rewrite();
    const entries = fresh(later, reading, key, there.stream, there.group);
    for (const words of later.instead ?? []) call.broker.propagate(call.db, words);
    return entries && reply(call, [[key, entries]]);
  };
  const deleted = { error: 'UNBLOCKED the stream key no longer exists' };
  return { wait: { keys: [...new Set(keys)], until, serve, over: NOTHING, deleted } };
}

/** Entries that the group has not delivered yet; null: there are none. */
function fresh(call: Call, reading: Reading, key: string, stream: Stream, group: Group): Reply | null {
  const start = stream.entries.from(group.last + 1n);
  const entries = stream.entries.all.slice(start, start + reading.count);
  if (entries.length === 0) return null;
  const consumer = consumerOf(call, key, group, (reading.group as NonNullable<Reading['group']>).consumer);
  for (const entry of entries) {
    if (group.read !== null && !stream.deletedWithin(entry.id)) group.read++;
    else if (stream.added > 0) group.read = stream.readUntil(entry.id);
    group.last = entry.id;
    if (!reading.acknowledged) noteClaim(call, key, group, deliver(call, group, consumer, entry));
  }
  const read = group.read === null ? [] : ['ENTRIESREAD', String(group.read)];
  note(call, ['XGROUP', 'SETID', key, group.name, spellId(group.last), ...read]);
  call.changes += entries.length;
  return entries.map(entryReply);
}

/** What a consumer has got before and not acknowledged. */
function history(
  call: Call,
  key: string,
  stream: Stream,
  group: Group,
  name: string,
  after: StreamId,
  count: number,
): Reply {
  const consumer = consumerOf(call, key, group, name);
  const start = consumer.pending.from(after + 1n);
  return consumer.pending.all.slice(start, start + count).map((pending): Reply => {
    const entry = stream.entries.get(pending.id);
    if (!entry) return [spellId(pending.id), NOTHING];
    pending.delivered = call.now;
    pending.count++;
    return entryReply(entry);
  });
}

export const readingStreams: readonly Command[] = [
  command('xread', -4, 'readonly blocking movablekeys', '', xread),
  command('xreadgroup', -7, 'write blocking movablekeys', '', xreadgroup),
];
