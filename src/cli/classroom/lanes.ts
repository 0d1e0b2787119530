/** Grades on this machine: some lanes, each a process with a sealed engine of its own, and none of them is trusted to live. */
import os from 'node:os';
import path from 'node:path';
import { buildEngine } from '../../build/engine.ts';
import type { Assignment } from '../../classroom/assignment.ts';
import type { Graded, GradingJob } from '../../classroom/graded.ts';
import { SILENCE } from '../../worker/limits.ts';
import { say } from '../say.ts';
import { Usage } from '../usage.ts';
import { printable } from './intake/printable.ts';
import { type Lane, openLane } from './lane.ts';
import type { Bounds } from './lane-messages.ts';
import { checkPrivateSuites } from './private-suites.ts';
import type { Graders } from './types.ts';

export interface LaneOptions {
  readonly assignment: Assignment;
  /** Where the teacher's own suites are: `private/` beside the assignment's file. Looked at only if it names any. */
  readonly privateFolder: string;
  /** How many are graded at a time; default: as many as there are processors. */
  readonly lanes?: number;
  readonly bounds?: Partial<Bounds>;
  /** Where the engine is; default: built if its sources have changed. */
  readonly engine?: string;
}

const BOUNDS: Bounds = { seconds: 120, silence: 2 * SILENCE, engineMemory: 3_000, laneMemory: 1_000, messages: 20_000 };

/** How often a job is tried, each time in a fresh lane. */
const TRIES = 2;

interface Waiting {
  readonly job: GradingJob;
  readonly resolve: (graded: Graded) => void;
  readonly reject: (error: Error) => void;
}

/** Throws Usage if the private suites are missing, are not those of the assignment, or cannot be loaded. */
export async function openLanes(options: LaneOptions): Promise<Graders> {
  const { assignment } = options;
  const privateFolder = path.resolve(options.privateFolder);
  checkPrivateSuites(assignment, privateFolder);
  const engine = options.engine ?? (await buildEngine(say));
  const times = Math.max(1, assignment.search.budget);
  const bounds = { ...BOUNDS, seconds: BOUNDS.seconds * times, messages: BOUNDS.messages * times, ...options.bounds };
  const open = () => openLane({ assignment, privateFolder, engine, bounds });

  const waiting: Waiting[] = [];
  /** Whose work is in which lane's engine. */
  const owners = new Map<number, string | undefined>();
  /** Of lanes that have nothing to do. */
  const idle = new Set<() => void>();
  let closed = false;

  /** A lane keeps to one student as long as there is something left; else it takes whoever nobody is at. */
  function next(number: number): Waiting | undefined {
    const mine = owners.get(number);
    const others = new Set([...owners].filter(([other]) => other !== number).map(([, owner]) => owner));
    const find = (fits: (from: string | undefined) => boolean) => waiting.findIndex(({ job }) => fits(job.from));
    let at = mine === undefined ? -1 : find((from) => from === mine);
    if (at < 0) at = find((from) => from === undefined || !others.has(from));
    const [found] = waiting.splice(Math.max(0, at), 1);
    if (found) owners.set(number, found.job.from);
    return found;
  }

  async function work(number: number, first: Lane): Promise<void> {
    let lane = first;
    while (!closed) {
      const found = next(number);
      if (!found) {
        owners.delete(number);
        await new Promise<void>((resolve) => idle.add(resolve));
        continue;
      }
      let why = '';
      let graded: Graded | null = null;
      for (let tries = 0; tries < TRIES && !graded && !closed; tries++) {
        if (!lane.alive) lane = lanes[number] = open();
        const outcome = await lane.ready.then(
          () => lane.grade(found.job),
          (error: Error) => ({ is: 'failed', why: error.message }) as const,
        );
        if (outcome.is === 'graded') graded = outcome.graded;
        else why = outcome.why;
        // Its engine has answered something that no engine answers.
        if (outcome.is === 'failed') lane.end();
      }
      if (closed) found.reject(new Error('closed'));
      else found.resolve(graded ?? broken(found.job, why));
    }
  }

  const lanes = Array.from({ length: options.lanes ?? os.availableParallelism() }, open);
  const endAll = () => {
    process.off('exit', endAll);
    for (const lane of lanes) lane.end();
  };
  process.on('exit', endAll);
  try {
    await Promise.all(lanes.map(({ ready }) => ready));
  } catch (error) {
    endAll();
    throw new Usage(error instanceof Error ? error.message : String(error));
  }
  const working = lanes.map((lane, number) => work(number, lane));

  const wake = () => {
    for (const resolve of idle) resolve();
    idle.clear();
  };
  return {
    grade(job) {
      if (closed) return Promise.reject(new Error('closed'));
      return new Promise((resolve, reject) => {
        waiting.push({ job, resolve, reject });
        wake();
      });
    },
    async close() {
      closed = true;
      endAll();
      for (const { reject } of waiting.splice(0)) reject(new Error('closed'));
      wake();
      await Promise.all(working);
    },
  };
}

function broken({ key, slug }: GradingJob, why: string): Graded {
  const reason = `It was tried ${TRIES} times, and stopped each time: ${plain(why)}.`;
  const advice = 'Look at the code yourself; the same command tries it again.';
  return { key, slug, tests: [], seconds: 0, broken: `${reason} ${advice}` };
}

/** What an engine that was taken over may have said, in one short line. */
function plain(text: string): string {
  return printable(text.split('\n')[0] ?? '', 300).replace(/\.+$/, '');
}
