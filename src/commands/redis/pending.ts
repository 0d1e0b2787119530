/** Commands on what a group has delivered: XACK, XPENDING, XCLAIM, XAUTOCLAIM. */
import { integer, Options } from './arguments.ts';
import { type Call, type Command, command } from './command.ts';
import { refuse, syntax } from './errors.ts';
import { byName, consumerOf, findGroup, forget, hand, mustFindGroup, note, noteClaim } from './groups.ts';
import { parseBig } from './numbers.ts';
import { NOTHING, type Reply } from './replies.ts';
import { type Group, type Pending, type StreamId, spellId } from './stream.ts';
import { entryReply, intervalEnd, streamId } from './streams.ts';

function xack(call: Call, args: readonly string[]): Reply {
  const [, key = '', name = ''] = args;
  const found = findGroup(call, key, name);
  if (!found) return 0;
  let count = 0;
  for (const id of args.slice(3).map((text) => streamId(text))) {
    const pending = found.group.pending.get(id);
    if (!pending) continue;
    forget(found.group, pending);
    count++;
  }
  call.changes += count;
  return count;
}

function xpending(call: Call, args: readonly string[]): Reply {
  const [, key = '', name = ''] = args;
  if (args.length === 3) return summary(mustFindGroup(call, key, name).group);
  const options = new Options(args, 3);
  let idle = 0;
  if (options.next() === 'idle') {
    if (options.left < 4) throw syntax();
    idle = integer(options.value());
  } else options.back();
  if (options.left < 3 || options.left > 4) throw syntax();
  const [start, end, most, who] = options.rest();
  const count = Math.max(integer(most), 0);
  const from = intervalEnd(start, 'start');
  const to = intervalEnd(end, 'end');
  const { group } = mustFindGroup(call, key, name);
  const consumer = who === undefined ? null : group.consumers.get(who);
  if (consumer === undefined) return [];
  const rows: Reply[] = [];
  const { all } = (consumer ?? group).pending;
  for (let at = (consumer ?? group).pending.from(from); at < all.length && rows.length < count; at++) {
    const { id, consumer: owner, delivered, count: times } = all[at] as Pending;
    if (id > to) break;
    const age = Math.max(call.now - delivered, 0);
    if (age >= idle) rows.push([spellId(id), owner.name, age, times]);
  }
  return rows;
}

function summary({ pending, consumers }: Group): Reply {
  const [first] = pending.all;
  if (!first) return [0, null, null, NOTHING];
  const busy = byName(consumers.values()).filter((consumer) => consumer.pending.all.length > 0);
  const counts = busy.map((consumer) => [consumer.name, String(consumer.pending.all.length)]);
  return [pending.all.length, spellId(first.id), spellId((pending.all.at(-1) as Pending).id), counts];
}

function minIdle(text: string | undefined, name: string): number {
  const value = parseBig(text ?? '');
  if (value === null) throw refuse(`ERR Invalid min-idle-time argument for ${name}`);
  return Math.max(Number(value), 0);
}

interface Claim {
  readonly delivered: number | null;
  readonly retries: number | null;
  readonly force: boolean;
  readonly justId: boolean;
  readonly last: StreamId;
}

function claimOptions(call: Call, args: readonly string[], at: number): Claim {
  const options = new Options(args, at);
  let delivered: number | null = null;
  let retries: number | null = null;
  let force = false;
  let justId = false;
  let last = 0n;
  const number = (what: string) => {
    const value = parseBig(options.value());
    if (value === null) throw refuse(`ERR Invalid ${what} option argument for XCLAIM`);
    return Number(value);
  };
  for (let option = options.next(); option !== null; option = options.next()) {
    const more = options.left > 0;
    if (option === 'force') force = true;
    else if (option === 'justid') justId = true;
    else if (option === 'idle' && more) delivered = call.now - number('IDLE');
    else if (option === 'time' && more) delivered = number('TIME');
    else if (option === 'retrycount' && more) {
      retries = number('RETRYCOUNT');
      if (retries < 0) throw refuse('ERR Invalid RETRYCOUNT option argument for XCLAIM');
    } else if (option === 'lastid' && more) last = streamId(options.value());
    else {
      options.back();
      throw refuse(`ERR Unrecognized XCLAIM option '${options.value()}'`);
    }
  }
  return { delivered, retries, force, justId, last };
}

function xclaim(call: Call, args: readonly string[]): Reply {
  const [, key = '', name = '', who = '', idle] = args;
  const found = findGroup(call, key, name);
  if (!found) throw refuse(`NOGROUP No such key '${key}' or consumer group '${name}'`);
  const { stream, group } = found;
  const least = minIdle(idle, 'XCLAIM');
  let at = 5;
  const ids: StreamId[] = [];
  for (; at < args.length && /^\d/.test(args[at] as string); at++) ids.push(streamId(args[at]));
  const { delivered, retries, force, justId, last } = claimOptions(call, args, at);
  const time = Math.min(delivered ?? call.now, call.now);
  call.rewrite();
  if (last > group.last) {
    group.last = last;
    call.changes++;
    note(call, ['XGROUP', 'SETID', key, name, spellId(last)]);
  }
  const replies: Reply[] = [];
  for (const id of ids) {
    let pending = group.pending.get(id);
    const entry = stream.entries.get(id);
    if (!entry) {
      // What is not in the stream any more cannot be done by anybody.
      if (pending) {
        note(call, ['XACK', key, name, spellId(id)]);
        forget(group, pending);
        call.changes++;
      }
      continue;
    }
    if (pending && least > 0 && call.now - pending.delivered < least) continue;
    if (!pending && !force) continue;
    const consumer = consumerOf(call, key, group, who);
    if (!pending) {
      pending = { id, consumer, delivered: time, count: 1 };
      group.pending.add(pending);
      consumer.pending.add(pending);
      // A new one has been delivered no time yet; what follows counts.
      pending.count = 0;
    }
    hand(pending, consumer);
    pending.delivered = time;
    if (retries !== null) pending.count = retries;
    else if (!justId) pending.count++;
    replies.push(justId ? spellId(id) : entryReply(entry));
    noteClaim(call, key, group, pending);
    call.changes++;
  }
  return replies;
}

function xautoclaim(call: Call, args: readonly string[]): Reply {
  const [, key = '', name = '', who = '', idle, start] = args;
  const least = minIdle(idle, 'XAUTOCLAIM');
  const from = intervalEnd(start, 'start');
  const options = new Options(args, 6);
  let count = 100;
  let justId = false;
  for (let option = options.next(); option !== null; option = options.next()) {
    if (option === 'count' && options.left > 0) {
      const value = parseBig(options.value());
      if (value === null || value < 1n || value > 2n ** 56n) throw refuse('ERR COUNT must be > 0');
      count = Number(value);
    } else if (option === 'justid') justId = true;
    else throw syntax();
  }
  const { stream, group } = mustFindGroup(call, key, name);
  call.rewrite();
  const claimed: Reply[] = [];
  const deleted: Reply[] = [];
  let cursor = 0n;
  // As Redis: no more work than for ten times as many.
  let attempts = count * 10;
  let left = count;
  for (const pending of group.pending.all.slice(group.pending.from(from))) {
    if (attempts === 0 || left === 0) {
      cursor = pending.id;
      break;
    }
    attempts--;
    const entry = stream.entries.get(pending.id);
    if (!entry) {
      note(call, ['XACK', key, name, spellId(pending.id)]);
      forget(group, pending);
      call.changes++;
      deleted.push(spellId(pending.id));
      left--;
      continue;
    }
    if (least > 0 && call.now - pending.delivered < least) continue;
    hand(pending, consumerOf(call, key, group, who));
    pending.delivered = call.now;
    if (!justId) pending.count++;
    claimed.push(justId ? spellId(pending.id) : entryReply(entry));
    noteClaim(call, key, group, pending);
    call.changes++;
    left--;
  }
  return [spellId(cursor), claimed, deleted];
}

export const pendingEntries: readonly Command[] = [
  command('xack', -4, 'write fast', '1 1 1', xack),
  command('xpending', -3, 'readonly', '1 1 1', xpending),
  command('xclaim', -6, 'write fast', '1 1 1', xclaim),
  command('xautoclaim', -6, 'write fast', '1 1 1', xautoclaim),
];
