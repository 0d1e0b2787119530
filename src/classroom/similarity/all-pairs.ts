/** Every pair of an exercise's answers, one after the other: what is usual, and which few stand out. Bounded memory. */
import type { Fingerprints } from './fingerprints.ts';
import type { Usual } from './types.ts';

/** Two answers by their numbers, the smaller first. */
export interface Candidate {
  readonly left: number;
  readonly right: number;
  readonly similarity: number;
  /** Fingerprints of both that the other has too. */
  readonly overlap: number;
}

export interface AllPairs {
  readonly usual: Usual;
  readonly threshold: number;
  /** Those that stand out, the most similar first; not more than KEPT. */
  readonly candidates: readonly Candidate[];
  /** How many stand out. */
  readonly standingOut: number;
}

/**
 * What is less similar than this may be so by chance, what is more similar than the other stands out in any case. In between, a
 * pair stands out in a large class if it is one of the most similar 5 %; in a small one those are fewer than can be listed.
 */
const LEAST = 0.5;
const MOST = 0.95;
/** Fingerprints on each side, at least: about three lines of an answer's own. */
const EVIDENCE = 8;
const KEPT = 2000;
/** Pairs of an exercise that are shown with their sources. */
export const LISTED = 50;
/** Steps of the distribution that median and percentile are read from. */
const STEPS = 1000;
const BARS = 20;

/** `rareWords`: how many words two answers have in common that hardly anybody else uses. */
export function allPairs(
  { answers, holders }: Fingerprints,
  rareWords: (left: number, right: number) => number,
): AllPairs {
  const found: Ranked[] = [];
  const [all, evident] = [new Float64Array(STEPS + 1), new Float64Array(STEPS + 1)];
  const [ofLeft, ofRight] = [new Float64Array(answers.length), new Float64Array(answers.length)];
  for (const [left, { counts, total }] of answers.entries()) {
    ofLeft.fill(0);
    ofRight.fill(0);
    for (const [print, count] of counts)
      for (const right of holders[print] ?? []) {
        if (right <= left) continue;
        ofLeft[right] = (ofLeft[right] ?? 0) + count;
        ofRight[right] = (ofRight[right] ?? 0) + (answers[right]?.counts.get(print) ?? 0);
      }
    for (let right = left + 1; right < answers.length; right++) {
      const [here, there] = [ofLeft[right] ?? 0, ofRight[right] ?? 0];
      const overlap = here + there;
      // Not Dolos' own figure, which takes the fingerprints that are ignored on the left for those of both sides.
      const similarity = overlap === 0 ? 0 : overlap / (total + (answers[right]?.total ?? 0));
      const step = stepOf(similarity);
      all[step] = (all[step] ?? 0) + 1;
      if (similarity < LEAST || Math.min(here, there) < EVIDENCE) continue;
      evident[step] = (evident[step] ?? 0) + 1;
      found.push({ left, right, similarity, overlap, rare: rareWords(left, right) });
    }
    if (found.length > 4 * KEPT) keepBest(found);
  }
  keepBest(found);
  const usual = usualOf(all);
  const threshold = usual.pairs * 0.05 <= LISTED ? LEAST : Math.min(MOST, Math.max(LEAST, usual.percentile95));
  return {
    usual,
    threshold,
    candidates: found.filter(({ similarity }) => stepOf(similarity) >= stepOf(threshold)),
    standingOut: evident.slice(stepOf(threshold)).reduce((sum, count) => sum + count, 0),
  };
}

interface Ranked extends Candidate {
  readonly rare: number;
}

/** The most similar first, in whole per cent; of those the ones with the most rare words, then with the most in common. */
function keepBest(found: Ranked[]): void {
  const percent = ({ similarity }: Ranked) => Math.round(similarity * 100);
  found.sort(
    (a, b) =>
      percent(b) - percent(a) || b.rare - a.rare || b.overlap - a.overlap || a.left - b.left || a.right - b.right,
  );
  found.length = Math.min(found.length, KEPT);
}

function stepOf(similarity: number): number {
  return Math.round(similarity * STEPS);
}

function usualOf(steps: Float64Array): Usual {
  const pairs = steps.reduce((sum, count) => sum + count, 0);
  /** The least similarity that so large a part of the pairs does not exceed. */
  const at = (part: number) => {
    let below = 0;
    for (const [step, count] of steps.entries()) {
      below += count;
      if (below >= part * pairs) return step / STEPS;
    }
    return 1;
  };
  const histogram = Array.from({ length: BARS }, () => 0);
  for (const [step, count] of steps.entries()) {
    const bar = Math.min(BARS - 1, Math.floor((step * BARS) / STEPS));
    histogram[bar] = (histogram[bar] ?? 0) + count;
  }
  return { pairs, median: at(0.5), percentile95: at(0.95), histogram };
}
