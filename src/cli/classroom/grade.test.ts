/** `hb classroom grade` from end to end: what it writes, what it says, and how it goes on after it was stopped. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SOLUTIONS } from '../course-files.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'hb-grade-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SLUG = 'threads/request-context';
const HB = path.resolve(import.meta.dirname, '../hb.mjs');
const code = (name: string) => readFileSync(path.join(SOLUTIONS, SLUG, name), 'utf8');
const STUDENTS = 8;

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const ASSIGNMENT = write(
  'assignment.json',
  JSON.stringify({
    format: 'happens-before/assignment',
    version: 1,
    id: 'end-to-end',
    title: 'End to end',
    engine: '4',
    exercises: [{ slug: SLUG, points: 10 }],
  }),
);

function handIn(where: string, id: string, source: string): void {
  const submission = {
    format: 'happens-before/submission',
    version: 1,
    assignment: 'end-to-end',
    engine: '4',
    made: '2026-12-01T10:00:00Z',
    student: { id, name: id },
    exercises: { [SLUG]: { files: { 'exercise.py': source }, attempts: [] } },
  };
  write(path.join(where, `${id}.hb.json`), JSON.stringify(submission));
}

/** A class of its own for each test: equal but for a comment, so that nothing is shared. */
function classIn(where: string): string {
  for (let n = 0; n < STUDENTS; n++) handIn(where, `s${n}`, `${code('exercise.py')}# ${n}\n`);
  return path.join(folder, where);
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

function hb(...args: string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [HB, 'classroom', 'grade', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  return { child, ended: once(child, 'close').then(([code, signal]) => ({ code, signal, out, err })) };
}

const keysIn = (out: string): string[] => {
  const file = path.join(out, '.grading/results.jsonl');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  return lines.map((line) => JSON.parse(line).key);
};

test('killed in the middle, the same command goes on from there and grades nothing twice', async () => {
  const [handed, out] = [classIn('killed'), path.join(folder, 'killed-results')];
  const args = [ASSIGNMENT, handed, '--out', out, '--lanes', '1'];
  const first = hb(...args);
  while (keysIn(out).length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  first.child.kill('SIGKILL');
  expect((await first.ended).signal).toBe('SIGKILL');
  const before = keysIn(out).length;
  expect(before).toBeLessThan(STUDENTS);
  expect(existsSync(path.join(out, 'gradebook.csv'))).toBe(false);

  const second = await hb(...args).ended;
  expect(second).toMatchObject({ code: 0 });
  expect(second.err).toContain(`${before} of ${STUDENTS} were graded before`);
  expect(second.out).toContain(
    `${STUDENTS - before} answer${STUDENTS - before === 1 ? '' : 's'} graded, ${before} graded before.`,
  );
  const keys = keysIn(out);
  expect(keys.length).toBe(STUDENTS);
  expect(new Set(keys).size).toBe(STUDENTS);
  const gradebook = readFileSync(path.join(out, 'gradebook.csv'), 'utf8');
  expect(gradebook.split('\n').filter((line) => /^s\d,s\d,,10,10/.test(line)).length).toBe(STUDENTS);
});

test.each(['SIGINT', 'SIGTERM'] as const)('stopped by %s it says how far it came, and how to go on', async (signal) => {
  const [handed, out] = [classIn(signal), path.join(folder, `${signal}-results`)];
  const { child, ended } = hb(ASSIGNMENT, handed, '--out', out, '--lanes', '1');
  while (keysIn(out).length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill(signal);
  const { code, err } = await ended;
  expect(code).toBe(130);
  expect(err).toContain(
    `stopped: ${keysIn(out).length} of ${STUDENTS} are graded. The same command goes on from there.`,
  );
});

test('only what has changed is graded again, and equal answers once', async () => {
  const [handed, out] = [path.join(folder, 'changed'), path.join(folder, 'changed-results')];
  handIn('changed', 'ann', code('exercise.py'));
  handIn('changed', 'bob', code('exercise.py'));
  handIn('changed', 'cy', code('wrong-by-thread-name.py'));
  const args = [ASSIGNMENT, handed, '--out', out];
  const first = await hb(...args).ended;
  expect(first).toMatchObject({ code: 0 });
  expect(first.out).toContain('3 students, 3 of them handed something in.\n2 answers graded.');
  const texts = () =>
    ['gradebook.csv', 'report/index.html', 'submissions/cy/results.json'].map((name) =>
      readFileSync(path.join(out, name), 'utf8'),
    );
  const before = texts();

  const again = await hb(...args).ended;
  expect(again.out).toContain('0 answers graded, 2 graded before.');
  expect(texts()).toEqual(before);

  handIn('changed', 'cy', code('exercise.py').replace('import', '# better now\nimport'));
  expect((await hb(...args).ended).out).toContain('1 answer graded, 1 graded before.');
  expect(texts()).not.toEqual(before);
});

test('what cannot be read is named with its reason, and the exit code says so', async () => {
  const handed = path.join(folder, 'refused');
  handIn('refused', 'ann', code('exercise.py'));
  write('refused/bob.hb.json', '{"format":');
  const { code: exit, out } = await hb(ASSIGNMENT, handed, '--out', path.join(folder, 'refused-results')).ended;
  expect(exit).toBe(1);
  expect(out).toMatch(/✗ bob\.hb\.json: is not valid JSON/);
  expect(out).toMatch(/Gradebook: .*gradebook\.csv\nReport: /);
});

test('what was mistyped is refused in a sentence', async () => {
  const says = async (...args: string[]) => {
    const { code: exit, err } = await hb(...args).ended;
    expect(exit).toBe(2);
    return err;
  };
  expect(await says(ASSIGNMENT)).toMatch(/name the assignment, and then what was handed in/);
  expect(await says(ASSIGNMENT, path.join(folder, 'nobody'))).toMatch(/there is no .*nobody/);
  expect(await says(ASSIGNMENT, folder, '--out', path.join(folder, 'a/b'))).toMatch(/among what was handed in/);
  expect(await says(ASSIGNMENT, HB, '--out', ASSIGNMENT)).toMatch(/cannot be written .*--out DIR/);
  expect(await says(ASSIGNMENT, HB, '--lanes', 'many')).toMatch(/--lanes many is not a number/);
  expect(await says(ASSIGNMENT, HB, '--site', 'javascript:alert(1)')).toMatch(/is not the address of a site/);
});
