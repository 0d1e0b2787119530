/** What a teacher should know of one student's work: sentences. */
import type { Assignment } from '../../../classroom/assignment.ts';
import { commonFolder, type Stray } from './found.ts';
import { type About, timeOf } from './hand-in.ts';
import { someOf } from './printable.ts';

/** What else the student handed in, and why it does not count. */
export function aboutOthers(all: readonly About[], best: About, { attempts }: Assignment): string[] {
  const notes: string[] = [];
  const equal = all.filter(({ owner }) => owner.trust === best.owner.trust);
  const lesser = all.filter(({ owner }) => owner.trust < best.owner.trust).map(({ source }) => source);
  if (equal.length > 1) {
    const others = equal
      .filter((one) => one !== best)
      .map(({ source }) => source)
      .sort();
    const known = equal.every(({ made }) => made !== null) && new Set(equal.map(timeOf)).size === equal.length;
    const which = known ? 'the one made last' : 'not all have a time, so the last by file name';
    notes.push(`Handed in ${equal.length} times; ${which} counts: ${best.source}. Not graded: ${someOf(others)}.`);
  }
  if (lesser.length > 0)
    notes.push(`Not graded, since only the file itself tells whose it is: ${someOf(lesser.sort())}.`);
  if (attempts !== undefined && equal.length > attempts)
    notes.push(`Handed in ${equal.length} times; the assignment allows ${attempts}.`);
  return notes;
}

/** What lay beside the answers, by its path in the hand-in. */
export function aboutStrays(strays: readonly Stray[], source: string): string[] {
  const inArchive = strays.some(({ shown }) => shown.startsWith(`${source}!`));
  const folder = commonFolder([`${source}${inArchive ? '!' : '/'}`, ...strays.map(({ shown }) => shown)]);
  const below = (stray: Stray) => stray.shown.slice(folder.length);
  const named = (kind: Stray['kind']) =>
    strays
      .filter((stray) => stray.kind === kind)
      .map(below)
      .sort();
  const notes: string[] = [];
  const note = (text: string, names: readonly string[]) => names.length > 0 && notes.push(`${text}: ${someOf(names)}.`);
  note("Ignored, since it is not the student's to change", named('given'));
  note('Ignored, since results say nothing here', named('forged'));
  const foreign = named('foreign').map((name) => name.replace(/\/[^/]*$/, ''));
  note('Ignored, since it is not of this assignment', [...new Set(foreign)]);
  const rubbish = named('rubbish');
  note(`Skipped ${rubbish.length} files and folders that hold no work`, rubbish);
  const others = strays.filter(({ kind }) => kind === 'other');
  for (const stray of others.slice(0, 5)) notes.push(`Ignored: ${below(stray)} ${stray.reason}`);
  note(`Ignored ${others.length - 5} more files`, others.slice(5).map(below));
  return notes;
}
