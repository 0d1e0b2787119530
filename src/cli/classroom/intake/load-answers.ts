/** The answers in a hand-in: of the assignment's exercises only, and of each only what a student may edit. */

import { type Answer, LARGEST_SUBMISSION, LONGEST_FILE, type Submission } from '../../../classroom/submission.ts';
import { starterPrint } from '../../course-files.ts';
import { CODE_FILE } from './bounds.ts';
import { decodeText } from './decode-text.ts';
import type { Found, Stray } from './found.ts';
import type { Loaded } from './hand-in.ts';
import { someOf } from './printable.ts';
import { Refusal, refusalOf } from './refusal.ts';
import type { Wanted } from './sort-files.ts';

/** A file of a folder or an archive, and what it is there. */
export interface AnswerFile {
  readonly found: Found;
  readonly slug: string;
  readonly file: string;
}

/** Of a submission file. */
export function fromSubmission(read: Submission, wanted: Wanted): Loaded {
  const { exercises } = wanted;
  const notes: string[] = [];
  const answers = new Map<string, Answer>();
  for (const [slug, exercise] of exercises) {
    const given = Object.hasOwn(read.exercises, slug) ? read.exercises[slug] : undefined;
    if (!given) continue;
    const names = Object.keys(given.files);
    const kept = names.filter((name) => Object.hasOwn(exercise.starter, name));
    const others = names.filter((name) => !kept.includes(name));
    if (others.length > 0)
      notes.push(
        `Of ${slug} it holds files that are not the student's to change; they were ignored: ${someOf(others)}.`,
      );
    if (kept.length === 0) continue;
    const files = Object.fromEntries(kept.map((name) => [name, (given.files[name] ?? '').replace(/\r\n?/g, '\n')]));
    answers.set(slug, { files, attempts: given.attempts });
  }
  const others = Object.keys(read.exercises).filter((slug) => !exercises.has(slug));
  if (others.length > 0)
    notes.push(`It holds exercises that are not in the assignment; they were ignored: ${someOf(others.sort())}.`);
  const said = setApart(answers, wanted);
  return { answers, notes: [...notes, ...said], refused: [] };
}

/** Of a folder or an archive. */
export async function fromFiles(found: readonly AnswerFile[], wanted: Wanted): Promise<Loaded> {
  const { exercises } = wanted;
  const answers = new Map<string, Answer>();
  const refused: Stray[] = [];
  let length = 0;
  for (const slug of exercises.keys()) {
    const files: Record<string, string> = {};
    for (const { found: one, file } of found.filter((one) => one.slug === slug)) {
      try {
        const text = decodeText(await one.read(CODE_FILE));
        length += text.length;
        if (text.length > LONGEST_FILE)
          throw new Refusal(`has ${text.length} characters; ${LONGEST_FILE} are the most.`, TOO_LONG);
        if (length > LARGEST_SUBMISSION)
          throw new Refusal(
            `is one too many: all files together have more than ${LARGEST_SUBMISSION} characters.`,
            TOO_LONG,
          );
        files[file] = text;
      } catch (error) {
        const { reason, advice } = refusalOf(error);
        refused.push({ names: one.names, shown: one.shown, kind: 'other', reason, advice });
      }
    }
    if (Object.keys(files).length > 0) answers.set(slug, { files, attempts: [] });
  }
  const said = setApart(answers, wanted);
  return { answers, notes: said, refused };
}

const TOO_LONG = 'An answer is a few kB of text: ask the student for that alone.';

/** Takes out what is as it was handed out: that is no answer, there as in `npm test`. Says so, and what is empty. */
function setApart(answers: Map<string, Answer>, { exercises, starters }: Wanted): string[] {
  const notes: string[] = [];
  const untouched = [...answers].filter(([slug, { files }]) => {
    const exercise = exercises.get(slug);
    if (!exercise) return false;
    // As recorded, since the teacher may have worked on the exercise: what lies there may be the very solution.
    const given = Object.entries(exercise.starter).map(([name, text]) => [name, files[name] ?? text]);
    return starterPrint({ starter: Object.fromEntries(given) }) === (starters[slug] ?? starterPrint(exercise));
  });
  const empty = [...answers].filter(([, { files }]) => Object.values(files).every((text) => text.trim() === ''));
  if (answers.size === 0) notes.push('It holds no answer to any exercise of the assignment.');
  if (untouched.length > 0) notes.push(`Not started, and so not graded: ${someOf(untouched.map(([slug]) => slug))}.`);
  if (empty.length > 0) notes.push(`Empty: ${someOf(empty.map(([slug]) => slug))}.`);
  for (const [slug] of untouched) answers.delete(slug);
  return notes;
}
