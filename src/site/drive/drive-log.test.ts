import { expect, test } from 'vitest';
import type { Move } from '../../worker/protocol.ts';
import { add, movesOf, redo, refuse, restart, startLog, undo } from './drive-log.ts';

const a: Move = { thread: 'Ann', until: { kind: 'wait' } };
const b: Move = { thread: 'Bob', until: { kind: 'step', count: 1 } };

test('undo and redo go through moves and the end alike', () => {
  const all = add(add(startLog([a]), b), 'finish');
  expect(all.steps).toEqual([a, b, 'finish']);
  const once = undo(all);
  expect(once).toEqual({ steps: [a, b], undone: ['finish'] });
  expect(redo(once)).toEqual(all);
  expect(undo(undo(once))).toEqual({ steps: [], undone: [a, b, 'finish'] });
  expect(undo(startLog([]))).toEqual(startLog([]));
  expect(redo(all)).toEqual(all);
});

test('a move after the end replaces the end; a new move forgets what was taken back', () => {
  const ended = add(startLog([a]), 'finish');
  expect(add(ended, b)).toEqual({ steps: [a, b], undone: [] });
  expect(add(undo(startLog([a, b])), a).undone).toEqual([]);
  expect(movesOf(ended)).toEqual([a]);
});

test('restart can be taken back move by move; a refused move is forgotten', () => {
  const log = startLog([a, b]);
  expect(redo(redo(restart(log)))).toEqual(log);
  expect(refuse(add(log, 'finish'), 1)).toEqual({ steps: [a], undone: [] });
});
