/** Every attack through the way of a student's work: what was handed in, a lane, a verdict. Nobody may win, or hurt another. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { Graded, GradingJob } from '../classroom/graded.ts';
import { SUBMISSION_FORMAT } from '../classroom/submission.ts';
import { jobsOf } from '../cli/classroom/grading.ts';
import { readSubmissions } from '../cli/classroom/intake/read-submissions.ts';
import { openKeys } from '../cli/classroom/job-key.ts';
import type { Bounds } from '../cli/classroom/lane-messages.ts';
import { openLanes } from '../cli/classroom/lanes.ts';
import { readCourse, SOLUTIONS } from '../cli/course-files.ts';
import { FIND_NATIVES, PORT_FILE } from './attack.ts';
import { ATTACKS } from './cases.ts';
import { HOST, makeAssignment, takenOver } from './classroom-arena.ts';
import type { Mode } from './taken-over.ts';
import { CANARY, thief } from './thief.ts';

const secret = `SECRET-${Math.random().toString(36).slice(2)}`;
const canary = (where: string) => `${CANARY}${where}${Math.random().toString(36).slice(2)}`;
const cell = mkdtempSync(path.join(tmpdir(), 'hb-class-'));
const assignment = makeAssignment(cell, secret, canary('tests'));
const privateFolder = path.join(cell, 'private');
const SOLVED = { 'exercise.py': readFileSync(path.join(SOLUTIONS, HOST.race, 'exercise.py'), 'utf8') };

let calls = 0;
const listener = createServer((socket) => {
  calls++;
  socket.destroy();
});
let engine: string;
let port: number;

const results = path.join(cell, 'results');

function submissionOf(id: string, slug: string, files: Readonly<Record<string, string>>) {
  return {
    format: SUBMISSION_FORMAT,
    version: 1,
    assignment: assignment.id,
    engine: assignment.engine,
    made: '2026-12-01T10:00:00Z',
    student: { id, name: id },
    exercises: { [slug]: { files } },
  };
}

beforeAll(async () => {
  process.env.HB_CANARY = canary('env');
  mkdirSync(path.join(results, '.grading'), { recursive: true });
  writeFileSync(path.join(results, '.grading/results.jsonl'), canary('results'));
  engine = await buildEngine();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  port = (listener.address() as { port: number }).port;
});

afterAll(() => {
  listener.close();
  rmSync(cell, { recursive: true });
});

const RECORD = {
  schedule: '',
  name: 'x',
  outcome: { kind: 'exit', code: 0 },
  value: 42,
  stdout: 'passed',
  stderr: '',
  clock: 0,
  steps: 1,
  trace: { processes: [], tasks: [], locks: [], things: [], variables: [], events: [], truncated: false },
};
const PART = {
  records: [RECORD],
  explored: 1,
  steps: 1,
  end: 'complete',
  covered: 2,
  unbounded: true,
  inexact: false,
  unrepeatable: null,
};
const forged = (answer: unknown): Mode => ({ does: 'answers', answer });
const deep = JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`);

/** Engines that were taken over, and what may be known of them at most. */
const TAKEN: Readonly<Record<string, Mode>> = {
  'is never ready': { does: 'nothing', mute: true },
  'never answers': { does: 'nothing' },
  'ends in the middle': { does: 'ends' },
  'floods its lane with messages': { does: 'floods' },
  'floods its lane with text': { does: 'floods with text' },
  'eats memory': { does: 'eats memory' },
  'writes garbage where messages go': { does: 'writes garbage' },
  'forges a run that ended well': forged(PART),
  'forges a search that covered everything': forged({ ...PART, records: [], explored: 1e9 }),
  'forges a trace that is none': forged({ ...PART, records: [{ ...RECORD, trace: null }] }),
  'forges an outcome that is none': forged({ ...PART, records: [{ ...RECORD, outcome: { kind: '__proto__' } }] }),
  'forges output that is no text': forged({ ...PART, records: [{ ...RECORD, stdout: { length: 0 } }] }),
  'forges deep nesting': forged({ ...PART, records: [{ ...RECORD, value: deep, stdout: deep }] }),
  'forges a failure with a schedule that is none': forged({
    ...PART,
    records: [{ ...RECORD, schedule: 'x', value: 1 }],
  }),
  'forges endless parts': forged({ ...PART, end: null, explored: 0 }),
  'forges nothing at all': forged(null),
};

// The least that honest work needs here, so that the test need not wait.
const BOUNDS: Partial<Bounds> = { seconds: 4, silence: 1, engineMemory: 600, laneMemory: 700, messages: 5_000 };

test('every attack of the sandbox, handed in by a student each', async () => {
  const handed = path.join(cell, 'submissions');
  // Those that walk through all of Python's memory take minutes; attacks.test.ts has them in the same engine.
  const attacks = ATTACKS.filter(
    ({ ungraded, world, source }) => !ungraded && !world && !source.includes(FIND_NATIVES),
  );
  mkdirSync(handed);
  attacks.forEach(({ grade, source, files }, n) => {
    // What a student may hand in is one file: the port at which the host listens has to be in it.
    const code = source.replaceAll(`open("${PORT_FILE}").read()`, `"${port}"`);
    const answer = { ...(files as Record<string, string>), 'exercise.py': code };
    const submission = submissionOf(`s${n}`, HOST[grade ?? 'secret'], answer);
    writeFileSync(path.join(handed, `s${n}.hb.json`), JSON.stringify(submission));
  });
  // Somebody whose work is worth stealing, somebody who tries, and somebody who brings the results along.
  const hand = (id: string, code: string) =>
    writeFileSync(
      path.join(handed, `${id}.hb.json`),
      JSON.stringify(submissionOf(id, HOST.secret, { 'exercise.py': code })),
    );
  hand('ann', `# ${canary('other')}\n`);
  const folders = [handed, privateFolder, path.join(privateFolder, HOST.secret), results, cell];
  hand('thief', thief(folders, port));
  const forger = path.join(handed, 'forger');
  mkdirSync(path.join(forger, 'exercises', HOST.secret), { recursive: true });
  mkdirSync(path.join(forger, '.grading'));
  const forgery = {
    slug: HOST.secret,
    seconds: 1,
    tests: [{ name: 'it prints the secret', private: true, verdict: 'passed', proof: '' }],
  };
  writeFileSync(path.join(forger, 'exercises', HOST.secret, 'exercise.py'), 'print("nothing")\n');
  const key = (await openKeys(assignment, privateFolder, engine))(HOST.secret, { 'exercise.py': 'print("nothing")\n' });
  for (const name of ['.grading/results.jsonl', 'results.json', 'gradebook.csv'])
    writeFileSync(path.join(forger, name), `${JSON.stringify({ ...forgery, key })}\n`);
  const intake = await readSubmissions([handed], { assignment, course: readCourse(), roster: null, received: null });
  expect(intake.works.length).toBe(attacks.length + 3);

  const keyOf = await openKeys(assignment, privateFolder, engine);
  const jobs = jobsOf(intake.works, assignment, keyOf);
  expect(jobs.length).toBeGreaterThan(70);
  const before = folders.map((folder) => readdirSync(folder));
  const pids = alive();
  const graders = await openLanes({ assignment, privateFolder, lanes: 2, engine });
  // As if all were one student's: they share the engine, which no other student's work would, and leave nothing in it.
  const from = 'everybody';
  const all = await Promise.all(jobs.map((job) => graders.grade({ ...job, from })));
  const honest = await Promise.all(
    ['1', '2'].map((key) => graders.grade({ key, slug: HOST.race, files: SOLVED, from })),
  );
  expect(honest.map(({ tests }) => tests.map(({ verdict }) => verdict))).toEqual(
    Array(2).fill(Array(3).fill('passed')),
  );
  await graders.close();
  const nameOf = (job: GradingJob | undefined) => attacks[Number(job?.from?.slice(1))]?.name ?? job?.from;
  expect(all.flatMap((graded, n) => (won(graded) ? [nameOf(jobs[n])] : []))).toEqual([]);
  const thieves = all[jobs.findIndex(({ from }) => from === 'thief')];
  expect(thieves?.tests[0]?.failure?.message).toMatch(/^Exception: found \[\]/);
  // What an attack prints or raises comes back in a verdict: none of it may be what it cannot know.
  const said = JSON.stringify(all.map(({ tests }) => tests.map(({ failure }) => failure?.message)));
  expect(said).not.toContain(CANARY);
  expect(calls).toBe(0);
  expect(folders.map((folder) => readdirSync(folder))).toEqual(before);
  await gone(pids);
}, 300_000);

test.each(Object.entries(TAKEN))('an engine that %s', async (_, mode) => {
  const folder = await takenOver(cell, mode, engine);
  const pids = alive();
  const graders = await openLanes({ assignment, privateFolder, lanes: 1, engine: folder, bounds: BOUNDS });
  const graded = await graders.grade({ key: 'k', slug: HOST.secret, files: { 'exercise.py': '' }, from: 'mallory' });
  await graders.close();
  expect(won(graded)).toBe(false);
  expect(JSON.stringify(graded).length).toBeLessThan(100_000);
  expect(JSON.stringify({ ...graded, tests: graded.tests.map(({ failure }) => failure?.schedule) })).not.toContain(
    secret,
  );
  await gone(pids);
});

test('whoever takes an engine over grades nobody else', async () => {
  const mode: Mode = {
    does: 'answers',
    when: 'OPEN SESAME',
    answer: { ...PART, records: [RECORD] },
  };
  const folder = await takenOver(cell, mode, engine);
  const graders = await openLanes({ assignment, privateFolder, lanes: 1, engine: folder });
  const code = (text: string) => ({ 'exercise.py': text });
  const [mallory, ...others] = await Promise.all([
    graders.grade({ key: 'm', slug: HOST.race, files: code('# OPEN SESAME\n'), from: 'mallory' }),
    graders.grade({ key: 'a', slug: HOST.race, files: SOLVED, from: 'ann' }),
    graders.grade({ key: 'b', slug: HOST.race, files: code('print("nothing")\n'), from: 'bob' }),
    graders.grade({ key: 'c', slug: HOST.race, files: code('print("nothing")\n') }),
  ]);
  await graders.close();
  // It does work: this engine says what Mallory wants, which is what the next ones must not.
  expect(won(mallory as Graded)).toBe(true);
  expect(others.map(({ tests }) => tests.at(-1)?.verdict)).toEqual(['passed', 'error', 'error']);
  expect(others.map(({ tests }) => tests.at(0)?.verdict)).toEqual(['passed', 'error', 'error']);
});

test('a lane that is brought down takes nobody along', async () => {
  const mode: Mode = { does: 'writes garbage', when: 'OPEN SESAME' };
  const folder = await takenOver(cell, mode, engine);
  const graders = await openLanes({ assignment, privateFolder, lanes: 2, engine: folder });
  const jobs = Array.from({ length: 8 }, (_, n) => ({
    key: `${n}`,
    slug: HOST.race,
    files: n % 2 === 0 ? SOLVED : { 'exercise.py': `# OPEN SESAME ${n}\n` },
    from: `student ${n}`,
  }));
  const all = await Promise.all(jobs.map((job) => graders.grade(job)));
  await graders.close();
  for (const [n, { tests, broken }] of all.entries()) {
    if (n % 2 === 0) expect(tests.map(({ verdict }) => verdict)).toEqual(['passed', 'passed', 'passed']);
    else expect(broken).toMatch(/It was tried 2 times, and stopped each time: .+\. Look at the code yourself/);
  }
});

function won({ tests }: Graded): boolean {
  return tests.some((one) => one.private && one.verdict === 'passed');
}

/** Processes of this machine that have an engine in this test's folder; where the system tells. */
function alive(): string[] {
  if (!existsSync('/proc/self/cmdline')) return [];
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(cell);
    } catch {
      return false;
    }
  });
}

/** The test's own time is the bound. */
async function gone(before: readonly string[]): Promise<void> {
  while (alive().some((pid) => !before.includes(pid))) await new Promise((resolve) => setTimeout(resolve, 20));
}
