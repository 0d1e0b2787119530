/** Several hosts in the words and lanes of real runs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { ActRecord, World } from '../kernel/hosts/types.ts';
import type { RunRecord } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { RUN_OPTIONS } from '../worker/limits.ts';
import { createNodeEngine } from '../worker/node.ts';
import { chromeTrace } from './chrome-trace.ts';
import { buildTimeline, momentAt } from './lanes.ts';
import { narrate } from './narrate.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

const FILES = {
  'serve.py': `import socket
with socket.create_server(('', 80)) as server:
    while True:
        with server.accept()[0] as client:
            client.sendall(b'hello')
`,
  'ask.py': `import os, socket, time
os.fork()
with socket.create_connection(('server', 80)) as server:
    print(server.recv(10).decode())
time.sleep(5)
`,
};
const usual = { start: 0, service: false, reboots: false };
const WORLD: World = {
  hosts: [
    { name: 'server', address: '10.0.0.1', files: null },
    { name: 'desk', address: '10.0.0.2', files: null },
  ],
  terminals: [
    { ...usual, name: 'web', host: 'server', command: ['python3', 'serve.py'], service: true },
    { ...usual, name: 'ask', host: 'desk', command: ['python3', 'ask.py'], start: 1 },
  ],
  links: [],
};

async function run(acts: readonly ActRecord[], world = WORLD): Promise<RunRecord> {
  const program = { files: FILES, entry: { kind: 'terminals' }, world } as const;
  const options = { ...RUN_OPTIONS, trace: true, observe: true };
  const record = await engine.run(program, { kind: 'round-robin' }, options, {}, true, acts).done;
  if (!record) throw new Error('stopped');
  return record;
}

test('every process is called with its host, and those of one host stand together', async () => {
  const { processes } = buildTimeline(await run([{ steps: 0, time: 8, act: { act: 'end' } }]));
  expect(processes.map(({ host, name }) => `${host}: ${name}`)).toEqual([
    'server: python3 serve.py',
    'desk: python3 ask.py',
    'desk: python3 ask.py',
  ]);
});

test('what the reader does is told where it happens, and what it leads to', async () => {
  const record = await run([
    { steps: 0, time: 2, act: { act: 'crash', host: 'server' } },
    { steps: 0, time: 3, act: { act: 'kill', terminal: 'ask' } },
    { steps: 0, time: 4, act: { act: 'end' } },
  ]);
  const timeline = buildTimeline(record);
  const told = narrate(timeline, 1000).map((line) => line.replace(/^ *\d+ {2}(\[.*?\] )?/, ''));
  const crash = told.indexOf('By the reader: crash of server');
  const kill = told.indexOf('By the reader: kill of ask');
  expect(crash).toBeGreaterThan(told.findIndex((line) => /on desk, ask.py:4: prints "hello"/.test(line)));
  expect(kill).toBeGreaterThan(crash);
  expect(told.slice(kill).filter((line) => /on desk, ask.py:5: is killed by SIGKILL/.test(line))).toHaveLength(2);
  // What ran on a host that crashes is no more, and was waited for by nobody.
  const [web] = timeline.processes;
  expect(web).toMatchObject({ host: 'server', end: { from: crash + 1, status: null, reaped: crash + 1 } });
  expect(timeline.threads.find(({ process }) => process === web?.pid)?.spans.at(-1)?.to).toBe(crash + 1);
  const at = momentAt(timeline, crash + 1).threads.find(({ task }) => task === web?.main);
  expect(at).toMatchObject({ span: null, ended: 'gone with its host' });
  // Of what was begun at a terminal nobody else need know the end.
  const killed = timeline.processes.filter(({ host }) => host === 'desk').map(({ end }) => end);
  expect(killed).toEqual([
    { from: expect.any(Number), status: 9, reaped: expect.any(Number) },
    { from: expect.any(Number), status: 9, reaped: expect.any(Number) },
  ]);
  expect(timeline.threads.every(({ task }) => record.trace.tasks.some(({ id }) => id === task))).toBe(true);
  expect(() => chromeTrace(record)).not.toThrow();
});
