/** From hand-ins and gradings to points. */
import { expect, test } from 'vitest';
import { type Assignment, assignment as schema } from './assignment.ts';
import { classResults, type HandedIn, type Marking } from './class-results.ts';
import type { Graded, Received, Student } from './graded.ts';

const assignment = schema.parse({
  format: 'happens-before/assignment',
  version: 1,
  id: 'one',
  title: 'One',
  engine: '4',
  due: '2026-12-01T12:00:00Z',
  late: { kind: 'deduct', perDay: 10 },
  attempts: 2,
  exercises: [
    { slug: 'a/one', points: 10, weights: { second: 3 }, private: { points: 5, print: '0'.repeat(16) } },
    { slug: 'a/two', points: 5 },
  ],
});

const student = (id: string, listed = true): Student => ({ id, name: id, email: '', listed, columns: {} });
const IN_TIME: Received = { at: '2026-12-01T12:00:00Z', by: 'list' };
const work = (who: Student, code: string, received = IN_TIME): HandedIn => ({
  student: who,
  source: `${who.id}.json`,
  received,
  answers: new Map([['a/one', { files: { 'exercise.py': code }, attempts: [] }]]),
  notes: ['Said before.'],
});
const reports = (...passed: boolean[]): Graded => ({
  key: 'k',
  slug: 'a/one',
  tests: ['first', 'second', 'own'].map((name, n) => ({
    name,
    private: name === 'own',
    verdict: passed[n] ? 'passed' : 'failed',
    proof: '',
  })),
  seconds: 1,
});
const GRADED: Readonly<Record<string, Graded>> = {
  right: reports(true, true, true),
  half: reports(false, true, false),
  broken: { key: 'b', slug: 'a/one', tests: [], seconds: 0, broken: 'It died.' },
};
const results = (works: HandedIn[], students = works.map((one) => one.student), given: Assignment = assignment) =>
  classResults({
    assignment: given,
    titles: new Map([['a/one', 'One']]),
    students,
    works,
    refused: [],
    gradedOf: (_, files) => GRADED[files['exercise.py'] ?? ''],
    resemblanceOf: () => null,
    engine: '4',
  } satisfies Marking).students;

test('points by weight, the teacher’s own beside them; nothing for what was not handed in', () => {
  const [right, half] = results([work(student('ann'), 'right'), work(student('bob'), 'half')]);
  expect(right).toMatchObject({ reached: 15, deducted: 0, points: 15, possible: 20, late: 0, source: 'ann.json' });
  expect(half).toMatchObject({ reached: 7.5, points: 7.5, notes: ['Said before.'] });
  expect(
    right?.exercises.map(({ slug, title, points, possible, graded }) => [slug, title, points, possible, graded?.key]),
  ).toEqual([
    ['a/one', 'One', 15, 15, 'k'],
    ['a/two', 'a/two', 0, 5, undefined],
  ]);
});

test('who handed nothing in has no points and a note', () => {
  const [one] = results([], [student('cy')]);
  expect(one).toMatchObject({ source: null, received: null, points: 0, possible: 20, late: 0 });
  expect(one?.notes).toEqual(['Nothing was handed in.']);
});

test('the class list’s order, then whoever is not in it by id', () => {
  const all = results([], [student('zoe'), student('x', false), student('ann'), student('b', false)]);
  expect(all.map((one) => one.student.id)).toEqual(['zoe', 'ann', 'b', 'x']);
});

test('late work costs as many days as have begun', () => {
  const late = (at: string) => results([work(student('ann'), 'right', { at, by: 'list' })])[0];
  expect(late('2026-12-01T12:00:01Z')).toMatchObject({ late: 1, deducted: 1.5, points: 13.5 });
  expect(late('2026-12-03T12:00:01Z')).toMatchObject({ deducted: 4.5, points: 10.5 });
  expect(late('2026-12-01T13:00:00+01:00')).toMatchObject({ late: 0, deducted: 0 });
});

test('marked late without a time: one day has begun, if there is a due date at all', () => {
  const marked: Received = { at: null, by: 'lms', markedLate: true };
  expect(results([work(student('ann'), 'right', marked)])[0]).toMatchObject({
    deducted: 1.5,
    notes: ['Said before.', 'It counts as one day late.'],
  });
  const { due: _, ...endless } = assignment;
  expect(results([work(student('ann'), 'right', marked)], undefined, endless)[0]).toMatchObject({
    late: 0,
    deducted: 0,
  });
});

test('what could not be graded has no points, and says so', () => {
  const [one] = results([work(student('ann'), 'broken')]);
  expect(one).toMatchObject({ points: 0, notes: ['Said before.', 'a/one could not be graded. It died.'] });
});

test('more presses of Grade than were allowed are a note', () => {
  const { answers, ...one } = work(student('ann'), 'right');
  const attempts = Array.from({ length: 3 }, () => ({ at: '2026-11-30T10:00:00Z', verdict: 'failed' }));
  const files = answers.get('a/one')?.files ?? {};
  const [result] = results([{ ...one, answers: new Map([['a/one', { files, attempts }]]) }]);
  expect(result?.notes[1]).toMatch(/graded 3 times on the page, by the file's own word; 2 were allowed/);
});
