/** What it costs to try every moment at which one machine of three could fail: the same code for Node and Chromium. */
import { worldOf } from '../course/complete-world.ts';
import { onMachines } from '../grader/plans.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { GRADE_LIMITS } from '../worker/limits.ts';
import type { Program, SearchPart } from '../worker/protocol.ts';

export interface FaultFigures {
  /** Milliseconds until every moment has been tried. */
  readonly ms: readonly number[];
  /** So many runs. */
  readonly runs: number;
}

const TIMES = 3;
const FILES = {
  'shop.py': `import redis, time
r = redis.Redis('broker', decode_responses=True)
r.rpush('orders', *range(3))
while r.scard('done') < 3 and time.monotonic() < 60:
    time.sleep(1)
print(sorted(r.smembers('done')))
`,
  'worker.py': `import redis, time
r = redis.Redis('broker', decode_responses=True, socket_timeout=5, retry_on_timeout=True)
while order := r.lindex('busy', 0) or r.blmove('orders', 'busy', 0):
    time.sleep(0.1)
    r.sadd('done', order)
    r.lrem('busy', 1, order)
`,
};

/** A shop, a broker and a worker that takes three orders; the worker may lose power, or the network to it be cut, once. */
const SHOP: Program = {
  files: FILES,
  entry: { kind: 'terminals' },
  world: worldOf(
    'world',
    {
      hosts: [{ name: 'shop' }, { name: 'broker', files: {} }, { name: 'worker' }],
      terminals: [
        { host: 'broker', command: 'redis-server --protected-mode no', service: true },
        { host: 'shop', command: 'python3 shop.py', start: 0.1 },
        { host: 'worker', command: 'python3 worker.py', start: 0.1, service: true, reboots: true },
      ],
      links: [{ latency: 0.001 }],
      faults: {
        of: [
          { kind: 'crash', host: 'worker', backAfter: 1 },
          { kind: 'partition', hosts: ['worker'], healsAfter: 2 },
        ],
        most: 1,
      },
    },
    FILES,
  ),
};

export async function measureFaults(engine: EngineClient): Promise<FaultFigures> {
  const [plan] = onMachines(true);
  if (!plan) throw new Error('there is no plan for faults');
  const { strategy, budget, exact } = plan;
  const options = {
    model: 'blocking-only',
    clock: 'virtual',
    limits: GRADE_LIMITS,
    trace: false,
    observe: false,
  } as const;
  const ms: number[] = [];
  let end: SearchPart | null = null;
  // The first one warms the engine.
  for (let n = 0; n <= TIMES; n++) {
    const started = performance.now();
    const wrong: string[] = [];
    end = await engine.search(
      { program: SHOP, strategy, options, budget, exact, distinct: true, portion: 50 },
      ({ records }) => {
        for (const { outcome, terminals } of records)
          if (outcome.kind !== 'exit' || terminals?.find(({ name }) => name === 'shop')?.output !== "['0', '1', '2']\n")
            wrong.push(JSON.stringify([outcome, terminals]));
        return 50;
      },
    ).done;
    if (n > 0) ms.push(performance.now() - started);
    if (wrong.length > 0 || end?.end !== 'complete') throw new Error(`orders are lost: ${end?.end} ${wrong[0]}`);
  }
  return { ms, runs: end?.explored ?? 0 };
}
