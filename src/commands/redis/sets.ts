/** Commands on sets. Members come in the order in which they were added. */
import { atLeast, integer, keysAfterCount, Options, positive } from './arguments.ts';
import { type Call, type Command, command } from './command.ts';
import { syntax } from './errors.ts';
import { scanOptions } from './keys.ts';
import { matches } from './patterns.ts';
import type { Reply } from './replies.ts';

function membersOf({ db }: Call, key: string): ReadonlySet<string> {
  return db.get(key, 'set')?.members ?? new Set();
}

function sadd(call: Call, args: readonly string[]): Reply {
  const key = args[1] as string;
  const { members } = call.db.make(key, 'set');
  const before = members.size;
  for (const member of args.slice(2)) members.add(member);
  if (members.size > before) call.changed(key, members.size - before);
  return members.size - before;
}

function srem(call: Call, args: readonly string[]): Reply {
  const key = args[1] as string;
  const members = call.db.get(key, 'set')?.members;
  let count = 0;
  for (const member of args.slice(2)) if (members?.delete(member)) count++;
  call.db.deleteIfEmpty(key);
  if (count > 0) call.changed(key, count);
  return count;
}

/** Deterministic: those that were added first. */
function spop(call: Call, args: readonly string[]): Reply {
  const [, key = '', count] = args;
  if (args.length > 3) throw syntax();
  const most = count === undefined ? 1 : positive(count);
  const members = call.db.get(key, 'set')?.members ?? new Set<string>();
  const taken = [...members].slice(0, most);
  for (const member of taken) members.delete(member);
  call.db.deleteIfEmpty(key);
  if (taken.length > 0) {
    call.changed(key, taken.length);
    call.rewrite(['SREM', key, ...taken]);
  }
  return count === undefined ? (taken[0] ?? null) : { set: taken };
}

function srandmember(call: Call, args: readonly string[]): Reply {
  const [, key = '', count] = args;
  if (args.length > 3) throw syntax();
  if (count === undefined) return [...membersOf(call, key)][0] ?? null;
  const wanted = integer(count);
  return [...membersOf(call, key)].slice(0, Math.abs(wanted));
}

function smove(call: Call, [, from = '', to = '', member = '']: readonly string[]): Reply {
  const source = call.db.get(from, 'set');
  if (!source) return 0;
  call.db.get(to, 'set');
  if (from === to) return source.members.has(member) ? 1 : 0;
  if (!source.members.delete(member)) return 0;
  call.db.deleteIfEmpty(from);
  call.changed(from);
  call.db.make(to, 'set').members.add(member);
  call.changed(to);
  return 1;
}

type Combine = (sets: readonly ReadonlySet<string>[]) => Set<string>;

const inter: Combine = ([first = new Set<string>(), ...others]) =>
  new Set([...first].filter((member) => others.every((set) => set.has(member))));
const union: Combine = (sets) => new Set(sets.flatMap((set) => [...set]));
const diff: Combine = ([first = new Set<string>(), ...others]) =>
  new Set([...first].filter((member) => !others.some((set) => set.has(member))));

function combine(how: Combine) {
  return (call: Call, args: readonly string[]): Reply => {
    return { set: [...how(args.slice(1).map((key) => membersOf(call, key)))] };
  };
}

function store(how: Combine) {
  return (call: Call, args: readonly string[]): Reply => {
    const key = args[1] as string;
    const members = how(args.slice(2).map((one) => membersOf(call, one)));
    const there = call.db.delete(key);
    if (members.size > 0) call.db.put(key, { kind: 'set', members });
    for (const member of members) call.broker.grew(member.length + 64);
    if (there || members.size > 0) call.changed(key);
    return members.size;
  };
}

function sintercard(call: Call, args: readonly string[]): Reply {
  const keys = keysAfterCount(args, 1, undefined, "ERR Number of keys can't be greater than number of args");
  const options = new Options(args, 2 + keys.length);
  let limit = 0;
  for (let option = options.next(); option !== null; option = options.next()) {
    if (option !== 'limit' || options.left === 0) throw syntax();
    limit = atLeast(0, options.value(), "ERR LIMIT can't be negative");
  }
  const { size } = inter(keys.map((key) => membersOf(call, key)));
  return limit === 0 ? size : Math.min(size, limit);
}

function sscan(call: Call, args: readonly string[]): Reply {
  const { pattern } = scanOptions(args, 2, false);
  return [
    '0',
    [...membersOf(call, args[1] as string)].filter((member) => pattern === null || matches(pattern, member)),
  ];
}

export const sets: readonly Command[] = [
  command('sadd', -3, 'write denyoom fast', '1 1 1', sadd),
  command('srem', -3, 'write fast', '1 1 1', srem),
  command('smembers', 2, 'readonly', '1 1 1', (call, args) => ({ set: [...membersOf(call, args[1] as string)] })),
  command('sismember', 3, 'readonly fast', '1 1 1', (call, [, key = '', member = '']) =>
    membersOf(call, key).has(member) ? 1 : 0,
  ),
  command('smismember', -3, 'readonly fast', '1 1 1', (call, args) => {
    const members = membersOf(call, args[1] as string);
    return args.slice(2).map((member) => (members.has(member) ? 1 : 0));
  }),
  command('scard', 2, 'readonly fast', '1 1 1', (call, args) => membersOf(call, args[1] as string).size),
  command('spop', -2, 'write fast', '1 1 1', spop),
  command('srandmember', -2, 'readonly', '1 1 1', srandmember),
  command('smove', 4, 'write fast', '1 2 1', smove),
  command('sinter', -2, 'readonly', '1 -1 1', combine(inter)),
  command('sunion', -2, 'readonly', '1 -1 1', combine(union)),
  command('sdiff', -2, 'readonly', '1 -1 1', combine(diff)),
  command('sinterstore', -3, 'write denyoom', '1 -1 1', store(inter)),
  command('sunionstore', -3, 'write denyoom', '1 -1 1', store(union)),
  command('sdiffstore', -3, 'write denyoom', '1 -1 1', store(diff)),
  command('sintercard', -3, 'readonly movablekeys', '', sintercard),
  command('sscan', -3, 'readonly', '1 1 1', sscan),
];
