/** Takes in a folder or an archive, and the archives in it: finds the hand-ins, and whose each is. */
import { constants, openSync } from 'node:fs';
import { notAnArchive, type Opened, openArchive, type Source } from './archive.ts';
import { DEEPEST_ARCHIVE, INNER_ARCHIVE, OUTER_ARCHIVE } from './bounds.ts';
import { openPlain } from './disk.ts';
import type { Found, Holder, Stray } from './found.ts';
import type { HandIn } from './hand-in.ts';
import { aloneIn, type Item, itemsOf, nearest, pathKey } from './items.ts';
import { fromFiles, fromSubmission } from './load-answers.ts';
import type { Owners, Where } from './owner.ts';
import { printable } from './printable.ts';
import { Refusal, refusalOf } from './refusal.ts';
import type { Wanted } from './sort-files.ts';
import { readSubmission } from './submission-file.ts';

/** Where it all comes together. */
export interface Desk {
  readonly wanted: Wanted;
  readonly owners: Owners;
  handIn(one: HandIn): Promise<void>;
  /** `names` tell whose it may be. */
  refuse(stray: Omit<Stray, 'kind'>): void;
  /** What is nobody's by itself; if its place tells whose it is, they are told. */
  stray(stray: Stray): void;
}

/** What an archive in a holder has around it. */
interface Around {
  /** The folder that was given. */
  readonly root: string;
  /** The outermost folder or archive that holds nothing else to grade, as a number of names. */
  readonly alone: number;
  /** What lies in there beside it. */
  readonly strays: readonly Stray[];
  /** In so many archives. */
  readonly depth: number;
}

/** A folder that was given, or a file. */
export function takeInFolder(holder: Holder, root: string, desk: Desk) {
  return takeIn(holder, desk, { root, alone: 0, strays: [], depth: 0 });
}

async function takeIn(holder: Holder, desk: Desk, around: Around): Promise<void> {
  const { items, strays, broken } = await itemsOf(holder, desk.wanted);
  for (const stray of broken) desk.refuse(stray);
  const told = [...holder.strays, ...strays, ...broken].some(({ kind }) => kind !== 'rubbish');
  if (around.depth > 0 && items.length === 0 && !told)
    throw new Refusal('holds nothing to grade.', 'Ask the student to hand in again.');
  const alone = aloneIn(items, holder.names.length, around.depth > 0 ? around.alone : null);
  const owns = new Map(items.map((item) => [pathKey(item.names.slice(0, alone.get(item))), item]));
  const beside = new Map<Item, Stray[]>(items.map((item) => [item, []]));
  for (const stray of [...around.strays, ...holder.strays, ...strays]) {
    const item = nearest(stray.names, owns);
    if (item) beside.get(item)?.push(stray);
    else desk.stray(stray);
  }
  for (const item of items) {
    const from = alone.get(item) ?? item.names.length;
    const own = beside.get(item) ?? [];
    const where = { ...item, label: from === 0 ? around.root : (item.names[from - 1] ?? null), root: around.root };
    if (item.kind !== 'archive') await take(item, where, own, holder.show(item.names), desk);
    else await takeInArchive(item.found, desk, { ...around, alone: from, strays: own, depth: around.depth + 1 });
  }
}

async function take(
  item: Exclude<Item, { kind: 'archive' }>,
  where: Where,
  strays: readonly Stray[],
  shown: string,
  desk: Desk,
): Promise<void> {
  try {
    const says = item.kind === 'json' ? item.head.says : {};
    const owner = desk.owners.ownerOf(where, says);
    const source = { owner, source: shown, strays };
    const { wanted } = desk;
    if (item.kind === 'files')
      await desk.handIn({ ...source, made: null, engine: null, load: () => fromFiles(item.files, wanted) });
    else {
      const { found, head } = item;
      const load = async () => fromSubmission(await readSubmission(found, wanted.assignment), wanted);
      await desk.handIn({ ...source, made: head.made, engine: printable(head.engine, 20), load });
    }
  } catch (error) {
    desk.refuse({ names: item.names, shown, ...reasonOf(error) });
    for (const stray of strays) desk.stray(stray);
  }
}

function reasonOf(error: unknown): { reason: string; advice: string } {
  const { reason, advice } = refusalOf(error);
  return { reason, advice };
}

async function takeInArchive(found: Found, desk: Desk, around: Around): Promise<void> {
  const { names, shown } = found;
  const { depth } = around;
  let opened: Opened | null = null;
  try {
    if (depth > DEEPEST_ARCHIVE)
      throw new Refusal('is an archive in an archive in an archive.', 'Unpack it, and put what is in it in its place.');
    // What was given by itself on the command line is the teacher's, down to its names.
    const given = depth === 1 && names.length === 1 && around.root === '' ? Number.POSITIVE_INFINITY : found.given;
    opened = await openArchive(await sourceOf(found, depth), names, shown, given, boundsAt(depth));
    await takeIn(opened, desk, around);
  } catch (error) {
    desk.refuse({ names, shown, ...reasonOf(error) });
    if (opened === null) for (const stray of around.strays) desk.stray(stray);
  } finally {
    opened?.close();
  }
}

const boundsAt = (depth: number) => (depth === 1 ? OUTER_ARCHIVE : INNER_ARCHIVE);

async function sourceOf(found: Found, depth: number): Promise<Source> {
  if (found.full === undefined) {
    const bytes = await found.read(INNER_ARCHIVE.size);
    const other = notAnArchive(bytes);
    if (other) throw other;
    return { bytes };
  }
  const { handle, size: length } = await openPlain(found.full, boundsAt(depth).size);
  const start = Buffer.alloc(Math.min(16, length));
  try {
    await handle.read(start, 0, start.length, 0);
    const other = notAnArchive(start);
    if (other) throw other;
  } finally {
    await handle.close();
  }
  return { fd: openSync(found.full, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)) };
}
