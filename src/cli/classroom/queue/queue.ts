/** `hb classroom queue`: what waits in the queues of a Redis, who grades, and what could not be graded. */
import { parseArgs } from 'node:util';
import type { Queue } from 'bullmq';
import { say } from '../../say.ts';
import { Usage } from '../../usage.ts';
import { queueAt } from './bull.ts';
import { type DeadLetter, deadLetters, retryAll } from './dead-letters.ts';
import { Link } from './link.ts';
import type { QueuedJob, Setup } from './records.ts';
import { readRedisUrl } from './redis-url.ts';
import { announced, forget } from './setup.ts';

const HELP = `hb classroom queue — what is in the queues of a Redis

  hb classroom queue [ASSIGNMENT-ID…] --queue redis://HOST:PORT

  --retry   tries everything again that could not be graded
  --clear   empties the queues: what waits and what could not be graded is forgotten; results that there are stay

Exit code: 0 nothing is among the dead letters; 1 something is; 2 the command was mistyped, or Redis does not answer.
`;

export async function classroomQueue(args: string[]): Promise<number> {
  const { values, positionals: wanted } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      queue: { type: 'string' },
      retry: { type: 'boolean' },
      clear: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.queue === undefined) throw new Usage(`hb classroom queue: say which Redis.\n\n${HELP}`);
  if (values.retry && values.clear) throw new Usage('hb classroom queue: --retry or --clear, not both.');
  const link = await Link.open(readRedisUrl(values.queue), say, false);
  try {
    const all = [...(await announced(link.client))].filter(
      ([, { assignment }]) => wanted.length === 0 || wanted.includes(assignment),
    );
    if (all.length === 0) {
      process.stdout.write(`Nothing has been graded through this Redis${wanted.length > 0 ? ' for that' : ''}.\n`);
      return 0;
    }
    let dead = 0;
    for (const [name, setup] of all) {
      const queue = queueAt(link.client, name);
      if (values.retry) await told(retryAll(link.client, queue), 'tried again');
      if (values.clear) await clear(link, queue);
      else dead += await show(link, queue, setup);
    }
    return dead > 0 ? 1 : 0;
  } finally {
    link.close();
  }
}

/** Answers with how many dead letters there are. */
async function show(link: Link, queue: Queue<QueuedJob>, setup: Setup): Promise<number> {
  const {
    wait = 0,
    delayed = 0,
    active = 0,
    failed = 0,
  } = await queue.getJobCounts('wait', 'delayed', 'active', 'failed');
  const done = (await queue.getMetrics('completed', 0, 0)).meta.count;
  const workers = await queue.getWorkersCount();
  const lines = [
    `${setup.assignment}, engine ${setup.engine} (${queue.name}): ${workers} worker${workers === 1 ? '' : 's'}`,
    `  waiting ${wait + delayed}, being graded ${active}, done ${done}, could not be graded ${failed}`,
  ];
  const letters = failed > 0 ? await deadLetters(link.client, queue) : [];
  lines.push(...letters.sort(byKey).map(line));
  if (failed > letters.length) lines.push(`  … and ${failed - letters.length} more`);
  process.stdout.write(`${lines.join('\n')}\n`);
  return failed;
}

function line({ key, slug, reason, attempts, at }: DeadLetter): string {
  const tries = `${attempts} attempt${attempts === 1 ? '' : 's'}${at === null ? '' : `, ${at}`}`;
  return `  ✗ ${slug ?? 'no exercise'}: ${reason} (${tries})\n    ${key}`;
}

function byKey(a: DeadLetter, b: DeadLetter): number {
  const [one, other] = [a, b].map(({ slug, key }) => `${slug} ${key}`) as [string, string];
  return one < other ? -1 : 1;
}

/** What is being graded is finished. */
async function clear(link: Link, queue: Queue<QueuedJob>): Promise<void> {
  const failed = await queue.getFailedCount();
  const waiting = await queue.getJobCountByTypes('wait', 'delayed');
  await queue.drain(true);
  while ((await queue.clean(0, 1000, 'failed')).length > 0);
  if ((await queue.getActiveCount()) === 0 && (await queue.getWorkersCount()) === 0)
    await forget(link.client, queue.name);
  process.stdout.write(`${queue.name}: forgot ${waiting} that waited and ${failed} that could not be graded.\n`);
}

async function told(counting: Promise<number>, what: string): Promise<void> {
  const count = await counting;
  if (count > 0) process.stdout.write(`${count} ${what}\n`);
}
