/** The reduced search finds exactly what plain enumeration finds, in fewer runs: shown on small programs of every kind. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEngine } from '../cli/open-engine.ts';
import type { EngineClient } from './client-types.ts';
import { GRADE_LIMITS, RUN_OPTIONS } from './limits.ts';
import type { Program, SearchPart } from './protocol.ts';

const PRELUDE = `import threading, time, queue
from threading import *
def go(*jobs):
    threads = [Thread(target=job) for job in jobs]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
class Box: pass
box = Box(); box.n = 0; box.log = []
`;

/** Each prints its result. The number: preemptions, as many as plain enumeration can bear. */
const PROGRAMS: readonly [name: string, preemptions: number, source: string][] = [
  ['a global', 2, 'n = 0\ndef add():\n    global n\n    n += 1\ngo(add, add)\nprint(n)'],
  ['an attribute', 2, 'def add():\n    box.n += 1\ngo(add, add)\nprint(box.n)'],
  [
    'a global under a lock',
    1,
    'n, lock = 0, Lock()\ndef add():\n    global n\n    with lock: n += 1\ngo(add, add)\nprint(n)',
  ],
  [
    'a closure',
    2,
    'def main():\n    n = 0\n    def add():\n        nonlocal n\n        n += 1\n    go(add, add)\n    print(n)\nmain()',
  ],
  ['list.append', 2, 'log = []\ngo(lambda: log.append(1), lambda: log.append(2))\nprint(log)'],
  ['append and look', 2, 'log = []\ndef a(): log.append(len(log))\ngo(a, a)\nprint(log)'],
  [
    'items of a list',
    2,
    'counts = [0, 0]\ndef job(k):\n    counts[k] += 1\ngo(lambda: job(0), lambda: job(1), )\nprint(counts)',
  ],
  [
    'the same item',
    2,
    'counts = [0, 0]\ndef job(k):\n    counts[k] += 1\ngo(lambda: job(0), lambda: job(0))\nprint(counts)',
  ],
  [
    'an item and all of them',
    2,
    'counts = [1, 1]\ndef total(): box.n = sum(counts)\ndef move():\n    counts[0] -= 1\n    counts[1] += 1\ngo(total, move)\nprint(box.n, counts)',
  ],
  ['a new key', 2, 'd = {}\ndef put(k): d[k] = len(d)\ngo(lambda: put("a"), lambda: put("b"))\nprint(d)'],
  [
    'check, then act',
    2,
    'd = {}\ndef put(v):\n    if "k" not in d: d["k"] = v\ngo(lambda: put(1), lambda: put(2))\nprint(d)',
  ],
  ['dict.get and store', 2, 'd = {"k": 0}\ndef add(): d["k"] = d.get("k", 0) + 1\ngo(add, add)\nprint(d)'],
  [
    'a shared iterator',
    2,
    'it = iter([1, 2, 3])\ndef take(): box.log.append(next(it))\ngo(take, take)\nprint(box.log, list(it))',
  ],
  [
    'two locks, two orders',
    1,
    'a, b = Lock(), Lock()\ndef one():\n    with a:\n        with b: pass\ndef two():\n    with b:\n        with a: pass\ngo(one, two)\nprint("done")',
  ],
  [
    'a lock that may be taken',
    1,
    'lock = Lock()\ndef job():\n    if lock.acquire(blocking=False):\n        box.n += 1\n        lock.release()\ngo(job, job)\nprint(box.n)',
  ],
  [
    'an event',
    1,
    'event = Event()\ndef wait():\n    event.wait()\n    box.log.append(box.n)\ndef tell():\n    event.set()\n    box.n = 1\ngo(wait, tell)\nprint(box.log)',
  ],
  [
    'a wake-up that gets lost',
    1,
    'condition = Condition()\nready = False\ndef wait():\n    if not ready:\n        with condition: condition.wait()\ndef tell():\n    global ready\n    ready = True\n    with condition: condition.notify()\ngo(wait, tell)\nprint("done")',
  ],
  [
    'a queue',
    1,
    'q = queue.SimpleQueue()\ndef put(x): q.put(x)\ngo(lambda: put(1), lambda: put(2))\nprint(q.get(), q.get())',
  ],
  [
    'a semaphore',
    1,
    'places = Semaphore(1)\ndef job(x):\n    with places: box.log.append(x)\ngo(lambda: job(1), lambda: job(2))\nprint(box.log)',
  ],
  [
    'publication by a flag',
    2,
    'ready = value = None\ndef write():\n    global ready, value\n    ready = True\n    value = 7\ndef read():\n    if ready: box.n = value\ngo(write, read)\nprint(box.n)',
  ],
  [
    'sleepers that wake at once',
    1,
    'def job(x):\n    time.sleep(1)\n    box.log.append(x)\ngo(lambda: job(1), lambda: job(2))\nprint(box.log)',
  ],
  [
    'waiting with a time-out',
    1,
    'lock = Lock()\ndef job(x):\n    if lock.acquire(timeout=1):\n        time.sleep(2)\n        lock.release()\n        box.log.append(x)\ngo(lambda: job(1), lambda: job(2))\nprint(box.log)',
  ],
  [
    'a sort that calls back',
    1,
    'items = [3, 1]\ndef sort():\n    try: items.sort(key=lambda n: n)\n    except ValueError: print("changed")\ngo(sort, lambda: items.append(2))\nprint(items)',
  ],
  [
    'a shared generator',
    2,
    'def letters():\n    for letter in "ab": yield letter\nshared = letters()\ndef take():\n    try: print(next(shared))\n    except ValueError: print("busy")\ngo(take, take)',
  ],
  [
    'a call and a step with nothing between them',
    2,
    'X = 0\nQ = queue.Queue()\nM = RLock()\ndef one():\n    global X\n    Q.put(X)\n    with M: X += 2\ndef two():\n    global X\n    print(X)\n    X += 1\ngo(one, two)\nprint(X, Q.qsize())',
  ],
  [
    'three writes and two reads',
    3,
    'floor = 0\ndef lift():\n    global floor\n    floor = 1\n    floor = 2\n    floor = 3\ndef watch():\n    first = floor\n    second = floor\n    print(first, second)\ngo(lift, watch)',
  ],
  ['output', 2, 'go(lambda: print("a"), lambda: print("b"))'],
  ['an exception', 1, 'd = {"k": 1}\ndef job():\n    if "k" in d: del d["k"]\ngo(job, job)\nprint(d)'],
  [
    'an object handed over',
    1,
    'def make():\n    new = Box()\n    box.last = new\n    new.n = 1\ndef look():\n    last = getattr(box, "last", None)\n    box.log.append(last and getattr(last, "n", None))\ngo(make, look)\nprint(box.log)',
  ],
];

let engine: EngineClient;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

async function search(source: string, preemptions: number, reduced: boolean) {
  const program: Program = {
    files: { 'p.py': PRELUDE + source },
    entry: { kind: 'script', file: 'p.py' },
  };
  const results = new Set<string>();
  const request = {
    program,
    strategy: { kind: 'exhaustive', preemptions, reduced },
    options: { ...RUN_OPTIONS, model: 'every-bytecode', limits: GRADE_LIMITS, trace: false },
    budget: { schedules: 30_000, steps: 1e9, seconds: null },
    distinct: true,
    exact: false,
    portion: 1000,
  } as const;
  const last = (await engine.search(request, (part) => {
    for (const { outcome, stdout, stderr } of part.records) {
      // Numbers of locks and threads in a report depend on the order in which they were made, which is not a result.
      const end = outcome.kind === 'deadlock' ? outcome.stuck.map(({ at }) => at?.line).sort() : outcome;
      results.add(JSON.stringify([outcome.kind, end, stdout, stderr.replace(/0x[0-9a-f]+|Thread-\d+/g, '')]));
    }
    return 1000;
  }).done) as SearchPart;
  return { results: [...results].sort(), last };
}

test.each(PROGRAMS)('%s', { timeout: 60_000 }, async (_, preemptions, source) => {
  const plain = await search(source, preemptions, false);
  const reduced = await search(source, preemptions, true);
  expect([plain.last.end, plain.last.unrepeatable]).toEqual(['complete', null]);
  expect([reduced.last.end, reduced.last.unrepeatable]).toEqual(['complete', null]);
  expect(reduced.results).toEqual(plain.results);
  expect(reduced.last.explored).toBeLessThanOrEqual(plain.last.explored);
});

test('the programs are not all of one kind', async () => {
  const counts: number[] = [];
  for (const [, preemptions, source] of PROGRAMS.slice(0, 3))
    counts.push((await search(source, preemptions, true)).results.length);
  expect(counts).toEqual([2, 2, 1]);
});
