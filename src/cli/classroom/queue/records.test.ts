/** What comes from Redis is bounded and checked, whoever has written it. */
import { expect, test } from 'vitest';
import { queuedJob, readGraded, readSetup } from './records.ts';
import { difference, queueName, setupOf } from './setup.ts';
import { assignmentOf, jobOf, keysOf, passed, SLUG } from './testing/stand-in.ts';

test('a grading is what it is, and nothing else', () => {
  const good = { version: 1, slug: SLUG, files: { 'exercise.py': 'pass' } };
  expect(queuedJob.safeParse(good).success).toBe(true);
  for (const bad of [
    null,
    'x',
    { ...good, version: 2 },
    { ...good, slug: '../../etc/passwd' },
    { ...good, files: { a: 1 } },
    { ...good, files: { a: 'x'.repeat(200_001) } },
    { ...good, files: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`f${index}`, ''])) },
    {
      ...good,
      files: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`f${index}`, 'x'.repeat(190_000)])),
    },
    { ...good, from: 'Ann' },
    { ...good, run: 'rm -rf /' },
  ])
    expect(queuedJob.safeParse(bad).success, JSON.stringify(bad)?.slice(0, 100)).toBe(false);
});

test('a result has to be the result of that key', () => {
  const good = passed('pass');
  const text = JSON.stringify(good);
  expect(readGraded(text, good.key)).toEqual(good);
  expect(readGraded(text, jobOf('other').key)).toBe(null);
  for (const bad of [
    '',
    '{',
    'null',
    '[]',
    JSON.stringify({ ...good, tests: [] }),
    JSON.stringify({ ...good, broken: 'x' }),
    JSON.stringify({ ...good, tests: [{ ...good.tests[0], verdict: 'excellent' }] }),
    `{"__proto__":{},${text.slice(1)}`,
    `${text}${' '.repeat(8_000_001)}`,
  ])
    expect(readGraded(bad, good.key), bad.slice(0, 100)).toBe(null);
});

test('queues of the same assignment are apart if anything is graded otherwise', () => {
  const mine = setupOf(assignmentOf('a'), keysOf('4'), '4');
  const other = { ...mine, exercises: { [SLUG]: jobOf('x').key } };
  expect(queueName(mine)).not.toBe(queueName(other));
  expect(queueName({ ...mine, engine: '5' })).not.toBe(queueName(mine));
  expect(queueName({ ...mine, since: '2020-01-01T00:00:00Z' })).toBe(queueName(mine));
  expect(queueName(mine)).toMatch(/^a-[0-9a-f]{12}$/);
  expect(readSetup(JSON.stringify(mine))).toEqual(mine);
  expect(readSetup(JSON.stringify({ ...mine, exercises: { x: '1' } }))).toBe(null);
});

test('who is older is said in words', () => {
  const setup = { assignment: 'a', engine: '4', exercises: { [SLUG]: 'k'.repeat(64) }, since: '2026-11-02T00:00:00Z' };
  expect(difference(setup, { ...setup, engine: '10' }, 'this', 'that')).toMatch(
    /^this has engine 4, that has engine 10: this is older\./,
  );
  const others = { [SLUG]: 'k'.repeat(64), 'locks/two': 'b'.repeat(64) };
  const theirs = { ...setup, exercises: others, since: '2026-11-01T00:00:00Z' };
  expect(difference(setup, theirs, 'this', 'that')).toMatch(
    /^this and that grade with different tests for locks\/two: what that has was seen .* first/,
  );
});
