/** Links to assignments: there and back, and what is not one. */
import { expect, test } from 'vitest';
import { pack } from '../worker/packed-text.ts';
import { ASSIGNMENT_FORMAT, type Assignment, BadAssignment, readAssignment } from './assignment.ts';
import { decodeAssignment, encodeAssignment } from './assignment-link.ts';

const SMALL = { format: ASSIGNMENT_FORMAT, version: 1, id: 'week-2', title: 'Locks', engine: '4' };
const read = (more: object): Assignment =>
  readAssignment(
    'assignment.json',
    JSON.stringify({ ...SMALL, exercises: [{ slug: 'locks/lost-update', points: 10 }], ...more }),
  );

test('what goes into a link comes out of it', async () => {
  const assignment = read({
    message: 'Hand in until Friday. \u{1F600}',
    due: '2026-12-01T23:59:00+01:00',
    late: { kind: 'deduct', perDay: 10 },
    exercises: [{ slug: 'locks/lost-update', points: 10, weights: { 'no deposit is lost': 3 } }],
  });
  const fragment = await encodeAssignment(assignment);
  expect(await decodeAssignment(fragment)).toEqual(assignment);
  expect(await decodeAssignment(`https://course.example/assignment?exercise=locks/lost-update#${fragment}`)).toEqual(
    assignment,
  );
});

test.each([
  ['', 'is not a link to an assignment'],
  ['#assignment=', 'is not a link to an assignment'],
  ['#assignment=***', 'is not a link to an assignment'],
  ['#assignment=AAAA', 'damaged'],
  [`#assignment=${'A'.repeat(300_000)}`, 'too long'],
])('a link that is none: %s', async (link, why) => {
  await expect(decodeAssignment(link)).rejects.toThrow(BadAssignment);
  await expect(decodeAssignment(link)).rejects.toThrow(why);
});

test('a small link that unpacks to a lot is not unpacked', async () => {
  const bomb = await pack(' '.repeat(5_000_000), 100_000);
  await expect(decodeAssignment(`assignment=${bomb}`)).rejects.toThrow('more than 500 kB');
});

test('a link to something else than an assignment says which key is wrong', async () => {
  const link = await pack(JSON.stringify({ ...SMALL, exercises: [] }), 10_000);
  await expect(decodeAssignment(`assignment=${link}`)).rejects.toThrow('`exercises`: must have at least one exercise');
});

test.each([
  [{ version: 2 }, '`version`: must be 1'],
  [{ due: 'tomorrow' }, '`due`: must be a time with its offset'],
  [{ due: '2026-12-01T23:59:00' }, '`due`: must be a time with its offset'],
  [{ attempts: 0 }, '`attempts`'],
  [{ points: 5 }, 'points'],
  [{ exercises: [{ slug: '../x', points: 1 }] }, '`exercises.0.slug`: must be TOPIC/NAME'],
  [
    {
      exercises: [
        { slug: 'a/b', points: 1 },
        { slug: 'a/b', points: 2 },
      ],
    },
    'each exercise once',
  ],
  [{ exercises: [{ slug: 'a/b', points: -1 }] }, '`exercises.0.points`: must not be negative'],
])('an assignment with %j is refused by its key', (more, why) => {
  expect(() => read(more)).toThrow(why);
});

test('no JSON at all: the file and what to do', () => {
  expect(() => readAssignment('week.json', 'PK')).toThrow(/^week.json: is not valid JSON .* hb classroom assign/);
});
