/** One lane as seen from the process that began it: watched from outside, and ended with all that it has begun. */
import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { Graded, GradingJob } from '../../classroom/graded.ts';
import type { FromLane, Opening, ToLane } from './lane-messages.ts';
import { residentOf } from './resident.ts';

/** Megabytes of the lane's JavaScript objects. */
const LANE_HEAP = 768;
/** Seconds in which a lane has loaded the course, on any machine. */
const STARTING = 60;
/** Milliseconds between two looks at its memory. */
const LOOKING = 200;

export type Outcome =
  | { readonly is: 'graded'; readonly graded: Graded }
  | { readonly is: 'failed'; readonly why: string };

export interface Lane {
  /** False once it has been ended, or has died. */
  readonly alive: boolean;
  /** Resolves once it can grade; rejects with a sentence if it never will. */
  readonly ready: Promise<void>;
  /** One at a time, and only once it is ready. Whatever goes wrong is an outcome; after `failed` the lane has been ended. */
  grade(job: GradingJob): Promise<Outcome>;
  /** At once, and its engines with it. */
  end(): void;
}

export function openLane(opening: Opening): Lane {
  const child = fork(path.join(import.meta.dirname, 'lane-child.ts'), [String(process.pid)], {
    execArgv: [`--max-old-space-size=${LANE_HEAP}`, '--no-warnings'],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return watched(child, opening);
}

function watched(child: ChildProcess, opening: Opening): Lane {
  const { bounds } = opening;
  const engines = new Set<number>();
  let alive = true;
  /** Of the grading that is going on. */
  let settle: ((outcome: Outcome) => void) | null = null;
  let tests: Readonly<Record<string, number>> = {};
  let late: NodeJS.Timeout | undefined;
  const opened = Promise.withResolvers<void>();

  const end = (why: string) => {
    if (!alive) return;
    alive = false;
    clearInterval(looking);
    clearTimeout(late);
    child.kill('SIGKILL');
    for (const pid of engines) kill(pid);
    opened.reject(new Error(why));
    settle?.({ is: 'failed', why });
    settle = null;
  };
  const within = (seconds: number, what: string) => {
    clearTimeout(late);
    late = setTimeout(() => end(`${what} was not done after ${seconds} seconds`), seconds * 1000);
  };
  const looking = setInterval(() => {
    const most = (pid: number, bound: number, what: string) => {
      if ((residentOf(pid) ?? 0) > bound) end(`${what} took more than ${bound} MB of memory`);
    };
    for (const pid of engines) most(pid, bounds.engineMemory, 'its engine');
    if (child.pid !== undefined) most(child.pid, bounds.laneMemory, 'what its engine sent');
  }, LOOKING);

  // Nobody has to wait for a lane to be opened who only closes it.
  opened.promise.catch(() => {});
  child.on('error', (error) => end(`its lane could not be started (${error.message})`));
  child.on('exit', (code, signal) => end(`its lane ended (${signal ?? `exit code ${code}`})`));
  child.on('message', (message: FromLane) => {
    if (!alive) return;
    if (message.say === 'engine') {
      if (message.alive) engines.add(message.pid);
      else engines.delete(message.pid);
    } else if (message.say === 'ready') {
      clearTimeout(late);
      tests = message.tests;
      opened.resolve();
    } else if (message.say === 'unusable') {
      opened.reject(new Error(message.why));
      end(message.why);
    } else if (message.say === 'failed') {
      end(message.why);
    } else if (message.say === 'graded') {
      clearTimeout(late);
      settle?.({ is: 'graded', graded: message.graded });
      settle = null;
    }
  });
  const tell = (message: ToLane) => child.send(message, () => {});
  within(STARTING, 'loading the tests');
  tell({ say: 'open', ...opening });

  return {
    get alive() {
      return alive;
    },
    ready: opened.promise,
    grade(job) {
      if (!alive) return Promise.resolve({ is: 'failed', why: 'its lane had ended' });
      return new Promise((resolve) => {
        settle = resolve;
        // A program that gives no sign of life is a verdict, which takes so long for each test.
        within(bounds.seconds + (tests[job.slug] ?? 0) * bounds.silence, 'it');
        tell({ say: 'grade', job });
      });
    },
    end: () => end('it was stopped'),
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
