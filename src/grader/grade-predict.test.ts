import { expect, test } from 'vitest';
import type { RunRecord } from '../kernel/types.ts';
import { compare } from './grade-predict.ts';
import { parseOptions } from './options.ts';
import { prediction } from './suite.ts';
import type { TestReport } from './verdict.ts';

const hidden = prediction('what it prints', { preemptions: 2, hint: 'Look.' }, (run) => run.stdout);
const run = (schedule: string) =>
  ({ schedule, outcome: { kind: 'exit', code: 0 }, stdout: '' }) as unknown as RunRecord;
const outcomes = {
  runs: new Map([
    ['1', run('s1')],
    ['2', run('s2')],
  ]),
  proof: 'proved',
  scope: 'schedule with at most 2 preemptions',
};

function graded(answer: string) {
  const parsed = parseOptions(answer);
  const reports: TestReport[] = [];
  const verdict = compare(hidden, reports, parsed.kind === 'options' ? parsed.options : [], outcomes);
  return { verdict, reports };
}

test('all that can happen, and nothing else', () => {
  const { verdict, reports } = graded('[ ] 0\n[x] 1\n[x] 2\n');
  expect(verdict).toBeNull();
  expect(reports).toEqual([{ name: 'what it prints', verdict: 'passed', proof: 'proved' }]);
});

test('each outcome that was missed has its run; the first mistake in the list is named', () => {
  const { verdict, reports } = graded('[ ] 0\n[ ] 1\n[ ] 2\n');
  expect(verdict).toMatchObject({
    kind: 'failed',
    message:
      '"1" can happen, and is not marked.\n2 different outcomes are possible; 2 are not marked. Each has a run below that shows it.',
    hint: 'Look.',
    schedule: 's1',
    findings: [
      { test: 'what it prints', text: '1', schedule: 's1' },
      { test: 'what it prints', text: '2', schedule: 's2' },
    ],
  });
  expect(reports[0]?.verdict).toBe('failed');
});

test('what never happens has no run to show, and its sentence says how far that was proved', () => {
  const { verdict } = graded('[x] 0\n[x] 1\n[x] 2\n');
  expect(verdict).toMatchObject({
    kind: 'failed',
    message: '"0" never happens, under no schedule with at most 2 preemptions.',
    schedule: '',
    run: null,
  });
  expect(verdict).not.toHaveProperty('findings');
});

test('an outcome that is no option at all is shown, too', () => {
  expect(graded('[x] 1\n').verdict).toMatchObject({
    message: expect.stringMatching(/^"2" can happen/),
    schedule: 's2',
  });
});
