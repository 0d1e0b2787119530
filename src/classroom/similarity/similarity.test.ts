/** The parts of a comparison that need no engine: what is usual, what stands out, large classes, groups, regions, words. */
import { Region } from '@dodona/dolos-core';
import { expect, test } from 'vitest';
import { allPairs } from './all-pairs.ts';
import { compareClass, type ExerciseAnswers } from './compare-class.ts';
import type { Material, Submitted } from './compare-exercise.ts';
import { fingerprints } from './fingerprints.ts';
import type { Normalised } from './normalised.ts';
import { rareWords } from './rare-words.ts';
import { shownRegion } from './shown-region.ts';

/** Ten tokens a line, each at its number. */
function normalised(tokens: readonly string[]): Normalised {
  const regions = tokens.map((_, at) => new Region(Math.floor(at / 10), at % 10, Math.floor(at / 10), (at % 10) + 1));
  return { tokens, regions, main: null, readable: true, program: tokens.join(' ') };
}

/** Tokens that no other seed has in the same order. */
function madeUp(seed: number, count: number): string[] {
  let state = seed * 7919 + 1;
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return `t${state % 50}`;
  });
}

const material: Material = {
  ...{ slug: 'locks/a', title: 'A', comparable: true, template: [], known: [], solution: null },
  starter: { text: '', program: null },
};

function submitted(id: string, tokens: readonly string[]): Submitted {
  return { student: { id, name: id }, text: `${tokens.join('')}\n`, files: [], normalised: normalised(tokens) };
}

const none = () => 0;

test('similarity is the share of an answer’s own fingerprints that the other has too', () => {
  const own = madeUp(1, 80);
  const { candidates, usual } = allPairs(
    fingerprints([normalised(own), normalised([...own, ...madeUp(2, 80)]), normalised(madeUp(3, 80))], []),
    none,
  );
  expect(candidates).toHaveLength(1);
  expect(candidates[0]).toMatchObject({ left: 0, right: 1, similarity: expect.closeTo(2 / 3, 1) });
  expect(usual).toMatchObject({ pairs: 3, median: 0 });
  expect(usual.histogram.reduce((sum, count) => sum + count)).toBe(3);
});

test('what was given is left out on each side by itself', () => {
  const given = madeUp(9, 200);
  const [one, other] = [madeUp(1, 60), madeUp(2, 60)];
  const answers = [
    [...given, ...one],
    [...one, ...other],
    [...given, ...other],
  ].map(normalised);
  const { candidates } = allPairs(fingerprints(answers, [normalised(given)]), none);
  for (const { similarity } of candidates) expect(similarity).toBeLessThanOrEqual(1);
  expect(candidates.map(({ left, right }) => [left, right]).sort()).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

test('in a large class only the most similar stand out, unless most are the same', () => {
  const few = Array.from({ length: 30 }, (_, n) => normalised(madeUp(n % 8, 80)));
  expect(allPairs(fingerprints(few, []), none)).toMatchObject({ threshold: 0.5, standingOut: 6 * 6 + 2 * 3 });
  const many = Array.from({ length: 60 }, (_, n) => normalised(madeUp(n % 8, 80)));
  const { usual, threshold, standingOut } = allPairs(fingerprints(many, []), none);
  expect(usual.percentile95).toBe(1);
  expect([threshold, standingOut]).toEqual([0.95, 4 * 28 + 4 * 21]);
});

test('rare words, then how much there is in common, decide between pairs that are equally similar', () => {
  const answers = [1, 1, 2, 2, 3, 3].map((seed) => normalised(madeUp(seed, 60 + 20 * seed)));
  const { candidates } = allPairs(fingerprints(answers, []), (left) => (left === 0 ? 1 : 0));
  expect(candidates.map(({ left }) => left)).toEqual([0, 4, 2]);
});

test('a class of 1,000 is compared in bounded memory, and only the first pairs are listed', async () => {
  const answers = Array.from({ length: 1000 }, (_, n) => submitted(`s${n}`, madeUp(n % 200, 150)));
  const { exercises, groups } = await compareClass([{ material, answers }]);
  expect(exercises[0]).toMatchObject({ answers: 1000, usual: { pairs: 499_500, median: 0 }, unlisted: 1950 });
  expect(exercises[0]?.pairs).toHaveLength(50);
  expect(groups).toEqual([]);
});

test('an answer that repeats one line thousands of times takes no longer', async () => {
  const same = Array.from({ length: 3000 }, (_, n) => `t${n % 4}`);
  const { exercises } = await compareClass([{ material, answers: ['a', 'b', 'c'].map((id) => submitted(id, same)) }]);
  expect(exercises[0]?.pairs.map(({ similarity, fragments }) => [similarity, fragments])).toEqual([
    [1, []],
    [1, []],
    [1, []],
  ]);
});

/** Ten exercises of 40 students; in the first `together` of them, `a` and `b` have handed in the same. */
function classWith(together: number): ExerciseAnswers[] {
  return Array.from({ length: 10 }, (_, at) => {
    // Each has one of some fifty designs, by chance, so that a few pairs have the same one; other pairs each time.
    const designs = madeUp(13 * at + 1, 58).slice(20);
    const answers = designs.map((design, n) => submitted(`s${n}`, madeUp(1000 * at + Number(design.slice(1)), 80)));
    const pair = ['a', 'b'].map((id, n) => submitted(id, madeUp(1000 * at + 500 + (at < together ? 0 : n), 80)));
    return { material: { ...material, slug: `locks/e${at}` }, answers: [...answers, ...pair] };
  });
}

test('a group is who stands out together more often than chance would bring about', async () => {
  expect((await compareClass(classWith(1))).groups).toEqual([]);
  const [group, ...others] = (await compareClass(classWith(6))).groups;
  expect(others).toEqual([]);
  expect(group?.students.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(group?.links.map(({ exercises }) => exercises.length)).toEqual([6]);
});

test('regions are counted as browsers do, without the blanks around them', () => {
  const lines = ['😀 = 1', '    if x:', '        y', '', '    z'];
  const at = (startRow: number, startCol: number, endRow: number, endCol: number) =>
    shownRegion(lines, { startRow, startCol, endRow, endCol });
  expect(at(0, 4, 0, 5)).toEqual({ startRow: 0, startCol: 5, endRow: 0, endCol: 6 });
  expect(at(1, 0, 4, 4)).toEqual({ startRow: 1, startCol: 4, endRow: 2, endCol: 9 });
  expect(at(0, 6, 1, 6)).toEqual({ startRow: 1, startCol: 4, endRow: 1, endCol: 6 });
  expect(at(3, 0, 4, 2)).toEqual({ startRow: 4, startCol: 0, endRow: 4, endCol: 0 });
  expect(at(7, 0, 9, 9)).toEqual({ startRow: 9, startCol: 0, endRow: 9, endCol: 0 });
});

test('a word is rare if hardly anybody uses it, and is nobody’s if it was given', () => {
  const texts = ['lock quark', 'lock quark zeit', 'lock zeit', 'lock', '# Zürich 東京駅', 'x = "東京駅" # Zürich'];
  const words = rareWords(texts, (word) => word === 'zeit');
  expect(words.of(0, 1)).toEqual(['quark']);
  expect(words.of(1, 2)).toEqual([]);
  expect(words.of(4, 5)).toEqual(['Zürich', '東京駅']);
  expect(words.count(4, 5)).toBe(2);
});
