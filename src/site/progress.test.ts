import { expect, test } from 'vitest';
import { MapArea } from './map-area.ts';
import { markSolved, mergeSolved, PROGRESS_KEY, readSolved } from './progress.ts';
import { exportProgress, importProgress } from './progress-file.ts';
import { Store } from './store.ts';

const MONDAY = '2026-11-16T10:00:00.000Z';
const TUESDAY = '2026-11-17T10:00:00.000Z';
const open = (capacity?: number) => new Store(() => new MapArea(capacity));

test('the first solution counts', () => {
  const store = open();
  markSolved(store, 'locks/a', TUESDAY);
  markSolved(store, 'locks/a', MONDAY);
  markSolved(store, 'locks/a', TUESDAY);
  expect(readSolved(store.get(PROGRESS_KEY))).toEqual({ 'locks/a': MONDAY });
  expect(mergeSolved({ a: TUESDAY }, { b: MONDAY })).toEqual({ a: TUESDAY, b: MONDAY });
});

test.each(['{', '[]', 'null', '7', '{"a": 1}'])('damaged storage %s counts as nothing solved', (text) => {
  expect(readSolved(text)).toEqual({});
});

test('an export goes into an empty browser whole', () => {
  const store = open();
  markSolved(store, 'locks/a', MONDAY);
  store.set('hb:draft:locks/a:exercise.py', 'x = 1\n');
  store.set('unrelated', 'secret');
  const file = exportProgress(store, TUESDAY);
  expect(file).not.toContain('secret');
  const other = open();
  expect(importProgress(other, file)).toEqual({ ok: true, solved: 1, drafts: 1, kept: 0 });
  expect(other.get('hb:draft:locks/a:exercise.py')).toBe('x = 1\n');
  expect(exportProgress(other, TUESDAY)).toBe(file);
});

test('an import never overwrites code typed here', () => {
  const [here, there] = [open(), open()];
  here.set('hb:draft:p:a.py', 'mine');
  there.set('hb:draft:p:a.py', 'theirs');
  expect(importProgress(here, exportProgress(there, MONDAY))).toMatchObject({ ok: true, drafts: 0, kept: 1 });
  expect(here.get('hb:draft:p:a.py')).toBe('mine');
});

test.each([
  ['not JSON', 'GIF89a', 'not a JSON file'],
  ['other JSON', '{"a":1}', 'not an export'],
  ['a list', '[1]', 'not an export'],
  ['a later version', '{"format":"happens-before-progress","version":2}', 'has version 2'],
  [
    'damaged',
    `{"format":"happens-before-progress","version":1,"exported":"${MONDAY}","solved":{"a":3},"drafts":{}}`,
    'solved.a',
  ],
])('a bad file (%s) says what is wrong', (_what, text, problem) => {
  const result = importProgress(open(), text);
  expect(result).toMatchObject({ ok: false, problem: expect.stringContaining(problem) });
});

test('an import that does not fit says so', () => {
  const store = open();
  store.set('hb:draft:p:a.py', 'x'.repeat(500));
  expect(importProgress(open(50), exportProgress(store, MONDAY))).toMatchObject({ ok: false });
});
