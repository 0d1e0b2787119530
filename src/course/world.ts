/**
 * Several machines as an author writes them down (`hosts.json`, `world.json`, a chapter's <Terminals>) and as a replay
 * link carries them: zod schemas and bounds. What is meant by what is left out says complete-world.ts.
 */
import * as z from 'zod';
import { BadWorld } from './complete-world.ts';

export const MOST_HOSTS = 8;
export const MOST_TERMINALS = 16;
const MOST_LINKS = 64;
const MOST_FAULTS = 32;
const MOST_FILES = 50;
const LARGEST_FILE = 200_000;
/** Seconds. */
const LONGEST_WAIT = 3600;
const LONGEST_DELAY = 60;

const hostName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/, 'must be lower-case letters, digits and hyphens, at most 32')
  .refine((name) => name !== 'localhost', 'must not be localhost: that is every host itself');
/** Dots too: `www.example.com`. */
const alias = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'must be a host name: lower-case letters, digits, hyphens and dots');
const address = z
  .string()
  .regex(/^(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])(\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])){3}$/, 'must be an IPv4 address')
  .refine((text) => !/^(0|127|22[4-9]|23\d|24\d|25\d)\./.test(text), 'must be an address of one host, as 10.0.0.2 is');
const terminalName = z.string().regex(/^[\p{L}\p{N}_.-]{1,32}$/u, 'must be letters, digits, "_", "-" and "."');
/** No invisible characters: a name must look like what it is, wherever it is shown. */
const path = z
  .string()
  .max(200)
  .regex(/^[^/\\\p{C}]+(\/[^/\\\p{C}]+)*$/u, 'must be a path below the program’s folder')
  .refine((text) => text.split('/').every((part) => part !== '.' && part !== '..'), 'must not have "." or ".." in it');
const seconds = z.number().min(0).max(LONGEST_WAIT);
const part = z.number().min(0, 'must be from 0 to 1').max(1, 'must be from 0 to 1');

const host = z.strictObject({
  name: hostName,
  /** Left out: the next of 10.0.0.1, 10.0.0.2, … */
  address: address.optional(),
  aliases: z.array(alias).max(8).readonly().optional(),
  /** Left out: all of the program's. A list: those of the program's. Else the texts themselves. */
  files: z
    .union([
      z.array(path).max(MOST_FILES).readonly(),
      z.record(path, z.string().max(LARGEST_FILE)).readonly(),
      z.null(),
    ])
    .optional(),
});

const words = z.array(z.string().max(10_000)).min(1, 'must name a program').max(100).readonly();
const command = z.union([words, z.string().max(10_000).regex(/\S/, 'must name a program')]);

const terminal = z.strictObject({
  /** Left out: the host's name. */
  name: terminalName.optional(),
  host: z.string(),
  command,
  stdin: z.string().max(LARGEST_FILE).optional(),
  /** Seconds after the beginning; null: when the reader says so. */
  start: seconds.nullable().optional(),
  service: z.boolean().optional(),
  reboots: z.boolean().optional(),
});

const link = z.strictObject({
  from: z.string().optional(),
  to: z.string().optional(),
  latency: z.number().min(0).max(LONGEST_DELAY).optional(),
  jitter: z.number().min(0).max(LONGEST_DELAY).optional(),
  loss: part.optional(),
  duplicate: part.optional(),
  reorder: part.optional(),
  bandwidth: z.number().min(1).max(1e12).nullable().optional(),
});

const fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('crash'), host: z.string(), backAfter: seconds.nullable().optional() }),
  z.strictObject({ kind: z.literal('kill'), terminal: z.string(), backAfter: seconds.nullable().optional() }),
  z.strictObject({
    kind: z.literal('partition'),
    hosts: z.array(z.string()).min(1).max(MOST_HOSTS).readonly(),
    healsAfter: seconds.nullable().optional(),
  }),
  z.strictObject({ kind: z.literal('lose'), from: z.string() }),
  z.strictObject({ kind: z.literal('duplicate'), from: z.string() }),
]);

const shape = z.strictObject({
  hosts: z.array(host).min(1, 'must have at least one host').max(MOST_HOSTS).readonly(),
  terminals: z.array(terminal).min(1, 'must have at least one terminal').max(MOST_TERMINALS).readonly(),
  links: z.array(link).max(MOST_LINKS).readonly().optional(),
  faults: z
    .strictObject({ of: z.array(fault).max(MOST_FAULTS).readonly(), most: z.number().int().min(0).max(4).optional() })
    .optional(),
});

/** What an author writes; a complete World is one too. */
export const worldFile = shape.superRefine((world, context) => {
  const problem = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
  const hosts = world.hosts.map(({ name }) => name);
  const terminals = world.terminals.map(({ name, host }) => name ?? host);
  const known = (path: (string | number)[], name: string, what: string, names: readonly string[]) => {
    if (!names.includes(name)) problem(path, `there is no ${what} "${name}"; there are: ${names.join(', ')}`);
  };
  const once = (path: (string | number)[], name: string, taken: Set<string>) => {
    if (taken.has(name)) problem(path, `"${name}" is there twice`);
    taken.add(name);
  };
  const names = new Set<string>();
  const addresses = new Set<string>();
  world.hosts.forEach(({ name, address, aliases }, at) => {
    once(['hosts', at, 'name'], name, names);
    aliases?.forEach((other, index) => {
      once(['hosts', at, 'aliases', index], other, names);
    });
    if (address !== undefined) once(['hosts', at, 'address'], address, addresses);
  });
  const taken = new Set<string>();
  world.terminals.forEach(({ name, host }, at) => {
    known(['terminals', at, 'host'], host, 'host', hosts);
    once(['terminals', at, 'name'], name ?? host, taken);
  });
  world.links?.forEach((one, at) => {
    for (const end of ['from', 'to'] as const) {
      const name = one[end] ?? '*';
      if (name !== '*') known(['links', at, end], name, 'host', hosts);
    }
  });
  world.faults?.of.forEach((one, at) => {
    const here = ['faults', 'of', at];
    if (one.kind === 'crash') known([...here, 'host'], one.host, 'host', hosts);
    else if (one.kind === 'kill') known([...here, 'terminal'], one.terminal, 'terminal', terminals);
    else if (one.kind === 'partition')
      one.hosts.forEach((name, index) => {
        known([...here, 'hosts', index], name, 'host', hosts);
      });
    else known([...here, 'from'], one.from, 'host', hosts);
  });
});

export type WorldFile = z.infer<typeof worldFile>;
/** `where` is the file's name, for the messages. */
export function readWorld(where: string, text: string): WorldFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new BadWorld(
      `${where}: is not valid JSON (${error instanceof Error ? error.message : error}). Correct it there.`,
    );
  }
  return checkWorld(where, json);
}

export function checkWorld(where: string, json: unknown): WorldFile {
  const read = worldFile.safeParse(json);
  if (read.success) return read.data;
  const lines = read.error.issues.slice(0, 10).map((issue) => {
    const at = issue.path.map(String).join('.');
    return `${where}: ${at === '' ? '' : `\`${at}\`: `}${issue.message}. Correct it there.`;
  });
  throw new BadWorld(lines.join('\n'));
}
