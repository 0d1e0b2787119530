/**
 * What an earlier grading wrote into the same folder and this one does not: grades and similar pairs that are no longer
 * true. A list in the folder tells, so that nothing is ever removed but what was written from here.
 */
import { mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';

const LIST = path.join('.grading', 'written.json');
/** The only places that results are written to. */
const OURS = /^(?:(?:report|feedback|submissions)\/.+|[a-z]+\.csv)$/;

/** `now`: names below the folder that are about to be written. The promise's function is called when they are. */
export async function replaceEarlier(folder: string, now: readonly string[]): Promise<() => Promise<void>> {
  const before = await listed(folder);
  const gone = before.filter((name) => !now.includes(name) && isOurs(name));
  const list = (names: readonly string[]) => writeFile(path.join(folder, LIST), `${JSON.stringify(names, null, 1)}\n`);
  await mkdir(path.join(folder, path.dirname(LIST)), { recursive: true });
  // Both, until it is done: whoever is interrupted here leaves nothing behind that is on no list.
  await list([...now, ...gone]);
  return async () => {
    for (const name of gone) {
      await rm(path.join(folder, name), { force: true });
      // The student's folder, if there is nothing else in it.
      await rmdir(path.join(folder, path.dirname(name))).catch(() => {});
    }
    await list(now);
  };
}

/** The list lies where anybody may have changed it. */
function isOurs(name: string): boolean {
  return OURS.test(name) && name === path.posix.normalize(name) && !name.includes('\\');
}

async function listed(folder: string): Promise<readonly string[]> {
  try {
    const read = z.array(z.string()).safeParse(JSON.parse(await readFile(path.join(folder, LIST), 'utf8')));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
}
