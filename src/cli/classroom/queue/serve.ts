/**
 * A worker: takes gradings from the queue, and does as many at a time as it has lanes. Only data comes out of Redis, and nothing of it is
 * believed: a job that is not what its key says is refused. A result is kept before the job is called done, so that a worker may
 * die at any moment: the job is done again by another, or found done.
 */
import { type Job, type Queue, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import type { Graded } from '../../../classroom/graded.ts';
import type { KeyOf } from '../job-key.ts';
import type { Graders } from '../types.ts';
import { PREFIX, queueAt } from './bull.ts';
import { connectionOptions, type Link, reasonOf, type Say } from './link.ts';
import { Metrics } from './metrics.ts';
import { type QueuedJob, queuedJob, type Setup } from './records.ts';
import { ResultsStore } from './results-store.ts';
import { announce, announced, difference, queueName, waiting } from './setup.ts';
import type { Tuning } from './tuning.ts';
import { Turns } from './turns.ts';

export interface Serving {
  readonly metrics: Metrics;
  /** For its counts. */
  readonly queue: Queue<QueuedJob>;
  /** Takes jobs from now on. */
  start(): void;
  /** Takes no more jobs; resolves when those that it has are done. */
  stop(): Promise<void>;
  /** Hands back what it has: another worker begins it anew at once. Resolves when that is done, or Redis does not answer. */
  stopNow(): Promise<void>;
}

export interface ServeOptions {
  readonly link: Link;
  readonly setup: Setup;
  readonly keyOf: KeyOf;
  readonly graders: Graders;
  readonly lanes: number;
  /** Of this worker, to tell it from others; no spaces. */
  readonly name: string;
  readonly say: Say;
  readonly tuning: Tuning;
}

/** Jobs that a worker holds for each lane at most: a student's other answers. */
const AHEAD = 8;
/** Milliseconds that a worker that ends at once gives Redis to take its jobs back. */
const LAST_WORDS = 2000;

export async function serve(options: ServeOptions): Promise<Serving> {
  const { link, setup, graders, lanes, name, say, tuning } = options;
  await announce(link.client, setup);
  const metrics = new Metrics(lanes);
  const results = new ResultsStore(link.client, tuning.resultsKept);
  const queue = queueAt(link.client, queueName(setup));
  const stopping = { atOnce: false };

  const turns = new Turns(lanes);
  const most = lanes * AHEAD;
  /** Nothing is fetched beyond what is held already, unless another student's answers could begin. */
  const fetchMore = () => {
    worker.concurrency = turns.hasRoom ? most : Math.max(1, turns.count);
  };
  const handBack = async (job: Job<QueuedJob>, token?: string): Promise<never> => {
    await job.moveToWait(token);
    throw new WaitingError();
  };
  /** By job's id, as soon as it is fetched, before the next one is: its turn, or null if it has to go back. */
  const fetched = new Map<string, Promise<boolean> | null>();
  const take = async (job: Job<QueuedJob>, token?: string): Promise<null> => {
    const turn = fetched.get(String(job.id));
    fetched.delete(String(job.id));
    if (!turn || !(await turn)) return handBack(job, token);
    metrics.begins();
    try {
      await gradeJob(job, options, results, metrics);
      return null;
    } catch (error) {
      if (stopping.atOnce) return await handBack(job, token);
      throw error;
    } finally {
      metrics.ends();
      turns.leave(ownerOf(job));
      fetchMore();
    }
  };
  const worker = new Worker<QueuedJob>(queueName(setup), take, {
    connection: connectionOptions(link.address),
    prefix: PREFIX,
    name,
    autorun: false,
    concurrency: most,
    lockDuration: tuning.lockDuration,
    stalledInterval: tuning.stalledInterval,
    maxStalledCount: tuning.mostStalls,
    // After a hiccup of the connection; BullMQ's own 15 s would be a long silence.
    runRetryDelay: 1000,
    // One number a minute, for a day: its sum is what counts as done.
    metrics: { maxDataPoints: 24 * 60 },
  });
  const trouble = (error: Error) => {
    if (!stopping.atOnce && !LATE.test(error.message)) link.trouble(error);
  };
  worker.on('active', (job) => {
    // It is a dead letter, which BullMQ will see to.
    if (job.deferredFailure) return;
    const alone = job.stalledCounter > 0;
    const admitted = turns.admits(ownerOf(job), alone);
    fetched.set(String(job.id), admitted ? turns.enter(ownerOf(job), alone) : null);
    if (!admitted || alone) worker.concurrency = Math.max(1, turns.count);
  });
  worker.on('error', trouble);
  queue.on('error', trouble);
  worker.on('stalled', (key) => {
    metrics.stalls();
    say(`${short(key)}: its worker ended, or lost Redis; it is graded again`);
  });
  worker.on('failed', (job, error) => {
    if (!job) return;
    const tries = job.attemptsMade < (job.opts.attempts ?? 1) && !(error instanceof UnrecoverableError);
    say(`${short(job.id)}: ${reasonOf(error)} ${tries ? '(will be tried again)' : '(now a dead letter)'}`);
  });

  const told = new Set<string>();
  const look = async () => {
    if (!link.answers) return;
    // Redis may have forgotten it.
    await announce(link.client, setup);
    for (const [other, theirs] of await announced(link.client)) {
      if (theirs.assignment !== setup.assignment || other === queue.name || told.has(other)) continue;
      const count = await link.client.llen(`${PREFIX}:${other}:wait`);
      if (count === 0) continue;
      told.add(other);
      say(
        `${waiting(count, ` of ${setup.assignment}`)} that this worker does not take: ${difference(setup, theirs, 'this worker', 'the machine that sent them')}`,
      );
    }
  };
  const looking = setInterval(() => void look().catch(trouble), tuning.lookEvery);
  await look();
  await worker.waitUntilReady();

  return {
    metrics,
    queue,
    start: () => void worker.run().catch(trouble),
    stop: async () => {
      clearInterval(looking);
      turns.end();
      await worker.close();
    },
    stopNow: async () => {
      clearInterval(looking);
      stopping.atOnce = true;
      turns.end();
      await worker.pause(true);
      await graders.close();
      const handedBack = worker.close();
      await Promise.race([handedBack, new Promise((resolve) => setTimeout(resolve, LAST_WORDS).unref())]);
      // BullMQ's second close is its first: what is left of it ends with the connections.
      await worker.disconnect().catch(() => {});
    },
  };
}

/** Whose it is, as far as a worker may know; looked at before the job is, which may be anything. */
function ownerOf({ id, data }: Job<unknown>): string {
  const from = (data as Partial<QueuedJob> | null)?.from;
  return typeof from === 'string' ? from.slice(0, 100) : String(id);
}

/** What BullMQ says of a job that somebody else has finished meanwhile: no harm, its result is there. */
const LATE = /Missing (lock|key) for job|could not renew lock|is not in the active state|Lock mismatch|not owned/;

async function gradeJob(
  job: Job<QueuedJob>,
  { keyOf, graders, setup }: ServeOptions,
  results: ResultsStore,
  metrics: Metrics,
): Promise<void> {
  const key = String(job.id);
  const read = queuedJob.safeParse(job.data);
  if (!read.success || !Object.hasOwn(setup.exercises, read.data.slug)) {
    metrics.refuses();
    const why = read.success
      ? 'its exercise is not in this assignment'
      : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    throw new UnrecoverableError(`what came through Redis is no grading: ${why}`);
  }
  const { slug, files, from } = read.data;
  const expected = keyOf(slug, files);
  if (expected !== key) {
    metrics.refuses();
    throw new UnrecoverableError(
      `its key is not that of its code, which would be ${short(expected)}: somebody changed it in Redis, or sent it by other means than hb classroom grade with engine ${setup.engine}`,
    );
  }
  if ((await results.read([key])).has(key)) {
    metrics.finds();
    return;
  }
  const graded = await graders.grade({ key, slug, files, ...(from !== undefined && { from }) });
  metrics.graded(slug, kindOf(graded), graded.seconds);
  if (graded.broken !== undefined) throw new Error(graded.broken);
  await results.keep(graded);
}

function kindOf({ tests, broken }: Graded): string {
  if (broken !== undefined) return 'broken';
  return tests.find(({ verdict }) => verdict !== 'passed')?.verdict ?? 'passed';
}

/** Enough of a key to find it in the list of dead letters. */
function short(key: string | undefined): string {
  return (key ?? '?').slice(0, 12);
}
