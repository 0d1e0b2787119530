/** hb classroom assign: by options, by questions, and what it refuses. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readAssignment } from '../../classroom/assignment.ts';
import { decodeAssignment } from '../../classroom/assignment-link.ts';
import { readCourse } from '../course-files.ts';
import { Usage } from '../usage.ts';
import { assign } from './assign.ts';
import { readAssignOptions } from './assign-options.ts';
import { askFor } from './assign-questions.ts';
import { readDue } from './due.ts';
import { link } from './link.ts';

let folder: string;
let out: string;
let said: string;
const write = process.stdout.write;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'hb-assign-'));
  out = path.join(folder, 'assignment.json');
  said = '';
  process.stdout.write = ((text: string) => {
    said += text;
    return true;
  }) as typeof write;
});
afterEach(() => {
  process.stdout.write = write;
  rmSync(folder, { recursive: true });
});
const made = () => readAssignment(out, readFileSync(out, 'utf8'));

test('options become an assignment, and what each test is worth is said', async () => {
  const options = [
    ...['--title', 'Locks, week 2', '--exercise', 'lost-update', '--exercise', 'threads/after-you=5', '--out', out],
    ...['--weight', 'lost-update: no deposit is lost=3', '--due', '2026-12-01T18:00+01:00', '--late', 'deduct:10:50'],
    ...['--attempts', '6', '--ask', 'name,id', '--seed', '7', '--budget', '0.5', '--message', 'Good luck'],
  ];
  expect(await assign(options)).toBe(0);
  expect(made()).toMatchObject({
    id: 'locks-week-2',
    title: 'Locks, week 2',
    message: 'Good luck',
    due: '2026-12-01T18:00:00+01:00',
    late: { kind: 'deduct', perDay: 10, most: 50 },
    attempts: 6,
    asks: ['name', 'id'],
    search: { seed: 7, budget: 0.5 },
    exercises: [
      { slug: 'locks/lost-update', points: 10, weights: { 'no deposit is lost': 3 } },
      { slug: 'threads/after-you', points: 5, weights: {} },
    ],
  });
  expect(said).toContain(
    'Locks, week 2: 15 points, due 2026-12-01T18:00:00+01:00, 10 % less for each day begun, 50 % at most',
  );
  expect(said).toContain('      7.5  no deposit is lost');
  expect(said).toContain('      2.5  deposits and withdrawals do not disturb each other');
});

test('a topic is all of its exercises; one of them may have points of its own', async () => {
  await assign(['--topic', 'threads', '--exercise', 'threads/ask-all=20', '--points', '3', '--out', out]);
  const topic = readCourse().topics.find(({ slug }) => slug === 'threads');
  expect(
    made()
      .exercises.map(({ slug }) => slug)
      .sort(),
  ).toEqual(topic?.exercises.map(({ slug }) => slug).sort());
  expect(made().exercises.find(({ slug }) => slug === 'threads/ask-all')?.points).toBe(20);
  expect(made().exercises.find(({ slug }) => slug === 'threads/after-you')?.points).toBe(3);
});

test('private tests beside the file are counted and fingerprinted, and nothing else of them is written', async () => {
  const tests = path.join(folder, 'private/locks/lost-update');
  mkdirSync(tests, { recursive: true });
  writeFileSync(path.join(tests, 'tests.ts'), 'export default { tests: [] }; // the secret invariant');
  await assign(['--exercise', 'lost-update', '--private-points', '4', '--out', out]);
  const before = made().exercises[0]?.private;
  expect(before).toEqual({ points: 4, print: expect.stringMatching(/^[0-9a-f]{16}$/) });
  expect(readFileSync(out, 'utf8')).not.toContain('secret');
  writeFileSync(path.join(tests, 'tests.ts'), 'export default { tests: [] }; // another one');
  await assign(['--exercise', 'lost-update', '--out', out, '--force']);
  expect(made().exercises[0]?.private?.print).not.toBe(before?.print);
});

test('the link opens the same assignment', async () => {
  await assign(['--exercise', 'lost-update', '--out', out, '--site', 'https://course.example/hb/']);
  const [url = ''] = /https:\S+/.exec(said) ?? [];
  expect(url).toContain('https://course.example/hb/assignment#assignment=');
  expect(await decodeAssignment(url)).toEqual(made());
  said = '';
  expect(await link([out, '--site', 'https://course.example/hb'])).toBe(0);
  expect(said.trim()).toBe(url);
});

test('a file that is there is not replaced', async () => {
  writeFileSync(out, 'mine');
  await expect(assign(['--exercise', 'lost-update', '--out', out])).rejects.toThrow(
    'is there already. --force replaces it',
  );
  expect(readFileSync(out, 'utf8')).toBe('mine');
});

test.each([
  [['--exercise', 'lost-updat'], 'Did you mean locks/lost-update?'],
  [['--exercise', 'lost-update=many'], 'is no number'],
  [['--topic', 'lcoks'], 'There are: threads, locks'],
  [['--exercise', 'lost-update', '--weight', 'lost-update: no such test=2'], 'It has: "no deposit is lost"'],
  [['--exercise', 'lost-update', '--weight', 'heavy'], 'write it as'],
  [['--exercise', 'lost-update', '--due', 'tomorrow'], 'is no date'],
  [['--exercise', 'lost-update', '--due', '2026-02-30'], 'does not exist'],
  [['--exercise', 'lost-update', '--late', 'maybe'], 'is no policy'],
  [['--exercise', 'lost-update', '--late', 'deduct:200'], 'late'],
  [['--exercise', 'lost-update', '--attempts', '0'], 'attempts'],
  [['--exercise', 'lost-update', '--ask', 'shoe size'], 'asks'],
  [['--exercise', 'lost-update', '--budget', '1000'], 'budget'],
  [['--exercise', 'lost-update', '--id', 'Week 2'], 'id'],
  [['--exercise', 'lost-update', '--site', 'course'], 'is no address'],
  [['--exercise', 'lost-update', '--private', '/no/such/folder'], 'there is no folder'],
  [['--exercise', 'lost-update', '--message', '@/no/such/file'], 'there is no file'],
  [['lost-update'], 'Exercises come after --exercise'],
  [[], 'which exercises?'],
])('%j: one sentence, and no file', async (options, why) => {
  const refused = assign([...options, '--out', out]);
  await expect(refused).rejects.toThrow(Usage);
  await expect(refused).rejects.toThrow(why);
  expect(existsSync(out)).toBe(false);
});

test('dates: the end of the day, the offset of this computer, or the one that was typed', () => {
  expect(readDue('2026-12-01T18:00Z')).toBe('2026-12-01T18:00:00Z');
  expect(readDue('2026-12-01 18:00-05:00')).toBe('2026-12-01T18:00:00-05:00');
  expect(readDue('2026-12-01')).toMatch(/^2026-12-01T23:59:59[+-]\d\d:\d\d$/);
  expect(Date.parse(readDue('2026-07-01T12:00'))).toBe(new Date(2026, 6, 1, 12).getTime());
});

test('asked in a terminal, the answers are the same as options', async () => {
  const input = new PassThrough();
  // Each question ends its output, as no terminal lets itself be ended.
  const output = Object.assign(new PassThrough(), { columns: 100, rows: 40, end: () => {} });
  let seen = '';
  const answers: [string, string][] = [
    ['Title', 'Locks\r'],
    ['From which topics?', '\u001b[B \r'],
    ['Which exercises?', ' \u001b[B \r'],
    ['Points for each', '\r'],
    ['Other points for some?', 'y\r'],
    ['Points for locks/', '\r'],
    ['Points for locks/', '\u007f\u007f4\r'],
    ['Due (', 'soon\r'],
    ['This is no date', '\u0015 2026-12-01T18:00Z\r'],
    ['What of work that comes later?', '\u001b[B\r'],
    ['Per cent for each day begun', '20\r'],
    ['How often may Grade be pressed', '\r'],
    ['What are students asked for', ' \r'],
    ['A message to them', 'Hello\r'],
  ];
  output.on('data', (text) => {
    seen += text;
    const [next] = answers;
    if (!next || !seen.includes(next[0])) return;
    answers.shift();
    seen = '';
    setImmediate(() => input.write(next[1]));
  });
  const course = readCourse();
  const draft = await askFor(
    readAssignOptions([], course) as NonNullable<ReturnType<typeof readAssignOptions>>,
    course,
    {
      input,
      output,
    },
  );
  expect(answers).toEqual([]);
  expect(draft.title).toBe('Locks');
  const locks = course.topics[1]?.exercises.slice(0, 2).map(({ slug }) => slug);
  expect(draft.exercises.map(({ exercise, points }) => [exercise.slug, points])).toEqual([
    [locks?.[0], 10],
    [locks?.[1], 4],
  ]);
  expect(draft).toMatchObject({
    due: '2026-12-01T18:00:00Z',
    late: { kind: 'deduct', perDay: 20 },
    asks: ['name'],
    message: 'Hello',
  });
  expect(existsSync(out)).toBe(false);
});
