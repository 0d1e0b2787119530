import { expect, test } from 'vitest';
import { splitArgs } from '../course/command-line.ts';
import type { Outcome, RunRecord } from '../kernel/types.ts';
import { describeProgress, fingerprint, summarise } from './words.ts';

const run = (outcome: Outcome, threads: number, processes = 1): RunRecord => ({
  schedule: 's',
  name: 'round-robin',
  outcome,
  stdout: '',
  stderr: '',
  clock: 1,
  steps: 1,
  trace: {
    processes: Array.from({ length: processes }, (_, index) => ({ pid: 42 + index, parent: 1, command: 'p' })),
    tasks: Array.from({ length: threads }, (_, index) => ({ id: index + 1, process: 42, name: 't' })),
    locks: [],
    events: [],
    things: [],
    variables: [],
    truncated: false,
  },
});

test('a finished run in one line', () => {
  expect(summarise(run({ kind: 'exit', code: 0 }, 3))).toBe('exit code 0 · 3 threads · 1.000 s on the program’s clock');
  expect(summarise(run({ kind: 'deadlock', stuck: [] }, 1))).toBe(
    'deadlock · 1 thread · 1.000 s on the program’s clock',
  );
  expect(summarise(run({ kind: 'exit', code: 0 }, 3, 2))).toMatch(/ · 2 processes · 3 threads · /);
  expect(summarise(run({ kind: 'exit', code: 0 }, 2, 2))).toMatch(/ · 2 processes · 1\.000 s/);
  const { trace, ...rest } = run({ kind: 'exit', code: 0 }, 3);
  const fibers = trace.tasks.map((task, index) => (index === 0 ? task : { ...task, thread: 1 }));
  expect(summarise({ ...rest, trace: { ...trace, tasks: fibers } })).toMatch(/ · 1 thread · 2 tasks · /);
  expect(summarise(run({ kind: 'limit', limit: 'wall time', bound: 5 }, 0))).toMatch(/^time limit · 1/);
});

test('how much of the engine has arrived', () => {
  expect(describeProgress({ phase: 'loading', loaded: 3_210_000, total: 9_800_000 })).toBe(
    'Fetching Python: 3.2 of 9.8 MB',
  );
  expect(describeProgress({ phase: 'loading', loaded: 0, total: 0 })).toBe('Fetching Python …');
  expect(describeProgress({ phase: 'unsupported', loaded: 0, total: 0 })).toMatch(/Firefox 153.*npm ci && npm test/);
});

test('arguments are split as in a shell', () => {
  expect(splitArgs(' a "b c"  \'d "e\' f\\ g "" ')).toEqual(['a', 'b c', 'd "e', 'f g', '']);
  expect(splitArgs('')).toEqual([]);
});

test('fingerprints are stable and differ', () => {
  expect(fingerprint('a')).toBe(fingerprint('a'));
  expect(fingerprint('a')).not.toBe(fingerprint('b'));
});
