import { expect, test } from 'vitest';
import { call, test as hidden, suite } from '../grader/suite.ts';
import { GRADE_LIMITS } from '../worker/limits.ts';
import { replayJob } from './replay-job.ts';

const tests = suite([
  hidden('by call', { hint: 'h', entry: call('go', [2], 'driver.py'), model: 'cpython' }, () => {}),
  hidden('by script', { hint: 'h', stdin: '1\n' }, () => {}),
]);

test('a replay runs what the test ran: files, support, entry, model', () => {
  const job = replayJob(tests, 'by call', 'S', { 'exercise.py': 'x' }, { 'driver.py': 'y' });
  expect(job).toEqual({
    program: {
      files: { 'exercise.py': 'x', 'driver.py': 'y' },
      entry: { kind: 'call', file: 'driver.py', function: 'go', args: [2] },
    },
    schedule: { kind: 'replay', schedule: 'S' },
    options: { model: 'cpython', clock: 'virtual', trace: true, observe: false, limits: GRADE_LIMITS },
    interactive: false,
  });
});

test('defaults are the grader’s', () => {
  const job = replayJob(tests, 'by script', 'S', {}, {});
  expect(job?.program).toMatchObject({ entry: { kind: 'script', file: 'exercise.py' }, stdin: '1\n' });
  expect(job?.options.model).toBe('every-bytecode');
});

test('an unknown test gives no job', () => {
  expect(replayJob(tests, 'nope', 'S', {}, {})).toBeNull();
});
