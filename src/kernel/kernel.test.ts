/** The kernel alone, under scripted tasks: what blocks, what wakes, what time it is, and who gets the blame. */
import { describe, expect, test } from 'vitest';
import { RandomWalk } from '../schedulers/random.ts';
import { RoundRobin } from '../schedulers/round-robin.ts';
import { Kernel, type KernelOptions, type Machine, SUSPEND } from './kernel.ts';
import type { Answer } from './task.ts';
import type { Outcome, Scheduler } from './types.ts';

type Body = (kernel: Kernel) => Generator<Answer | typeof SUSPEND, void, Answer>;

const LIMITS = { steps: 10_000, output: 1_000, tasks: 50, memory: 1, time: 1_000 };

/** A machine whose tasks are generators: each yields a system call's answer and gets the final one back. */
function boot(main: Body, scheduler: Scheduler = new RoundRobin(), options: Partial<KernelOptions> = {}) {
  const bodies = new Map<number, Body>([[1, main]]);
  const running = new Map<number, ReturnType<Body>>();
  const ready: number[] = [];
  let outcome: Outcome | null = null;
  let written = '';
  let idle: number | null | undefined;
  const machine: Machine = {
    start: (task) => ready.push(task),
    resume: (task) => ready.push(task),
    locate: () => null,
    idle: (until) => {
      idle = until;
    },
    output: (_, text) => {
      written += text;
    },
    elapsed: () => 0,
    steps: () => {},
    finished: (o) => {
      outcome = o;
    },
  };
  const kernel = new Kernel(machine, scheduler, {
    model: 'every-bytecode',
    clock: 'virtual',
    limits: LIMITS,
    trace: true,
    observe: false,
    commuting: new Set(),
    interactive: false,
    ...options,
  });
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
      if (result.done && outcome === null) kernel.exit();
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

describe('time', () => {
  test('sleeping takes virtual time and no other', () => {
    const run = boot(function* (kernel) {
      yield kernel.sleep(2.5);
      yield kernel.write(1, String(kernel.time));
      kernel.finish({ kind: 'exit', code: 0 });
    });
    expect(run.written).toBe('2.5');
    expect(run.outcome).toEqual({ kind: 'exit', code: 0 });
  });

  test('a program that sleeps past the limit is stopped', () => {
    const run = boot(function* (kernel) {
      yield kernel.sleep(5_000);
    });
    expect(run.outcome).toEqual({ kind: 'limit', limit: 'time', bound: 1_000 });
  });

  test('a task that never blocks moves the clock slice by slice', () => {
    const run = boot(
      function* (kernel) {
        for (let i = 0; i < 3; i++) {
          while (!kernel.tick(100)) yield null;
          yield kernel.handle();
        }
        yield kernel.write(1, kernel.time.toFixed(3));
        kernel.finish({ kind: 'exit', code: 0 });
      },
      new RoundRobin(),
      { limits: { ...LIMITS, steps: 1e6 } },
    );
    expect(run.written).toBe('0.015');
  });

  test('on the real clock the machine is told until when nothing can run', () => {
    const run = boot(
      function* (kernel) {
        yield kernel.sleep(3);
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
      const lock = kernel.newLock(false, 'Lock', null, null);
      answers.push(yield kernel.acquire(lock, -1));
      answers.push(yield kernel.acquire(lock, 0));
      answers.push(yield kernel.acquire(lock, 1.5));
      answers.push(kernel.time);
      answers.push(yield kernel.release(lock));
      answers.push(yield kernel.release(lock));
      kernel.finish({ kind: 'exit', code: 0 });
    });
    expect(answers).toEqual([1, 0, 0, 1.5, 1, 0]);
  });

  test('a re-entrant lock counts, and only its owner may release it', () => {
    const answers: Answer[] = [];
    boot(function* (kernel) {
      const lock = kernel.newLock(true, 'RLock', null, null);
      yield kernel.acquire(lock, -1);
      yield kernel.acquire(lock, -1);
      answers.push(kernel.depth(lock), kernel.owner(lock));
      answers.push(yield kernel.releaseAll(lock));
      answers.push(kernel.depth(lock), yield kernel.release(lock));
      kernel.finish({ kind: 'exit', code: 0 });
    });
    expect(answers).toEqual([2, 1, 2, 0, 0]);
  });

  test('a lock that is waited for twice by its holder is a deadlock that names it', () => {
    const run = boot(function* (kernel) {
      const lock = kernel.newLock(false, 'Lock', null, null);
      yield kernel.acquire(lock, -1);
      yield kernel.acquire(lock, -1);
    });
    expect(run.outcome).toEqual({
      kind: 'deadlock',
      stuck: [{ task: 1, waiting: { on: 'lock', lock: 2, owner: 1, until: null }, holds: [2], at: null }],
    });
  });

  test('an unknown lock number is refused', () => {
    const answers: unknown[] = [];
    boot(function* (kernel) {
      answers.push(yield kernel.acquire(99, -1), yield kernel.acquire(Number.NaN, -1), yield kernel.release(-4));
      kernel.finish({ kind: 'exit', code: 0 });
    });
    expect(answers).toEqual([null, null, 0]);
  });
});

describe('limits and input', () => {
  test('output, tasks and steps end the run and say which', () => {
    const flood = boot(function* (kernel) {
      for (;;) yield kernel.write(1, 'x'.repeat(300));
    });
    expect(flood.outcome).toEqual({ kind: 'limit', limit: 'output', bound: 1_000 });
    const bomb = boot(function* (kernel) {
      for (;;) yield kernel.reserve();
    });
    expect(bomb.outcome).toEqual({ kind: 'limit', limit: 'tasks', bound: 50 });
    const spin = boot(function* (kernel) {
      for (;;) yield kernel.step([], 0) ?? null;
    });
    expect(spin.outcome).toEqual({ kind: 'limit', limit: 'steps', bound: 10_000 });
  });

  test('input comes line by line; its end is an empty line', () => {
    const lines: Answer[] = [];
    const run = boot(
      function* (kernel) {
        for (;;) {
          const line = yield kernel.read();
          lines.push(line);
          if (line === '') break;
        }
        kernel.finish({ kind: 'exit', code: 0 });
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
        seen.push(yield kernel.read());
        seen.push(kernel.takeSignal(), kernel.takeSignal());
        kernel.finish({ kind: 'exit', code: 0 });
      },
      new RoundRobin(),
      { interactive: true },
    );
    run.kernel.interrupt(2);
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
        const child = kernel.reserve() as number;
        yield kernel.begin(child, false);
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
        yield kernel.begin(kernel.reserve() as number, false);
        for (let i = 0; i < 100; i++) yield kernel.step([], 0) ?? null;
        kernel.finish({ kind: 'exit', code: 0 });
      },
      new Counting(1),
      { model: 'blocking-only' },
    );
    expect(asked).toBe(0);
  });
});
