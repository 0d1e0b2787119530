import { expect, test } from 'vitest';
import { lateSentence, receivedSentence } from './lateness.ts';
import { ASSIGNMENT, madeUpClass } from './made-up-class.ts';
import { percentOf, shownDuration, shownMoment, shownPoints } from './shown.ts';

test('points, times and per cent', () => {
  expect([shownPoints(10 / 3), shownPoints(5), percentOf(1, 3), percentOf(0, 0)]).toEqual(['3.33', '5', 33.3, null]);
  expect(shownMoment('2026-12-01T23:59:00+01:00')).toBe('2026-12-01 23:59 (UTC+01:00)');
  expect(shownMoment('2026-12-01T23:59:12.5Z')).toBe('2026-12-01 23:59 UTC');
  expect(shownMoment('<soon>')).toBe('<soon>');
  expect([40, 700, 12_000, 7200, 187_200, 86_400].map(shownDuration)).toEqual([
    '40 s',
    '12 min',
    '3 h 20 min',
    '2 h',
    '2 days 4 h',
    '1 day',
  ]);
});

test('lateness in sentences', () => {
  const [someone] = madeUpClass({ size: 1 }).students;
  if (!someone) throw new Error('nobody');
  const late = { ...someone, late: 90_000, deducted: 2 };
  expect(lateSentence({ ...someone, late: 0 }, ASSIGNMENT.late)).toBeNull();
  expect(lateSentence(late, { kind: 'accept' })).toBe('1 day 1 h late; nothing is taken away for it.');
  expect(lateSentence(late, { kind: 'refuse' })).toContain('so 2 points are taken away');
  expect(lateSentence(late, { kind: 'deduct', perDay: 10, most: 50 })).toBe(
    '1 day 1 h late: 10 % for each day begun, 50 % at most, so 2 points are taken away.',
  );
  const marked = { ...late, late: 1, received: { at: null, by: 'lms', markedLate: true } as const };
  expect(lateSentence(marked, { kind: 'accept' })).toMatch(/^Marked as late by the learning platform, without a time/);
  expect(receivedSentence(marked)).toBeNull();
  expect(receivedSentence(someone)).toBe('2026-12-01 20:15 (UTC+01:00), by the file’s own word');
});
