/** What a failing run of several machines is made into: the fewest faults that lead to it, and nothing else that is not needed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEngine } from '../cli/open-engine.ts';
import { MINIMISING } from '../grader/plans.ts';
import type { RunRecord } from '../kernel/types.ts';
import { decode } from '../schedulers/schedule.ts';
import type { EngineClient } from './client-types.ts';
import { GRADE_LIMITS, RUN_OPTIONS } from './limits.ts';
import type { Program } from './protocol.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

/** A server that forgets in a crash what two threads have had it count, one of which may ask again. */
const FILES = {
  'count.py': `import socket
n = 0
with socket.create_server(('', 7)) as server:
    while True:
        with server.accept()[0] as c:
            if c.recv(9) == b'add': n += 1
            c.sendall(str(n).encode())
`,
  'main.py': `import socket, threading
def ask(word):
    while True:
        try:
            with socket.create_connection(('server', 7), timeout=5) as c:
                c.sendall(word)
                if answer := c.recv(9): return answer.decode()
        except OSError: pass
threads = [threading.Thread(target=ask, args=[b'add']) for _ in range(2)]
for t in threads: t.start()
for t in threads: t.join()
print(ask(b'get'))
`,
};

const PROGRAM: Program = {
  files: FILES,
  entry: { kind: 'script', file: 'main.py' },
  world: {
    hosts: ['desk', 'server'].map((name, at) => ({ name, address: `10.0.0.${at + 1}`, files: null })),
    terminals: [
      { name: 'count', host: 'server', command: ['python3', 'count.py'], start: 0, service: true, reboots: true },
    ],
    links: [],
    faults: { of: [{ kind: 'crash', host: 'server', backAfter: 1 }], most: 2 },
  },
};

/** What happened to the world. */
const happened = ({ trace }: RunRecord) =>
  trace.events.flatMap((event) => (event.kind === 'world' ? [event.what] : []));

test.each(['blocking-only', 'every-bytecode'] as const)(
  '%s: one crash is enough, and nobody need be preempted for it',
  { timeout: 60_000 },
  async (model) => {
    const options = { ...RUN_OPTIONS, model, limits: GRADE_LIMITS, trace: true };
    const worst = new Map<string, RunRecord>();
    const request = {
      program: PROGRAM,
      strategy: { kind: 'random', seed: 1 },
      options,
      budget: { schedules: 60, steps: 1e9, seconds: null },
      distinct: false,
      exact: true,
      portion: 60,
    } as const;
    const size = ({ schedule }: RunRecord) => decode(schedule).deviations.length;
    await engine.search(request, ({ records }) => {
      for (const record of records) {
        const before = worst.get(record.stdout);
        if (!before || size(before) < size(record)) worst.set(record.stdout, record);
      }
      return 60;
    }).done;
    expect([...worst.keys()].sort()).toEqual(['0\n', '1\n', '2\n']);
    for (const [stdout, { schedule }] of worst) {
      const small = (await engine.minimise({ program: PROGRAM, schedule, options, budget: MINIMISING }).done)?.record;
      if (!small) throw new Error('it does not replay');
      expect(small.stdout).toBe(stdout);
      expect(happened(small)).toEqual(stdout === '2\n' ? [] : ['crash of server', 'return of server']);
      expect(size(small)).toBe(stdout === '2\n' ? 0 : 1);
    }
  },
);
