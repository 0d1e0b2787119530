/** Letting faults strike only where that makes a difference loses no result: searches that try them everywhere agree. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEngine } from '../cli/open-engine.ts';
import type { FaultSpec, TerminalSpec } from '../kernel/hosts/types.ts';
import type { SwitchModel } from '../kernel/types.ts';
import type { EngineClient } from './client-types.ts';
import { GRADE_LIMITS, RUN_OPTIONS } from './limits.ts';
import type { Program, SearchPart, Strategy } from './protocol.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

const HEAR = `
import socket
s = socket.socket(type=socket.SOCK_DGRAM); s.bind(('', 9)); s.settimeout(1)
got = []
try:
    while True: got.append(s.recv(9).decode())
except TimeoutError: pass
print(*got)
`;
const SAY = `
import socket
s = socket.socket(type=socket.SOCK_DGRAM)
n = 0
for word in 'xy':
    n += 1
    s.sendto(word.encode(), ('a', 9))
`;
const FORK = `
import os, socket
r, w = os.pipe()
if os.fork() == 0:
    os.write(w, b'1'); x = 1; os.write(w, b'2'); os._exit(0)
s = socket.socket(type=socket.SOCK_DGRAM)
s.sendto(os.read(r, 1), ('a', 9)); y = 2
s.sendto(os.read(r, 1), ('a', 9))
`;
const LOG = `
import os
n = sum(len(line) for line in open('log')) if os.path.exists('log') else 0
f = open('log', 'a')
for k in range(2):
    k2 = k * k
    f.write('x'); f.flush()
print(n)
`;
const ECHO = `
import socket
with socket.create_server(('', 7)) as server:
    while True:
        with server.accept()[0] as c:
            n = 0
            try:
                while d := c.recv(1): n += 1; c.sendall(d)
            except OSError: n = -1
            print(n, flush=True)
`;
const CALL = `
import socket
c = socket.create_connection(('b', 7))
try:
    for x in b'pq': c.sendall(bytes([x])); print(c.recv(1), flush=True)
except OSError as e: print(e)
`;
const SLEEP = 'import time; time.sleep(9)';

const CRASH = { kind: 'crash', host: 'b', backAfter: null } as const;
const KILL = { kind: 'kill', terminal: 'b', backAfter: null } as const;
const SOON = { start: 0.1 };

/** Name, what runs on hosts a and b, how that of b does, what may happen. */
type Case = readonly [name: string, a: string, b: string, how: Partial<TerminalSpec>, of: readonly FaultSpec[]];

const WORLDS: readonly Case[] = [
  ['a datagram is lost', HEAR, SAY, SOON, [{ kind: 'lose', from: 'b' }]],
  ['a datagram comes twice', HEAR, SAY, SOON, [{ kind: 'duplicate', from: 'b' }]],
  ['a sender crashes', HEAR, SAY, SOON, [CRASH]],
  ['a sender is cut off, or killed', HEAR, SAY, SOON, [{ kind: 'partition', hosts: ['b'], healsAfter: 0.5 }, KILL]],
  ['a writer crashes and comes back', SLEEP, LOG, { reboots: true, service: false }, [{ ...CRASH, backAfter: 1 }]],
  ['a writer is killed and begins again', SLEEP, LOG, { service: false }, [{ ...KILL, backAfter: 1 }]],
  ['two processes of a host crash', HEAR, FORK, SOON, [CRASH]],
  ['a server crashes and comes back, or is killed', CALL, ECHO, {}, [{ ...CRASH, backAfter: 1 }, KILL]],
  ['the program’s own host crashes', CALL, ECHO, {}, [{ ...CRASH, host: 'a' }]],
];

const EXHAUSTIVE = { kind: 'exhaustive', preemptions: 0 } as const;
const DELAYS = { kind: 'delays', delays: 0 } as const;
const everyFault = true;
const PAIRS: readonly (readonly [SwitchModel, Strategy, Strategy])[] = [
  ['every-bytecode', { ...EXHAUSTIVE, reduced: true }, { ...EXHAUSTIVE, reduced: false, everyFault }],
  ['blocking-only', DELAYS, { ...DELAYS, everyFault }],
];

async function search(program: Program, model: SwitchModel, strategy: Strategy) {
  const results = new Set<string>();
  const request = {
    program,
    strategy,
    options: { ...RUN_OPTIONS, model, limits: GRADE_LIMITS, trace: false },
    budget: { schedules: 2_000, steps: 1e9, seconds: null },
    distinct: true,
    exact: true,
    portion: 1_000,
  };
  const last = (await engine.search(request, ({ records }) => {
    for (const { outcome, terminals } of records)
      results.add(JSON.stringify([outcome.kind, terminals?.map(({ output, code }) => [output, code])]));
    return 1_000;
  }).done) as SearchPart;
  expect([last.end, last.unrepeatable]).toEqual(['complete', null]);
  return { results: [...results].sort(), runs: last.explored };
}

test.each(WORLDS)('%s', { timeout: 60_000 }, async (_, a, b, how, of) => {
  const hosts = ['a', 'b'].map((name, at) => ({ name, address: `10.0.0.${at + 1}`, files: null }));
  const command = ['python3', 'b.py'];
  const terminals = [{ name: 'b', host: 'b', command, start: 0, service: true, reboots: false, ...how }];
  const program: Program = {
    files: { 'a.py': a, 'b.py': b },
    entry: { kind: 'script', file: 'a.py' },
    world: { hosts, terminals, links: [], faults: { of, most: 1 } },
  };
  for (const [model, some, every] of PAIRS) {
    const [few, all] = [await search(program, model, some), await search(program, model, every)];
    if (process.env.HB_SHOW) console.log(model, some.kind, few.runs, all.runs, all.results.length);
    expect(few.results).toEqual(all.results);
    expect(few.runs).toBeLessThan(all.runs);
    expect(few.results.length).toBeGreaterThan(1);
  }
});
