/** The commands themselves, with real lanes: what a worker grades through Redis is what is graded everywhere. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildEngine } from '../../../build/engine.ts';
import type { GradingJob } from '../../../classroom/graded.ts';
import { SOLUTIONS } from '../../course-files.ts';
import { openKeys } from '../job-key.ts';
import { openAssignment } from '../open-assignment.ts';
import { queueAt } from './bull.ts';
import { Link } from './link.ts';
import { openQueue } from './open-queue.ts';
import { readRedisUrl } from './redis-url.ts';
import { queueName, setupOf } from './setup.ts';
import { Spoken } from './testing/processes.ts';
import { MISSING, RealRedis } from './testing/real-redis.ts';
import { assignmentOf, SLUG } from './testing/stand-in.ts';

const HB = path.resolve(import.meta.dirname, '../../hb.ts');

describe.skipIf(!RealRedis.installed)('hb classroom worker and queue', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hb-worker-'));
  const file = path.join(folder, 'assignment.json');
  let redis: RealRedis;
  let worker: Spoken;

  const hb = (...words: string[]) => new Spoken(['--no-warnings', HB, 'classroom', ...words]);
  async function output(...words: string[]) {
    const one = hb('queue', ...words, '--queue', redis.url);
    return { code: await one.end(), lines: one.lines };
  }

  beforeAll(async () => {
    await buildEngine();
    redis = await RealRedis.start();
    writeFileSync(file, JSON.stringify(assignmentOf('real')));
    // The URL without its password, which others would see in the list of processes.
    const words = ['worker', file, '--queue', `redis://127.0.0.1:${redis.port}`, '--lanes', '1', '--metrics', '0'];
    worker = new Spoken(['--no-warnings', HB, 'classroom', ...words], { HB_QUEUE_PASSWORD: redis.password });
  });
  afterAll(async () => {
    await worker?.kill();
    await redis?.stop();
    rmSync(folder, { recursive: true });
  });

  test('grades with real lanes, counts for Prometheus, shows what is dead, and ends when told to', async () => {
    const assignment = openAssignment(file);
    const keyOf = await openKeys(assignment, folder, await buildEngine());
    const jobOf = (name: string): GradingJob => {
      const files = { 'exercise.py': readFileSync(path.join(SOLUTIONS, SLUG, name), 'utf8') };
      return { key: keyOf(SLUG, files), slug: SLUG, files, from: 'ann' };
    };
    const graders = await openQueue({ url: redis.url, assignment, keyOf, say: () => {} });
    const link = await Link.open(readRedisUrl(redis.url), () => {});
    try {
      const [solved, wrong] = await Promise.all(
        ['exercise.py', 'wrong-lock-per-call.py'].map((name) => graders.grade(jobOf(name))),
      );
      expect(solved?.tests.map(({ verdict }) => verdict)).toEqual(['passed', 'passed']);
      expect(wrong?.tests[0]).toMatchObject({ verdict: 'failed', failure: { replay: expect.stringMatching(/./) } });

      const url = (await worker.line(/figures for Prometheus: /)).replace(/^.*: /, '');
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
      const figures = await (await fetch(url)).text();
      expect(figures).toContain(`hb_gradings_total{exercise="${SLUG}",verdict="passed"} 1\n`);
      expect(figures).toContain(`hb_gradings_total{exercise="${SLUG}",verdict="failed"} 1\n`);
      expect(figures).toMatch(/\nbullmq_job_completed_total\{queue="real-[0-9a-f]{12}"\} 2\n/);
      for (const line of figures.trimEnd().split('\n'))
        expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",? ?)+\})? [0-9.]+)$/);
      expect((await fetch(url.replace('/metrics', '/'))).status).toBe(404);

      const queue = queueAt(link.client, queueName(setupOf(assignment, keyOf)));
      const forged = { version: 1 as const, slug: SLUG, files: { 'exercise.py': 'print(1)' } };
      await queue.add('grade', forged, { jobId: 'somebody-made-this-up' });
      await worker.line(/somebody-mad: its key is not that of its code/);
      const shown = await output();
      expect(shown.code).toBe(1);
      expect(shown.lines).toEqual([
        expect.stringMatching(/^real, engine \d+ \(real-[0-9a-f]{12}\): 1 worker$/),
        '  waiting 0, being graded 0, done 2, could not be graded 1',
        expect.stringMatching(/^ {2}✗ locks\/lost-update: its key is not that of its code.* \(1 attempt, \d{4}-/),
        '    somebody-made-this-up',
      ]);
      expect((await output('--retry', 'another')).lines).toEqual([
        'Nothing has been graded through this Redis for that.',
      ]);
      expect((await output('--retry')).lines[0]).toBe('1 tried again');
      expect((await output('--clear')).lines).toEqual([expect.stringMatching(/: forgot 0 that waited and [01] that/)]);

      await redis.kill();
      await worker.line(/does not answer/);
      expect(await (await fetch(url)).text()).toContain('hb_worker_redis_up 0\n');
      await redis.start();
      await worker.line(/answers again/);
      worker.signal('SIGTERM');
      expect(await worker.end()).toBe(0);
      expect([...worker.lines, ...worker.errors].join('\n')).not.toContain(redis.password);
    } finally {
      await graders.close();
      link.close();
    }
  });

  test('mistakes on the command line are said in words', async () => {
    const said = async (...words: string[]) => {
      const one = hb(...words);
      return [await one.end(), one.errors[0]];
    };
    expect(await said('worker', file)).toEqual([2, expect.stringMatching(/name one assignment, and its queue/)]);
    const queue = ['--queue', 'redis://localhost'];
    expect(await said('worker', file, ...queue, '--lanes', 'x')).toEqual([
      2,
      expect.stringMatching(/--lanes x is not/),
    ]);
    expect(await said('worker', file, ...queue, '--metrics', 'x')).toEqual([
      2,
      expect.stringMatching(/--metrics: give PORT/),
    ]);
    expect(await said('queue', '--queue', 'http://:secret@x')).toEqual([2, expect.not.stringContaining('secret')]);
  });
});

if (!RealRedis.installed) test.skip(MISSING, () => {});
