import { expect, test } from 'vitest';
import type { DriveState, Move } from '../worker/protocol.ts';
import { readCommand } from './drive-command.ts';

const state: DriveState = {
  record: {
    schedule: '',
    name: 'driven',
    outcome: { kind: 'paused' },
    stdout: '',
    stderr: '',
    clock: 0,
    steps: 0,
    trace: {
      processes: [],
      tasks: [
        { id: 1, process: 42, name: 'MainThread' },
        { id: 2, process: 42, name: 'Ann' },
        { id: 3, process: 42, name: 'Ann' },
      ],
      locks: [],
      things: [],
      variables: [],
      events: [],
      truncated: false,
    },
  },
  choices: [{ task: 1, name: 'MainThread', at: null }],
  refused: null,
};
const before: Move[] = [{ thread: 'Bob', until: { kind: 'wait' } }];

test.each<[string, Move]>([
  ['1', { thread: 'MainThread', until: { kind: 'step', count: 1 } }],
  ['2 5', { thread: 2, until: { kind: 'step', count: 5 } }],
  ['1 l', { thread: 'MainThread', until: { kind: 'next-line' } }],
  ['1l14', { thread: 'MainThread', until: { kind: 'line', line: 14 } }],
  [' 3 w ', { thread: 3, until: { kind: 'wait' } }],
  ['w', { thread: 'Bob', until: { kind: 'wait' } }],
  ['Ann until line 12', { thread: 'Ann', until: { kind: 'line', line: 12 } }],
])('%s is a move', (typed, move) => {
  expect(readCommand(typed, state, before)).toEqual({ kind: 'move', move });
});

test.each([
  ['u', 'undo'],
  ['undo', 'undo'],
  ['f', 'finish'],
  ['moves', 'moves'],
  ['q', 'quit'],
])('%s is a command', (typed, kind) => {
  expect(readCommand(typed, state, before)).toEqual({ kind });
});

test.each([
  ['', before, /Type a thread/],
  ['nonsense', before, /Type a thread/],
  ['hb1.e.0.x.y.z', before, /Type a thread/],
  ['w', [], /No thread has gone yet/],
  ['u', [], /no move to undo/],
])('%j means nothing', (typed, moves, message) => {
  expect(readCommand(typed, state, moves)).toEqual({ kind: 'problem', message: expect.stringMatching(message) });
});

test('after the end there is no move', () => {
  const command = readCommand('1', { ...state, choices: [] }, before);
  expect(command).toEqual({ kind: 'problem', message: expect.stringMatching(/The program has ended/) });
});
