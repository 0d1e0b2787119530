import { expect, test } from 'vitest';
import { findPlaces, lastPlaces } from './traceback-links.ts';

const FILES = ['exercise.py', 'bank.py'];

test('a learner line is found with its range', () => {
  const line = '  File "exercise.py", line 7, in <module>';
  const [place] = findPlaces(line, FILES);
  expect(place).toMatchObject({ file: 'exercise.py', line: 7 });
  expect(line.slice(place?.start, place?.end)).toBe('File "exercise.py", line 7');
});

test('a folder before the name does not matter, another file does', () => {
  expect(findPlaces('File "/home/learner/bank.py", line 12', FILES)).toMatchObject([{ file: 'bank.py', line: 12 }]);
  expect(findPlaces('File "/usr/lib/python3.14/threading.py", line 12', FILES)).toEqual([]);
  expect(findPlaces('File "mybank.py", line 12', FILES)).toEqual([]);
});

test('a whole coloured traceback: distinct places, innermost last', () => {
  const stderr = [
    'Traceback (most recent call last):',
    '  File \x1b[35m"exercise.py"\x1b[0m, line \x1b[35m9\x1b[0m, in <module>',
    '  File "bank.py", line 2, in pay',
    '  File "exercise.py", line 9, in <module>',
  ].join('\n');
  expect(lastPlaces(stderr, FILES, 4)).toEqual([
    { file: 'bank.py', line: 2 },
    { file: 'exercise.py', line: 9 },
  ]);
  expect(lastPlaces(stderr, FILES, 1)).toHaveLength(1);
});
