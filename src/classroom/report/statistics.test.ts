import { describe, expect, test } from 'vitest';
import type { ExerciseResult } from '../graded.ts';
import { madeUpClass, PRIVATE_TEST } from './made-up-class.ts';
import {
  distribution,
  exerciseStatistics,
  quartilesOf,
  secondsToPass,
  testStatistics,
  wrongAnswers,
} from './statistics.ts';

const class28 = madeUpClass({ size: 28 });

test('quartiles as spreadsheets count them', () => {
  expect(quartilesOf([])).toBeNull();
  expect(quartilesOf([3])).toEqual({ count: 1, low: 3, median: 3, high: 3 });
  expect(quartilesOf([10, 1, 4, 2])).toEqual({ count: 4, low: 1.75, median: 3, high: 5.5 });
});

describe('distribution', () => {
  const [one] = class28.students;
  if (!one) throw new Error('nobody');
  const of = (points: number, source: string | null = 'x') => ({ ...one, source, points, possible: 10 });

  test('0 to under 10 … 90 to under 100, and 100', () => {
    expect(distribution([of(0), of(0.99), of(1), of(9.99), of(10), of(10)])).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
  });

  test('who handed nothing in is not counted', () => {
    expect(distribution([of(0, null)])).toEqual(Array.from({ length: 11 }, () => 0));
  });
});

test('standings of an exercise add up to the class', () => {
  for (const { standings } of exerciseStatistics(class28))
    expect(Object.values(standings).reduce((sum, count) => sum + count, 0)).toBe(28);
  expect(exerciseStatistics(class28)[3]?.standings.ungraded).toBe(1);
});

test('the test that fails most comes first; private ones are told apart', () => {
  const tests = testStatistics(class28);
  const parts = tests.map(({ failed, graded }) => failed / graded);
  expect(parts).toEqual([...parts].sort((a, b) => b - a));
  expect(tests.filter((one) => one.private).map(({ name }) => name)).toEqual([PRIVATE_TEST]);
  for (const { failed, verdicts } of tests) expect(verdicts.reduce((sum, [, count]) => sum + count, 0)).toBe(failed);
});

test('the most common wrong answer comes first', () => {
  const answers = wrongAnswers(class28);
  expect(answers.map(({ answer }) => answer)).toEqual(['wrong-lock-per-call', 'wrong-deposit-only']);
  expect(answers[0]?.by.length).toBeGreaterThanOrEqual(answers[1]?.by.length ?? 0);
});

test('from the first attempt to the first that passed, in whatever order the file has them', () => {
  const [exercise] = class28.students[0]?.exercises ?? [];
  if (!exercise) throw new Error('nothing');
  const of = (...attempts: ExerciseResult['attempts']) => secondsToPass({ ...exercise, attempts });
  const at = (minute: string, verdict: string) => ({ at: `2026-11-20T10:${minute}:00+01:00`, verdict });
  expect(of(at('40', 'passed'), at('10', 'failed'), at('20', 'passed'))).toBe(600);
  expect(of(at('10', 'passed'))).toBe(0);
  expect(of(at('10', 'failed'))).toBeNull();
  expect(of({ at: 'yesterday', verdict: 'passed' })).toBeNull();
});
