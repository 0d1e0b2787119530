import { expect, test } from 'vitest';
import { attemptsLeft, duration, latePolicyWords, moment, morePoints, pointsOutOf, timeLeft } from './words.ts';

test('a due date is told in the reader’s own time zone, which is named', () => {
  const due = '2026-12-01T23:59:00+01:00';
  expect(moment(due, 'en', 'Europe/Berlin')).toBe('Tuesday, December 1, 2026 at 23:59 GMT+1');
  expect(moment(due, 'en', 'Asia/Tokyo')).toBe('Wednesday, December 2, 2026 at 07:59 GMT+9');
});

test('how long is left, in two units at most', () => {
  const due = '2026-12-01T12:00:00Z';
  const before = (hours: number) => Date.parse(due) - hours * 3_600_000;
  expect(timeLeft(due, before(51.5))).toBe('2 days and 3 hours left');
  expect(timeLeft(due, before(24))).toBe('1 day left');
  expect(timeLeft(due, before(1.5))).toBe('1 hour and 30 minutes left');
  expect(timeLeft(due, before(0))).toBe('less than a minute left');
  expect(timeLeft(due, before(-3))).toBe('this was 3 hours ago');
  expect(duration(59_000)).toBe('less than a minute');
});

test('what being late costs is said in words', () => {
  expect(latePolicyWords({ kind: 'deduct', perDay: 10, most: 50 })).toBe(
    'For each day begun after that, 10% of the points are taken away, but never more than 50%.',
  );
  expect(latePolicyWords({ kind: 'deduct', perDay: 10, most: 100 })).not.toContain('never more');
  expect(latePolicyWords({ kind: 'refuse' })).toContain('no points');
  expect(latePolicyWords({ kind: 'accept' })).toContain('accepted');
});

test('one is not many', () => {
  expect(pointsOutOf(0, 1)).toBe('0 of 1 point');
  expect(pointsOutOf(1, 2.5)).toBe('1 of 2.5 points');
  expect(attemptsLeft(1, 2)).toBe('1 of 2 attempts left');
  expect(attemptsLeft(0, 1)).toBe('1 of 1 attempt left');
  expect(attemptsLeft(3, 2)).toMatch(/^No attempts left: all 2 are used/);
  expect(attemptsLeft(1, undefined)).toBe('graded once');
  expect(morePoints(0)).toBeNull();
  expect(morePoints(5)).toMatch(/^5 more points by tests that your teacher keeps/);
});
