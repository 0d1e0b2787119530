import { expect, test } from 'vitest';
import { type LineMark, markedLines } from './line-marks.ts';

const mark = (task: number, name: string, line: number, runs = true, file = 'a.py'): LineMark => ({
  place: { file, line },
  task,
  name,
  runs,
});

test('threads at one line share a mark; other files have their own', () => {
  const marks = [
    mark(1, 'MainThread', 9, false),
    mark(2, 'Ann', 4),
    mark(3, 'Bob', 4),
    mark(4, 'Cid', 4, true, 'b.py'),
  ];
  expect(markedLines(marks, 'a.py')).toEqual([
    { line: 9, colour: 0, runs: false, text: '← MainThread (waits)' },
    { line: 4, colour: 1, runs: true, text: '← Ann, Bob' },
  ]);
  expect(markedLines(marks, 'b.py')).toEqual([{ line: 4, colour: 3, runs: true, text: '← Cid' }]);
  expect(markedLines([], 'a.py')).toEqual([]);
});
