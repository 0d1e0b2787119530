/** Data races: reported with both accesses where nothing orders them, and not where something does. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEngine } from '../cli/open-engine.ts';
import type { Race, RunRecord } from '../kernel/types.ts';
import type { EngineClient } from './client-types.ts';
import { GRADE_LIMITS } from './limits.ts';

const PRELUDE = `import threading, time, queue
from threading import *
from concurrent.futures import ThreadPoolExecutor
def go(*jobs):
    threads = [Thread(target=job, name=job.__name__) for job in jobs]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
class Box: pass
box = Box(); box.n = 0; value = None; log = []; d = {"k": 0}; counts = [0, 0]
`;

/** What orders the two accesses: nothing is reported. */
const ORDERED: readonly [name: string, source: string][] = [
  ['a lock', 'lock = Lock()\ndef job():\n    with lock: box.n += 1\ngo(job, job)'],
  ['an RLock', 'lock = RLock()\ndef job():\n    with lock:\n        with lock: box.n += 1\ngo(job, job)'],
  ['start and join', 'box.n = 1\ndef job(): box.n += 1\ngo(job)\nbox.n += 1'],
  [
    'a condition',
    'c = Condition()\ndef put():\n    global value\n    with c:\n        value = 1\n        c.notify()\ndef take():\n    with c:\n        c.wait_for(lambda: value)\n    box.seen = value\ngo(put, take)',
  ],
  [
    'a semaphore',
    's = Semaphore(0)\ndef put():\n    box.n = 1\n    s.release()\ndef take():\n    s.acquire()\n    box.n += 1\ngo(put, take)',
  ],
  [
    'an event',
    'e = Event()\ndef put():\n    box.n = 1\n    e.set()\ndef take():\n    e.wait()\n    box.n += 1\ngo(put, take)',
  ],
  [
    'an event that is asked',
    'e = Event()\ndef put():\n    box.n = 1\n    e.set()\ndef take():\n    while not e.is_set(): time.sleep(0.1)\n    box.n += 1\ngo(put, take)',
  ],
  [
    'a barrier',
    'b = Barrier(2)\ndef put():\n    box.n = 1\n    b.wait()\ndef take():\n    b.wait()\n    box.n += 1\ngo(put, take)',
  ],
  [
    'a queue',
    'q = queue.Queue()\ndef put():\n    box.n = 1\n    q.put(1)\ndef take():\n    q.get()\n    box.n += 1\ngo(put, take)',
  ],
  [
    'a simple queue',
    'q = queue.SimpleQueue()\ndef put():\n    box.n = 1\n    q.put(1)\ndef take():\n    q.get()\n    box.n += 1\ngo(put, take)',
  ],
  [
    'task_done and join',
    'q = queue.Queue()\nq.put(1)\ndef work():\n    q.get()\n    box.n += 1\n    q.task_done()\nt = Thread(target=work, daemon=True); t.start()\nq.join()\nbox.n += 1',
  ],
  [
    'a future',
    'with ThreadPoolExecutor(1) as pool:\n    def work():\n        box.n = 1\n    f = pool.submit(work)\n    f.result()\n    box.n += 1',
  ],
  ['own items', 'def one(): counts[0] += 1\ndef two(): counts[1] += 1\ngo(one, two)'],
  ['readers only', 'def one(): return box.n\ndef two(): return box.n\ngo(one, two)'],
];

const RACES: readonly [name: string, source: string, kind: Race['kind'], variable: string, lines: [number, number]][] =
  [
    [
      'a lost update',
      'def one():\n    box.n += 1\ndef two():\n    box.n += 1\ngo(one, two)',
      'lost-update',
      'box.n',
      [2, 4],
    ],
    [
      'a global',
      'n = 0\ndef one():\n    global n\n    n += 1\ndef two():\n    global n\n    n += 1\ngo(one, two)',
      'lost-update',
      'n',
      [4, 7],
    ],
    [
      'a closure',
      'def main():\n    n = 0\n    def one():\n        nonlocal n\n        n += 1\n    go(one, one)\nmain()',
      'lost-update',
      'n',
      [5, 5],
    ],
    [
      'publication',
      'def put():\n    global value\n    value = 1\ndef take():\n    box.seen = value\ngo(put, take)',
      'unordered',
      'value',
      [3, 5],
    ],
    [
      'two different locks',
      'a, b = Lock(), Lock()\ndef one():\n    with a: box.n += 1\ndef two():\n    with b: box.n += 1\ngo(one, two)',
      'lost-update',
      'box.n',
      [3, 5],
    ],
    [
      'the lock only where it is written',
      'lock = Lock()\ndef put():\n    with lock: box.n = 1\ndef take():\n    box.seen = box.n\ngo(put, take)',
      'unordered',
      'box.n',
      [3, 5],
    ],
    ['list.append', 'def one(): log.append(1)\ndef two(): log.append(2)\ngo(one, two)', 'atomic', 'log', [1, 2]],
    ['dict[k] = v', 'def one(): d["k"] = 1\ndef two(): d["k"] = 2\ngo(one, two)', 'atomic', "d['k']", [1, 2]],
    [
      'dict[k] = dict.get(k) + 1',
      'def one(): d["k"] = d.get("k", 0) + 1\ngo(one, one)',
      'lost-update',
      "d['k']",
      [1, 1],
    ],
    ['the same item', 'def one(): counts[0] += 1\ngo(one, one)', 'lost-update', 'counts[0]', [1, 1]],
  ];

let engine: EngineClient;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

const FIRST_LINE = PRELUDE.split('\n').length - 1;

async function observe(source: string, seed: number): Promise<RunRecord> {
  const program = { files: { 'p.py': PRELUDE + source }, entry: { kind: 'script', file: 'p.py' } } as const;
  const options = { model: 'every-bytecode', limits: GRADE_LIMITS, trace: true, observe: true } as const;
  const record = await engine.run(program, { kind: 'random', seed }, options, {}, false).done;
  expect(record?.outcome, record?.stderr).toEqual({ kind: 'exit', code: 0 });
  return record as RunRecord;
}

describe('ordered by', () => {
  test.each(ORDERED)('%s', async (_, source) => {
    for (const seed of [1, 2, 3]) expect((await observe(source, seed)).races, `seed ${seed}`).toEqual([]);
  });
});

describe('a race', () => {
  test.each(RACES)('%s', async (_, source, kind, variable, lines) => {
    for (const seed of [1, 2, 3]) {
      const { races = [] } = await observe(source, seed);
      const found = races.find((race) => race.variable.name === variable && race.kind === kind);
      expect(found, `seed ${seed}: ${JSON.stringify(races)}`).toBeDefined();
      const { first, second } = found as Race;
      const at = [first, second].map((access) => (access.at?.line ?? 0) - FIRST_LINE).sort((a, b) => a - b);
      expect(at).toEqual(lines);
      expect(first.task).not.toBe(second.task);
      expect([first.how, second.how]).toContain('write');
    }
  });

  test('names the locks that were held', async () => {
    const { races = [], trace } = await observe(RACES[4]?.[1] as string, 1);
    const made = trace.locks.filter(({ at }) => at?.line === FIRST_LINE + 1).map(({ id }) => id);
    const held = races.flatMap(({ first, second }) => [...first.holds, ...second.holds]);
    expect(new Set(held)).toEqual(new Set(made));
  });
});
