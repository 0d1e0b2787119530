import { expect, test } from 'vitest';
import { leaveOut, place, putIn } from './line-order.ts';

const lines = ['a', 'b', 'c'].map((text) => ({ text, indent: 1 }));
const texts = (of: readonly { text: string; indent: number }[]) => of.map(({ text, indent }) => `${indent}${text}`);

test.each([
  [0, 1, 1, ['1b', '1a', '1c']],
  [2, 0, 2, ['2c', '1a', '1b']],
  [1, 1, 0, ['1a', '0b', '1c']],
  [0, 99, 99, ['1b', '1c', '8a']],
  [1, -3, -3, ['0b', '1a', '1c']],
  [7, 0, 1, ['1a', '1b', '1c']],
])('line %i to place %i, %i deep', (from, to, indent, result) => {
  expect(texts(place(lines, from, to, indent))).toEqual(result);
});

test('a line that is left out comes back at the end', () => {
  const left = leaveOut(lines, 1);
  expect(texts(left)).toEqual(['1a', '1c']);
  expect(texts(putIn(place(left, 1, 1, 3), { text: 'b', indent: 1 }))).toEqual(['1a', '3c', '3b']);
  expect(texts(putIn([], { text: 'b', indent: 2 }))).toEqual(['2b']);
});
