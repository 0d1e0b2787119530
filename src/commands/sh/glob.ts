/** Pathname expansion: the files that a pattern names. */
import { isFailed } from '../../kernel/errno.ts';
import { entriesOf, joinPath } from '../folders.ts';
import { byCodePoint } from '../text.ts';
import type { Calling, CommandProcess } from '../types.ts';
import { isPattern, matches, unescapePattern } from './pattern.ts';

/** More names than this are not collected: the pattern then stands for itself. */
const MOST_NAMES = 20_000;
const MOST_PARTS = 100;

/** Sorted; none: nothing matches. */
export function* glob(calls: CommandProcess['calls'], pattern: string): Calling<string[]> {
  // A slash cannot be part of a bracket expression here, nor be quoted.
  const parts = pattern.split('/');
  if (parts.length > MOST_PARTS) return [];
  const absolute = pattern.startsWith('/');
  let found = [absolute ? '/' : ''];
  for (const [i, part] of parts.entries()) {
    if (part === '' && (i === 0 || i < parts.length - 1)) continue;
    const last = i === parts.length - 1;
    const next: string[] = [];
    for (const folder of found) {
      if (part === '') {
        const stat = calls.stat(null, folder, true);
        if (!isFailed(stat) && stat.kind === 'folder') next.push(joinPath(folder, ''));
        continue;
      }
      if (!isPattern(part)) {
        const path = inside(folder, unescapePattern(part));
        if (!last || !isFailed(calls.stat(null, path, false))) next.push(path);
        continue;
      }
      const entries = yield* entriesOf(calls, folder === '' ? '.' : folder);
      if (isFailed(entries)) continue;
      for (const { name } of entries) {
        if (name.startsWith('.') && !/^\\?\./.test(part)) continue;
        if (matches(part, name)) next.push(inside(folder, name));
      }
      if (next.length > MOST_NAMES) return [];
    }
    found = next;
  }
  return found.sort(byCodePoint);
}

function inside(folder: string, name: string): string {
  return folder === '' ? name : joinPath(folder, name);
}
