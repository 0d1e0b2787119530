/** The kernel alone, under scripted tasks: what blocks, what wakes, what time it is, and who gets the blame. */
import { describe, expect, test } from 'vitest';
import { RandomWalk } from '../schedulers/random.ts';
import { RoundRobin } from '../schedulers/round-robin.ts';
import { makeBase } from './files/base.ts';
import { FileTree } from './files/file-tree.ts';
import { Kernel, type KernelOptions, SUSPEND } from './kernel.ts';
import type { Machine } from './machine.ts';
import type { Answer } from './task.ts';
import type { Outcome, Scheduler } from './types.ts';

type Body = (kernel: Kernel) => Generator<Answer | typeof SUSPEND, void, Answer>;

const LIMITS = { steps: 10_000, output: 1_000, tasks: 50, processes: 10, memory: 1, time: 1_000 };
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const BASE = makeBase({ files: {}, scratch: ['/home', '/tmp'], born: 0, encode: (text) => encoder.encode(text) });
const PROGRAM = { path: '/usr/bin/python3', argv: ['python3', 'main.py'], environment: {} };

/** A machine whose tasks are generators: each yields a system call's answer and gets the final one back. */
function boot(main: Body, scheduler: Scheduler = new RoundRobin(), options: Partial<KernelOptions> = {}) {
  const bodies = new Map<number, Body>([[1, main]]);
  const running = new Map<number, ReturnType<Body>>();
  const ready: number[] = [];
  let outcome: Outcome | null = null;
  let written = '';
  let idle: number | null | undefined;
  const machine: Machine = {
    runs: () => true,
    refuses: () => null,
    load: () => {},
    copy: () => 0,
    unload: () => {},
    tells: () => false,
    encode: (text) => encoder.encode(text),
    decode: (bytes) => decoder.decode(bytes),
    start: (task) => ready.push(task),
    resume: (task) => ready.push(task),
    locate: () => null,
    idle: (until) => {
      idle = until;
    },
    happens: () => {},
    output: (_, text) => {
      written += text;
    },
    elapsed: () => 0,
    steps: () => {},
    finished: (o) => {
      outcome = o;
    },
  };
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
      ...options,
    },
    { program: PROGRAM, stdin: '', firstLock: 1, files: new FileTree(BASE, {}, () => 0) },
  );
  const drain = () => {
    for (let task = ready.shift(); task !== undefined && outcome === null; task = ready.shift()) {
      let generator = running.get(task);
      let result: IteratorResult<Answer | typeof SUSPEND, void>;
      if (!generator) {
        generator = (bodies.get(task) as Body)(kernel);
        running.set(task, generator);
        result = generator.next();
      } else result = generator.next(kernel.answer(task) as Answer);
      while (!result.done && result.value !== SUSPEND && outcome === null) result = generator.next(result.value);
      if (result.done && outcome === null) kernel.threads.exit();
    }
  };
  scheduler.nextRun();
  kernel.boot();
  drain();
  return {
    kernel,
    drain,
    get outcome() {
      return outcome as Outcome | null;
    },
    get written() {
      return written;
    },
    get idle() {
      return idle;
    },
  };
}

function write(kernel: Kernel, text: string) {
  return kernel.system(kernel.dispatcher.me.process.files.calls.write(1, encoder.encode(text), null), true);
}

function read(kernel: Kernel) {
  return kernel.system(kernel.dispatcher.me.process.files.calls.read(0, 100, null));
}

function takeSignal(kernel: Kernel) {
  return kernel.dispatcher.me.process.calls.takeSignal();
}

describe('time', () => {
  test('sleeping takes virtual time and no other', () => {
    const run = boot(function* (kernel) {
      yield kernel.threads.sleep(2.5);
      yield write(kernel, String(kernel.time));
      kernel.dispatcher.finish({ kind: 'exit', code: 0 });
    });
    expect(run.written).toBe('2.5');
    expect(run.outcome).toEqual({ kind: 'exit', code: 0 });
  });

  test('a program that sleeps past the limit is stopped', () => {
    const run = boot(function* (kernel) {
      yield kernel.threads.sleep(5_000);
    });
    expect(run.outcome).toEqual({ kind: 'limit', limit: 'time', bound: 1_000 });
  });

  test('a task that never blocks moves the clock slice by slice', () => {
    const run = boot(
      function* (kernel) {
        for (let i = 0; i < 3; i++) {
          while (!kernel.dispatcher.tick(100)) yield null;
          yield kernel.dispatcher.handle();
        }
        yield write(kernel, kernel.time.toFixed(3));
        kernel.dispatcher.finish({ kind: 'exit', code: 0 });
      },
      new RoundRobin(),
      { limits: { ...LIMITS, steps: 1e6 } },
    );
    expect(run.written).toBe('0.015');
  });

  test('on the real clock the machine is told until when nothing can run', () => {
    const run = boot(
      function* (kernel) {
        yield kernel.threads.sleep(3);
      },
      new RoundRobin(),
      { clock: 'real' },
    );
    expect(run.idle).toBe(3);
    expect(run.outcome).toBeNull();
  });
});

describe('locks', () => {
  test('a lock is refused without waiting, and gives up after its time-out', () => {
    const answers: Answer[] = [];
    boot(function* (kernel) {
      const lock = kernel.locks.make(false, 'Lock', null, null);
      answers.push(yield kernel.locks.acquire(lock, -1));
      answers.push(yield kernel.locks.acquire(lock, 0));
      answers.push(yield kernel.locks.acquire(lock, 1.5));
      answers.push(kernel.time);
      answers.push(yield kernel.locks.release(lock));
      answers.push(yield kernel.locks.release(lock));
      kernel.dispatcher.finish({ kind: 'exit', code: 0 });
    });
    expect(answers).toEqual([1, 0, 0, 1.5, 1, 0]);
  });

  test('a re-entrant lock counts, and only its owner may release it', () => {
    const answers: Answer[] = [];
    boot(function* (kernel) {
      const lock = kernel.locks.make(true, 'RLock', null, null);
      yield kernel.locks.acquire(lock, -1);
      yield kernel.locks.acquire(lock, -1);
      answers.push(kernel.locks.depth(lock), kernel.locks.owner(lock));
      answers.push(yield kernel.locks.releaseAll(lock));
      answers.push(kernel.locks.depth(lock), yield kernel.locks.release(lock));
      kernel.dispatcher.finish({ kind: 'exit', code: 0 });
    });
    expect(answers).toEqual([2, 1, 2, 0, 0]);
  });

  test('a lock that is waited for twice by its holder is a deadlock that names it', () => {
    const run = boot(function* (kernel) {
      const lock = kernel.locks.make(false, 'Lock', null, null);
      yield kernel.locks.acquire(lock, -1);
      yield kernel.locks.acquire(lock, -1);
    });
    expect(run.outcome).toEqual({
      kind: 'deadlock',
      stuck: [{ task: 1, waiting: { on: 'lock', lock: 2, owner: 1, until: null }, holds: [2], at: null }],
    });
  });

  test('an unknown lock number is refused', () => {
    const answers: unknown[] = [];
    boot(function* (kernel) {
      answers.push(
        yield kernel.locks.acquire(99, -1),
        yield kernel.locks.acquire(Number.NaN, -1),
        yield kernel.locks.release(-4),
      );
      kernel.dispatcher.finish({ kind: 'exit', code: 0 });
    });
    expect(answers).toEqual([null, null, 0]);
  });
});

describe('limits and input', () => {
  test('output, tasks and steps end the run and say which', () => {
    const flood = boot(function* (kernel) {
      for (;;) yield write(kernel, 'x'.repeat(300));
    });
    expect(flood.outcome).toEqual({ kind: 'limit', limit: 'output', bound: 1_000 });
    const bomb = boot(function* (kernel) {
      for (;;) yield kernel.threads.reserve();
    });
    expect(bomb.outcome).toEqual({ kind: 'limit', limit: 'tasks', bound: 50 });
    const spin = boot(function* (kernel) {
      for (;;) yield kernel.dispatcher.step([], 0) ?? null;
    });
    expect(spin.outcome).toEqual({ kind: 'limit', limit: 'steps', bound: 10_000 });
  });

  test('input comes line by line; its end is an empty line', () => {
    const lines: Answer[] = [];
    const run = boot(
      function* (kernel) {
        for (;;) {
          const line = decoder.decode((yield read(kernel)) as Uint8Array);
          lines.push(line);
          if (line === '') break;
        }
        kernel.dispatcher.finish({ kind: 'exit', code: 0 });
      },
      new RoundRobin(),
      { interactive: true },
    );
    expect(run.idle).toBeNull();
    run.kernel.feed('one\ntw');
    run.drain();
    run.kernel.feed('o\n');
    run.drain();
    run.kernel.feed(null);
    run.drain();
    expect(lines).toEqual(['one\n', 'two\n', '']);
  });

  test('an interrupt wakes the waiting main task with the signal', () => {
    const seen: Answer[] = [];
    const run = boot(
      function* (kernel) {
        seen.push(yield read(kernel));
        seen.push(takeSignal(kernel), takeSignal(kernel));
        kernel.dispatcher.finish({ kind: 'exit', code: 0 });
      },
      new RoundRobin(),
      { interactive: true },
    );
    run.kernel.interrupt();
    run.kernel.alarm();
    run.drain();
    expect(seen).toEqual([-2, 2, 0]);
  });
});

describe('the scheduler is asked, and checked', () => {
  test('an answer that cannot run is an error, not a wrong run', () => {
    class Liar extends RoundRobin {
      override nextTask() {
        return 77;
      }
    }
    expect(() =>
      boot(function* (kernel) {
        const child = kernel.threads.reserve() as number;
        yield kernel.threads.begin(child, false);
      }, new Liar()),
    ).toThrow('the scheduler chose task 77, which cannot run');
  });

  test('the model blocking-only never preempts', () => {
    let asked = 0;
    class Counting extends RandomWalk {
      override nextTask(...args: Parameters<RandomWalk['nextTask']>) {
        asked++;
        return super.nextTask(...args);
      }
    }
    boot(
      function* (kernel) {
        yield kernel.threads.begin(kernel.threads.reserve() as number, false);
        for (let i = 0; i < 100; i++) yield kernel.dispatcher.step([], 0) ?? null;
        kernel.dispatcher.finish({ kind: 'exit', code: 0 });
      },
      new Counting(1),
      { model: 'blocking-only' },
    );
    expect(asked).toBe(0);
  });
});
