/** `hb drive` and replay links in a terminal, as somebody would type them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import { TEMPLATES } from './templates.ts';

const hb = path.resolve(import.meta.dirname, 'hb.mjs');
const folder = mkdtempSync(path.join(tmpdir(), 'hb-drive-'));
const program = path.join(folder, 'clerks.py');

beforeAll(async () => {
  await buildEngine();
  writeFileSync(program, TEMPLATES.break.exercise['exercise.py'] ?? '');
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], input = '') {
  const { stdout, stderr, status } = spawnSync(process.execPath, [hb, ...args], { input, encoding: 'utf8' });
  return { stdout, stderr, status };
}

test('a lost update is driven line by line; the moves are those of moves.txt', () => {
  const { stdout, status } = run(
    ['drive', program],
    ['1 w', '2 l 9', '1', 'undo', 'clerk-1 until line 9', '3 w', 'moves', 'finish', 'quit', ''].join('\n'),
  );
  const blocks = stdout.split('> ');
  expect(blocks[1]).toContain('  -  MainThread  clerks.py:16    waits for clerk-1 to end\n');
  expect(blocks[2]).toMatch(/ 2 {2}clerk-1 +clerks\.py:9 +total = seen \+ 1\n/);
  // MainThread cannot go: that move is forgotten at once.
  expect(blocks[3]).toMatch(/^MainThread cannot go on: it waits at line 16\n/);
  expect(blocks[6]).toMatch(/clerk-2 +has ended\n {5}total = 1\n$/);
  expect(blocks[7]).toBe('MainThread until it waits\nclerk-1 until line 9\nclerk-2 until it waits\n');
  expect(blocks[8]).toMatch(/^1\n-- The program ended normally\.\n-- schedule: hb1\.e\.[\w.-]+\n$/);
  expect(status).toBe(0);
});

test('who waits for what, up to the deadlock', () => {
  const dinner = path.join(folder, 'dinner.py');
  writeFileSync(
    dinner,
    `import threading
left, right = threading.Lock(), threading.Lock()
def eat(first, second):
    with first:
        with second:
            print('eats')
ann = threading.Thread(target=eat, args=(left, right), name='Ann')
bob = threading.Thread(target=eat, args=(right, left), name='Bob')
ann.start()
bob.start()
ann.join()
bob.join()
`,
  );
  const moves = ['1 w', 'Ann until line 5', 'Bob until line 5', 'Ann until it waits', 'Bob until it waits'];
  const blocks = run(['drive', dinner], `${moves.join('\n')}\n`).stdout.split('> ');
  expect(blocks[4]).toMatch(/ - {2}Ann +dinner\.py:5 +waits for the Lock made at line 2.*, which Bob holds\n/);
  expect(blocks[5]).toContain('-- Each waits for the next, so none can ever go on: Ann → Bob → Ann.');
  expect(blocks).toHaveLength(7);
});

test('input that ends is the end of it; a file that is not there is said', () => {
  expect(run(['drive', program])).toMatchObject({ status: 0, stderr: '' });
  expect(run(['drive', path.join(folder, 'no.py')])).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/there is no file/),
  });
});

test('a link carries program and run; a changed one is refused', () => {
  const first = run(['run', '--model', 'every-bytecode', '--seed', '4', '--link', program]);
  const link = /link: (\/replay#replay=[\w-]+)\n/.exec(first.stderr)?.[1] ?? '';
  expect(run(['replay', `https://example.org${link}`])).toMatchObject({ status: 0, stdout: first.stdout });
  expect(run(['run', '--schedule', link])).toMatchObject({ status: 0, stdout: first.stdout });
  // The schedule is another program's.
  const other = path.join(folder, 'other.py');
  writeFileSync(other, 'print(1)\n');
  expect(run(['run', '--schedule', link, other])).toMatchObject({
    status: 125,
    stderr: expect.stringContaining('this schedule was recorded for another program'),
  });
  const cut = run(['replay', link.slice(0, -20)]);
  expect(cut).toMatchObject({ status: 2, stdout: '' });
  expect(cut.stderr).toMatch(/^hb: this link is damaged/);
});
