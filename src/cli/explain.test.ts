/** `hb run --explain` and `--trace-out`, as somebody would type them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';

const hb = path.resolve(import.meta.dirname, 'hb.mjs');
const folder = mkdtempSync(path.join(tmpdir(), 'hb-explain-'));
const program = path.join(folder, 'program.py');

beforeAll(async () => {
  await buildEngine();
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(code: string, ...args: string[]) {
  writeFileSync(program, code);
  return spawnSync(process.execPath, [hb, 'run', ...args, program], { input: '', encoding: 'utf8' });
}

test('every step is told after the program’s own output, which stays as it is', () => {
  const code = 'import threading\nt = threading.Thread(target=print, args=(1,), name="Ann")\nt.start()\nt.join()\n';
  const { stdout, stderr, status } = run(code, '--explain');
  expect(stdout).toBe('1\n');
  expect(stderr).toMatch(/^hb: 1 {2}MainThread, line 1: comes to this line\n/);
  expect(stderr).toMatch(/hb: \d+ {2}MainThread, line 3: starts Ann\n/);
  expect(stderr).toMatch(/hb: \d+ {2}Ann: prints "1"\n/);
  expect(status).toBe(0);
});

test('a long run is told in part, and it says how much is left out', () => {
  const { stderr } = run('x = 0\nwhile x < 500:\n    x += 1\nprint(x)\n', '--explain');
  const lines = stderr.trimEnd().split('\n');
  expect(lines.length).toBe(201);
  expect(lines.filter((line) => /… \d+ steps left out …/.test(line)).length).toBe(1);
  expect(lines.at(-1)).toContain('line 4: prints "500"');
});

test('--trace-out writes what Perfetto opens', () => {
  const file = path.join(folder, 'trace.json');
  expect(run('print(1)\n', '--trace-out', file).stderr).toBe('');
  const { traceEvents } = JSON.parse(readFileSync(file, 'utf8'));
  expect(traceEvents).toContainEqual(expect.objectContaining({ ph: 'X', name: 'prints "1"', cat: 'running' }));
});
