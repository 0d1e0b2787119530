/** Shares by weight, and what being late costs. */
import { expect, test } from 'vitest';
import { type AssignedExercise, assignedExercise, type LatePolicy } from './assignment.ts';
import type { GradedTest } from './graded.ts';
import { deductionFor, lateBy, pointsOf, possibleOf, worthOf } from './points.ts';

const exercise = (more: object): AssignedExercise => assignedExercise.parse({ slug: 'a/b', points: 10, ...more });
const test_ = (name: string, passed: boolean, own = false): GradedTest => ({
  name,
  private: own,
  verdict: passed ? 'passed' : 'deadlock',
  proof: '',
});

test('tests without a weight share equally', () => {
  const tests = [test_('one', true), test_('two', true), test_('three', false)];
  expect(pointsOf(exercise({}), tests)).toBe(6.67);
  expect(
    pointsOf(
      exercise({}),
      tests.map(({ name }) => test_(name, true)),
    ),
  ).toBe(10);
  expect(
    pointsOf(
      exercise({}),
      tests.map(({ name }) => test_(name, false)),
    ),
  ).toBe(0);
});

test('a weight is relative to the other tests; a weight of 0 gives nothing', () => {
  const tests = [test_('one', true), test_('two', false), test_('three', true)];
  expect(pointsOf(exercise({ weights: { one: 3 } }), tests)).toBe(8);
  expect(pointsOf(exercise({ weights: { one: 0, three: 0 } }), tests)).toBe(0);
  expect(pointsOf(exercise({ weights: { one: 0, two: 0, three: 0 } }), tests)).toBe(0);
});

test('the teacher’s own tests have points of their own', () => {
  const own = exercise({ private: { points: 5, print: '0123456789abcdef' } });
  const tests = [test_('one', true), test_('two', false), test_('secret', true, true), test_('hidden', false, true)];
  expect(possibleOf(own)).toBe(15);
  expect(pointsOf(own, tests)).toBe(7.5);
  expect(tests.map((one) => worthOf(own, one, tests))).toEqual([5, 5, 2.5, 2.5]);
  // Weights name tests that students see: no name can reach those that they do not.
  expect(pointsOf({ ...own, weights: { secret: 1000 } }, tests)).toBe(7.5);
});

test('an exercise without tests gives nothing', () => {
  expect(pointsOf(exercise({}), [])).toBe(0);
});

test.each<[LatePolicy, number, number]>([
  [{ kind: 'accept' }, 1e9, 0],
  [{ kind: 'refuse' }, 0, 0],
  [{ kind: 'refuse' }, 1, 8],
  [{ kind: 'deduct', perDay: 10, most: 100 }, 0, 0],
  [{ kind: 'deduct', perDay: 10, most: 100 }, 1, 0.8],
  [{ kind: 'deduct', perDay: 10, most: 100 }, 24 * 3600, 0.8],
  [{ kind: 'deduct', perDay: 10, most: 100 }, 24 * 3600 + 1, 1.6],
  [{ kind: 'deduct', perDay: 10, most: 50 }, 30 * 24 * 3600, 4],
  [{ kind: 'deduct', perDay: 10, most: 100 }, 30 * 24 * 3600, 8],
])('%j, %d seconds late, of 8 points: %d', (policy, late, deducted) => {
  expect(deductionFor(policy, late, 8)).toBe(deducted);
});

test('lateness is counted across offsets', () => {
  expect(lateBy('2026-12-01T23:59:59+01:00', '2026-12-01T23:00:00Z')).toBe(1);
  expect(lateBy('2026-12-01T23:59:59+01:00', '2026-12-01T22:59:59Z')).toBe(0);
  expect(lateBy(undefined, '2026-12-01T23:00:00Z')).toBe(0);
  expect(lateBy('2026-12-01T23:59:59+01:00', null)).toBe(0);
});
