/** What was graded is there again, whatever happened to the file's end. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Graded } from '../../classroom/graded.ts';
import { openResultsFile } from './results-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'hb-results-'));
afterAll(() => rmSync(folder, { recursive: true }));

const graded = (key: string, message = 'lost'): Graded => ({
  key: key.repeat(16),
  slug: 'locks/lost-update',
  tests: [
    { name: 'kept', private: false, verdict: 'passed', proof: 'proved' },
    {
      name: 'lost',
      private: true,
      verdict: 'failed',
      proof: 'found',
      failure: { message, hint: '', schedule: 's', replay: null },
    },
  ],
  seconds: 0.5,
});

async function written(name: string, ...all: Graded[]): Promise<string> {
  const file = path.join(folder, name, 'results.jsonl');
  const results = await openResultsFile(file);
  for (const one of all) results.add(one);
  results.close();
  return file;
}

async function read(file: string): Promise<Graded[]> {
  const results = await openResultsFile(file);
  results.close();
  return [...results.known.values()];
}

test('what was written is read, whatever a student made a verdict say', async () => {
  const strange = 'a line\nanother\r\u2028\u2029\u0000\u001b[2J "quoted" \ud800 é 漢';
  const file = await written('strange', graded('a', strange), graded('b'));
  expect(readFileSync(file, 'utf8').split('\n').length).toBe(3);
  // A half of a character is no text, and comes back as what JSON makes of it.
  expect(await read(file)).toEqual([graded('a', strange), graded('b')]);
});

test('of two for one key the last counts', async () => {
  expect(await read(await written('twice', graded('a'), graded('a', 'later')))).toEqual([graded('a', 'later')]);
});

test('what was broken is tried again', async () => {
  const file = await written(
    'broken',
    { key: 'b'.repeat(16), slug: 'locks/lost-update', tests: [], seconds: 0, broken: 'It died.' },
    graded('a'),
  );
  expect(await read(file)).toEqual([graded('a')]);
});

test('wherever the last line was torn off, the others are there, and the next is a line of its own', async () => {
  const file = await written('torn', graded('a'), graded('b'));
  const whole = readFileSync(file);
  const first = whole.indexOf('\n') + 1;
  for (const length of [first + 1, first + 50, whole.length - 2]) {
    writeFileSync(file, whole);
    truncateSync(file, length);
    const results = await openResultsFile(file);
    expect([...results.known.values()]).toEqual([graded('a')]);
    results.add(graded('c'));
    results.close();
    expect(await read(file)).toEqual([graded('a'), graded('c')]);
  }
});

test('lines that are no results are passed over', async () => {
  const file = await written('forged', graded('a'));
  const key = 'f'.repeat(16);
  appendFileSync(
    file,
    [
      'nonsense',
      '{"key":5}',
      'null',
      JSON.stringify({ ...graded('f'), tests: [{ name: 'kept', private: false, verdict: 'won', proof: '' }] }),
      JSON.stringify({ key, slug: '../../etc', tests: graded('f').tests, seconds: 1 }),
      `"${'x'.repeat(9_000_000)}"`,
      JSON.stringify(graded('b')),
      '',
    ].join('\n'),
  );
  expect(await read(file)).toEqual([graded('a'), graded('b')]);
});
