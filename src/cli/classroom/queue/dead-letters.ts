/** Jobs that could not be graded, however often they were tried. BullMQ calls them failed. */
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { printable } from '../intake/printable.ts';
import { type QueuedJob, queuedJob } from './records.ts';

export interface DeadLetter {
  readonly key: string;
  /** null: it was not even a job. */
  readonly slug: string | null;
  readonly reason: string;
  readonly attempts: number;
  /** ISO; null if Redis does not know. */
  readonly at: string | null;
}

/** Where jobs are: waiting or being graded, dead, or not there at all. */
export async function stateOf(
  redis: Redis,
  queue: Queue<QueuedJob>,
  keys: readonly string[],
): Promise<Map<string, 'alive' | 'dead' | 'gone'>> {
  const asked = redis.pipeline();
  for (const key of keys) asked.exists(queue.toKey(key)).zscore(queue.toKey('failed'), key);
  const answers = (await asked.exec()) ?? [];
  return new Map(
    keys.map((key, index) => {
      const [error, exists] = answers[index * 2] ?? [];
      const [, died] = answers[index * 2 + 1] ?? [];
      if (error) throw error;
      return [key, exists !== 1 ? 'gone' : died === null ? 'alive' : 'dead'];
    }),
  );
}

/** Why it is dead, and what to do, for the gradebook; null: it is not there any more. */
export async function brokenBy(queue: Queue<QueuedJob>, key: string): Promise<string | null> {
  const job = await jobAt(queue, key);
  if (!job) return null;
  const { reason, attempts } = letterOf(job);
  const times = attempts > 1 ? ` (${attempts} attempts)` : '';
  return `${reason}${times}. hb classroom queue lists it.`;
}

const MOST_LISTED = 1000;

export async function deadLetters(redis: Redis, queue: Queue<QueuedJob>): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  for (const key of await redis.zrange(queue.toKey('failed'), 0, MOST_LISTED - 1)) {
    const job = await jobAt(queue, key);
    if (job) letters.push(letterOf(job));
  }
  return letters;
}

/** BullMQ's own, or, where somebody has damaged it so that BullMQ cannot read it, what is left. */
async function jobAt(queue: Queue<QueuedJob>, key: string): Promise<FailedJob | undefined> {
  try {
    return await queue.getJob(key);
  } catch (error) {
    if (error instanceof SyntaxError) return { id: key, data: null, failedReason: DAMAGED };
    throw error;
  }
}

const DAMAGED = 'what Redis has of it is damaged; hb classroom queue --clear removes it';

/** Back to those that wait, as if it had never been tried; nothing if it is no dead letter any more. */
export async function retry(redis: Redis, queue: Queue<QueuedJob>, key: string): Promise<void> {
  if ((await queue.getJobState(key)) !== 'failed') return;
  const job = await queue.getJob(key).catch(() => null);
  if (!job) return;
  await redis.hdel(queue.toKey(key), 'stc', 'defa');
  await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
}

/** All that are dead now; those that die again meanwhile are not tried twice. Answers with how many. */
export async function retryAll(redis: Redis, queue: Queue<QueuedJob>): Promise<number> {
  const keys = await redis.zrange(queue.toKey('failed'), 0, -1);
  for (const key of keys) await retry(redis, queue, key);
  return keys.length;
}

const STALLED = /stalled more than allowable/;
const counted = z.number().int().min(0).max(1_000_000).catch(0);

interface FailedJob {
  readonly id?: string | undefined;
  readonly data: unknown;
  readonly failedReason?: unknown;
  readonly attemptsMade?: unknown;
  readonly stalledCounter?: unknown;
  readonly finishedOn?: unknown;
}

function letterOf(job: FailedJob): DeadLetter {
  const said =
    typeof job.failedReason === 'string' ? printable(job.failedReason.replace(/\s+/g, ' '), 500) : 'no reason is known';
  const stalls = counted.parse(job.stalledCounter);
  const reason = STALLED.test(said)
    ? `the worker that graded it ended, or lost Redis, ${stalls} times: it may be what ends them`
    : said.replace(/\.$/, '');
  const finished = z.number().min(0).max(8e15).safeParse(job.finishedOn);
  return {
    key: printable(job.id ?? '?', 128),
    slug: queuedJob.safeParse(job.data).data?.slug ?? null,
    reason,
    attempts: counted.parse(job.attemptsMade),
    at: finished.success ? new Date(finished.data).toISOString() : null,
  };
}
