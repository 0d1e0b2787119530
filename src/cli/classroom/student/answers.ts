/** Reads what a student has written: of each exercise the files that are theirs, as they lie in exercises/. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { LONGEST_FILE } from '../../../classroom/submission.ts';
import type { Files } from '../../../grader/gradable.ts';
import { Usage } from '../../usage.ts';
import type { GivenExercise } from './assigned-work.ts';

/** Line ends as they came: git may write others on Windows. Throws Usage, which names the file and what to do. */
export function readAnswer(root: string, { slug, starter }: GivenExercise): Files {
  return Object.fromEntries(
    Object.keys(starter).map((name) => {
      const file = `exercises/${slug}/${name}`;
      const found = statSync(path.join(root, file), { throwIfNoEntry: false });
      if (!found?.isFile()) throw new Usage(`${file}: is missing. git checkout -- ${file} brings it back.`);
      if (found.size > 4 * LONGEST_FILE) throw new Usage(tooLong(file));
      const text = readFileSync(path.join(root, file), 'utf8').replace(/\r\n/g, '\n');
      if (text.length > LONGEST_FILE) throw new Usage(tooLong(file));
      return [name, text];
    }),
  );
}

export function isAsItCame({ starter }: GivenExercise, files: Files): boolean {
  return Object.entries(starter).every(([name, text]) => files[name] === text);
}

/** Programs that the student has added: nobody grades them, here or elsewhere. */
export function notGraded(root: string, { slug, starter, support }: GivenExercise): string[] {
  const names = readdirSync(path.join(root, 'exercises', slug)).filter((name) => name.endsWith('.py'));
  return names.filter((name) => !Object.hasOwn(starter, name) && !Object.hasOwn(support, name)).sort();
}

function tooLong(file: string): string {
  return `${file}: has more than ${LONGEST_FILE} characters, which is longer than any answer. Shorten it.`;
}
