import { expect, test } from 'vitest';
import { markOption, parseOptions } from './options.ts';

test('options, marks and comments', () => {
  expect(parseOptions('# mark what can happen\n[ ] 2\n\n[x] 1 and [2]\r\n [X] A B \n[] none\n')).toEqual({
    kind: 'options',
    options: [
      { text: '2', marked: false, line: 2 },
      { text: '1 and [2]', marked: true, line: 4 },
      { text: 'A B', marked: true, line: 5 },
      { text: 'none', marked: false, line: 6 },
    ],
  });
});

test.each([
  ['[ ] 2\n2', 2, '"2" is not an option'],
  ['[y] 2', 1, 'is not an option'],
  [`[x] ${'long '.repeat(100)}`, 1, 'is not an option'],
  ['[x]', 1, 'is not an option'],
  ['[ ] 2\n[x] 2', 2, '"2" is there twice'],
])('%j: the complaint names the line', (text, line, message) => {
  expect(parseOptions(text)).toMatchObject({ kind: 'problem', line, message: expect.stringContaining(message) });
});

test('a mark changes its line only', () => {
  const text = '# $1 costs\n[ ] $1\r\n[x] 1\n';
  expect(markOption(text, 2, true)).toBe('# $1 costs\n[x] $1\r\n[x] 1\n');
  expect(markOption(markOption(text, 2, true), 2, false)).toBe(text);
});
