import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { csv } from './csv.ts';

const parsed = (text: string) => Papa.parse<string[]>(text, { skipEmptyLines: true });

describe('csv', () => {
  test('parses back', () => {
    const { data, errors } = parsed(
      csv([
        ['name', 'points'],
        ['O"Brien, Ann', 7.5],
        ['Zoë', null],
      ]),
    );
    expect(errors).toEqual([]);
    expect(data).toEqual([
      ['name', 'points'],
      ['O"Brien, Ann', '7.5'],
      ['Zoë', ''],
    ]);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+cmd', "'+cmd"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1', "  '=1"],
    ['=cmd|/C calc!A0\nsecond line', "'=cmd|/C calc!A0 second line"],
    ['\t=1', " '=1"],
    ['＝1', "'＝1"],
    // Where lists are separated by semicolons, this is two cells.
    ['Ann;=1', "Ann;'=1"],
    ['Ann, =1', "Ann, '=1"],
    ['\u0000=1', '‹U+0000›=1'],
  ])('%j is no formula', (text, cell) => {
    expect(parsed(csv([['a', text]])).data).toEqual([['a', cell]]);
  });

  test('numbers stay numbers, and honest text stays as it is', () => {
    expect(csv([[-3, 'a-b', 'ann@example.org', 'week 3: =']])).toBe('-3,a-b,ann@example.org,week 3: =\r\n');
  });
});
