/** A world under scripted tasks: who begins, what a fault does to whoever runs, what the scheduler hears of it, how it ends. */
import { describe, expect, test } from 'vitest';
import { RoundRobin } from '../../schedulers/round-robin.ts';
import { makeBase } from '../files/base.ts';
import { FileTree } from '../files/file-tree.ts';
import { Kernel, SUSPEND } from '../kernel.ts';
import type { Machine } from '../machine.ts';
import type { Answer } from '../task.ts';
import { hostObject, type Touches, WRITE } from '../touch.ts';
import type { Outcome, Pid, Scheduler, SwitchPoint, TaskId } from '../types.ts';
import type { ActRecord, FaultSpec, World } from './types.ts';

type Body = (kernel: Kernel) => Generator<Answer | typeof SUSPEND, void, Answer>;

const LIMITS = { steps: 10_000, output: 1_000, tasks: 50, processes: 50, memory: 1, time: 1_000 };
const encoder = new TextEncoder();
const BASE = makeBase({
  files: { '/usr/bin/one': new Uint8Array(1), '/usr/bin/two': new Uint8Array(1) },
  scratch: ['/home', '/dev/shm'],
  born: 0,
  encode: (text) => encoder.encode(text),
});

/** Round-robin, but at this decision (from 1) this fault strikes; and what it was asked and told. */
class Striking extends RoundRobin {
  readonly asked: string[] = [];
  readonly faults = new Map<TaskId, Touches>();
  readonly touched: string[] = [];
  private readonly decision: number;
  private readonly which: number;

  constructor(decision: number, which = 0) {
    super();
    this.decision = decision;
    this.which = which;
  }

  fault(task: TaskId, touches: Touches): void {
    this.faults.set(task, touches);
  }

  touch(task: TaskId, touches: Touches): void {
    this.touched.push(`${task}: ${touches}`);
  }

  override nextTask(runnable: readonly TaskId[], current: TaskId | null, why: SwitchPoint): TaskId {
    this.asked.push(`${runnable} ${current} ${why}`);
    const fault = [...this.faults.keys()][this.which] as TaskId;
    return this.asked.length === this.decision ? fault : super.nextTask(runnable, current, why);
  }
}

const terminal = (host: string, program: string, more = {}) => ({
  name: host,
  host,
  command: [program],
  start: 0,
  service: false,
  reboots: false,
  ...more,
});

/** A world of hosts `a` and `b`; the program is what `main` says, `one` and `two` are commands of the machine. */
function boot(
  bodies: { main?: Body; one?: Body; two?: Body },
  world: Partial<World>,
  scheduler: Scheduler = new RoundRobin(),
  acts: readonly ActRecord[] | null = null,
) {
  const programs = new Map<Pid, Body>();
  const running = new Map<TaskId, ReturnType<Body>>();
  const ready: TaskId[] = [];
  const shown: string[] = [];
  const happened: string[] = [];
  let outcome: Outcome | null = null;
  const machine: Machine = {
    runs: () => true,
    refuses: () => null,
    load: (pid, { argv }) => void programs.set(pid, bodies[argv[0] as 'main'] as Body),
    copy: () => 0,
    unload: (pid) => void programs.delete(pid),
    tells: () => false,
    encode: (text) => encoder.encode(text),
    decode: (bytes) => new TextDecoder().decode(bytes),
    start: (task) => ready.push(task),
    resume: (task) => ready.push(task),
    locate: () => null,
    idle: () => {},
    happens: (what) =>
      happened.push('host' in what ? `${what.host} ${what.up ? 'up' : 'down'}` : `${what.terminal} ${what.code}`),
    output: (_, text, where) => shown.push(`${where ?? 'main'}: ${text}`),
    elapsed: () => 0,
    steps: () => {},
    finished: (end) => {
      outcome = end;
    },
  };
  const files = ['a', 'b'].map(() => new FileTree(BASE, {}, () => 0));
  const hosts = ['a', 'b'].map((name, at) => ({ name, address: `10.0.0.${at + 1}`, files: null }));
  const kernel = new Kernel(
    machine,
    scheduler,
    {
      model: 'every-bytecode',
      clock: 'virtual',
      limits: LIMITS,
      trace: true,
      observe: false,
      commuting: new Set(),
      interactive: false,
    },
    {
      program: bodies.main ? { path: '/usr/bin/one', argv: ['main'], environment: {} } : null,
      stdin: '',
      firstLock: 1,
      files: files[0] as FileTree,
      world: { spec: { hosts, terminals: [], links: [], ...world }, files, environment: {}, acts },
    },
  );
  scheduler.nextRun();
  kernel.boot();
  for (let task = ready.shift(); task !== undefined && outcome === null; task = ready.shift()) {
    const body = running.get(task) ?? (programs.get(kernel.whose(task).pid) as Body)(kernel);
    let result = running.has(task) ? body.next(kernel.answer(task)) : body.next();
    running.set(task, body);
    while (!result.done && result.value !== SUSPEND && outcome === null) result = body.next(result.value);
    if (result.done && outcome === null) kernel.threads.exit();
  }
  return { kernel, shown, happened, outcome: outcome as Outcome | null, records: kernel.terminals };
}

function* says(kernel: Kernel, ...words: string[]) {
  for (const word of words)
    yield kernel.system(kernel.dispatcher.me.process.files.calls.write(1, encoder.encode(word), null), true);
}

const says12: Body = (kernel) => says(kernel, '1', '2');
const sleeps: Body = function* (kernel) {
  yield kernel.threads.sleep(10);
  yield* says(kernel, 'awake');
};
const waits: Body = function* (kernel) {
  yield kernel.system(kernel.dispatcher.me.process.calls.pause(-1, 0, 0));
};

describe('terminals', () => {
  test('begin at their times, and the program when those of second 0 wait', () => {
    const order: Body = (kernel) => says(kernel, `at ${kernel.time}`);
    const terminals = [terminal('b', 'one'), terminal('later', 'two', { host: 'a', start: 3 })];
    const { shown, outcome, happened } = boot({ main: order, one: sleeps, two: order }, { terminals });
    expect(shown).toEqual(['main: at 0', 'later: at 3', 'b: awake']);
    expect(happened).toEqual(['b null', 'later null', 'later 0', 'b 0']);
    expect(outcome).toEqual({ kind: 'exit', code: 0 });
  });

  test('a run is over with those that are no services; only those are to blame for a deadlock', () => {
    const service = [terminal('b', 'one', { service: true })];
    expect(boot({ main: says12, one: waits }, { terminals: service }).outcome).toEqual({ kind: 'exit', code: 0 });
    const both = [...service, terminal('a', 'two')];
    const { outcome, records } = boot({ main: says12, one: waits, two: waits }, { terminals: both });
    expect(outcome).toMatchObject({ kind: 'deadlock', stuck: [{ task: 3 }] });
    expect(records?.map(({ name, output, code }) => [name, output, code])).toEqual([
      ['main', '12', 0],
      ['b', '', null],
      ['a', '', null],
    ]);
  });

  test('a command that there is not ends as a shell says it', () => {
    const { shown, outcome } = boot({}, { terminals: [terminal('a', 'three')] });
    expect(shown).toEqual(['a: sh: 1: three: not found\n']);
    expect(outcome).toEqual({ kind: 'exit', code: 127 });
  });
});

describe('faults', () => {
  const faults = (...of: FaultSpec[]) => ({ of, most: 1 });
  const crash = (host: string, backAfter: number | null = null): FaultSpec => ({ kind: 'crash', host, backAfter });

  test('stand behind all others, and one that has struck no longer; whoever ran goes on', () => {
    const scheduler = new Striking(1);
    const { shown, kernel } = boot({ main: says12 }, { faults: faults(crash('b'), crash('a')) }, scheduler);
    expect(scheduler.asked).toEqual(['1,2,3 null block']);
    expect(shown).toEqual(['main: 1', 'main: 2']);
    expect([...scheduler.faults.values()][0]?.slice(0, 3)).toEqual([hostObject(1), 0, WRITE]);
    expect(kernel.trace().events[0]).toMatchObject({ task: 2, kind: 'world', what: 'crash of b' });
    expect(kernel.trace().tasks.find(({ id }) => id === 2)).toMatchObject({ name: 'crash of b', process: 0 });
  });

  test('are asked about at each step and call, though nobody else could run', () => {
    const scheduler = new Striking(99);
    boot({ main: says12 }, { faults: faults(crash('b')) }, scheduler);
    expect(scheduler.asked).toEqual(['1,2 null block', '1,2 1 call', '1,2 1 call']);
  });

  test('a crash ends whoever runs there, in the middle of a call, and nobody else', () => {
    const terminals = [terminal('b', 'one')];
    const { shown, happened, outcome, records } = boot(
      { main: sleeps, one: says12 },
      { terminals, faults: faults(crash('b')) },
      new Striking(2),
    );
    expect(shown).toEqual(['b: 1', 'main: awake']);
    expect(happened).toEqual(['b null', 'b down', 'b 137']);
    expect(records?.[1]).toEqual({ name: 'b', host: 'b', output: '1', code: null });
    expect(outcome).toEqual({ kind: 'exit', code: 0 });
  });

  test('a host that comes back begins what reboots; the run waits for it', () => {
    const terminals = [terminal('b', 'one', { reboots: true })];
    const { shown, happened, kernel } = boot(
      { main: says12, one: says12 },
      { terminals, faults: faults(crash('b', 7)) },
      new Striking(2),
    );
    expect(shown).toEqual(['b: 1', 'main: 1', 'main: 2', 'b: 1', 'b: 2']);
    expect(happened).toEqual(['b null', 'b down', 'b 137', 'b up', 'b null', 'b 0']);
    expect(kernel.time).toBe(7);
  });

  test('a kill ends a terminal’s processes, and begins it again', () => {
    const terminals = [terminal('b', 'one')];
    const kill: FaultSpec = { kind: 'kill', terminal: 'b', backAfter: 2 };
    const { shown, happened } = boot(
      { main: says12, one: says12 },
      { terminals, faults: faults(kill) },
      new Striking(2),
    );
    expect(shown).toEqual(['b: 1', 'main: 1', 'main: 2', 'b: 1', 'b: 2']);
    expect(happened).toEqual(['b null', 'b 137', 'b null', 'b 0']);
  });

  test('the program’s own host may crash: the run ends with 137', () => {
    const { outcome } = boot({ main: says12 }, { faults: faults(crash('a')) }, new Striking(2));
    expect(outcome).toEqual({ kind: 'exit', code: 137 });
  });

  test('what others can see of a process depends on its host, what they cannot does not', () => {
    const scheduler = new Striking(99);
    boot(
      {
        main: function* (kernel) {
          kernel.locks.acquire(kernel.locks.make(false, 'Lock', null, null), -1);
          yield* says(kernel, '1');
        },
      },
      { faults: faults(crash('a')) },
      scheduler,
    );
    const host = `${hostObject(0)},0,0`;
    const mine = scheduler.touched.filter((line) => line.startsWith('1: '));
    expect(mine.some((line) => line.endsWith(host))).toBe(true);
    expect(mine.some((line) => !line.endsWith(host))).toBe(true);
  });
});

test('what a reader did is done again at the same steps and times', () => {
  const acts: ActRecord[] = [
    { steps: 0, time: 4, act: { act: 'restart', terminal: 'b' } },
    { steps: 0, time: 5, act: { act: 'end' } },
  ];
  const { happened, outcome, kernel } = boot(
    { main: sleeps, one: waits },
    { terminals: [terminal('b', 'one')] },
    undefined,
    acts,
  );
  expect(happened).toEqual(['b null', 'b 137', 'b null']);
  expect(outcome).toEqual({ kind: 'exit', code: 0 });
  expect(kernel.time).toBe(5);
});
