/** One piece of work that came in: found and attributed, its code not yet kept. */
import type { Answer } from '../../../classroom/submission.ts';
import type { Stray } from './found.ts';
import type { Owner } from './owner.ts';

export interface HandIn {
  readonly owner: Owner;
  /** Safe to print. */
  readonly source: string;
  /** ISO, by the student's own word; null: it says nothing. */
  readonly made: string | null;
  /** ENGINE_VERSION, by its own word. */
  readonly engine: string | null;
  /** What lay beside it. */
  readonly strays: readonly Stray[];
  /** The code, and what is to be said of it. Throws Refusal. While its archive is open. */
  load(): Promise<Loaded>;
}

/** A hand-in without its code, which is kept of the best alone. */
export type About = Omit<HandIn, 'load'>;

export interface Loaded {
  readonly answers: ReadonlyMap<string, Answer>;
  readonly notes: readonly string[];
  /** Files of it that could not be read. */
  readonly refused: readonly Stray[];
}

/**
 * Which of two of the same student counts: what is better attributed, then what was made last, then the last by name.
 * What has no time comes before what has one.
 */
export function counts(one: About, other: About): boolean {
  if (one.owner.trust !== other.owner.trust) return one.owner.trust > other.owner.trust;
  const [a, b] = [timeOf(one), timeOf(other)];
  if (a !== b) return a > b;
  return one.source > other.source;
}

export function timeOf({ made }: Pick<HandIn, 'made'>): number {
  return made === null ? Number.NEGATIVE_INFINITY : Date.parse(made);
}
