/** An assignment, an exercise and its verdicts, for the tests of this folder. */
import type { Assignment } from '../../classroom/assignment.ts';
import { assignment } from '../../classroom/assignment.ts';
import { type Suite, suite, test } from '../../grader/suite.ts';
import type { Failing, Verdict } from '../../grader/verdict.ts';
import type { ExerciseData } from '../exercise-data.ts';

export const ASSIGNMENT: Assignment = assignment.parse({
  format: 'happens-before/assignment',
  version: 1,
  id: 'week-3',
  title: 'Week 3',
  engine: '4',
  attempts: 2,
  asks: ['name', 'id'],
  exercises: [
    { slug: 'locks/one', points: 6, weights: { first: 2 }, private: { points: 5, print: '0123456789abcdef' } },
    { slug: 'locks/two', points: 4 },
  ],
});

export function exerciseData(slug: string): ExerciseData {
  return {
    slug,
    topic: 'locks',
    topicTitle: 'Locks',
    title: `Exercise ${slug}`,
    kind: 'fix',
    concepts: [],
    taskHtml: '',
    hintsHtml: [],
    starter: { 'exercise.py': '# starter\n' },
    support: { 'driver.py': '# given\n' },
  };
}

const spec = { hint: 'a hint' };
export const SUITE: Suite = suite([test('first', spec, () => {}), test('second', spec, () => {})]);

const why: Failing = { message: 'no', hint: 'a hint', schedule: '', at: null, run: null };

export const PASSED: Verdict = {
  kind: 'passed',
  tests: [
    { name: 'first', verdict: 'passed', proof: '' },
    { name: 'second', verdict: 'passed', proof: '' },
  ],
};

export const SECOND_FAILED: Verdict = {
  kind: 'deadlock',
  test: 'second',
  tests: [
    { name: 'first', verdict: 'passed', proof: '' },
    { name: 'second', verdict: 'deadlock', proof: '', failure: why },
  ],
  ...why,
};

/** Nothing was run: only one test is reported. */
export const REFUSED: Verdict = {
  kind: 'error',
  test: 'first',
  tests: [{ name: 'first', verdict: 'error', proof: 'not run' }],
  ...why,
};
