/** The repository for students, used as they use it: elsewhere, with nothing of this project beside it. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildEngine } from '../../../build/engine.ts';
import { assignment as schema } from '../../../classroom/assignment.ts';
import { submission } from '../../../classroom/submission.ts';
import { grade } from '../../../grader/grade.ts';
import type { EngineClient } from '../../../worker/client-types.ts';
import { createNodeEngine, HELD } from '../../../worker/node.ts';
import { exercisesOf, gradableOf, isUntouched, readCourse, SOLUTIONS } from '../../course-files.ts';
import { formatVerdict } from '../../format-verdict.ts';
import { Usage } from '../../usage.ts';
import { chosenExercises } from './chosen.ts';
import { writeRepository } from './repository.ts';

const SLUG = 'locks/lost-update';
const temp = mkdtempSync(path.join(os.tmpdir(), 'hb-repository-'));
const repo = path.join(temp, 'repo');
const course = readCourse();
const assignment = schema.parse({
  format: 'happens-before/assignment',
  version: 1,
  id: 'week-3',
  title: 'Locks <b>',
  engine: '4',
  due: '2026-12-01T18:00:00+01:00',
  asks: ['id'],
  exercises: [
    { slug: SLUG, points: 12, weights: { 'no deposit is lost': 3 }, private: { points: 5, print: '0123456789abcdef' } },
    { slug: 'threads/after-you', points: 4 },
  ],
});
/** Whoever runs the tests may be a learner, whose work is not exported. */
const begun = exercisesOf(course).filter(
  (one) => assignment.exercises.some(({ slug }) => slug === one.slug) && !isUntouched(one),
);
if (begun.length > 0) console.warn(`Skipped: you have worked on ${begun.map(({ slug }) => slug).join(', ')}.`);
const exercises = begun.length > 0 ? [] : chosenExercises(assignment, course);

let engine: EngineClient;

beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
  if (begun.length === 0) await writeRepository(repo, assignment, exercises, false);
});
afterAll(() => {
  engine?.dispose();
  rmSync(temp, { recursive: true, force: true });
});

/** As npm's script does, but with nothing in the environment. */
function run(args: readonly string[], env: Record<string, string> = {}, folder = repo) {
  const bundle = path.join(folder, '.happens-before/hb.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...args], {
    cwd: os.tmpdir(),
    env,
    input: '',
  });
  return { status, stdout: String(stdout), stderr: String(stderr) };
}

function answerWith(solution: string): void {
  writeFileSync(path.join(repo, 'exercises', SLUG, 'exercise.py'), readFileSync(path.join(SOLUTIONS, SLUG, solution)));
}

/** What `hb test` prints for it. */
async function verdictText(solution: string): Promise<string> {
  const exercise = exercisesOf(course).find(({ slug }) => slug === SLUG) as (typeof exercises)[number];
  const files = { 'exercise.py': readFileSync(path.join(SOLUTIONS, SLUG, solution), 'utf8') };
  const verdict = await grade(engine, await gradableOf(exercise), files).done;
  return verdict ? formatVerdict(SLUG, verdict) : '';
}

describe.skipIf(begun.length > 0)('a repository', () => {
  test('the starters get no points, and nothing is graded', () => {
    const { status, stdout } = run(['test']);
    expect(stdout).toBe(
      `○ ${SLUG}: not started (exercises/${SLUG}/exercise.py is as it came)\n    0 of 12 points\n` +
        '○ threads/after-you: not started (exercises/threads/after-you/answer.txt is as it came)\n    0 of 4 points\n' +
        '\nPoints: 0 of 16\n',
    );
    expect(status).toBe(1);
  });

  test('a wrong answer gets the verdict of `hb test` to the letter, and the points of the tests that pass', async () => {
    answerWith('wrong-deposit-only.py');
    const helper = path.join(repo, 'exercises', SLUG, 'helper.py');
    writeFileSync(helper, '');
    const { status, stdout } = run(['test', 'lost-update']);
    rmSync(helper);
    expect(stdout).toBe(
      `${await verdictText('wrong-deposit-only.py')}    9 of 12 points
      9 of 9  no deposit is lost
      0 of 3  deposits and withdrawals do not disturb each other
    Only exercise.py is graded, without helper.py: put all of it there.
`,
    );
    expect(status).toBe(1);
    const schedule = /--schedule (\S+)/.exec(stdout)?.[1] ?? '';
    const again = run(['test', 'lost-update', '--schedule', schedule]);
    expect(again.stdout).toContain('should be 60, but was 100');
    expect(again.status).toBe(1);
  });

  test('a right answer gets all points, whatever the line ends, and the exit code says so', async () => {
    answerWith('exercise.py');
    const file = path.join(repo, 'exercises', SLUG, 'exercise.py');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
    const { status, stdout } = run(['test', SLUG]);
    expect(stdout).toContain(await verdictText('exercise.py'));
    expect(stdout).toContain('    12 of 12 points\n');
    expect(status).toBe(0);
  });

  test('on GitHub the points are a notice and a summary, and what a program prints is no command', () => {
    answerWith('exercise.py');
    const summary = path.join(temp, 'summary.md');
    const { stdout } = run(['test'], { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary });
    const lines = stdout.trimEnd().split('\n');
    const token = /^::stop-commands::(\S+)$/.exec(lines[0] ?? '')?.[1];
    expect(lines.slice(-3)).toEqual([
      `::${token}::`,
      '::notice title=Autograding complete::Points 12/16',
      '::notice title=Autograding report::{"totalPoints":12,"maxPoints":16}',
    ]);
    expect(readFileSync(summary, 'utf8')).toContain(`## Points 12/16`);
  });

  test('hand-in writes a submission file with what was begun, each attempt, and only what was asked for', () => {
    answerWith('exercise.py');
    run(['test', SLUG]);
    expect(run(['hand-in']).stderr).toContain('npm run hand-in -- --id');
    expect(run(['hand-in', '--id', '../4711', '--name', 'Ann']).status).toBe(0);
    const read = submission.parse(JSON.parse(readFileSync(path.join(repo, 'week-3-4711.hb.json'), 'utf8')));
    expect(read.student).toEqual({ id: '../4711' });
    expect(Object.keys(read.exercises)).toEqual([SLUG]);
    expect(read.exercises[SLUG]?.attempts.at(-1)).toMatchObject({ verdict: 'passed' });
  });

  test('the child that runs the answer is held as everywhere', () => {
    const copy = path.join(temp, 'copy');
    cpSync(repo, copy, { recursive: true });
    const cache = path.join(copy, '.happens-before/cache');
    const engine = path.join(cache, readdirSync(cache)[0] ?? '');
    const flags = JSON.stringify([...HELD, `--allow-fs-read=${engine}${path.sep}*`]);
    const child = `process.exit(JSON.stringify(process.execArgv) === ${JSON.stringify(flags)} && Object.keys(process.env).length === 0 ? 42 : 43);`;
    writeFileSync(path.join(engine, 'node-child.mjs'), child);
    expect(run(['test', SLUG], { SECRET: 'x' }, copy).stderr).toContain("the engine's process ended (42)");
  });

  test('a damaged engine and a missing answer are named, with what to do', () => {
    const copy = path.join(temp, 'damaged');
    cpSync(repo, copy, { recursive: true, filter: (from) => !from.endsWith('cache') });
    writeFileSync(path.join(copy, '.happens-before/engine/memory.bin.zst'), 'version https://git-lfs');
    expect(run(['test'], {}, copy)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('git checkout -- .happens'),
    });
    const other = path.join(temp, 'missing');
    cpSync(repo, other, { recursive: true });
    rmSync(path.join(other, 'exercises', SLUG, 'exercise.py'));
    expect(run(['test'], {}, other)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`exercises/${SLUG}/exercise.py`),
    });
  });

  test('nothing else is in it: no solutions, no other exercises, no name of a folder here, and no file that git hosts refuse', () => {
    const fresh = path.join(temp, 'fresh');
    return writeRepository(fresh, assignment, exercises, false).then((bytes) => {
      const files = readdirSync(fresh, { recursive: true, encoding: 'utf8' }).filter((name) =>
        statSync(path.join(fresh, name)).isFile(),
      );
      const texts = files.filter((name) => !name.endsWith('.zst'));
      expect(texts.sort()).toEqual([
        '.gitattributes',
        '.github/workflows/grade.yml',
        '.gitignore',
        '.happens-before/assignment.json',
        '.happens-before/engine/version.json',
        '.happens-before/hb.mjs',
        '.happens-before/student.mjs',
        'README.md',
        'exercises/locks/lost-update/README.md',
        'exercises/locks/lost-update/driver.py',
        'exercises/locks/lost-update/exercise.py',
        'exercises/threads/after-you/README.md',
        'exercises/threads/after-you/answer.txt',
        'exercises/threads/after-you/exercise.py',
        'package.json',
      ]);
      const all = texts.map((name) => readFileSync(path.join(fresh, name), 'utf8')).join('\n');
      expect(all).toContain('deposits and withdrawals do not disturb each other');
      for (const secret of [
        process.cwd(),
        'with self.lock:\n            self.balance',
        'locks/transfer',
        'solutions/',
      ]) {
        expect(all).not.toContain(secret);
      }
      expect(all).toContain('Locks &lt;b>');
      expect(bytes).toBeLessThan(20e6);
      for (const name of files) expect(statSync(path.join(fresh, name)).size).toBeLessThan(50e6);
    });
  });

  test('what is there already is not touched without --force', async () => {
    const full = path.join(temp, 'full');
    cpSync(path.join(repo, 'exercises'), full, { recursive: true });
    await expect(writeRepository(full, assignment, exercises, false)).rejects.toThrow(Usage);
    expect(existsSync(path.join(full, 'README.md'))).toBe(false);
  });

  test('an exercise that this course does not have is named', () => {
    const other = { ...assignment, exercises: [{ slug: 'locks/nowhere', points: 1, weights: {} }] };
    expect(() => chosenExercises(other, course)).toThrow(/locks\/nowhere.*Correct its slug/);
  });
});
