/**
 * The producer: gradings go to a queue in Redis, from which any number of workers take them. It trusts no event: an event only
 * says where to look. Results are asked for, after events, after every reconnect, and every few seconds anyway; a job that is
 * gone without a result (Redis lost its last second, or all) is sent again, which costs nothing if it was only late.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { type Queue, QueueEvents } from 'bullmq';
import type { Assignment } from '../../../classroom/assignment.ts';
import type { Graded, GradingJob } from '../../../classroom/graded.ts';
import type { KeyOf } from '../job-key.ts';
import type { Graders } from '../types.ts';
import { PREFIX, queueAt } from './bull.ts';
import { brokenBy, retry, stateOf } from './dead-letters.ts';
import { connectionOptions, Link, type Say } from './link.ts';
import { type QueuedJob, queuedJob, type Setup } from './records.ts';
import { readRedisUrl } from './redis-url.ts';
import { ResultsStore } from './results-store.ts';
import { announce, announced, difference, queueName, setupOf, waiting } from './setup.ts';
import { TUNING, type Tuning } from './tuning.ts';

export interface QueueOptions {
  /** `redis://…` or `rediss://…`. */
  readonly url: string;
  readonly assignment: Assignment;
  /** As the jobs' keys are made: workers must come to the same. */
  readonly keyOf: KeyOf;
  /** What people should know meanwhile, one line at a time. */
  readonly say: Say;
  readonly tuning?: Partial<Tuning>;
}

/** Throws Usage if Redis refuses us. While it does not answer, that is said, and what is to be graded waits. */
export async function openQueue({ url, assignment, keyOf, say, tuning }: QueueOptions): Promise<Graders> {
  const address = readRedisUrl(url);
  const link = await Link.open(address, say);
  return new QueueGraders(link, setupOf(assignment, keyOf), { ...TUNING, ...tuning }, say);
}

interface Pending {
  readonly job: GradingJob;
  readonly promise: Promise<Graded>;
  readonly resolve: (graded: Graded) => void;
  readonly reject: (error: Error) => void;
  /** Whether it is in the queue because of us: what was dead before we asked for it is tried anew. */
  sent: boolean;
}

/** Jobs that are sent, or asked for, in one go. */
const AT_ONCE = 100;

class QueueGraders implements Graders {
  private readonly link: Link;
  private readonly queue: Queue<QueuedJob>;
  private readonly results: ResultsStore;
  private readonly setup: Setup;
  private readonly tuning: Tuning;
  private readonly say: Say;
  private readonly pending = new Map<string, Pending>();
  /** Keys to be asked for next; those that are new among them are sent by that. */
  private readonly wanted = new Set<string>();
  private readonly timers: NodeJS.Timeout[];
  private readonly salt = randomBytes(16);
  private asking = false;
  private events: QueueEvents | null = null;
  private closed = false;
  private told = '';

  constructor(link: Link, setup: Setup, tuning: Tuning, say: Say) {
    this.link = link;
    this.setup = setup;
    this.tuning = tuning;
    this.say = say;
    this.results = new ResultsStore(link.client, tuning.resultsKept);
    this.queue = queueAt(link.client, queueName(setup));
    this.queue.on('error', (error) => this.link.trouble(error));
    link.onBack(() => this.want(this.pending.keys()));
    void this.listen().catch((error) => this.link.trouble(error));
    this.timers = [
      setInterval(() => this.want(this.pending.keys()), tuning.askEvery),
      setInterval(() => void this.look().catch((error) => this.link.trouble(error)), tuning.lookEvery),
    ];
  }

  grade(job: GradingJob): Promise<Graded> {
    if (this.closed) return Promise.reject(new Error('the queue is closed'));
    const { key, slug } = job;
    const same = this.pending.get(key);
    if (same) return same.promise;
    const checked = queuedJob.safeParse(this.dataOf(job));
    if (!checked.success) {
      const why = checked.error.issues.map(({ message }) => message).join('; ');
      return Promise.resolve({ key, slug, tests: [], seconds: 0, broken: `It cannot be sent to a queue: ${why}.` });
    }
    const { promise, resolve, reject } = Promise.withResolvers<Graded>();
    this.pending.set(key, { job, promise, resolve, reject, sent: false });
    this.want([key]);
    return promise;
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    for (const timer of this.timers) clearInterval(timer);
    for (const { reject } of this.pending.values()) reject(new Error('the queue was closed'));
    this.pending.clear();
    this.link.close();
    await this.events?.close().catch(() => {});
  }

  /** Only once Redis has answered: BullMQ cannot close what was never open. */
  private async listen(): Promise<void> {
    await announce(this.link.client, this.setup);
    if (this.closed) return;
    const connection = connectionOptions(this.link.address);
    this.events = new QueueEvents(this.queue.name, { connection, prefix: PREFIX });
    this.events.on('error', (error) => this.link.trouble(error));
    this.events.on('completed', ({ jobId }) => this.want([jobId]));
    this.events.on('failed', ({ jobId }) => this.want([jobId]));
  }

  private want(keys: Iterable<string>): void {
    for (const key of keys) if (this.pending.has(key)) this.wanted.add(key);
    if (this.wanted.size > 0) void this.askAll();
  }

  /** One at a time, so that a Redis that is away for an hour has one question waiting for it, and not a thousand. */
  private async askAll(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    // Whatever the caller asks for in this moment goes along.
    await Promise.resolve();
    while (this.wanted.size > 0 && !this.closed) {
      const keys = [...this.wanted].slice(0, AT_ONCE);
      for (const key of keys) this.wanted.delete(key);
      try {
        await this.ask(keys);
      } catch (error) {
        // The keys stay pending: the next round asks for them again.
        this.link.trouble(error);
      }
    }
    this.asking = false;
  }

  private async ask(keys: readonly string[]): Promise<void> {
    this.settle(await this.results.read(keys));
    const missing = keys.filter((key) => this.pending.has(key));
    if (missing.length === 0) return;
    const states = await stateOf(this.link.client, this.queue, missing);
    const gone = missing.filter((key) => states.get(key) === 'gone');
    for (const key of missing) {
      const pending = this.pending.get(key);
      if (!pending) continue;
      if (states.get(key) === 'dead') await (pending.sent ? this.bury(key) : retry(this.link.client, this.queue, key));
      pending.sent = true;
    }
    if (gone.length === 0) return;
    // It may have been finished between the two questions.
    this.settle(await this.results.read(gone));
    await this.send(gone.filter((key) => this.pending.has(key)));
  }

  /** Of a job that is there already, nothing changes. */
  private async send(keys: readonly string[]): Promise<void> {
    const { attempts, backoff, deadKept } = this.tuning;
    await this.queue.addBulk(
      keys.flatMap((key) => {
        const { job } = this.pending.get(key) ?? {};
        if (!job) return [];
        return {
          name: 'grade',
          data: this.dataOf(job),
          opts: {
            jobId: key,
            attempts,
            backoff: { type: 'exponential', delay: backoff, jitter: 0.5 },
            removeOnComplete: true,
            removeOnFail: { age: deadKept, count: 10_000 },
            stackTraceLimit: 0,
          },
        };
      }),
    );
  }

  /** Students' names stay here: workers only learn which answers are the same student's. */
  private dataOf({ slug, files, from }: GradingJob): QueuedJob {
    const whose =
      from === undefined ? {} : { from: createHmac('sha256', this.salt).update(from).digest('hex').slice(0, 16) };
    return { version: 1, slug, files: { ...files }, ...whose };
  }

  private async bury(key: string): Promise<void> {
    const broken = await brokenBy(this.queue, key);
    const { job } = this.pending.get(key) ?? {};
    if (job && broken !== null) this.settle(new Map([[key, { key, slug: job.slug, tests: [], seconds: 0, broken }]]));
  }

  private settle(results: ReadonlyMap<string, Graded>): void {
    for (const [key, graded] of results) {
      this.pending.get(key)?.resolve(graded);
      this.pending.delete(key);
    }
  }

  /** Says why nothing goes on, once for each reason. */
  private async look(): Promise<void> {
    if (this.pending.size === 0 || !this.link.answers) return;
    // Redis may have forgotten it.
    await announce(this.link.client, this.setup);
    const reason = (await this.queue.getWorkersCount()) > 0 ? '' : await this.whyNobody();
    if (reason !== this.told && reason !== '') this.say(reason);
    this.told = reason;
  }

  private async whyNobody(): Promise<string> {
    const { assignment } = this.setup;
    const here = `${waiting(this.pending.size)}, and no worker for that is there`;
    for (const [name, theirs] of await announced(this.link.client)) {
      if (theirs.assignment !== assignment || name === this.queue.name) continue;
      const other = queueAt(this.link.client, name);
      const workers = await other.getWorkersCount().finally(() => other.close());
      if (workers > 0)
        return `${here}, only one that grades otherwise: ${difference(this.setup, theirs, 'this machine', 'that worker')}`;
    }
    return `${here}. Start one, on any machine: hb classroom worker ASSIGNMENT.json --queue ${this.link.address.shown}`;
  }
}
