import { expect, test } from 'vitest';
import { gradedTests } from '../../classroom/assigned.ts';
import type { AssignedExercise } from '../../classroom/assignment.ts';
import type { Gradable } from '../../grader/gradable.ts';
import { MapArea } from '../map-area.ts';
import { Store } from '../store.ts';
import { workKey } from './remembered.ts';
import { ASSIGNMENT, PASSED, REFUSED, SECOND_FAILED, SUITE } from './sample.ts';
import { isUsedUp, recordAttempt, scoreOf, scoreOfVerdict, testsOf, workOf } from './work.ts';

const [ONE, TWO] = ASSIGNMENT.exercises as [AssignedExercise, AssignedExercise];
const at = (minute: number) => `2026-11-21T10:0${minute}:00.000Z`;
const store = () => new Store(() => new MapArea());

test('points of a test are those of the gradebook', async () => {
  const gradable: Gradable = { slug: 'locks/one', kind: 'fix', suite: SUITE, support: {}, starter: {} };
  for (const verdict of [PASSED, SECOND_FAILED, REFUSED]) {
    const theirs = await gradedTests(gradable, {}, verdict, false);
    expect(testsOf(verdict, SUITE).map(({ name, verdict }) => [name, verdict])).toEqual(
      theirs.map(({ name, verdict }) => [name, verdict]),
    );
  }
});

test('a verdict in points: by weight, with what the teacher keeps', () => {
  const score = scoreOfVerdict(ONE, SECOND_FAILED, SUITE);
  expect(score.total).toBe('4 of 6 points');
  expect([...score.tests]).toEqual([
    ['first', '4 of 4 points'],
    ['second', '0 of 2 points'],
  ]);
  expect(score.more).toMatch(/^5 more points/);
  expect(scoreOfVerdict(TWO, PASSED, SUITE)).toMatchObject({ total: '4 of 4 points', more: null });
  expect(scoreOfVerdict(ONE, REFUSED, SUITE).total).toBe('0 of 6 points');
});

test('each press of Grade is an attempt; the last one counts, and there is an end of them', () => {
  const here = store();
  const press = (verdict: typeof PASSED, minute: number) =>
    recordAttempt(here, 'week-3', ONE, { verdict, suite: SUITE, files: { a: String(minute) }, at: at(minute) });
  expect(isUsedUp(ASSIGNMENT, workOf(here, 'week-3', 'locks/one'))).toBe(false);
  press(PASSED, 1);
  expect(scoreOf(here, ASSIGNMENT).points).toBe(6);
  press(SECOND_FAILED, 2);
  expect(workOf(here, 'week-3', 'locks/one').attempts).toEqual([
    { at: at(1), verdict: 'passed' },
    { at: at(2), verdict: 'deadlock', test: 'second' },
  ]);
  expect(scoreOf(here, ASSIGNMENT)).toEqual({
    assignment: 'week-3',
    points: 4,
    possible: 10,
    kept: 5,
    exercises: [
      { slug: 'locks/one', points: 4, possible: 6, graded: true },
      { slug: 'locks/two', points: 0, possible: 4, graded: false },
    ],
  });
  expect(isUsedUp(ASSIGNMENT, workOf(here, 'week-3', 'locks/one'))).toBe(true);
  expect(isUsedUp(ASSIGNMENT, workOf(here, 'week-3', 'locks/two'))).toBe(false);
  const { attempts: _, ...free } = ASSIGNMENT;
  expect(isUsedUp(free, workOf(here, 'week-3', 'locks/one'))).toBe(false);
});

test('what is stored and is not what was written counts as nothing', () => {
  const here = store();
  for (const text of ['', 'null', '[]', '{"attempts":[{"at":"yesterday","verdict":"passed"}],"graded":null}']) {
    here.set(workKey('week-3', 'locks/one'), text);
    expect(workOf(here, 'week-3', 'locks/one')).toEqual({ attempts: [], graded: null });
  }
});
