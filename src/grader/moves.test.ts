import { expect, test } from 'vitest';
import type { Move } from '../worker/protocol.ts';
import { callThread, formatMove, formatMoves, parseMoves } from './moves.ts';

const moves: Move[] = [
  { thread: 'clerk-1', until: { kind: 'line', line: 12 } },
  { thread: 'clerk-1', until: { kind: 'line', line: 3, file: 'bank.py' } },
  { thread: 'Thread-2 (deposit)', until: { kind: 'next-line' } },
  { thread: 'the until machine', until: { kind: 'wait' } },
  { thread: 3, until: { kind: 'step', count: 7 } },
];

function read(text: string): Move[] {
  const answer = parseMoves(text);
  if (answer.kind !== 'moves') throw new Error(JSON.stringify(answer));
  return answer.moves.map(({ move }) => move);
}

test('what is written is read back', () => {
  expect(read(formatMoves(moves))).toEqual(moves);
  for (const move of moves) expect(read(formatMove(move))).toEqual([move]);
});

test('comments, blank lines and the lines that moves stand in', () => {
  const text = '# first the clerks\r\n\r\n  clerk-1   until it waits  # then\r\n\tclerk-2 step\r\n';
  expect(parseMoves(text)).toEqual({
    kind: 'moves',
    moves: [
      { line: 3, move: { thread: 'clerk-1', until: { kind: 'wait' } } },
      { line: 4, move: { thread: 'clerk-2', until: { kind: 'step', count: 1 } } },
    ],
  });
  expect(read('')).toEqual([]);
});

test('new moves replace the old ones, below what stood above them', () => {
  expect(formatMoves(moves.slice(0, 1), '# a goal\n\na step 1\n# b\nb step 1\n')).toBe(
    '# a goal\nclerk-1 until line 12\n',
  );
  expect(formatMoves([], '# a goal\na step 1\n')).toBe('# a goal\n');
  expect(formatMoves([])).toBe('');
});

test.each([
  ['clerk-1 until line twelve', 1, '"clerk-1 until line twelve" is not a move'],
  ['\n\nclerk-1 waits', 3, '"clerk-1 waits" is not a move'],
  ['until it waits', 1, 'is not a move'],
  ['a step 0', 1, 'it takes 1 to 1000000 steps'],
  ['a step 99999999999999999999', 1, 'it takes 1 to 1000000 steps'],
  ['a until line 0', 1, 'there is no line 0'],
  ['a step 1\nhb1.e.0.x.y.z', 2, 'a schedule string is an answer by itself'],
  ['a step 1\n'.repeat(2001), 2001, 'more than 2000 moves'],
  [`${'x'.repeat(1000)}`, 1, `"${'x'.repeat(60)}…" is not a move`],
])('%j: the complaint names the line', (text, line, message) => {
  expect(parseMoves(text)).toMatchObject({ kind: 'problem', line, message: expect.stringContaining(message) });
});

test('a schedule string is an answer', () => {
  expect(parseMoves('# found by hb\n hb1.e.0.1x9.AgEB.4k2 # here\n')).toEqual({
    kind: 'schedule',
    schedule: 'hb1.e.0.1x9.AgEB.4k2',
  });
});

test('a thread is called by its name only if that says which one it is', () => {
  const tasks = ['MainThread', 'worker', 'worker', '7', 'a # b', 'x step 2', 'Thread-1 (deposit)'].map((name, i) => ({
    id: i + 1,
    name,
  }));
  const called = tasks.map((task) => callThread(task, tasks));
  expect(called).toEqual(['MainThread', 2, 3, 4, 5, 'x step 2', 'Thread-1 (deposit)']);
  for (const thread of called) {
    const move: Move = { thread, until: { kind: 'step', count: 1 } };
    expect(read(formatMove(move))).toEqual([move]);
  }
});
