/** Lets one attack run and be graded in an engine, wherever that lives, and says what it won. */
import { expect } from '../grader/expect.ts';
import { type Gradable, grade } from '../grader/grade.ts';
import { sleptHoldingLock } from '../grader/observe.ts';
import { ALL } from '../grader/plans.ts';
import { call, suite, test } from '../grader/suite.ts';
import type { World } from '../kernel/hosts/types.ts';
import type { RunRecord } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { RUN_LIMITS } from '../worker/limits.ts';
import type { Program, ScheduleRequest } from '../worker/protocol.ts';
import { type Attack, PORT_FILE, type SuiteName, type Tame } from './attack.ts';
import { BAD_WORLDS } from './bad-worlds.ts';

const DRIVER = `"""Two threads that use the learner's account at the same time."""
import threading
from exercise import Account


def two(n):
    account = Account()
    def work():
        account.deposit(n)
    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return account.balance
`;

/** The hidden suites. `secret` stands for any expectation: it is here, outside, and nowhere else. */
export function exerciseOf(name: SuiteName, secret: string): Gradable {
  const suites: Record<SuiteName, Gradable['suite']> = {
    race: suite([
      test('no deposit is lost', { entry: call('two', [21], 'driver.py'), hint: '' }, (run) => {
        expect('the balance', run.value).toBe(42);
      }),
    ]),
    stuck: suite([test('it ends', { entry: call('finish', [7]), hint: '' }, () => {})]),
    slept: suite([
      test('nobody sleeps while holding the lock', { entry: call('main', [1]), hint: '', trace: true }, (run) => {
        expect('the function', run.value).toBe(1);
        expect('sleeping while holding a lock', sleptHoldingLock(run)).toBe(false);
      }),
    ]),
    secret: suite([
      test('it prints the secret', { hint: '', anyOutcome: true }, (run) => {
        expect('the output', run.stdout).toContain(secret);
      }),
    ]),
  };
  const support: Gradable['support'] = name === 'race' ? { 'driver.py': DRIVER } : {};
  // The strategies that a learner's program gets, on fewer schedules: what an attack can do it does in any.
  const plans = ALL.map((plan) => ({ ...plan, budget: { ...plan.budget, schedules: 20 } }));
  return { slug: `attacks/${name}`, kind: 'write', suite: suites[name], support, starter: {}, plans };
}

/** What every program can see; run before and after an attack, it must print the same. */
const PROBE = `
import builtins, sys, os, threading, signal, gc, json, random, decimal, string, atexit, warnings, logging, time, _thread
print(sorted(vars(builtins)), print.__module__, json.dumps([1]), string.digits)
print(sorted(sys.modules), sys.path, sorted(os.environ.items()), os.getcwd())
for folder, folders, names in os.walk("/"):
    if "/proc" not in folder:
        print(folder, sorted(folders), sorted(names), oct(os.stat(folder).st_mode))
print(threading.enumerate(), threading.active_count(), _thread._count(), sorted(vars(threading)))
print([signal.getsignal(n) is None or str(signal.getsignal(n))[:20] for n in range(1, 30)])
print(random.random(), os.urandom(4), time.time(), hash("a"), id(object()), id([]), decimal.getcontext().prec, sys.getrecursionlimit())
print(len(warnings.filters), logging.root.manager.disable, sys.gettrace(), gc.get_threshold(), os.umask(0o22), len(gc.get_objects()))
print(os.path.getsize("/lib/python314.zip"), open("/lib/python314.zip", "rb").read(4))
import zlib; print(zlib.crc32(open("/lib/python314.zip", "rb").read()))
`;

export interface Result {
  readonly record: RunRecord;
  /** What was won, in words; empty: nothing. */
  readonly wins: string[];
}

/** Runs the probe; the record is compared with that of a new engine. */
export async function probe(engine: EngineClient): Promise<string> {
  const run = engine.run(
    { files: { 'probe.py': PROBE }, entry: { kind: 'script', file: 'probe.py' } },
    { kind: 'random', seed: 5 },
    {},
    {},
    false,
  );
  const record = await run.done;
  return JSON.stringify([record?.stdout, record?.stderr, record?.outcome, record?.steps, record?.clock]);
}

export async function attack(
  engine: EngineClient,
  { name, source, files, limits, world: where, grade: suiteName, wins, ends, prints, ungraded }: Attack,
  world: { secret: string; port: number; clean: string },
): Promise<Result> {
  const won: string[] = [];
  const program: Program = {
    files: { ...files, 'exercise.py': source, [PORT_FILE]: String(world.port) },
    entry: { kind: 'script', file: 'exercise.py' },
    ...(where && { world: where }),
  };
  const options = { limits: { ...RUN_LIMITS, steps: 5_000_000, ...limits } };
  const record = (await engine.run(program, { kind: 'round-robin' }, options, {}, false).done) as RunRecord;
  if (wins?.({ record, secret: world.secret })) won.push(`${name}: it reached what it wanted`);
  const { outcome } = record;
  const ways = ends === undefined ? [] : [ends].flat();
  const matches = (tame: Tame) =>
    Object.entries(tame).every(([key, value]) => (outcome as Record<string, unknown>)[key] === value);
  if (ends && !ways.some(matches)) won.push(`${name}: it ended otherwise: ${JSON.stringify(outcome).slice(0, 300)}`);
  if (prints && !prints.test(record.stdout))
    won.push(`${name}: it printed ${JSON.stringify(record.stdout.slice(-500))}`);
  if (JSON.stringify(record).includes(world.secret)) won.push(`${name}: it knows the secret`);

  if ((await probe(engine)) !== world.clean) won.push(`${name}: the next run is not what it would have been`);

  if (ungraded || where) return { record, wins: won };
  const answer = { 'exercise.py': source, ...(files as Record<string, string>), [PORT_FILE]: String(world.port) };
  const verdict = await grade(engine, exerciseOf(suiteName ?? 'secret', world.secret), answer).done;
  if (verdict === null || verdict.kind === 'passed') won.push(`${name}: it passed the hidden suite`);
  if ((await probe(engine)) !== world.clean) won.push(`${name}: the run after grading is not what it would have been`);
  return { record, wins: won };
}

/** Requests that must be refused in one sentence, whoever makes them. */
export const REFUSED: readonly {
  name: string;
  program?: Partial<Program>;
  schedule?: ScheduleRequest;
  says: RegExp;
}[] = [
  ...[
    '../x',
    '/etc/passwd',
    'a/../../x',
    'a//b',
    './a',
    'a\\\\b',
    'nul\\0byte',
    '',
    'x'.repeat(300),
    '/home/learner/x',
  ].map((path) => ({
    name: `a file called ${JSON.stringify(path.slice(0, 20))}`,
    program: { files: { 'exercise.py': '', [path]: 'x' } },
    says: /is not a path inside the program's folder/,
  })),
  ...BAD_WORLDS.map(({ name, world, says }) => ({
    name: `a world: ${name}`,
    program: { world: world as World },
    says,
  })),
  {
    name: 'a huge program',
    program: { files: { 'exercise.py': new Uint8Array(33 * 1024 * 1024) } },
    says: /larger than 32 MB/,
  },
  ...[
    '',
    'hb1',
    'hb1.e.0.x.',
    'hb1.e.-1.x.AA',
    'hb1.q.0.x.AA',
    'hb1.e.0.x.!!!!',
    'hb1.e.0.x.______',
    'hb9.e.0.x.AA',
    '__proto__',
    'A'.repeat(5_000_000),
    `hb1.e.0.x.${'_'.repeat(3_000_000)}`,
  ].map((schedule) => ({
    name: `the schedule ${JSON.stringify(schedule.slice(0, 20))} (${schedule.length} characters)`,
    schedule: { kind: 'replay', schedule } as const,
    says: /schedule/,
  })),
];
