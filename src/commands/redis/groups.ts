/** Consumer groups: who has got which entry, and has not said that it is done. */
import type { Call } from './command.ts';
import { noSuchKey, refuse } from './errors.ts';
import { type Consumer, type Group, Ordered, type Pending, type Stream, type StreamEntry, spellId } from './stream.ts';

export function makeGroup(name: string, last: bigint, read: number | null): Group {
  return { name, last, read, pending: new Ordered(), consumers: new Map() };
}

/** By name, as Redis' trees have them. */
export function byName<T extends { readonly name: string }>(all: Iterable<T>): T[] {
  return [...all].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A stream and its group, for commands that need both. */
export function findGroup({ db }: Call, key: string, name: string): { stream: Stream; group: Group } | null {
  const stream = db.get(key, 'stream');
  const group = stream?.groups.get(name);
  return stream && group ? { stream, group } : null;
}

export function mustFindGroup(call: Call, key: string, name: string): { stream: Stream; group: Group } {
  const found = findGroup(call, key, name);
  if (!found) throw refuse(`NOGROUP No such key '${key}' or consumer group '${name}'`);
  return found;
}

/** For XINFO and XGROUP, where the key comes first. */
export function mustFindIn(call: Call, key: string, name: string): { stream: Stream; group: Group } {
  const stream = call.db.get(key, 'stream');
  if (!stream) throw noSuchKey();
  const group = stream.groups.get(name);
  if (!group) throw refuse(`NOGROUP No such consumer group '${name}' for key name '${key}'`);
  return { stream, group };
}

/** A consumer of this name; there is one from now on. */
export function consumerOf(call: Call, key: string, group: Group, name: string): Consumer {
  const found = group.consumers.get(name);
  if (found) {
    found.seen = call.now;
    return found;
  }
  const made: Consumer = { name, seen: call.now, pending: new Ordered() };
  group.consumers.set(name, made);
  call.changes++;
  note(call, ['XGROUP', 'CREATECONSUMER', key, group.name, name]);
  return made;
}

/** Another line for the append-only file, in the place of the command itself. */
export function note(call: Call, words: readonly string[]): void {
  call.instead ??= [];
  call.instead.push(words);
}

/** A consumer gets an entry that the group has not delivered before. */
export function deliver(call: Call, group: Group, consumer: Consumer, { id }: StreamEntry): Pending {
  const old = group.pending.get(id);
  if (old) {
    hand(old, consumer);
    old.delivered = call.now;
    old.count = 1;
    return old;
  }
  const made = { id, consumer, delivered: call.now, count: 1 };
  group.pending.add(made);
  consumer.pending.add(made);
  return made;
}

/** Another consumer has it now. */
export function hand(pending: Pending, to: Consumer): void {
  if (pending.consumer === to) return;
  pending.consumer.pending.delete(pending.id);
  pending.consumer = to;
  to.pending.add(pending);
}

export function forget(group: Group, { id, consumer }: Pending): void {
  group.pending.delete(id);
  consumer.pending.delete(id);
}

/** What makes a group's memory of one entry again when the file is read. */
export function noteClaim(call: Call, key: string, group: Group, { id, consumer, delivered, count }: Pending): void {
  note(call, [
    'XCLAIM',
    key,
    group.name,
    consumer.name,
    '0',
    spellId(id),
    'TIME',
    String(delivered),
    'RETRYCOUNT',
    String(count),
    'FORCE',
    'JUSTID',
    'LASTID',
    spellId(group.last),
  ]);
}
