/** A lane's own process: has the hidden suites, drives one sealed engine, and computes the verdicts that it reports. */
import type { ChildProcess } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import { assigned, gradedTests } from '../../classroom/assigned.ts';
import type { Graded, GradedTest, GradingJob } from '../../classroom/graded.ts';
import type { Gradable } from '../../grader/gradable.ts';
import { grade } from '../../grader/grade.ts';
import type { EngineClient } from '../../worker/client-types.ts';
import { createNodeEngine } from '../../worker/node.ts';
import { exercisesOf, gradableOf, readCourse } from '../course-files.ts';
import { bounded } from './bounded.ts';
import type { FromLane, Opening, ToLane } from './lane-messages.ts';
import { withPrivateSuite } from './private-suites.ts';
import { remembering } from './remembering.ts';

/** One suite of an exercise. */
interface Part {
  readonly gradable: Gradable;
  readonly ofTeacher: boolean;
}

/**
 * Of an engine that lives for one student's work. Megabytes of its JavaScript objects are bounded (Python's memory bounds the
 * engine itself); WebAssembly is made faster later and not as fast, which takes longer than it saves in so short a life, and is
 * not checked again: it is the project's own.
 */
const ENGINE_FLAGS = [
  '--max-old-space-size=2048',
  '--min-semi-space-size=32',
  '--max-semi-space-size=64',
  '--wasm-lazy-validation',
  '--wasm-tiering-budget=60000000',
  '--no-wasm-inlining',
];

const send = (message: FromLane) => void process.send?.(message, () => {});
const engines = new Set<ChildProcess>();

// Whoever has begun the lane has ended, in whatever way: nothing of it stays.
process.on('disconnect', () => {
  for (const engine of engines) engine.kill('SIGKILL');
  process.exit(0);
});
new Worker(new URL('lane-watchdog.ts', import.meta.url), { argv: process.argv.slice(2), execArgv: [] }).unref();
// A terminal sends Ctrl-C to all; it is for the process that has begun the lane to end it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

let lane: Awaited<ReturnType<typeof open>> | undefined;
process.on('message', async (message: ToLane) => {
  try {
    if (message.say === 'open') {
      lane = await open(message);
      send({ say: 'ready', tests: lane.tests });
    } else if (lane) send({ say: 'graded', graded: await lane.grade(message.job) });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    send(message.say === 'open' ? { say: 'unusable', why } : { say: 'failed', why });
  }
});

async function open({ assignment, privateFolder, engine: folder, bounds }: Opening) {
  const exercises = new Map<string, Part[]>();
  const all = exercisesOf(readCourse());
  for (const { slug, private: own } of assignment.exercises) {
    const exercise = all.find((one) => one.slug === slug);
    if (!exercise) throw new Error(`There is no exercise ${slug} in this version of the course.`);
    const gradable = assigned(await gradableOf(exercise), assignment);
    const parts: Part[] = [{ gradable, ofTeacher: false }];
    if (own) parts.push({ gradable: await withPrivateSuite(gradable, privateFolder), ofTeacher: true });
    exercises.set(slug, parts);
  }

  /** Messages that the engine has sent since the grading began. */
  let heard = 0;
  let flooded = false;
  const place = () =>
    createNodeEngine(folder, 0, bounds.silence, {
      flags: ENGINE_FLAGS,
      placed(child) {
        engines.add(child);
        const pid = child.pid ?? 0;
        send({ say: 'engine', pid, alive: true });
        child.on('exit', () => {
          engines.delete(child);
          send({ say: 'engine', pid, alive: false });
        });
        child.on('message', () => {
          if (++heard <= bounds.messages || flooded) return;
          flooded = true;
          child.kill('SIGKILL');
        });
      },
    });
  let engine: EngineClient = place();
  engine.warm();
  /** Whose code has been in the engine; null: nobody's. */
  let owner: string | symbol | null = null;
  const renew = () => {
    engine.dispose();
    engine = place();
    owner = null;
  };
  /** No student's code runs where another's has been. */
  const engineFor = (from: string | undefined) => {
    if (owner !== null && owner !== from) renew();
    owner = from ?? Symbol('somebody');
    return engine;
  };
  // What a given program can do at all is the same for every answer.
  const given = remembering(() => {
    if (owner !== null) renew();
    return engine;
  });

  const grading = async (job: GradingJob): Promise<Graded> => {
    const parts = exercises.get(job.slug);
    if (!parts) throw new Error(`the assignment has no exercise ${job.slug}`);
    heard = 0;
    flooded = false;
    const began = performance.now();
    const tests: GradedTest[] = [];
    for (const { gradable, ofTeacher } of parts) {
      const driven = gradable.kind === 'predict' ? given : engineFor(job.from);
      const verdict = await grade(driven, gradable, job.files).done.catch((error: Error) => {
        throw flooded ? new Error(`its engine sent more than ${bounds.messages} messages`) : error;
      });
      if (!verdict) throw new Error('its engine was stopped');
      tests.push(...(await gradedTests(gradable, job.files, verdict, ofTeacher)).map(bounded));
    }
    const seconds = Math.round(performance.now() - began) / 1000;
    return { key: job.key, slug: job.slug, tests, seconds };
  };
  const tests = [...exercises].map(([slug, parts]) => {
    return [slug, parts.reduce((sum, { gradable }) => sum + gradable.suite.tests.length, 0)] as const;
  });
  return { grade: grading, tests: Object.fromEntries(tests) };
}
