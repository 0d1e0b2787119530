/** Walking through folders, bounded: how deep, and how many entries of one are held. */
import { isFailed } from '../kernel/errno.ts';
import { type Entry, O } from '../kernel/files/types.ts';
import { wait } from './program.ts';
import { byCodePoint } from './text.ts';
import type { Calling, CommandProcess, Failed } from './types.ts';

/** A folder of more entries is listed up to here; the file system itself has fewer. */
const MOST_ENTRIES = 100_000;
/** Longer paths than the file system takes end every walk. */
const LONGEST_PATH = 4096;

/** All entries of a folder, without `.` and `..`, in the order of their names. */
export function* entriesOf(calls: CommandProcess['calls'], path: string): Calling<Entry[] | Failed> {
  const fd = yield* wait(calls.open(null, path, O.RDONLY | O.DIRECTORY | O.CLOEXEC, 0));
  if (isFailed(fd)) return fd;
  const entries: Entry[] = [];
  while (entries.length < MOST_ENTRIES) {
    const some = calls.list(fd, 1000);
    if (isFailed(some)) {
      calls.close(fd);
      return some;
    }
    if (some.length === 0) break;
    for (const entry of some) if (entry.name !== '.' && entry.name !== '..') entries.push(entry);
  }
  calls.close(fd);
  return entries.sort((a, b) => byCodePoint(a.name, b.name));
}

export function joinPath(folder: string, name: string): string {
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
}

/** A path too long to be walked further. */
export function tooDeep(path: string): boolean {
  return path.length > LONGEST_PATH;
}
