/** The list of what was refused: in order, and not longer than somebody reads. */
import type { Refused } from '../../../classroom/graded.ts';
import type { Stray } from './found.ts';
import { printable } from './printable.ts';

/** So many refused files of one archive or folder are listed by name: of what might have been graded, and of the rest. */
export const MOST_REFUSED = 1000;
export const MOST_STRAYS = 25;

/** Of very many of one place only the first, and how many there are. */
export function summed(refused: readonly Refused[], most: number): Refused[] {
  const sorted = [...refused].sort(byFile);
  const places = Map.groupBy(sorted, ({ file }) => /^.*[!/]/s.exec(file)?.[0] ?? '');
  return [...places].flatMap(([place, all]) => {
    if (all.length <= most) return all;
    const reason = `holds ${all.length - most} more files that were not taken.`;
    return [
      ...all.slice(0, most),
      { file: place.slice(0, -1) || place, reason, advice: 'Look into it by hand if they matter.' },
    ];
  });
}

export function refusedOf({ shown, reason, advice }: Pick<Stray, 'shown' | 'reason' | 'advice'>): Refused {
  return { file: printable(shown, 1000), reason: printable(reason, 600), advice: printable(advice, 600) };
}

export function byFile(one: Refused, other: Refused): number {
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return order(one.file, other.file) || order(one.reason, other.reason);
}
