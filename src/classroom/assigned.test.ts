/** Every test of an assigned exercise is graded, and says for itself what went wrong. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import { gradableOf, pick, readCourse, SOLUTIONS } from '../cli/course-files.ts';
import { grade } from '../grader/grade.ts';
import type { Verdict } from '../grader/verdict.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine } from '../worker/node.ts';
import { decodeReplay } from '../worker/replay-link.ts';
import { assigned, gradedTests } from './assigned.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

const SEARCH = { search: { seed: 1, budget: 1 } };

async function graded(word: string, file: string, answer: string, search = SEARCH) {
  const [exercise] = pick(readCourse(), [word]);
  if (!exercise) throw new Error('no such exercise');
  const gradable = await gradableOf(exercise, true);
  const files = { ...exercise.starter, [file]: answer };
  const verdict = (await grade(engine, assigned(gradable, search), files).done) as Verdict;
  const usual = (await grade(engine, gradable, files).done) as Verdict;
  return { verdict, usual, tests: await gradedTests(gradable, files, verdict, false) };
}
const wrong = (slug: string, name: string) => readFileSync(path.join(SOLUTIONS, slug, name), 'utf8');

test('the tests after one that failed are graded too, each with its own schedule', async () => {
  const { verdict, usual, tests } = await graded(
    'lost-update',
    'exercise.py',
    wrong('locks/lost-update', 'wrong-lock-per-call.py'),
  );
  expect(tests.map((one) => [one.name, one.verdict])).toEqual([
    ['no deposit is lost', 'failed'],
    ['deposits and withdrawals do not disturb each other', 'failed'],
  ]);
  // What everybody gets is the same, and says no more than the first.
  expect(usual).toMatchObject({ kind: verdict.kind, tests: [{ name: 'no deposit is lost' }] });
  expect(usual).toHaveProperty('message', tests[0]?.failure?.message);
  expect(usual).toHaveProperty('schedule', tests[0]?.failure?.schedule);
  const links = await Promise.all(tests.map((one) => decodeReplay(one.failure?.replay ?? '')));
  expect(links.map(({ schedule }) => schedule)).toEqual(tests.map((one) => one.failure?.schedule));
  expect(tests[1]?.failure?.hint).toBe('Which lock does deposit acquire, and which one does withdraw?');
});

test('a test that fails leaves the others their points', async () => {
  const { tests } = await graded('lost-update', 'exercise.py', wrong('locks/lost-update', 'wrong-deposit-only.py'));
  expect(tests.map(({ verdict }) => verdict)).toEqual(['passed', 'failed']);
  expect(tests[0]).not.toHaveProperty('failure');
});

test('an answer that is refused before anything is run fails every test', async () => {
  const { tests } = await graded('three-deposits', 'moves.txt', 'fly to the moon\n');
  expect(tests.length).toBeGreaterThan(0);
  for (const one of tests)
    expect(one).toMatchObject({ verdict: 'error', proof: 'not run', failure: { replay: null, schedule: '' } });
});

test('a prediction says what was missed', async () => {
  const { tests } = await graded('after-you', 'answer.txt', wrong('threads/after-you', 'wrong-anything-goes.txt'));
  expect(tests).toMatchObject([{ verdict: 'failed', failure: { message: expect.stringContaining('never happens') } }]);
});

test('a smaller budget searches less, and says so', async () => {
  const solution = wrong('locks/transfer', 'exercise.py');
  const usual = await graded('transfer', 'exercise.py', solution);
  const less = await graded('transfer', 'exercise.py', solution, { search: { seed: 5, budget: 0.05 } });
  expect(less.verdict.kind).toBe('passed');
  expect(less.tests.map(({ proof }) => proof)).not.toEqual(usual.tests.map(({ proof }) => proof));
});
