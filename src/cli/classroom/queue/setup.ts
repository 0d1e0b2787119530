/**
 * With what a producer or a worker grades: engine, tests, search. Its fingerprint is part of the queue's name, so a worker never
 * gets a job whose key it could not reproduce, and no attempt is wasted on one: it only hears of it, and says which side is older.
 */
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Assignment } from '../../../classroom/assignment.ts';
import { ENGINE_VERSION } from '../../../worker/identity.ts';
import { someOf } from '../intake/printable.ts';
import type { KeyOf } from '../job-key.ts';
import { PREFIX } from './bull.ts';
import { readSetup, type Setup } from './records.ts';

const REGISTRY = `${PREFIX}:setups`;
/** Of which no honest Redis has a tenth. */
const MOST_SETUPS = 2000;

export function setupOf(assignment: Assignment, keyOf: KeyOf, engine = ENGINE_VERSION): Setup {
  const exercises = Object.fromEntries(assignment.exercises.map(({ slug }) => [slug, keyOf(slug, {})]));
  return { assignment: assignment.id, engine, exercises, since: new Date().toISOString() };
}

/** Assignments with the same id, but other exercises or tests, do not meet. */
export function queueName({ assignment, engine, exercises }: Setup): string {
  const sorted = Object.entries(exercises).sort(([a], [b]) => (a < b ? -1 : 1));
  const print = createHash('sha256')
    .update(JSON.stringify([engine, sorted]))
    .digest('hex');
  return `${assignment}-${print.slice(0, 12)}`;
}

/** Makes it known that somebody grades with this. */
export async function announce(redis: Redis, mine: Setup): Promise<void> {
  const name = queueName(mine);
  if ((await redis.hsetnx(REGISTRY, name, JSON.stringify(mine))) === 1) return;
  // Somebody else has written there what it is not.
  if (!(await announced(redis)).has(name)) await redis.hset(REGISTRY, name, JSON.stringify(mine));
}

export async function forget(redis: Redis, name: string): Promise<void> {
  await redis.hdel(REGISTRY, name);
}

/** Everybody's, by the queue's name, sorted. What is damaged is left out. */
export async function announced(redis: Redis): Promise<Map<string, Setup>> {
  if ((await redis.hlen(REGISTRY)) > MOST_SETUPS)
    throw new Error(`Redis has more than ${MOST_SETUPS} queues of gradings: delete the key ${REGISTRY} there.`);
  const found = new Map<string, Setup>();
  const all = Object.entries(await redis.hgetall(REGISTRY)).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, text] of all) {
    const setup = readSetup(text);
    if (setup && queueName(setup) === name) found.set(name, setup);
  }
  return found;
}

/** "1 grading waits", "20 gradings of locks-1 wait". */
export function waiting(count: number, of = ''): string {
  return count === 1 ? `1 grading${of} waits` : `${count} gradings${of} wait`;
}

/** What differs, and which side is older: two sentences. `me` and `them`: "this worker", "the machine that grades". */
export function difference(mine: Setup, theirs: Setup, me: string, them: string): string {
  if (mine.engine !== theirs.engine) {
    const older = Number(mine.engine) < Number(theirs.engine) ? me : them;
    return `${me} has engine ${mine.engine}, ${them} has engine ${theirs.engine}: ${older} is older. Bring both to the same version of Happens-Before.`;
  }
  const slugs = [...new Set([...Object.keys(mine.exercises), ...Object.keys(theirs.exercises)])].sort();
  const other = slugs.filter((slug) => mine.exercises[slug] !== theirs.exercises[slug]);
  const what =
    other.length === slugs.length
      ? 'of different versions (of Happens-Before, of assignment.json, or of the private tests)'
      : `with different tests for ${someOf(other, 5)}`;
  const older = mine.since < theirs.since ? me : them;
  return `${me} and ${them} grade ${what}: what ${older} has was seen at this queue first, so it is probably older. Copy it all from one to the other.`;
}
