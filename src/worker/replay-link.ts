/**
 * A program and a schedule as the fragment of a URL: `replay=` and, compressed, all that it takes to see a run again.
 * A link may come from anybody: what is read from one is bounded before it is unpacked, and validated after.
 */
import * as z from 'zod';
import { BadWorld, worldOf } from '../course/complete-world.ts';
import { worldFile } from '../course/world.ts';
import type { ActRecord, World } from '../kernel/hosts/types.ts';
import { checkActs } from './acts.ts';
import { BadLink, kilobytes, pack, unpack } from './packed-text.ts';
import type { Program } from './protocol.ts';

export { BadLink };

export interface Replayable {
  readonly program: Program;
  readonly schedule: string;
  /** True: the run took its input from its reader, who has to type it again; false: it is `program.stdin`. */
  readonly interactive: boolean;
  /** What the reader did while it ran; it is done again. */
  readonly acts: readonly ActRecord[];
}

/** Characters of what is in a link. */
const LARGEST = 200_000;
const MOST_FILES = 50;
const DEEPEST = 50;
const KEY = 'replay=';

/** No invisible characters: a name must look like what it is, wherever it is shown. */
const path = z
  .string()
  .max(200)
  .regex(/^[^/\\\p{C}]+(\/[^/\\\p{C}]+)*$/u)
  .refine((text) => text.split('/').every((part) => part !== '.' && part !== '..'));
const args = z.array(z.string().max(10_000)).max(100);

// The order of the keys is that of the code which makes entries: a program's fingerprint depends on it.
const entry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('script'), file: path, args: args.optional() }),
  z.strictObject({ kind: z.literal('module'), module: z.string().max(200), args: args.optional() }),
  z.strictObject({
    kind: z.literal('call'),
    file: path,
    function: z.string().max(200),
    args: z.array(z.unknown()).max(100).refine(isShallow),
  }),
  z.strictObject({ kind: z.literal('terminals') }),
]);

const contents = z.strictObject({
  files: z
    .record(path, z.string())
    .refine((files) => Object.keys(files).length > 0 && Object.keys(files).length <= MOST_FILES),
  entry,
  stdin: z.string().optional(),
  interactive: z.literal(true).optional(),
  world: worldFile.optional(),
  acts: z.array(z.unknown()).optional(),
  schedule: z.string().regex(/^hb\d+\.[\w.-]+$/),
});

/** The fragment, without `#`. Rejects with BadLink if the program is not text, or too large. */
export async function encodeReplay({ program, schedule, interactive, acts }: Replayable): Promise<string> {
  const { files, entry, stdin, world } = program;
  for (const [name, text] of Object.entries(files))
    if (typeof text !== 'string') throw new BadLink(`${name} is not text: only text can be put into a link`);
  const json = JSON.stringify({
    files,
    entry,
    ...(stdin ? { stdin } : {}),
    ...(interactive ? { interactive } : {}),
    ...(world ? { world: withoutCopies(world, files) } : {}),
    ...(acts.length > 0 ? { acts } : {}),
    schedule,
  });
  if (json.length > LARGEST) throw new BadLink(`the program is too large for a link (${kilobytes(json.length)})`);
  if (Object.keys(files).length > MOST_FILES) throw new BadLink(`the program has more than ${MOST_FILES} files`);
  return KEY + (await pack(json, LARGEST));
}

/** Takes a whole URL, its fragment, or what follows `replay=`. Rejects with BadLink. */
export async function decodeReplay(link: string): Promise<Replayable> {
  const text = await unpack(link, KEY, 'a replay link', LARGEST * 3);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new BadLink('this link is damaged: a part of it is missing or was changed');
  }
  const read = contents.safeParse(json);
  if (!read.success) throw new BadLink('this link holds no program that could be run here');
  const { files, entry, stdin = '', interactive = false, schedule } = read.data;
  const world = openWorld(read.data.world, files);
  const acts = world ? checkActs(read.data.acts ?? [], world) : [];
  if (world === null || acts === null || (entry.kind === 'terminals' && !world))
    throw new BadLink('this link holds a world that could not be');
  const program = { files, entry: entry as Program['entry'], stdin, ...(world && { world }) };
  return { program, schedule, interactive, acts };
}

/** A host's files by their names only, where they are the program's anyway. */
function withoutCopies(world: World, files: Program['files']) {
  const hosts = world.hosts.map((host) => {
    const own = Object.entries(host.files ?? {});
    return host.files && own.every(([name, text]) => files[name] === text)
      ? { ...host, files: own.map(([name]) => name) }
      : host;
  });
  return { ...world, hosts };
}

/** Null: it names files that are not there. */
function openWorld(world: z.infer<typeof worldFile> | undefined, files: Program['files']): World | undefined | null {
  try {
    return world && worldOf('the link', world, files);
  } catch (error) {
    if (error instanceof BadWorld) return null;
    throw error;
  }
}

/** True for what `decodeReplay` takes, false for a schedule string. */
export function isLink(text: string): boolean {
  return text.includes(KEY);
}

/** Values nest less deep than any program's arguments: whoever walks them later does so by recursion. */
function isShallow(values: readonly unknown[]): boolean {
  let level: unknown[] = [...values];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return false;
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return true;
}
