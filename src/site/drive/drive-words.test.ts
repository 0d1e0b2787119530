import { expect, test } from 'vitest';
import type { ThreadNow } from '../../grader/threads-now.ts';
import type { RunRecord } from '../../kernel/types.ts';
import { announceMove } from './drive-words.ts';

const record: RunRecord = {
  schedule: '',
  name: 'driven',
  outcome: { kind: 'paused' },
  stdout: 'one\ntwo\n',
  stderr: '',
  clock: 0,
  steps: 1,
  trace: { processes: [], tasks: [], locks: [], things: [], variables: [], events: [], truncated: false },
};
const threads: ThreadNow[] = [
  { task: 1, name: 'MainThread', state: 'waiting', at: null, what: 'waits for Ann to end' },
  { task: 2, name: 'Ann', state: 'ready', at: { file: 'x.py', line: 11 }, what: 'balance = seen + 10' },
  { task: 3, name: 'Bob', state: 'ready', at: null, what: 'starts' },
];

test('who moved where, what it printed, who can go on', () => {
  expect(announceMove(record, threads, 2, 'one\n')).toBe(
    'Ann is at line 11: balance = seen + 10. Printed: two. Can go on: 2 Ann, 3 Bob.',
  );
  expect(announceMove(record, threads, 1, 'one\ntwo\n')).toBe(
    'MainThread waits for Ann to end. Can go on: 2 Ann, 3 Bob.',
  );
  expect(announceMove(record, threads, null, 'another run')).toBe('Can go on: 2 Ann, 3 Bob.');
});

test('how it ended', () => {
  const ended: RunRecord = { ...record, outcome: { kind: 'exit', code: 0 } };
  expect(announceMove(ended, [], null, '')).toBe('Printed: one\ntwo. The program ended normally.');
});
