/** Lanes: the verdicts of everywhere else, the teacher's own suites, and nothing that stays behind. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { buildEngine } from '../../build/engine.ts';
import { assigned, gradedTests } from '../../classroom/assigned.ts';
import { assignment as schema } from '../../classroom/assignment.ts';
import { grade } from '../../grader/grade.ts';
import { createNodeEngine } from '../../worker/node.ts';
import { exercisesOf, gradableOf, readCourse, SOLUTIONS } from '../course-files.ts';
import { openKeys } from './job-key.ts';
import { openLanes } from './lanes.ts';
import { privatePrint } from './private-suites.ts';
import type { Graders } from './types.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'hb-lanes-'));
const OWN = path.join(folder, 'private');
const answer = (slug: string, name: string) => readFileSync(path.join(SOLUTIONS, slug, name), 'utf8');
const SOLVED = { 'exercise.py': answer('locks/lost-update', 'exercise.py') };
const WRONG = { 'exercise.py': answer('locks/lost-update', 'wrong-deposit-only.py') };
const MARKED = { 'answer.txt': answer('threads/after-you', 'answer.txt') };

mkdirSync(path.join(OWN, 'locks/lost-update'), { recursive: true });
writeFileSync(
  path.join(OWN, 'locks/lost-update/own.py'),
  'from exercise import Account\ndef made():\n    return Account().balance\n',
);
writeFileSync(
  path.join(OWN, 'locks/lost-update/tests.ts'),
  `import { expect } from 'happens-before/expect';
import { call, suite, test } from 'happens-before/suite';
export default suite([
  test('it begins with nothing', { entry: call('made', [], 'own.py'), hint: 'h' }, (run) => expect('it', run.value).toBe(0)),
]);
`,
);

const assignment = schema.parse({
  format: 'happens-before/assignment',
  version: 1,
  id: 'lanes',
  title: 'Lanes',
  engine: '4',
  exercises: [
    {
      slug: 'locks/lost-update',
      points: 10,
      private: { points: 5, print: privatePrint(path.join(OWN, 'locks/lost-update')) },
    },
    { slug: 'threads/after-you', points: 5 },
  ],
});

let engine: string;
let graders: Graders;
beforeAll(async () => {
  engine = await buildEngine();
  graders = await openLanes({ assignment, privateFolder: OWN, lanes: 2, engine });
});
afterAll(async () => {
  await graders.close();
  rmSync(folder, { recursive: true });
});

test('verdicts are those of the grader everywhere else, the teacher’s own after them', async () => {
  const exercises = exercisesOf(readCourse());
  const client = createNodeEngine(engine);
  const expected = async (slug: string, files: Record<string, string>) => {
    const exercise = exercises.find((one) => one.slug === slug);
    if (!exercise) throw new Error(slug);
    const gradable = assigned(await gradableOf(exercise), assignment);
    const verdict = await grade(client, gradable, files).done;
    return verdict && gradedTests(gradable, files, verdict, false);
  };
  const jobs = [
    { key: 'a', slug: 'locks/lost-update', files: SOLVED, from: 'ann' },
    { key: 'b', slug: 'locks/lost-update', files: WRONG, from: 'bob' },
    { key: 'c', slug: 'threads/after-you', files: MARKED, from: 'ann' },
    { key: 'd', slug: 'threads/after-you', files: { 'answer.txt': 'what?\n' }, from: 'bob' },
  ];
  const all = await Promise.all(jobs.map((job) => graders.grade(job)));
  expect(all.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
  for (const [n, { tests }] of all.entries()) {
    const { slug, files } = jobs[n] as (typeof jobs)[number];
    expect(tests.filter((one) => !one.private)).toEqual(await expected(slug, files));
  }
  expect(all.map(({ tests }) => tests.map(({ verdict }) => verdict))).toEqual([
    ['passed', 'passed', 'passed'],
    ['passed', 'failed', 'passed'],
    ['passed'],
    ['error'],
  ]);
  expect(all[0]?.tests[2]).toMatchObject({ name: 'it begins with nothing', private: true });
  client.dispose();
});

test('what a given program can do is searched once', async () => {
  const again = await graders.grade({ key: 'e', slug: 'threads/after-you', files: { 'answer.txt': '[x] nonsense\n' } });
  expect(again.tests[0]).toMatchObject({
    verdict: 'failed',
    failure: { message: expect.stringContaining('never happens') },
  });
});

test('an exercise that is not assigned, or a file that leads out, is broken and says so', async () => {
  const [other, path] = await Promise.all([
    graders.grade({ key: 'f', slug: 'locks/transfer', files: {} }),
    graders.grade({ key: 'g', slug: 'locks/lost-update', files: { '../../x.py': 'x', 'exercise.py': '' } }),
  ]);
  expect(other.broken).toMatch(/has no exercise locks\/transfer/);
  expect(path.broken).toMatch(/is not a path inside the program's folder/);
});

test('own suites that are not those of the assignment are refused', async () => {
  const other = path.join(folder, 'other');
  cpSync(OWN, other, { recursive: true });
  writeFileSync(path.join(other, 'locks/lost-update/own.py'), 'def made(): return 0\n');
  await expect(openLanes({ assignment, privateFolder: other, lanes: 1, engine })).rejects.toThrow(
    /not the files of the assignment/,
  );
  await expect(openLanes({ assignment, privateFolder: folder, lanes: 1, engine })).rejects.toThrow(
    /tests.ts: is missing/,
  );
});

test('own suites that cannot be loaded are refused with the reason', async () => {
  const torn = path.join(folder, 'torn');
  cpSync(OWN, torn, { recursive: true });
  writeFileSync(path.join(torn, 'locks/lost-update/tests.ts'), 'export default suite([');
  const print = privatePrint(path.join(torn, 'locks/lost-update'));
  const [first, ...others] = assignment.exercises;
  const exercises = [{ ...first, private: { points: 1, print } }, ...others] as typeof assignment.exercises;
  const options = { assignment: { ...assignment, exercises }, privateFolder: torn, lanes: 1, engine };
  await expect(openLanes(options)).rejects.toThrow(/tests.ts: cannot be loaded/);
});

test('keys tell answers, exercises and searches apart, and nothing else', async () => {
  const keyOf = await openKeys(assignment, OWN, engine);
  const key = keyOf('locks/lost-update', SOLVED);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(keyOf('locks/lost-update', { ...SOLVED })).toBe(key);
  expect(keyOf('locks/lost-update', { 'b.py': '1', 'a.py': '2' })).toBe(
    keyOf('locks/lost-update', { 'a.py': '2', 'b.py': '1' }),
  );
  const others = [
    keyOf('locks/lost-update', WRONG),
    keyOf('threads/after-you', SOLVED),
    (await openKeys({ ...assignment, search: { seed: 2, budget: 1 } }, OWN, engine))('locks/lost-update', SOLVED),
    (
      await openKeys({ ...assignment, exercises: [{ slug: 'locks/lost-update', points: 1, weights: {} }] }, OWN, engine)
    )('locks/lost-update', SOLVED),
  ];
  expect(new Set([key, ...others]).size).toBe(5);
  const regraded = {
    ...assignment,
    title: 'Another',
    exercises: assignment.exercises.map((one) => ({ ...one, points: 1 })),
  };
  expect((await openKeys(regraded, OWN, engine))('locks/lost-update', SOLVED)).toBe(key);
});

/** An assignment with a test of the teacher's own that never ends. */
function endless(): { assignment: typeof assignment; privateFolder: string } {
  const privateFolder = path.join(folder, 'endless');
  cpSync(OWN, privateFolder, { recursive: true });
  const own = path.join(privateFolder, 'locks/lost-update');
  const tests = readFileSync(path.join(own, 'tests.ts'), 'utf8');
  writeFileSync(path.join(own, 'tests.ts'), tests.replace('(run) =>', '(run) => { for (;;); },\n  (run: never) =>'));
  const exercises = [
    { slug: 'locks/lost-update', points: 1, weights: {}, private: { points: 1, print: privatePrint(own) } },
  ];
  return { assignment: { ...assignment, exercises }, privateFolder };
}

test('a test that never ends costs its own grading', async () => {
  const some = await openLanes({ ...endless(), lanes: 1, engine, bounds: { seconds: 2, silence: 1 } });
  const graded = await some.grade({ key: 'k', slug: 'locks/lost-update', files: SOLVED });
  await some.close();
  expect(graded.broken).toMatch(/it was not done after \d seconds/);
});

const C_CODE = { 'exercise.py': 'print(sum(range(10 ** 13)))' };
const BUSY: Readonly<Record<string, [object, object]>> = {
  'with an engine that is inside of C code': [{ assignment, privateFolder: OWN }, C_CODE],
  'with a lane whose test never ends': [endless(), SOLVED],
};

// Where the system tells which processes there are.
test.runIf(existsSync('/proc/self/status')).each(Object.entries(BUSY))(
  'whoever is killed leaves no process behind: %s',
  async (_, [options, files]) => {
    const script = path.join(folder, 'grading.ts');
    writeFileSync(
      script,
      `import { openLanes } from ${JSON.stringify(path.join(import.meta.dirname, 'lanes.ts'))};
const graders = await openLanes(${JSON.stringify({ ...options, lanes: 2, engine })});
for (const from of ['ann', 'bob']) graders.grade({ key: from, slug: 'locks/lost-update', files: ${JSON.stringify(files)}, from });
process.send('begun');
`,
    );
    const child = fork(script, { execArgv: ['--no-warnings'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'message');
    // Two lanes and their engines, and two of the four do nothing but compute.
    const below = await until(() => {
      const all = descendants(child);
      return all.length >= 4 && all.filter((pid) => secondsOf(pid) >= 1.5).length >= 2 && all;
    });
    child.kill('SIGKILL');
    await until(() => below.every((pid) => !existsSync(`/proc/${pid}`)));
  },
);

/** Of a processor's time. */
function secondsOf(pid: number): number {
  try {
    const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/.*\) /, '')
      .split(' ');
    return (Number(user) + Number(system)) / 100;
  } catch {
    return 0;
  }
}

function descendants({ pid }: ChildProcess): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]));
    } catch {
      // It has ended in the meantime.
    }
  }
  const below = (one: number): number[] =>
    [...parents].filter(([, parent]) => parent === one).flatMap(([child]) => [child, ...below(child)]);
  return below(pid as number);
}

/** Waits until it is so; the test's own time is the bound. */
async function until<T>(so: () => T): Promise<Exclude<T, false>> {
  for (;;) {
    const result = so();
    if (result) return result as Exclude<T, false>;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
