/** Points, times and verdicts in the words of the reports. */
import type { VerdictKind } from '../../grader/verdict.ts';
import { rounded } from '../points.ts';

/** The same words as on the site, which begins a panel with them. */
export const VERDICT_WORDS: Readonly<Record<VerdictKind, string>> = {
  passed: 'passed',
  failed: 'not yet',
  race: 'data race',
  deadlock: 'deadlock',
  livelock: 'livelock',
  error: 'error',
  limit: 'stopped at a limit',
  unrepeatable: 'not repeatable',
};

export function shownPoints(points: number): string {
  return String(rounded(points));
}

/** Null: there is nothing to reach. */
export function percentOf(points: number, possible: number): number | null {
  return possible === 0 ? null : Math.round((points / possible) * 1000) / 10;
}

/** Of an ISO time with its offset, which stays the one that it was written with. */
export function shownMoment(iso: string): string {
  const read = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::[\d.]+)?(Z|[+-]\d\d:?\d\d)$/.exec(iso);
  return read ? `${read[1]} ${read[2]} ${read[3] === 'Z' ? 'UTC' : `(UTC${read[3]})`}` : iso;
}

/** "40 s", "12 min", "3 h 20 min", "2 days 4 h". */
export function shownDuration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return two(`${hours} h`, minutes % 60, 'min');
  const days = Math.floor(hours / 24);
  return two(`${days} ${days === 1 ? 'day' : 'days'}`, hours % 24, 'h');
}

function two(first: string, rest: number, unit: string): string {
  return rest === 0 ? first : `${first} ${rest} ${unit}`;
}
