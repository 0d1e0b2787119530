/** Which exercises are solved: kept in the browser, merged over tabs and imports. */
import type { Store } from './store.ts';

/** Exercise slug to the ISO time when it was first solved. */
export type Solved = Readonly<Record<string, string>>;

export const PROGRESS_KEY = 'hb:solved';
const NONE: Solved = {};

/** Reads what `writeSolved` wrote; anything else counts as nothing solved. */
export function readSolved(text: string | null): Solved {
  if (text === null) return NONE;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return NONE;
    return Object.fromEntries(Object.entries(value).filter((entry) => typeof entry[1] === 'string'));
  } catch {
    return NONE;
  }
}

/** The earlier time of both wins: a thing is solved once. */
export function mergeSolved(a: Solved, b: Solved): Solved {
  const merged: Record<string, string> = { ...a };
  for (const [slug, when] of Object.entries(b)) {
    const known = merged[slug];
    if (known === undefined || when < known) merged[slug] = when;
  }
  return merged;
}

export function markSolved(store: Store, slug: string, when: string): void {
  // Read again just before writing, so that another tab's mark is not overwritten.
  store.set(PROGRESS_KEY, JSON.stringify(mergeSolved(readSolved(store.get(PROGRESS_KEY)), { [slug]: when })));
}
