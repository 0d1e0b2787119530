/** How grading a class scales over machines: the same work by one worker and by two, with one lane each, through Redis. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildEngine } from '../build/engine.ts';
import { readAssignment } from '../classroom/assignment.ts';
import type { GradingJob } from '../classroom/graded.ts';
import { type KeyOf, openKeys } from '../cli/classroom/job-key.ts';
import { openQueue } from '../cli/classroom/queue/open-queue.ts';
import { Spoken } from '../cli/classroom/queue/testing/processes.ts';
import { RealRedis } from '../cli/classroom/queue/testing/real-redis.ts';
import { middle } from './engine-figures.ts';
import { gradingJobs } from './grading-jobs.ts';
import { goal, type Row, ratio } from './rows.ts';

export interface QueueFigures {
  readonly gradings: number;
  readonly exercises: number;
  /** Gradings a second, of each round, by how many workers there were. */
  readonly one: readonly number[];
  readonly two: readonly number[];
  /** Each worker had one processor, and another than the other's. */
  readonly pinned: boolean;
}

/** Of the quick kind: many small pieces, as in a class, so that both workers are busy until the end. */
const SLUGS = ['threads/early-total', 'threads/heartbeat', 'locks/lost-update', 'locks/last-seat', 'locks/playlist'];
const STUDENTS = 8;
const ROUNDS = 2;

/** null: there is no redis-server here. */
export async function measureQueue(root: string): Promise<QueueFigures | null> {
  if (!RealRedis.installed) return null;
  const solutions = (await gradingJobs()).filter(({ gradable }) => SLUGS.includes(gradable.slug));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hb-bench-'));
  const file = path.join(folder, 'assignment.json');
  const exercises = solutions.map(({ gradable }) => ({ slug: gradable.slug, points: 1 }));
  const text = JSON.stringify({
    format: 'happens-before/assignment',
    version: 1,
    id: 'bench',
    title: 'Bench',
    engine: 'bench',
    exercises,
  });
  writeFileSync(file, text);
  const assignment = readAssignment(file, text);
  const keyOf = await openKeys(assignment, folder, await buildEngine());
  const redis = await RealRedis.start();
  const graders = await openQueue({ url: redis.url, assignment, keyOf, say: () => {} });
  const workers: Spoken[] = [];
  const pinned = spawnSync('taskset', ['-c', '0,1', 'true']).status === 0;
  const begin = async () => {
    const hb = path.join(root, 'src/cli/hb.ts');
    const words = ['--no-warnings', hb, 'classroom', 'worker', file, '--queue', redis.url, '--lanes', '1'];
    // A lane compiles on processors beside its own: each worker gets one, as if it were another machine.
    const worker = new Spoken(words, {}, pinned ? ['taskset', '-c', String(workers.length)] : []);
    workers.push(worker);
    await worker.line(/at a time/);
  };
  /** Everybody's own code, so that nothing is graded twice. */
  let students = 0;
  const round = async (count: number): Promise<number> => {
    const jobs: GradingJob[] = [];
    for (let student = 0; student < count; student++) {
      students++;
      for (const { gradable, files } of solutions) jobs.push(jobOf(keyOf, gradable.slug, files, students));
    }
    const began = performance.now();
    const results = await Promise.all(jobs.map((job) => graders.grade(job)));
    const seconds = (performance.now() - began) / 1000;
    const wrong = results.find(({ tests }) => tests.length === 0 || tests.some(({ verdict }) => verdict !== 'passed'));
    if (wrong) throw new Error(`a solution of ${wrong.slug} was not passed: ${JSON.stringify(wrong).slice(0, 500)}`);
    return jobs.length / seconds;
  };
  try {
    const one: number[] = [];
    const two: number[] = [];
    await begin();
    await round(2);
    for (let i = 0; i < ROUNDS; i++) one.push(await round(STUDENTS));
    await begin();
    await round(4);
    for (let i = 0; i < ROUNDS; i++) two.push(await round(STUDENTS));
    return { gradings: STUDENTS * solutions.length, exercises: solutions.length, one, two, pinned };
  } finally {
    await graders.close();
    for (const worker of workers) await worker.kill();
    await redis.stop();
    rmSync(folder, { recursive: true });
  }
}

function jobOf(keyOf: KeyOf, slug: string, files: Readonly<Record<string, string>>, student: number): GradingJob {
  const own = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, `${text}\n# student ${student}\n`]),
  );
  return { key: keyOf(slug, own), slug, files: own, from: String(student) };
}

export function queueRows(figures: QueueFigures | null): Row[] {
  const what = 'two workers at a Redis queue / one';
  if (!figures) return [[what, 'not measured: redis-server is not installed', '', '']];
  const { gradings, exercises, one, two, pinned } = figures;
  const each = pinned ? 'one lane and one processor each' : 'one lane each, on whatever processors';
  const scale = middle(two) / middle(one);
  const shown = [middle(one), middle(two)].map((rate) => rate.toFixed(2));
  return [
    [
      what,
      `${ratio(scale)} (${shown.join(' and ')} gradings a second)`,
      goal(scale >= 1.8, '≥ 1.8x'),
      `${gradings} solutions of ${exercises} exercises, ${one.length} times; hb classroom worker with ${each}, redis-server beside them`,
    ],
  ];
}
