/** The queue over a real Redis server, with workers and producers that are killed: everything is graded, and counts once. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Graded } from '../../../classroom/graded.ts';
import type { Graders } from '../types.ts';
import { PREFIX, queueAt } from './bull.ts';
import { deadLetters, retryAll } from './dead-letters.ts';
import { Link } from './link.ts';
import { openQueue } from './open-queue.ts';
import type { QueuedJob } from './records.ts';
import { readRedisUrl } from './redis-url.ts';
import { queueName, setupOf } from './setup.ts';
import { Processes, type Spoken } from './testing/processes.ts';
import { freePort, MISSING, RealRedis } from './testing/real-redis.ts';
import { assignmentOf, FAST, jobOf, keysOf, passed, SLUG } from './testing/stand-in.ts';
import type { Tuning } from './tuning.ts';

/** A class's worth of different answers. */
const CLASS = Array.from({ length: 20 }, (_, index) => `answer ${index}`);

describe.skipIf(!RealRedis.installed)('gradings over Redis', () => {
  let redis: RealRedis;
  const processes = new Processes();
  const opened: { close(): unknown }[] = [];
  const assignment = 'a-class';

  beforeAll(async () => {
    redis = await RealRedis.start();
  });
  afterEach(async () => {
    await processes.endAll();
    const { link } = await inspect();
    await link.client.flushall();
    for (const one of opened.splice(0)) await one.close();
  });
  afterAll(() => redis?.stop());

  const role = () => ({ url: redis.url, assignment });
  /** A producer here, and what it says. */
  async function producer(tuning: Partial<Tuning> = {}) {
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    const graders = await openQueue({
      url: redis.url,
      assignment: assignmentOf(assignment),
      keyOf: keysOf('4'),
      say,
      tuning: { ...FAST, ...tuning },
    });
    opened.push(graders);
    return { graders, said };
  }
  /** What the gradebook gets: by key, and how often. */
  async function gradeAll(graders: Graders, codes: readonly string[]): Promise<Graded[]> {
    const all: Graded[] = [];
    await Promise.all(codes.map(async (code) => all.push(await graders.grade(jobOf(code)))));
    return all.sort((a, b) => codes.indexOf(codeOf(a, codes)) - codes.indexOf(codeOf(b, codes)));
  }
  async function inspect() {
    const link = await Link.open(readRedisUrl(redis.url), () => {});
    opened.push(link);
    const name = queueName(setupOf(assignmentOf(assignment), keysOf('4'), '4'));
    return { link, queue: queueAt(link.client, name) };
  }

  test('a worker that is killed in the middle leaves its grading to another one', async () => {
    const { graders } = await producer();
    const codes = ['hold this', ...CLASS];
    const results = gradeAll(graders, codes);
    const first = processes.worker({ ...role(), lanes: 2 });
    await first.line('begun hold this');
    await first.kill();
    const second = processes.worker({ ...role(), lanes: 2, harmless: true });
    expect(await results).toEqual(codes.map(passed));
    expect(await begunBy(second)).toContain('begun hold this');
    // Beside it, the first one's other lane may have been in the middle of something.
    expect((await begunBy(first, second)).length).toBeLessThanOrEqual(codes.length + 2);
  });

  test('Redis may be killed and started again: nothing is lost, and every grading counts once', async () => {
    const { graders, said } = await producer();
    const codes = ['hold this', ...CLASS];
    const results = gradeAll(graders, codes);
    const worker = processes.worker(role());
    await worker.line('begun hold this');
    await redis.kill();
    await worker.line(/does not answer/);
    // Finished while Redis is away: the result waits for it.
    worker.release();
    await redis.start();
    await worker.line(/answers again/);
    expect(await results).toEqual(codes.map(passed));
    expect(new Set(await begunBy(worker)).size).toBe(codes.length);
    expect(said.filter((line) => line.startsWith('Redis at '))).toEqual([
      expect.stringMatching(/does not answer/),
      expect.stringMatching(/answers again/),
    ]);
    expect(said.join()).not.toContain(redis.password);
  });

  test('Redis may even forget everything: the producer sends again what has no result', async () => {
    const { graders } = await producer();
    const codes = ['hold this', ...CLASS];
    const results = gradeAll(graders, codes);
    const worker = processes.worker({ ...role(), lanes: 2 });
    await worker.line('begun hold this');
    await redis.kill();
    redis.forget();
    await redis.start();
    await worker.line(/answers again/);
    worker.release();
    expect(await results).toEqual(codes.map(passed));
  });

  test('what crashes its lane is a dead letter with its reason, on two workers; all others are graded; retried, it is too', async () => {
    const { graders } = await producer();
    const codes = ['break the lane', ...CLASS];
    const workers = [processes.worker(role()), processes.worker(role())];
    const [broken, ...others] = await gradeAll(graders, codes);
    expect(others).toEqual(CLASS.map(passed));
    expect(broken).toMatchObject({ key: jobOf('break the lane').key, tests: [] });
    expect(broken?.broken).toMatch(/^Its lane ended twice \(out of memory\) \(3 attempts\)\./);

    const { link, queue } = await inspect();
    expect(await deadLetters(link.client, queue)).toEqual([
      {
        key: jobOf('break the lane').key,
        slug: SLUG,
        reason: 'Its lane ended twice (out of memory)',
        attempts: 3,
        at: expect.stringMatching(/^\d{4}-/),
      },
    ]);
    // Whoever asks for it anew, and hb classroom queue --retry, have it tried anew: no better here, but with more room.
    expect((await graders.grade(jobOf('break the lane'))).broken).toBeDefined();
    expect((await begunBy(...workers)).filter((line) => line === 'begun break the lane')).toHaveLength(6);
    expect(await retryAll(link.client, queue)).toBe(1);
    processes.worker({ ...role(), harmless: true });
    expect(await graders.grade(jobOf('break the lane'))).toEqual(passed('break the lane'));
    expect(await deadLetters(link.client, queue)).toEqual([]);
  });

  test('what ends workers is a dead letter after so many of them, and takes none of the same student along', async () => {
    const { graders } = await producer();
    const tuning = { mostStalls: 1 };
    const result = graders.grade({ ...jobOf('kill the worker'), from: 'ann' });
    const others = CLASS.slice(0, 5).map((code) => graders.grade({ ...jobOf(code), from: 'ann' }));
    for (let worker = 0; worker < 2; worker++)
      expect(await processes.worker({ ...role(), tuning }).end()).toBe('SIGKILL');
    const last = processes.worker({ ...role(), tuning });
    expect((await result).broken).toMatch(/^the worker that graded it ended, or lost Redis, 2 times/);
    expect(await Promise.all(others)).toEqual(CLASS.slice(0, 5).map(passed));
    expect(await begunBy(last)).not.toContain('begun kill the worker');
  });

  test('a worker takes the answers of one student after those of another', async () => {
    const { graders } = await producer();
    const codes = (from: string) => [`hold ${from}'s first`, ...[2, 3, 4].map((task) => `${from}'s answer ${task}`)];
    const results = ['ann', 'bob'].flatMap((from) =>
      codes(from).map((code) => graders.grade({ ...jobOf(code), from })),
    );
    const first = processes.worker(role());
    await first.line("begun hold ann's first");
    // It has looked at the next student's, and given it back.
    const { queue } = await inspect();
    const next = async () => {
      const job = await queue.getJob(jobOf("hold bob's first").key);
      return [job?.attemptsStarted, job?.attemptsMade, await job?.getState()];
    };
    await expect.poll(next, { timeout: 30_000 }).toEqual([1, 0, 'waiting']);
    expect(await queue.getActiveCount()).toBe(4);
    const second = processes.worker(role());
    await second.line("begun hold bob's first");
    await expect.poll(() => queue.getActiveCount(), { timeout: 30_000 }).toBe(8);
    first.release();
    second.release();
    expect(await Promise.all(results)).toEqual(['ann', 'bob'].flatMap(codes).map(passed));
    expect(await begunBy(first)).toEqual(codes('ann').map((code) => `begun ${code}`));
    expect(await begunBy(second)).toEqual(codes('bob').map((code) => `begun ${code}`));
  });

  test('a worker with another engine gets nothing, says which side is older, and costs nobody an attempt', async () => {
    // One attempt is all that there is.
    const { graders, said } = await producer({ attempts: 1 });
    const old = processes.worker({ ...role(), engine: '3' });
    await old.line('ready');
    const results = gradeAll(graders, CLASS);
    await old.line(
      /20 gradings of a-class wait that this worker does not take: this worker has engine 3, the machine that sent them has engine 4: this worker is older\./,
    );
    await expect
      .poll(() => said.join('\n'), { timeout: 30_000 })
      .toMatch(
        /20 gradings wait, and no worker for that is there, only one that grades otherwise: this machine has engine 4, that worker has engine 3: that worker is older\./,
      );
    const good = processes.worker(role());
    expect(await results).toEqual(CLASS.map(passed));
    expect(await begunBy(old)).toEqual([]);
    expect(await begunBy(good)).toHaveLength(CLASS.length);
    const { link, queue } = await inspect();
    expect(await deadLetters(link.client, queue)).toEqual([]);
  });

  test('a producer that is killed comes back to what was graded meanwhile', async () => {
    const first = processes.producer({ ...role(), codes: CLASS });
    const worker = processes.worker(role());
    await first.line('graded answer 3');
    await first.kill();
    for (const code of CLASS) await worker.line(`begun ${code}`);
    const { graders } = await producer();
    expect(await gradeAll(graders, CLASS)).toEqual(CLASS.map(passed));
    expect(await begunBy(worker)).toHaveLength(CLASS.length);
    // It knows after all workers have gone, too.
    await processes.endAll();
    expect(await gradeAll((await producer()).graders, CLASS)).toEqual(CLASS.map(passed));
  });

  test('two producers of the same answers share the work', async () => {
    const two = [await producer(), await producer()];
    const results = two.map(({ graders }) => gradeAll(graders, CLASS));
    const worker = processes.worker(role());
    for (const all of await Promise.all(results)) expect(all).toEqual(CLASS.map(passed));
    expect(await begunBy(worker)).toHaveLength(CLASS.length);
  });

  test('what others put into the queue is refused, and a damaged result is made anew', async () => {
    const { link, queue } = await inspect();
    const { key } = jobOf('answer 0');
    await link.client.set(`${PREFIX}:result:${key}`, '{"key":"x"}');
    const opts = { attempts: 3, removeOnComplete: true };
    const forged = { version: 1 as const, slug: SLUG, files: { 'exercise.py': 'answer 99' } };
    await queue.add('grade', forged, { ...opts, jobId: jobOf('answer 1').key });
    await queue.add('grade', { ...forged, slug: 'locks/other' }, { ...opts, jobId: 'other-exercise' });
    const misleading = { ...forged, from: { toString: 1 } } as unknown as QueuedJob;
    await queue.add('grade', misleading, { ...opts, jobId: 'nobody-is-so-called' });
    // BullMQ itself cannot read this one: the others must not wait for it.
    await queue.add('grade', forged, { ...opts, jobId: 'damaged-in-redis' });
    await link.client.hset(queue.toKey('damaged-in-redis'), 'data', '{"version":');
    await queue.add('grade', { run: 'rm' } as unknown as QueuedJob, { ...opts, jobId: 'no-grading-at-all' });
    const worker = processes.worker(role());
    const { graders } = await producer();
    expect(await graders.grade(jobOf('answer 0'))).toEqual(passed('answer 0'));
    expect((await graders.grade(jobOf('answer 1'))).broken).toMatch(/^its key is not that of its code/);
    await worker.line(/nobody-is-so: what came through Redis is no grading: from: .*\(now a dead letter\)/);
    await worker.line(/no-grading-a: what came through Redis is no grading: .*\(now a dead letter\)/);
    expect(await begunBy(worker)).toEqual(['begun answer 0']);
    expect((await deadLetters(link.client, queue)).map(({ slug, attempts }) => [slug, attempts])).toEqual(
      expect.arrayContaining([
        [SLUG, 1],
        ['locks/other', 1],
        [null, 1],
      ]),
    );
    await link.client.hset(queue.toKey('no-grading-at-all'), 'data', '{"version":');
    expect((await deadLetters(link.client, queue)).map(({ reason }) => reason)).toContainEqual(
      expect.stringMatching(/^what Redis has of it is damaged/),
    );
  });

  test('a signal lets a worker finish what it has, and take no more', async () => {
    const { graders } = await producer();
    const held = graders.grade(jobOf('hold this'));
    const worker = processes.worker(role());
    await worker.line('begun hold this');
    const next = graders.grade(jobOf('answer 0'));
    worker.signal('SIGTERM');
    await worker.line(/taking no more gradings/);
    worker.release();
    expect(await held).toEqual(passed('hold this'));
    expect(await worker.end()).toBe(0);
    expect(await begunBy(worker)).toEqual(['begun hold this']);
    processes.worker(role());
    expect(await next).toEqual(passed('answer 0'));
  });

  test('a second signal hands back at once what runs, and costs it no attempt', async () => {
    // Nobody would find it by looking for workers that are gone.
    const tuning = { lockDuration: 600_000, attempts: 1 };
    const { graders } = await producer(tuning);
    const result = graders.grade(jobOf('hold this'));
    const worker = processes.worker({ ...role(), tuning });
    await worker.line('begun hold this');
    worker.signal('SIGINT');
    await worker.line(/taking no more gradings/);
    worker.signal('SIGINT');
    expect(await worker.end()).toBe(130);
    processes.worker({ ...role(), tuning, harmless: true });
    expect(await result).toEqual(passed('hold this'));
  });

  test('where no Redis answers, that is said, and whoever waits can still be let go', async () => {
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    const url = `redis://127.0.0.1:${await freePort()}`;
    const graders = await openQueue({
      url,
      assignment: assignmentOf(assignment),
      keyOf: keysOf('4'),
      say,
      tuning: FAST,
    });
    const waiting = expect(graders.grade(jobOf('answer 0'))).rejects.toThrow('the queue was closed');
    await graders.close();
    await waiting;
    await expect(graders.grade(jobOf('answer 0'))).rejects.toThrow('the queue is closed');
    expect(said).toEqual([expect.stringMatching(/does not answer \(.*ECONNREFUSED.*\); waiting until it does/)]);
  });

  test('a password that is wrong or missing is said at once, and never shown', async () => {
    const wrong = redis.url.replace(redis.password, 'not-the-password');
    for (const [url, why] of [
      [wrong, /127\.0\.0\.1:\d+ cannot be used: it does not accept the user name and the password/],
      [`redis://127.0.0.1:${redis.port}`, /cannot be used: it asks for a password/],
    ] as const) {
      const options = { url, assignment: assignmentOf(assignment), keyOf: keysOf('4'), say: () => {} };
      const error: Error = await openQueue(options).then(
        () => new Error('it was accepted'),
        (thrown) => thrown,
      );
      expect(error.message).toMatch(why);
      expect(error.message).not.toContain('not-the-password');
    }
  });
});

if (!RealRedis.installed) test.skip(MISSING, () => {});

/** What they have begun, all of it: they are ended for that. */
async function begunBy(...workers: Spoken[]): Promise<string[]> {
  await Promise.all(workers.map((worker) => worker.kill()));
  return workers.flatMap(({ lines }) => lines).filter((line) => line.startsWith('begun '));
}

function codeOf({ key }: Graded, codes: readonly string[]): string {
  return codes.find((code) => jobOf(code).key === key) ?? '';
}
