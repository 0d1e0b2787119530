/** Runs of several machines through the client: output by terminal, what a reader does, and the same done again. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { TerminalSpec, World, WorldAct } from '../kernel/hosts/types.ts';
import type { RunRecord } from '../kernel/types.ts';
import type { EngineClient, RunEvents, RunHandle } from './client-types.ts';
import { createNodeEngine } from './node.ts';
import type { Program, RunOptions } from './protocol.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

const FILES = {
  'echo.py': `import socket
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as here:
    here.bind(('', 5000))
    print('ready')
    while True:
        text, sender = here.recvfrom(100)
        here.sendto(text, sender)
`,
  'ask.py': `import socket
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as there:
    there.settimeout(0.2)
    for word in iter(input, 'bye'):
        there.sendto(word.encode(), ('server', 5000))
        try:
            print('heard', there.recv(100).decode())
        except TimeoutError:
            print('silence')
`,
};

const terminal = (name: string, host: string, command: string, more: Partial<TerminalSpec> = {}): TerminalSpec => ({
  name,
  host,
  command: command.split(' '),
  start: 0,
  service: false,
  reboots: false,
  ...more,
});

const WORLD: World = {
  hosts: [
    { name: 'server', address: '10.0.0.1', files: null },
    { name: 'desk', address: '10.0.0.2', files: null },
  ],
  terminals: [
    terminal('echo', 'server', 'python3 echo.py', { service: true, reboots: true }),
    terminal('ask', 'desk', 'python3 ask.py', { start: 0.1 }),
  ],
  links: [],
};
const PROGRAM: Program = { files: FILES, entry: { kind: 'terminals' }, stdin: '', world: WORLD };
const LIVE: Partial<RunOptions> = { clock: 'real', trace: true };

/** A run whose reader waits for what it shows: `see` resolves when a terminal has shown this, or reported that. */
function live(program: Program, options: Partial<RunOptions> = LIVE) {
  const heard: string[] = [];
  let wake = () => {};
  const note = (text: string) => {
    heard.push(text);
    wake();
  };
  const shown = new Map<string | null, string>();
  const events: RunEvents = {
    output: (_fd, text, terminal) => {
      shown.set(terminal, (shown.get(terminal) ?? '') + text);
      note('');
    },
    terminal: (name, code) => note(`${name}: ${code ?? 'begins'}`),
    host: (name, up) => note(`${name}: ${up ? 'up' : 'down'}`),
  };
  const handle: RunHandle = engine.run(program, { kind: 'round-robin' }, options, events, true);
  const until = async (done: () => boolean) => {
    while (!done()) await new Promise<void>((resolve) => (wake = resolve));
  };
  return {
    handle,
    shows: (terminal: string, text: string) => until(() => shown.get(terminal)?.includes(text) === true),
    tells: (what: string, times = 1) => until(() => heard.filter((one) => one === what).length >= times),
    act: (act: WorldAct) => handle.act(act),
    type: (line: string) => handle.input(`${line}\n`, 'ask'),
  };
}

/** What each terminal showed and how its command ended. */
const told = (record: RunRecord | null) => record?.terminals?.map(({ name, output, code }) => [name, output, code]);

test('each act is felt, and the record says what was done, so that it is done again', async () => {
  const run = live(PROGRAM);
  await run.shows('echo', 'ready');
  run.type('one');
  await run.shows('ask', 'heard one');
  run.act({ act: 'partition', hosts: ['desk'] });
  run.type('two');
  await run.shows('ask', 'silence');
  run.act({ act: 'partition', hosts: [] });
  run.act({ act: 'crash', host: 'server' });
  await run.tells('server: down');
  run.act({ act: 'boot', host: 'server' });
  await run.tells('echo: begins', 2);
  await run.shows('echo', 'ready\nready');
  run.type('three');
  await run.shows('ask', 'heard three');
  run.act({ act: 'kill', terminal: 'ask' });
  await run.tells('ask: 137');
  run.act({ act: 'start', terminal: 'ask' });
  await run.tells('ask: begins', 2);
  run.type('four');
  await run.shows('ask', 'heard four');
  run.type('bye');
  await run.tells('ask: 0');
  const record = await run.handle.done;
  expect(told(record)).toEqual([
    ['echo', 'ready\nready\n', null],
    ['ask', 'heard one\nsilence\nheard three\nheard four\n', 0],
  ]);
  expect(record?.outcome).toEqual({ kind: 'exit', code: 0 });
  const { schedule = '', acts = [] } = record ?? {};
  expect(acts.map(({ act }) => act.act).join(' ')).toBe(
    'type partition type partition crash boot type kill start type type',
  );

  // By a clock that waits for nobody.
  const again = await engine.run(PROGRAM, { kind: 'replay', schedule }, { ...LIVE, clock: 'virtual' }, {}, true, acts)
    .done;
  expect(told(again)).toEqual(told(record));
  expect(again?.outcome).toEqual(record?.outcome);
});

test('the run waits while the reader may start what was killed; End ends it, with its record', async () => {
  const run = live(PROGRAM);
  await run.shows('echo', 'ready');
  await run.tells('ask: begins');
  run.act({ act: 'kill', terminal: 'ask' });
  await run.tells('ask: 137');
  run.act({ act: 'end' });
  const record = await run.handle.done;
  expect(record?.outcome).toEqual({ kind: 'exit', code: 137 });
  expect(record?.trace.processes.map(({ host }) => host)).toEqual(['server', 'desk']);
});

test('who sits before programs that never all wait is heard too, and the run is repeated to the step', async () => {
  const ball = `import socket, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as here:
    here.bind(('', 5000))
    if sys.argv[1] == 'desk':
        print('begins')
        here.sendto(b'ball', ('desk', 5000))
    while True:
        text, sender = here.recvfrom(100)
        here.sendto(text, (sys.argv[1], 5000))
`;
  const terminals = [
    terminal('right', 'desk', 'python3 ball.py server'),
    terminal('left', 'server', 'python3 ball.py desk', { start: 0.3 }),
  ];
  const program = { ...PROGRAM, files: { 'ball.py': ball }, world: { ...WORLD, terminals } };
  const run = live(program);
  await run.shows('left', 'begins');
  await new Promise((resolve) => setTimeout(resolve, 300));
  run.act({ act: 'kill', terminal: 'left' });
  await run.tells('left: 137');
  run.act({ act: 'end' });
  const record = await run.handle.done;
  const { schedule = '', acts = [] } = record ?? {};
  expect(acts.map(({ act }) => act.act)).toEqual(['kill', 'end']);
  const again = await engine.run(program, { kind: 'replay', schedule }, { clock: 'virtual' }, {}, true, acts).done;
  expect(again?.steps).toBe(record?.steps);
  expect(told(again)).toEqual(told(record));
});

test('a slider is felt', async () => {
  const run = live(PROGRAM);
  await run.shows('echo', 'ready');
  const calm = { from: '*', to: '*', latency: 0, jitter: 0, loss: 0, duplicate: 0, reorder: 0, bandwidth: null };
  run.act({ act: 'link', link: { ...calm, loss: 1 } });
  run.type('lost');
  await run.shows('ask', 'silence');
  run.act({ act: 'link', link: calm });
  run.type('found');
  await run.shows('ask', 'heard found');
  run.type('bye');
  expect((await run.handle.done)?.outcome).toEqual({ kind: 'exit', code: 0 });
});

test('who is stuck when the reader leaves is a deadlock, and when they end it too', async () => {
  const waits = { ...PROGRAM, world: { ...WORLD, terminals: [terminal('echo', 'server', 'python3 echo.py')] } };
  const left = live(waits);
  left.handle.input(null);
  expect((await left.handle.done)?.outcome.kind).toBe('deadlock');
  const ended = live(waits);
  await ended.shows('echo', 'ready');
  await ended.handle.act({ act: 'end' });
  expect((await ended.handle.done)?.outcome.kind).toBe('deadlock');
});

test('acts that fit no world are not heard, and no run is repeated with them', async () => {
  const run = live(PROGRAM);
  await run.shows('echo', 'ready');
  const hostile = [
    { act: 'kill', terminal: 'nobody' },
    { act: 'link', link: { from: '*', to: '*', latency: -1 } },
    { act: 'eval', terminal: 'echo', text: '1' },
    null,
  ] as unknown as WorldAct[];
  for (const act of hostile) run.act(act);
  run.handle.input('x\n', 'nobody');
  run.type('still');
  await run.shows('ask', 'heard still');
  run.type('bye');
  const record = await run.handle.done;
  expect(record?.acts?.map(({ act }) => act.act)).toEqual(['type', 'type']);
  const acts = [{ steps: 1, time: 0, act: hostile[0] as WorldAct }];
  const refused = engine.run(PROGRAM, { kind: 'round-robin' }, LIVE, {}, true, acts);
  await expect(refused.done).rejects.toThrow('does not fit this world');
});
