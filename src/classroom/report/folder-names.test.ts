import { expect, test } from 'vitest';
import { folderNames } from './folder-names.ts';

const namesOf = (...ids: string[]) => [...folderNames(ids).values()];
const nameOf = (id: string) => folderNames([id]).get(id);

test('ids that can be folders stay as they are', () => {
  expect(namesOf('s1001', 'ann-b', '王伟')).toEqual(['s1001', 'ann-b', '王伟']);
});

test.each([
  ['../../x', 'x'],
  ['..', 'student'],
  ['', 'student'],
  ['C:\\Windows', 'C-Windows'],
  ['a/b', 'a-b'],
  ['=cmd|calc', 'cmd-calc'],
  ['<script>', 'script'],
  ['\u202Eevil\u0000', 'evil'],
  ['con', 'student-con'],
  ['LPT1', 'student-LPT1'],
  ['x'.repeat(500), 'x'.repeat(40)],
  ['.hidden.', 'hidden'],
])('%j', (id, name) => expect(nameOf(id)).toBe(name));

test('two students never share one, on any file system', () => {
  const ids = [
    'Ann',
    'ann',
    'ANN',
    'a/nn',
    'a:nn',
    'a-nn',
    'Zoë',
    'Zoe\u0308',
    'straße',
    'STRASSE',
    'ann-2',
    '',
    '.',
    '..',
  ];
  const names = namesOf(...ids);
  expect(names).toHaveLength(ids.length);
  expect(new Set(names.map((name) => name.normalize('NFD').toUpperCase())).size).toBe(ids.length);
  for (const name of names) expect(name).toMatch(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*$/u);
});

test('who pushes in does not change the folder of an honest id', () => {
  expect(folderNames(['../bob', 'bob']).get('bob')).toBe('bob');
});
