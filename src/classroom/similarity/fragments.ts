/** The runs of tokens that two answers have in common: Dolos' fragments, drawn out to the ends of their lines. */
import type { TokenizedFile } from '@dodona/dolos-core';
import type { Fingerprints } from './fingerprints.ts';
import { shownRegion } from './shown-region.ts';
import type { SimilarPair } from './types.ts';

/** What finding the fragments of a pair may cost: an honest one costs a thousand. */
const MOST_WORK = 250_000;

/** First and last token of a run, on both sides. */
interface Run {
  readonly left: readonly [first: number, last: number];
  readonly right: readonly [first: number, last: number];
}

/** `left` and `right`: two answers by their numbers; their texts. None if they repeat themselves too often. */
export function fragmentsOf(
  left: number,
  right: number,
  { index, answers }: Fingerprints,
  texts: readonly [string, string],
): SimilarPair['fragments'] {
  const [one, other] = [answers[left], answers[right]];
  if (!one || !other) return [];
  // Dolos multiplies the places of a fingerprint on both sides: thousands of equal lines would be millions of places.
  let work = one.total * other.total;
  for (const [print, count] of one.counts) work += count * (other.counts.get(print) ?? 0);
  if (work > MOST_WORK) return [];

  const [lines, others] = texts.map((text) => text.split('\n')) as [string[], string[]];
  const runs = index
    .getPair(one.file, other.file)
    .buildFragments()
    .flatMap(({ pairs }): Run[] => {
      const [first, last] = [pairs[0], pairs.at(-1)];
      if (!first || !last) return [];
      const run = { left: [first.left.start, last.left.stop], right: [first.right.start, last.right.stop] } as const;
      return [drawnOut(run, one.file, other.file)];
    });
  return merged(runs).map((run) => ({
    left: shownRegion(lines, regionOf(one.file, run.left)),
    right: shownRegion(others, regionOf(other.file, run.right)),
  }));
}

/** Dolos ends a fragment at a fingerprint that does not count, though what is the same goes on. */
function merged(runs: readonly Run[]): Run[] {
  const done: Run[] = [];
  const shift = ({ left, right }: Run) => right[0] - left[0];
  for (const run of [...runs].sort((a, b) => a.left[0] - b.left[0] || a.right[0] - b.right[0])) {
    const at = done.findLastIndex((one) => shift(one) === shift(run) && run.left[0] <= one.left[1] + 1);
    const before = done[at];
    if (before === undefined) done.push(run);
    else if (run.left[1] > before.left[1])
      done[at] = { left: [before.left[0], run.left[1]], right: [before.right[0], run.right[1]] };
  }
  return done;
}

/** A fingerprint is one of several neighbours, so a fragment begins and ends somewhere within what is the same. */
function drawnOut({ left, right }: Run, one: TokenizedFile, other: TokenizedFile): Run {
  const isSame = (a: number, b: number) => one.tokens[a] !== undefined && one.tokens[a] === other.tokens[b];
  const rowOf = (token: number) => one.mapping[token]?.startRow;
  let [before, after] = [0, 0];
  while (isSame(left[0] - before - 1, right[0] - before - 1) && rowOf(left[0] - before - 1) === rowOf(left[0]))
    before++;
  while (isSame(left[1] + after + 1, right[1] + after + 1) && rowOf(left[1] + after + 1) === rowOf(left[1])) after++;
  return { left: [left[0] - before, left[1] + after], right: [right[0] - before, right[1] + after] };
}

function regionOf({ mapping }: TokenizedFile, [first, last]: readonly [number, number]) {
  const [start, end] = [mapping[first], mapping[last]];
  const { startRow = 0, startCol = 0 } = start ?? {};
  return { startRow, startCol, endRow: end?.endRow ?? startRow, endCol: end?.endCol ?? startCol };
}
