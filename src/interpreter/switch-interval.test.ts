/** `sys.setswitchinterval` on the virtual clock: what it accepts, and what it does to a thread that waits for its turn. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEngine } from '../cli/open-engine.ts';
import type { SwitchModel } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

async function run(source: string, model: SwitchModel = 'cpython'): Promise<string> {
  const program = { files: { 'p.py': source }, entry: { kind: 'script', file: 'p.py' } } as const;
  const record = await engine.run(program, { kind: 'round-robin' }, { model }, {}, false).done;
  expect(record?.outcome, record?.stderr).toEqual({ kind: 'exit', code: 0 });
  return record?.stdout ?? '';
}

/** Prints how many milliseconds twenty waits of one millisecond take beside a thread that computes all the time. */
const CONVOY = `
import sys, threading, time
stop = False
def compute():
    while not stop: pass
def answer():
    for _ in range(20): time.sleep(0.001)
def measure(*jobs):
    global stop
    stop = False
    others = [threading.Thread(target=job) for job in jobs]
    for other in others: other.start()
    begin = time.perf_counter()
    asked = threading.Thread(target=answer); asked.start(); asked.join()
    took = time.perf_counter() - begin
    stop = True
    for other in others: other.join()
    return round(took * 1000)
`;

describe.each(['cpython', 'every-bytecode', 'blocking-only'] as const)('%s', (model) => {
  test('a thread that has waited for something waits a whole interval more for each other that computes', async () => {
    const shown = `${CONVOY}print(measure(), measure(compute), measure(compute, compute))`;
    const [alone = 0, one = 0, two = 0] = (await run(shown, model)).split(' ').map(Number);
    expect(alone).toBe(20);
    expect(one).toBeGreaterThanOrEqual(100);
    expect(one).toBeLessThanOrEqual(110);
    expect(two).toBeGreaterThanOrEqual(200);
    expect(two).toBeLessThanOrEqual(220);
  });

  test('a longer interval makes it wait longer, a shorter one less', async () => {
    const intervals = [0.1, 0.02, 0.005, 0.001, 0.0001];
    const shown = `${CONVOY}\nfor s in ${JSON.stringify(intervals)}:\n    sys.setswitchinterval(s)\n    print(measure(compute))`;
    const took = (await run(shown, model)).trim().split('\n').map(Number);
    for (const [n, ideal] of [2000, 400, 100, 20, 20].entries()) {
      expect(took[n]).toBeGreaterThanOrEqual(ideal);
      expect(took[n]).toBeLessThanOrEqual(ideal * 1.15);
    }
  });
});

test('computing takes as long as it takes, whatever the interval, and two threads do not halve it', async () => {
  const source = `
import sys, threading, time
def count(n):
    for _ in range(n): pass
def took(*parts):
    begin = time.perf_counter()
    threads = [threading.Thread(target=count, args=(n,)) for n in parts]
    for t in threads: t.start()
    for t in threads: t.join()
    return time.perf_counter() - begin
for interval in (0.005, 0.05, 0.0005):
    sys.setswitchinterval(interval)
    print(took(400_000), took(200_000, 200_000), took(400_000, 400_000))
`;
  for (const line of (await run(source)).trim().split('\n')) {
    const [one = 0, halves = 0, both = 0] = line.split(' ').map(Number);
    expect(one).toBeCloseTo(0.2, 1);
    expect(halves).toBeCloseTo(one, 1);
    expect(both).toBeCloseTo(2 * one, 1);
  }
});

test('threads that preempt each other at every step use up time as well', async () => {
  const source = `${CONVOY}print(measure(compute, compute) > 0)`;
  const program = { files: { 'p.py': source }, entry: { kind: 'script', file: 'p.py' } } as const;
  for (const seed of [1, 2, 3]) {
    const record = await engine.run(program, { kind: 'random', seed }, { model: 'cpython' }, {}, false).done;
    expect([record?.outcome, record?.stdout]).toEqual([{ kind: 'exit', code: 0 }, 'True\n']);
  }
});

test('what it accepts, and what it says to the rest', async () => {
  const source = `
import sys
print(sys.getswitchinterval(), sys.setswitchinterval, sys.setswitchinterval(0.25), sys.getswitchinterval())
for value in (1, True, 1e-9, 1e9, float("inf"), 0, -0.5, float("nan"), "5", None, 10**400):
    try: print(sys.setswitchinterval(value), sys.getswitchinterval())
    except Exception as error: print(type(error).__name__, error)
`;
  const negative = 'ValueError switch interval must be strictly positive\n';
  expect(await run(source)).toBe(
    `0.005 <built-in function setswitchinterval> None 0.25\nNone 1.0\nNone 1.0\nNone 1e-06\nNone 1000.0\nNone 1000.0\n${negative.repeat(3)}TypeError must be real number, not str\nTypeError must be real number, not NoneType\nOverflowError int too large to convert to float\n`,
  );
});

test('the next run starts with the usual one', async () => {
  await run('import sys; sys.setswitchinterval(1)');
  expect(await run('import sys; print(sys.getswitchinterval())')).toBe('0.005\n');
});
