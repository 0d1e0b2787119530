import { expect, test } from 'vitest';
import { call, test as hidden, suite } from '../grader/suite.ts';
import { GRADE_LIMITS } from '../worker/limits.ts';
import { replayJob } from './replay-job.ts';

const tests = suite([
  hidden('by call', { hint: 'h', entry: call('go', [2], 'driver.py'), model: 'cpython' }, () => {}),
  hidden('by script', { hint: 'h', stdin: '1\n' }, () => {}),
]);
const fix = { kind: 'fix', suite: tests, support: { 'driver.py': 'y' } } as const;

test('a replay runs what the test ran: files, support, entry, model; and it is watched', () => {
  expect(replayJob(fix, 'by call', 'S', { 'exercise.py': 'x' })).toEqual({
    program: {
      files: { 'exercise.py': 'x', 'driver.py': 'y' },
      entry: { kind: 'call', file: 'driver.py', function: 'go', args: [2] },
      stdin: '',
    },
    schedule: { kind: 'replay', schedule: 'S' },
    options: { model: 'cpython', clock: 'virtual', trace: true, observe: true, limits: GRADE_LIMITS },
    interactive: false,
  });
});

test('an answer that is not a program is no part of it', () => {
  const exercise = { kind: 'break', suite: tests, support: { 'exercise.py': 'p' } } as const;
  const job = replayJob(exercise, 'by script', 'S', { 'moves.txt': 'Ann step 1' });
  expect(job?.program).toEqual({
    files: { 'exercise.py': 'p' },
    entry: { kind: 'script', file: 'exercise.py' },
    stdin: '1\n',
  });
  expect(job?.options.model).toBe('every-bytecode');
});

test('an unknown test gives no job', () => {
  expect(replayJob(fix, 'nope', 'S', {})).toBeNull();
});
