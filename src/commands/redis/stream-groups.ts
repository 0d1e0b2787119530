/** XGROUP and XINFO. */
import { integer, Options } from './arguments.ts';
import { type Call, type Command, command, container } from './command.ts';
import { noSuchKey, refuse } from './errors.ts';
import { byName, makeGroup, mustFindIn } from './groups.ts';
import { OK, type Reply } from './replies.ts';
import { type Group, Ordered, type Pending, type Stream, spellId } from './stream.ts';
import { entryReply, streamId } from './streams.ts';

const NO_KEY =
  'ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the MKSTREAM option to create an empty stream automatically.';

/** What Redis says of options that it does not know. */
function wrongForm(args: readonly string[], name: string): Error {
  return refuse(`ERR unknown subcommand or wrong number of arguments for '${args[1]}'. Try ${name} HELP.`);
}

function groupId(stream: Stream | undefined, text: string): bigint {
  return text === '$' ? (stream?.last ?? 0n) : streamId(text);
}

function entriesRead(text: string): number | null {
  const value = integer(text);
  if (value < -1) throw refuse('ERR value for ENTRIESREAD must be positive or -1');
  return value < 0 ? null : value;
}

function create(call: Call, args: readonly string[]): Reply {
  const [, , key = '', name = '', id = ''] = args;
  const options = new Options(args, 5);
  let make = false;
  let read: number | null = null;
  for (let option = options.next(); option !== null; option = options.next()) {
    if (option === 'mkstream') make = true;
    else if (option === 'entriesread' && options.left > 0) read = entriesRead(options.value());
    else throw wrongForm(args, 'XGROUP');
  }
  const found = call.db.get(key, 'stream');
  if (!found && !make) throw refuse(NO_KEY);
  const last = groupId(found, id);
  if (found?.groups.has(name)) throw refuse('BUSYGROUP Consumer Group name already exists');
  const stream = found ?? call.db.make(key, 'stream');
  stream.groups.set(name, makeGroup(name, last, read));
  call.changes++;
  return OK;
}

/** A stream's group, for those that say what is missing as XGROUP does. */
function existing(call: Call, key: string, name: string): { stream: Stream; group: Group } {
  if (!call.db.get(key, 'stream')) throw refuse(NO_KEY);
  return mustFindIn(call, key, name);
}

function setId(call: Call, args: readonly string[]): Reply {
  const [, , key = '', name = '', id = ''] = args;
  const options = new Options(args, 5);
  let read: number | null = null;
  for (let option = options.next(); option !== null; option = options.next()) {
    if (option !== 'entriesread' || options.left === 0) throw wrongForm(args, 'XGROUP');
    read = entriesRead(options.value());
  }
  const { stream, group } = existing(call, key, name);
  group.last = groupId(stream, id);
  group.read = read;
  call.changes++;
  return OK;
}

function destroy(call: Call, [, , key = '', name = '']: readonly string[]): Reply {
  const stream = call.db.get(key, 'stream');
  if (!stream) throw refuse(NO_KEY);
  if (!stream.groups.delete(name)) return 0;
  call.changes++;
  call.broker.signal(call.db, key);
  return 1;
}

function createConsumer(call: Call, [, , key = '', name = '', who = '']: readonly string[]): Reply {
  const { group } = existing(call, key, name);
  if (group.consumers.has(who)) return 0;
  group.consumers.set(who, { name: who, seen: call.now, pending: new Ordered() });
  call.changes++;
  return 1;
}

function deleteConsumer(call: Call, [, , key = '', name = '', who = '']: readonly string[]): Reply {
  const { group } = existing(call, key, name);
  const consumer = group.consumers.get(who);
  if (!consumer) return 0;
  for (const { id } of consumer.pending.all) group.pending.delete(id);
  group.consumers.delete(who);
  call.changes++;
  return consumer.pending.all.length;
}

/** Nodes of Redis' tree, which has some hundred entries in each. */
function nodes({ entries }: Stream): number {
  return Math.ceil(entries.all.length / 100);
}

function common(stream: Stream): (readonly [Reply, Reply])[] {
  return [
    ['length', stream.entries.all.length],
    ['radix-tree-keys', nodes(stream)],
    ['radix-tree-nodes', nodes(stream) + 1],
    ['last-generated-id', spellId(stream.last)],
    ['max-deleted-entry-id', spellId(stream.deleted)],
    ['entries-added', stream.added],
    ['recorded-first-entry-id', spellId(stream.first)],
  ];
}

function infoStream(call: Call, args: readonly string[]): Reply {
  const options = new Options(args, 3);
  let full = false;
  let count = 10;
  for (let option = options.next(); option !== null; option = options.next()) {
    if (option === 'full' && !full) full = true;
    else if (option === 'count' && full && options.left > 0) count = Math.max(integer(options.value()), 0);
    else throw wrongForm(args, 'XINFO');
  }
  const stream = call.db.get(args[2] as string, 'stream');
  if (!stream) throw noSuchKey();
  const { all } = stream.entries;
  const most = count || Infinity;
  if (full) {
    return {
      map: [
        ...common(stream),
        ['entries', all.slice(0, most).map(entryReply)],
        ['groups', byName(stream.groups.values()).map((group) => fullGroup(stream, group, most))],
      ],
    };
  }
  const end = (entry: (typeof all)[number] | undefined): Reply => (entry ? entryReply(entry) : null);
  return {
    map: [
      ...common(stream),
      ['groups', stream.groups.size],
      ['first-entry', end(all[0])],
      ['last-entry', end(all.at(-1))],
    ],
  };
}

function fullGroup(stream: Stream, group: Group, most: number): Reply {
  const row = ({ id, consumer, delivered, count }: Pending): Reply => [spellId(id), consumer.name, delivered, count];
  const own = ({ id, delivered, count }: Pending): Reply => [spellId(id), delivered, count];
  const consumers = byName(group.consumers.values()).map(
    ({ name, seen, pending }): Reply => ({
      map: [
        ['name', name],
        ['seen-time', seen],
        ['pel-count', pending.all.length],
        ['pending', pending.all.slice(0, most).map(own)],
      ],
    }),
  );
  return {
    map: [
      ['name', group.name],
      ['last-delivered-id', spellId(group.last)],
      ['entries-read', group.read],
      ['lag', stream.lag(group)],
      ['pel-count', group.pending.all.length],
      ['pending', group.pending.all.slice(0, most).map(row)],
      ['consumers', consumers],
    ],
  };
}

function infoGroups(call: Call, [, , key = '']: readonly string[]): Reply {
  const stream = call.db.get(key, 'stream');
  if (!stream) throw noSuchKey();
  return byName(stream.groups.values()).map(
    (group): Reply => ({
      map: [
        ['name', group.name],
        ['consumers', group.consumers.size],
        ['pending', group.pending.all.length],
        ['last-delivered-id', spellId(group.last)],
        ['entries-read', group.read],
        ['lag', stream.lag(group)],
      ],
    }),
  );
}

function infoConsumers(call: Call, [, , key = '', name = '']: readonly string[]): Reply {
  const { group } = mustFindIn(call, key, name);
  return byName(group.consumers.values()).map(
    (consumer): Reply => ({
      map: [
        ['name', consumer.name],
        ['pending', consumer.pending.all.length],
        ['idle', Math.max(call.now - consumer.seen, 0)],
      ],
    }),
  );
}

export const streamGroups: readonly Command[] = [
  container('xgroup', [
    command('create', -5, 'write denyoom', '2 2 1', create),
    command('setid', -5, 'write', '2 2 1', setId),
    command('destroy', 4, 'write', '2 2 1', destroy),
    command('createconsumer', 5, 'write denyoom', '2 2 1', createConsumer),
    command('delconsumer', 5, 'write', '2 2 1', deleteConsumer),
  ]),
  container('xinfo', [
    command('stream', -3, 'readonly', '2 2 1', infoStream),
    command('groups', 3, 'readonly', '2 2 1', infoGroups),
    command('consumers', 4, 'readonly', '2 2 1', infoConsumers),
  ]),
];
