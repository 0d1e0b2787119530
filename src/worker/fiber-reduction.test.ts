/** Leaving out orders of asyncio's tasks that only repeat another loses no result: searches with and without agree. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEngine } from '../cli/open-engine.ts';
import type { EngineClient } from './client-types.ts';
import { GRADE_LIMITS, RUN_OPTIONS } from './limits.ts';
import type { SearchPart } from './protocol.ts';

const PRELUDE = `import asyncio
log = []
n = 0
def told(*tasks):
    async def main(): await asyncio.gather(*tasks)
    asyncio.run(main())
    print(*log, n)
`;

/** Name, source, and whether something must have been left out. */
const PROGRAMS: readonly (readonly [string, string, boolean])[] = [
  ['nothing in common', 'async def a(): await asyncio.sleep(0)\ntold(a(), a(), a(), a())', true],
  [
    'first alone, then a lost update',
    'async def a():\n    global n\n    await asyncio.sleep(0)\n    seen = n\n    await asyncio.sleep(0)\n    n = seen + 1\ntold(a(), a(), a())',
    true,
  ],
  [
    'a lock, and who has it first',
    'lock = asyncio.Lock()\nasync def a(x):\n    async with lock:\n        log.append(x)\n        await asyncio.sleep(0)\ntold(a(1), a(2), a(3))',
    false,
  ],
  [
    'a queue with two takers',
    'q = asyncio.Queue()\nasync def put():\n    for x in 1, 2: await q.put(x)\nasync def take(x): log.append((x, await q.get()))\ntold(take("a"), take("b"), put())',
    false,
  ],
  [
    'a queue that is looked at',
    'q = asyncio.Queue()\nasync def put(): await q.put(1)\nasync def look(): log.append(q.qsize())\ntold(put(), look(), look())',
    false,
  ],
  [
    'whoever waits goes on in the library first',
    'q = asyncio.Queue()\nasync def take(): log.append(await q.get())\nasync def put():\n    await q.put(1)\n    await asyncio.sleep(0)\n    try: log.append(q.get_nowait())\n    except asyncio.QueueEmpty: log.append("empty")\ntold(take(), put())',
    false,
  ],
  [
    'an event',
    'e = asyncio.Event()\nasync def wait(x):\n    await e.wait()\n    log.append(x)\nasync def set(): e.set()\ntold(wait(1), wait(2), set())',
    false,
  ],
  [
    'a task that is cancelled, or has ended',
    'async def a(): log.append("a")\nasync def main():\n    t = asyncio.create_task(a())\n    async def stop(): t.cancel()\n    s = asyncio.create_task(stop())\n    await asyncio.wait([t, s])\ntold(main())',
    false,
  ],
  [
    'a task that is asked whether it has ended',
    'async def a(): pass\nasync def main():\n    t = asyncio.create_task(a())\n    async def ask(): log.append(t.done())\n    await asyncio.gather(t, ask())\ntold(main())',
    false,
  ],
  [
    'a future that two set',
    'async def main():\n    f = asyncio.get_running_loop().create_future()\n    async def give(x):\n        if not f.done(): f.set_result(x)\n    async def take(): log.append(await f)\n    await asyncio.gather(give(1), give(2), take())\ntold(main())',
    false,
  ],
  [
    'a semaphore',
    's = asyncio.Semaphore(2)\nasync def a(x):\n    async with s:\n        log.append(x)\n        await asyncio.sleep(0)\ntold(a(1), a(2), a(3))',
    false,
  ],
  [
    'numbers of tasks that tasks make',
    'async def sub(): log.append(asyncio.current_task().get_name())\nasync def a(): await asyncio.create_task(sub())\ntold(a(), a())',
    false,
  ],
  [
    'callbacks between',
    'async def a(x):\n    asyncio.get_running_loop().call_soon(log.append, x)\n    await asyncio.sleep(0)\ntold(a(1), a(2))',
    false,
  ],
  [
    "awaiting a task of one's own",
    'async def sub():\n    global n\n    n += 1\nasync def a():\n    await asyncio.create_task(sub())\n    log.append(n)\ntold(a(), a())',
    false,
  ],
  [
    'time-outs',
    'async def a(x):\n    try:\n        async with asyncio.timeout(1): await asyncio.sleep(1)\n        log.append(x)\n    except TimeoutError: log.append("late")\ntold(a(1), a(2))',
    false,
  ],
  [
    'a thread that wakes the loop',
    'async def a(): log.append(await asyncio.to_thread(lambda: 1))\nasync def b(): log.append(2)\ntold(a(), b())',
    false,
  ],
];

let engine: EngineClient;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

async function search(source: string, reduced: boolean) {
  const results = new Set<string>();
  const request = {
    program: { files: { 'p.py': PRELUDE + source }, entry: { kind: 'script', file: 'p.py' } },
    strategy: { kind: 'exhaustive', preemptions: 0, reduced },
    options: { ...RUN_OPTIONS, model: 'every-bytecode', limits: GRADE_LIMITS, trace: false },
    budget: { schedules: 20_000, steps: 1e9, seconds: null },
    distinct: true,
    exact: false,
    portion: 1000,
  } as const;
  const last = (await engine.search(request, (part) => {
    for (const { outcome, stdout } of part.records) results.add(JSON.stringify([outcome.kind, stdout]));
    return 1000;
  }).done) as SearchPart;
  expect([last.end, last.unrepeatable]).toEqual(['complete', null]);
  return { results: [...results].sort(), explored: last.explored };
}

test.each(PROGRAMS)('%s', { timeout: 60_000 }, async (_, source, fewer) => {
  const plain = await search(source, false);
  const reduced = await search(source, true);
  expect(reduced.results).toEqual(plain.results);
  if (fewer) expect(reduced.explored).toBeLessThan(plain.explored / 2);
});
