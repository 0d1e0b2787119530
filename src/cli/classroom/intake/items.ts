/** What in a folder or an archive may be a hand-in, or hold some: answers together, submission files, archives. */
import type { Submission } from '../../../classroom/submission.ts';
import { CODE_FILE } from './bounds.ts';
import { decodeText } from './decode-text.ts';
import { type Found, type Holder, inOrder, rubbish, type Stray } from './found.ts';
import type { AnswerFile } from './load-answers.ts';
import type { Says } from './owner.ts';
import { refusalOf } from './refusal.ts';
import { type Answering, sortFile, type Wanted } from './sort-files.ts';
import { NotASubmission, readSubmission } from './submission-file.ts';

/** What is in a holder and may be a hand-in, or hold some. `given`: so many of `names` are the teacher's. */
export type Item = { readonly names: readonly string[]; readonly given: number } & (
  | { readonly kind: 'files'; readonly files: AnswerFile[] }
  | { readonly kind: 'json'; readonly found: Found; readonly head: Head }
  | { readonly kind: 'archive'; readonly found: Found }
);

/** Of a submission file, without the code: a class's are not held all at once. */
export interface Head extends Pick<Submission, 'made' | 'engine'> {
  readonly says: Says;
}

export interface Items {
  readonly items: Item[];
  readonly strays: Stray[];
  /** Submission files that cannot be read. */
  readonly broken: Stray[];
}

export async function itemsOf(holder: Holder, wanted: Wanted): Promise<Items> {
  const broken: Stray[] = [];
  const strays: Stray[] = [];
  const items: Item[] = [];
  const answers: (Answering & { found: Found })[] = [];
  for (const found of holder.files) {
    const sorted = sortFile(found, wanted);
    const { names, given } = found;
    if (sorted.kind === 'stray')
      strays.push((await isText(found, sorted.unchanged)) ? rubbish(names, found.shown) : sorted.stray);
    else if (sorted.kind === 'answer') answers.push({ ...sorted, found });
    else if (sorted.kind === 'archive') items.push({ kind: 'archive', names, given, found });
    else {
      const read = await headOf(found, wanted);
      if ('head' in read) items.push({ kind: 'json', names, given, found, head: read.head });
      else (read.broken ? broken : strays).push(read.stray);
    }
  }
  answers.sort((a, b) => Number(a.loose ?? false) - Number(b.loose ?? false));
  const bases = new Map<string, AnswerFile[]>();
  for (const { base, slug, file, found } of answers) {
    const key = pathKey(base);
    const files = bases.get(key) ?? [];
    if (files.some((one) => one.slug === slug && one.file === file)) strays.push(second(found, slug));
    else files.push({ found, slug, file });
    if (!bases.has(key)) items.push({ kind: 'files', names: base, given: Math.min(found.given, base.length), files });
    bases.set(key, files);
  }
  return { items: items.sort(inOrder), strays, broken };
}

function second({ names, shown }: Found, slug: string): Stray {
  const reason = `is another answer to ${slug} in the same place, and does not count.`;
  return { names, shown, kind: 'other', reason, advice: 'Remove one of the two.' };
}

/** Whether a file is still as it was given out. */
async function isText(found: Found, text: string | undefined): Promise<boolean> {
  if (text === undefined) return false;
  try {
    return decodeText(await found.read(CODE_FILE)) === text;
  } catch (error) {
    refusalOf(error);
    return false;
  }
}

/** What a submission file says of itself; or why it is none. */
async function headOf(
  found: Found,
  { assignment }: Wanted,
): Promise<{ head: Head } | { stray: Stray; broken: boolean }> {
  try {
    const { made, engine, student } = await readSubmission(found, assignment);
    const says = { id: student.id?.trim() || undefined, name: student.name?.trim() || undefined };
    return { head: { made, engine, says } };
  } catch (error) {
    const { reason, advice } = refusalOf(error);
    const { names, shown } = found;
    // Another program's settings may well end in .json, and lie beside answers.
    const broken = !(error instanceof NotASubmission) || /\.hb\.json/i.test(shown);
    return { stray: { names, shown, kind: 'other', reason, advice }, broken };
  }
}

/**
 * For each item, the outermost folder that holds nothing else to grade, as a number of names. Of a single item in an
 * archive that is the archive's, `outer`. `length`: of the holder's own names.
 */
export function aloneIn(items: readonly Item[], length: number, outer: number | null): Map<Item, number> {
  const count = new Map<string, number>();
  for (const { names } of items)
    for (let k = length + 1; k <= names.length; k += 1) {
      const key = pathKey(names.slice(0, k));
      count.set(key, (count.get(key) ?? 0) + 1);
    }
  return new Map(
    items.map((item) => {
      if (items.length === 1 && outer !== null) return [item, outer];
      let k = Math.min(length + 1, item.names.length);
      while (k < item.names.length && count.get(pathKey(item.names.slice(0, k))) !== 1) k += 1;
      return [item, k];
    }),
  );
}

/** The innermost folder around `names` that is an item's own. */
export function nearest(names: readonly string[], owns: ReadonlyMap<string, Item>): Item | undefined {
  for (let k = names.length; k >= 0; k -= 1) {
    const item = owns.get(pathKey(names.slice(0, k)));
    if (item) return item;
  }
  return undefined;
}

export function pathKey(names: readonly string[]): string {
  return names.join('\0');
}
