/** What a line typed to `hb run hosts.json` means: input for a terminal, or something done to the world. */
import type { World, WorldAct } from '../kernel/hosts/types.ts';

export type WorldCommand =
  | { readonly kind: 'input'; readonly terminal: string; readonly text: string }
  | { readonly kind: 'act'; readonly act: WorldAct }
  /** It means nothing here; the message is for the reader. */
  | { readonly kind: 'problem'; readonly message: string };

const HELP = '!start, !kill or !restart TERMINAL; !crash or !boot HOST; !cut HOST …, !heal; !end; NAME: text';

/** `line` without its newline. Lines without a name are the first terminal's. */
export function readWorldCommand(line: string, { hosts, terminals }: World): WorldCommand {
  const names = terminals.map(({ name }) => name);
  if (!line.startsWith('!')) {
    const named = names.find((name) => line.startsWith(`${name}:`));
    const text = named === undefined ? line : line.slice(named.length + 1).replace(/^ /, '');
    return { kind: 'input', terminal: named ?? names[0] ?? '', text: `${text}\n` };
  }
  const [verb = '', ...rest] = line.slice(1).trim().split(/\s+/);
  const [name = ''] = rest;
  const act = (done: WorldAct): WorldCommand => ({ kind: 'act', act: done });
  const unknown = (what: string, known: readonly string[]): WorldCommand => ({
    kind: 'problem',
    message: `there is no ${what} "${name}"; there are: ${known.join(', ')}`,
  });
  const machines = hosts.map((host) => host.name);
  switch (verb) {
    case 'start':
    case 'kill':
    case 'restart':
      return names.includes(name) ? act({ act: verb, terminal: name }) : unknown('terminal', names);
    case 'crash':
    case 'boot':
      return machines.includes(name) ? act({ act: verb, host: name }) : unknown('host', machines);
    case 'cut':
      return rest.length > 0 && rest.every((one) => machines.includes(one))
        ? act({ act: 'partition', hosts: rest })
        : unknown('host', machines);
    case 'heal':
      return act({ act: 'partition', hosts: [] });
    case 'end':
      return act({ act: 'end' });
    default:
      return { kind: 'problem', message: `"${line}" means nothing here: ${HELP}` };
  }
}
