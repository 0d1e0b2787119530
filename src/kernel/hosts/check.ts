/** Whether a world is one: data from outside, refused with one sentence before anything runs. */
import { isLoopback, parseHost } from '../sockets/addresses.ts';
import type { FaultSpec, LinkSpec, World } from './types.ts';

/** A world that cannot be run. The message is for the reader. */
export class BadWorld extends Error {}

export const MOST_HOSTS = 16;
export const MOST_TERMINALS = 32;
const MOST_LINKS = 256;
const MOST_FAULTS = 64;
/** Other names of one host. */
const MOST_ALIASES = 64;
/** Words of a terminal's command, and characters of them all. */
const MOST_WORDS = 1_000;
const LONGEST_COMMAND = 100_000;
/** Characters of all files that hosts have beside the program's. */
const MOST_TEXT = 32 * 1024 * 1024;
/** Seconds. */
const LONGEST = 86_400;
const NAME = /^[a-z0-9]([a-z0-9-]{0,62})$/;
const ALIAS = /^[a-z0-9]([a-z0-9.-]{0,252})$/;
const KINDS: ReadonlySet<string> = new Set(['crash', 'kill', 'partition', 'lose', 'duplicate']);
/** The name of the terminal of the program's entry. */
const MAIN = 'main';

/** Why this world cannot be run; null: it can. `program`: there is an entry beside its terminals. */
export function refusesWorld(world: World, program: boolean): string | null {
  return refusesSize(world) ?? refusesParts(world, program);
}

/** What is too long is not even looked at. */
function refusesSize({ hosts, terminals, links, faults }: World): string | null {
  const lists: readonly (readonly [unknown, string, number])[] = [
    [hosts, 'hosts', MOST_HOSTS],
    [terminals, 'terminals', MOST_TERMINALS],
    [links, 'links', MOST_LINKS],
    [faults?.of, 'kinds of faults', MOST_FAULTS],
  ];
  for (const [list, what, most] of lists)
    if (Array.isArray(list) && list.length > most) return `a world may have ${most} ${what}, not ${list.length}`;
  return null;
}

function refusesParts(world: World, program: boolean): string | null {
  if (!isShaped(world)) return 'this is no world';
  return refusesHosts(world) ?? refusesTerminals(world, program) ?? refusesLinks(world) ?? refusesFaults(world);
}

/** Whether it has all its parts, of the right kinds; what is in them is another question. */
function isShaped({ hosts, terminals, links, faults }: World): boolean {
  const isObject = (value: unknown) => typeof value === 'object' && value !== null;
  const isText = (value: unknown) => typeof value === 'string';
  const isTexts = (value: unknown, most: number) =>
    Array.isArray(value) && value.length <= most && [...value].every(isText);
  // A list may have holes, which `every` would pass over.
  const isList = (value: unknown) => Array.isArray(value) && [...value].every(isObject);
  if (![hosts, terminals, links].every(isList)) return false;
  if (faults !== undefined && !(isObject(faults) && isList(faults.of))) return false;
  return (
    hosts.every(({ name, address }) => isText(name) && isText(address)) &&
    hosts.every(({ aliases }) => aliases === undefined || isTexts(aliases, MOST_ALIASES)) &&
    hosts.every(({ files }) => typeof files === 'object' && Object.values(files ?? {}).every(isText)) &&
    terminals.every(({ command, stdin }) => isTexts(command, MOST_WORDS) && (stdin === undefined || isText(stdin))) &&
    (faults?.of.every((fault) => fault.kind !== 'partition' || isTexts(fault.hosts, hosts.length)) ?? true)
  );
}

function refusesHosts({ hosts }: World): string | null {
  if (hosts.length === 0) return 'a world needs a host';
  const names = new Set<string>(['localhost']);
  const addresses = new Set<number>();
  for (const { name, address, aliases = [] } of hosts) {
    if (!NAME.test(name))
      return `"${show(name)}" cannot be the name of a host: lower-case letters, digits and "-" only`;
    for (const called of [name, ...aliases]) {
      if (!ALIAS.test(called)) return `"${show(called)}" cannot be a name of a host`;
      if (names.has(called)) return `two hosts cannot both be called "${show(called)}"`;
      names.add(called);
    }
    const number = parseHost(address);
    if (number === null || number === 0 || isLoopback(number) || number >>> 28 >= 14)
      return `"${show(address)}" cannot be the address of ${name}`;
    if (addresses.has(number)) return `two hosts cannot both have the address ${address}`;
    addresses.add(number);
  }
  const text = hosts.flatMap(({ files }) => Object.values(files ?? {})).reduce((sum, { length }) => sum + length, 0);
  return text > MOST_TEXT ? 'the files of the hosts are larger than 32 MB' : null;
}

function refusesTerminals({ hosts, terminals }: World, program: boolean): string | null {
  if (!program && terminals.length === 0) return 'there is nothing to run';
  const names = new Set<string>(program ? [MAIN] : []);
  for (const { name, host, command, start } of terminals) {
    if (typeof name !== 'string' || name === '' || name.length > 100) return 'a terminal needs a name';
    if (names.has(name)) return `two terminals cannot both be called "${show(name)}"`;
    names.add(name);
    if (!hosts.some((one) => one.name === host))
      return `terminal "${show(name)}" is on "${show(host)}", and there is no such host`;
    if (command.length === 0 || command[0] === '') return `terminal "${show(name)}" has no command`;
    const line = command.join(' ');
    if (line.length > LONGEST_COMMAND || line.includes('\0'))
      return `terminal "${show(name)}" has a command that is none`;
    if (start !== null && !isWithin(start, 0, LONGEST))
      return `terminal "${show(name)}" cannot start at second ${start}`;
  }
  return null;
}

function refusesLinks({ hosts, links }: World): string | null {
  for (const link of links) {
    for (const end of [link.from, link.to])
      if (end !== '*' && !hosts.some(({ name }) => name === end))
        return `a link leads to "${show(end)}", and there is no such host`;
    if (!isLink(link)) return `the link from ${link.from} to ${link.to} has a number that makes no sense`;
  }
  return null;
}

function isLink({ latency, jitter, loss, duplicate, reorder, bandwidth }: LinkSpec): boolean {
  const shares = [loss, duplicate, reorder].every((share) => isWithin(share, 0, 1));
  const times = [latency, jitter].every((seconds) => isWithin(seconds, 0, LONGEST));
  return shares && times && (bandwidth === null || isWithin(bandwidth, 1, 1e15));
}

function refusesFaults({ hosts, terminals, faults }: World): string | null {
  if (!faults) return null;
  if (!Number.isInteger(faults.most) || !isWithin(faults.most, 0, 1_000))
    return `there cannot be ${faults.most} faults`;
  const isHost = (name: string) => hosts.some((host) => host.name === name);
  for (const fault of faults.of) {
    if (!KINDS.has(fault.kind)) return `there is no fault "${show(fault.kind)}"`;
    const unknown = namesIn(fault).find((name) => !isHost(name));
    if (unknown !== undefined) return `a fault names the host "${show(unknown)}", and there is no such host`;
    if (fault.kind === 'kill' && !terminals.some(({ name }) => name === fault.terminal))
      return `a fault kills "${show(fault.terminal)}", and there is no such terminal`;
    const end = endOf(fault);
    if (end !== null && !isWithin(end, 0, LONGEST)) return `a fault cannot be over after ${end} seconds`;
  }
  return null;
}

function namesIn(fault: FaultSpec): readonly string[] {
  if (fault.kind === 'kill') return [];
  if (fault.kind === 'crash') return [fault.host];
  return fault.kind === 'partition' ? fault.hosts : [fault.from];
}

/** So many seconds after it has struck it is over; null: never, or at once. */
function endOf(fault: FaultSpec): number | null {
  if (fault.kind === 'crash' || fault.kind === 'kill') return fault.backAfter;
  return fault.kind === 'partition' ? fault.healsAfter : null;
}

function isWithin(value: number, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}

/** A stranger's word in a sentence. */
function show(text: unknown): string {
  return String(text).slice(0, 60);
}
