/** How far a grading has come, in a terminal and elsewhere. */
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { openProgress } from './progress.ts';

function said(isTTY: boolean, total: number, steps: number): string {
  let written = '';
  const write = (text: string) => {
    written += text;
    return true;
  };
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80, write });
  const progress = openProgress(total, stream as unknown as NodeJS.WriteStream);
  for (let n = 0; n < steps; n++) progress.step();
  progress.end();
  return written;
}

test('elsewhere than in a terminal: a line for each tenth, and the time that is left', () => {
  const lines = said(false, 40, 40).trimEnd().split('\n');
  expect(lines.length).toBe(10);
  expect(lines[0]).toMatch(/^hb: graded 4 of 40, \d+\.\d a second, about \d+ s left$/);
  expect(lines[9]).toMatch(/^hb: graded 40 of 40, \d+\.\d a second$/);
});

test('of few, one line each; of very many, ten', () => {
  expect(said(false, 3, 2)).toMatch(/^hb: graded 1 of 3.*\nhb: graded 2 of 3.*\n$/);
  expect(said(false, 5000, 5000).split('\n').length).toBe(11);
});

test('in a terminal: a bar with counts, the rate and the time that is left', () => {
  const bar = said(true, 10, 4);
  expect(bar).toMatch(/grading .*4\/10 · \d+\.\d a second · \d+ s left/);
  expect(bar).not.toContain('\n\n');
});
