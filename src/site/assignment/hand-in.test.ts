import { expect, test } from 'vitest';
import type { AssignedExercise } from '../../classroom/assignment.ts';
import { submission } from '../../classroom/submission.ts';
import { MapArea } from '../map-area.ts';
import { Store } from '../store.ts';
import { codeOf, fieldProblems, makeSubmission, prepare } from './hand-in.ts';
import { loadBack, overwritten, readBack } from './load-back.ts';
import { rememberedStudent } from './remembered.ts';
import { ASSIGNMENT, exerciseData, PASSED, SUITE } from './sample.ts';
import { recordAttempt, workOf } from './work.ts';

const [ONE] = ASSIGNMENT.exercises as [AssignedExercise];
const DATA = [exerciseData('locks/one'), exerciseData('locks/two')];
const SLUGS = DATA.map(({ slug }) => slug);
const made = { engine: '4', now: '2026-11-21T12:00:00.000Z' };
const store = () => new Store(() => new MapArea());

function typed(here: Store, index: number, text: string, name = 'exercise.py'): void {
  const exercise = DATA[index];
  if (!exercise) throw new Error('no such exercise');
  const workspace = codeOf(here, exercise);
  workspace.edit(name, text);
  workspace.flush();
}

function graded(here: Store, text: string, minute = 0): void {
  const at = `2026-11-21T11:0${minute}:00.000Z`;
  recordAttempt(here, 'week-3', ONE, { verdict: PASSED, suite: SUITE, files: { 'exercise.py': text }, at });
}

const standings = (here: Store) => prepare(here, ASSIGNMENT, DATA).map(({ standing }) => standing);

function submit(here: Store, student = { name: 'Ada', id: '18' }) {
  const one = makeSubmission(ASSIGNMENT, prepare(here, ASSIGNMENT, DATA), student, made);
  if (!one.ok) throw new Error(one.problem);
  return one;
}

test('code is untouched, not graded, as it was graded, or changed since', () => {
  const here = store();
  expect(standings(here)).toEqual(['untouched', 'untouched']);
  typed(here, 0, 'a');
  expect(standings(here)).toEqual(['ungraded', 'untouched']);
  graded(here, 'a');
  expect(standings(here)).toEqual(['current', 'untouched']);
  typed(here, 0, 'b');
  expect(standings(here)).toEqual(['changed', 'untouched']);
});

test('a submission is what its schema says, with what was touched and what was asked for', () => {
  const here = store();
  typed(here, 0, 'mine');
  graded(here, 'mine');
  const { text } = submit(here);
  expect(submission.parse(JSON.parse(text))).toEqual({
    format: 'happens-before/submission',
    version: 1,
    assignment: 'week-3',
    engine: '4',
    made: made.now,
    student: { name: 'Ada', id: '18' },
    exercises: {
      'locks/one': {
        files: { 'exercise.py': 'mine' },
        attempts: [{ at: '2026-11-21T11:00:00.000Z', verdict: 'passed' }],
      },
    },
  });
  const anonymous = makeSubmission({ ...ASSIGNMENT, asks: [] }, [], { name: 'Ada', id: '18' }, made);
  expect(anonymous).toMatchObject({ ok: true, submission: { student: {} } });
});

test('what is too long for a submission is named, and no file is made', () => {
  const here = store();
  typed(here, 1, 'x'.repeat(200_001));
  const one = makeSubmission(ASSIGNMENT, prepare(here, ASSIGNMENT, DATA), {}, made);
  expect(one).toMatchObject({ ok: false, problem: expect.stringContaining('locks/two: exercise.py is too long') });
});

test('a name is asked for, and has an end', () => {
  expect(fieldProblems(ASSIGNMENT, { name: 'Ada', id: ' ' })).toEqual({
    id: 'Your student id is missing: your teacher asks for it.',
  });
  expect(Object.keys(fieldProblems(ASSIGNMENT, { name: 'x'.repeat(201), id: '1' }))).toEqual(['name']);
  expect(fieldProblems({ ...ASSIGNMENT, asks: [] }, {})).toEqual({});
});

test('a submission brings back code, attempts and name on another computer, once', () => {
  const first = store();
  typed(first, 0, 'mine');
  graded(first, 'mine');
  const { text } = submit(first);

  const second = store();
  graded(second, 'else', 5);
  const read = readBack(ASSIGNMENT, SLUGS, 's.json', text);
  if (!read.ok) throw new Error(read.problem);
  expect(read.slugs).toEqual(['locks/one']);
  const here = DATA.slice(0, 1);
  expect(overwritten(second, read.submission, here)).toEqual([]);
  expect(loadBack(second, read.submission, here)).toEqual({ exercises: 1, attempts: 1, leftOut: [] });
  expect(codeOf(second, DATA[0] as (typeof DATA)[0]).state.files).toEqual({ 'exercise.py': 'mine' });
  expect(workOf(second, 'week-3', 'locks/one').attempts.map(({ at }) => at)).toEqual([
    '2026-11-21T11:00:00.000Z',
    '2026-11-21T11:05:00.000Z',
  ]);
  expect(rememberedStudent(second)).toEqual({ name: 'Ada', id: '18' });
  expect(loadBack(second, read.submission, here).attempts).toBe(0);
});

test('other code that is here is named before it is replaced', () => {
  const here = store();
  typed(here, 0, 'mine');
  const read = readBack(ASSIGNMENT, SLUGS, 's.json', submit(here).text);
  if (!read.ok) throw new Error(read.problem);
  expect(overwritten(here, read.submission, DATA)).toEqual([]);
  typed(here, 0, 'newer');
  expect(overwritten(here, read.submission, DATA).map(({ slug }) => slug)).toEqual(['locks/one']);
});

test('a file that is not one of this assignment changes nothing and says why', () => {
  const good = {
    format: 'happens-before/submission',
    version: 1,
    assignment: 'week-3',
    engine: '4',
    made: made.now,
    exercises: { 'locks/one': { files: { 'exercise.py': 'x' } } },
  };
  const problemOf = (one: unknown) => {
    const read = readBack(ASSIGNMENT, SLUGS, 's.json', JSON.stringify(one));
    return read.ok ? null : read.problem;
  };
  expect(problemOf(good)).toBeNull();
  expect(problemOf({ ...good, assignment: 'week-4' })).toContain('“week-4”, and this one is “week-3”');
  expect(problemOf({ ...good, exercises: { 'locks/none': { files: {} } } })).toContain('holds no code');
  expect(problemOf({ ...good, made: 'yesterday' })).toContain('damaged at “made”');
  expect(problemOf({ ...good, version: 2 })).toContain('damaged at “version”');
  expect(problemOf(7)).toContain('damaged');
});

test('hostile names of files and exercises in it touch nothing', () => {
  const here = store();
  const text = `{"format":"happens-before/submission","version":1,"assignment":"week-3","engine":"4","made":"${made.now}",
    "exercises":{"__proto__":{"files":{}},"locks/one":{"files":{"__proto__":"x","driver.py":"x","../a":"x","exercise.py":"mine"}}}}`;
  const read = readBack(ASSIGNMENT, SLUGS, 's.json', text);
  if (!read.ok) throw new Error(read.problem);
  const { leftOut } = loadBack(here, read.submission, DATA.slice(0, 1));
  expect(leftOut).toContain('locks/one: driver.py');
  expect(leftOut).toContain('locks/one: ../a');
  expect(codeOf(here, DATA[0] as (typeof DATA)[0]).state.files).toEqual({ 'exercise.py': 'mine' });
  expect(here.keys('').filter((key) => key.startsWith('hb:draft:'))).toEqual([
    'hb:draft:exercise/locks/one:exercise.py',
  ]);
  expect(({} as Record<string, unknown>).files).toBeUndefined();
});
