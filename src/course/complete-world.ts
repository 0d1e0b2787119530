/** Makes the complete world of one that an author wrote down (world.ts): what is left out is put in. */
import { splitArgs } from './command-line.ts';
import type { WorldFile } from './world.ts';

/** A world description that cannot be used; the message names the place in it and the fix. */
export class BadWorld extends Error {}

type Files = Readonly<Record<string, string | Uint8Array>>;

/** As kernel/hosts/types.ts has it. `where` is for messages; `files` are the program's, which hosts may ask for by name. */
export function worldOf(where: string, world: WorldFile, files: Files) {
  const taken = new Set(world.hosts.map(({ address }) => address));
  let next = 1;
  const free = () => {
    while (taken.has(`10.0.0.${next}`)) next += 1;
    return `10.0.0.${next++}`;
  };
  return {
    hosts: world.hosts.map(({ name, address, aliases, files: own = null }, at) => ({
      name,
      address: address ?? free(),
      ...(aliases && aliases.length > 0 && { aliases }),
      files: isList(own) ? pick(`${where}: \`hosts.${at}.files\``, own, files) : own,
    })),
    terminals: world.terminals.map(({ name, host, command, stdin, start = 0, service = false, reboots = false }) => ({
      name: name ?? host,
      host,
      command: typeof command === 'string' ? splitArgs(command) : command,
      ...(stdin !== undefined && { stdin }),
      start,
      service,
      reboots,
    })),
    links: (world.links ?? []).map(completeLink),
    ...(world.faults && { faults: { of: world.faults.of.map(completeFault), most: world.faults.most ?? 1 } }),
  };
}

type LinkDraft = NonNullable<WorldFile['links']>[number];

/** A link that nothing is said of has no delay and loses nothing. */
export function completeLink({ from, to, latency, jitter, loss, duplicate, reorder, bandwidth }: LinkDraft) {
  return {
    from: from ?? '*',
    to: to ?? '*',
    latency: latency ?? 0,
    jitter: jitter ?? 0,
    loss: loss ?? 0,
    duplicate: duplicate ?? 0,
    reorder: reorder ?? 0,
    bandwidth: bandwidth ?? null,
  };
}

function completeFault(fault: NonNullable<WorldFile['faults']>['of'][number]) {
  switch (fault.kind) {
    case 'crash':
      return { kind: fault.kind, host: fault.host, backAfter: fault.backAfter ?? null };
    case 'kill':
      return { kind: fault.kind, terminal: fault.terminal, backAfter: fault.backAfter ?? null };
    case 'partition':
      return { kind: fault.kind, hosts: fault.hosts, healsAfter: fault.healsAfter ?? null };
    default:
      return { kind: fault.kind, from: fault.from };
  }
}

/** `Array.isArray` does not tell a list that cannot be changed from a record. */
function isList(files: readonly string[] | Readonly<Record<string, string>> | null): files is readonly string[] {
  return Array.isArray(files);
}

function pick(where: string, names: readonly string[], files: Files): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const text = Object.hasOwn(files, name) ? files[name] : undefined;
    if (typeof text !== 'string')
      throw new BadWorld(`${where}: there is no text file "${name}"; there are: ${Object.keys(files).join(', ')}.`);
    picked[name] = text;
  }
  return picked;
}
