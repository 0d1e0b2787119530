/** Where a command's program is: `$PATH`, as execvp searches it. */
import { isFailed } from '../kernel/errno.ts';
import type { CommandProcess, Failed } from './types.ts';

export const DEFAULT_PATH = '/usr/bin:/bin';
/** More folders than this are nobody's PATH. */
const MOST_FOLDERS = 100;

/** The file to run; EACCES if the only ones found may not be run. A name with a slash is a file already. */
export function findProgram(calls: CommandProcess['calls'], name: string, path = DEFAULT_PATH): string | Failed {
  if (name === '') return { errno: 'ENOENT' };
  if (name.includes('/')) return runnable(calls, name);
  let refused: Failed = { errno: 'ENOENT' };
  for (const folder of path.split(':', MOST_FOLDERS)) {
    const file = runnable(calls, folder === '' ? name : `${folder}/${name}`);
    if (!isFailed(file)) return file;
    if (file.errno === 'EACCES') refused = file;
  }
  return refused;
}

function runnable(calls: CommandProcess['calls'], file: string): string | Failed {
  const stat = calls.stat(null, file, true);
  if (isFailed(stat)) return stat;
  if (stat.kind === 'folder') return { errno: 'EACCES' };
  const allowed = calls.access(null, file, 1);
  return isFailed(allowed) ? allowed : file;
}
