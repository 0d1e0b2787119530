/** Several hosts under real Python: sockets between them, terminals, what can go wrong, and the same once more. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEngine } from '../cli/open-engine.ts';
import { PLAIN } from '../kernel/hosts/links.ts';
import type { ActRecord, FaultSpec, LinkSpec, TerminalSpec, World } from '../kernel/hosts/types.ts';
import type { SwitchModel } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { GRADE_LIMITS, RUN_OPTIONS } from '../worker/limits.ts';
import type { Program, ScheduleRequest, SearchPart } from '../worker/protocol.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

const HOSTS = ['laptop', 'server', 'worker'].map((name, at) => ({ name, address: `10.0.0.${at + 1}`, files: null }));

/** A Python program on a host that begins with the run. */
function terminal(host: string, file: string, more: Partial<TerminalSpec> = {}): TerminalSpec {
  return { name: host, host, command: ['python3', file], start: 0, service: true, reboots: false, ...more };
}

function program(files: Record<string, string>, world: Partial<World>): Program {
  return {
    files,
    entry: { kind: 'script', file: 'main.py' },
    world: { hosts: HOSTS, terminals: [], links: [], ...world },
  };
}

async function run(
  whole: Program,
  schedule: ScheduleRequest = { kind: 'round-robin' },
  model: SwitchModel = 'cpython',
) {
  const record = await engine.run(whole, schedule, { model }, {}, false).done;
  if (!record) throw new Error('stopped');
  return record;
}

async function printed(files: Record<string, string>, world: Partial<World>) {
  const { stdout, stderr, outcome } = await run(program(files, world));
  return stderr === '' && outcome.kind === 'exit' ? stdout : `${stdout}${stderr}${JSON.stringify(outcome)}`;
}

const link = (more: Partial<LinkSpec>): LinkSpec => ({ ...PLAIN, ...more });

const ECHO = `
import socket
with socket.create_server(('', 7)) as server:
    while True:
        connection, address = server.accept()
        with connection:
            while data := connection.recv(1000):
                connection.sendall(data.upper())
`;

describe('connections', () => {
  test('lead from host to host, by name, alias and address; each has names, processes and files of its own', async () => {
    const files = {
      'main.py': `
import os, platform, socket, subprocess
print(socket.gethostname(), os.uname().nodename, platform.node(), socket.gethostbyname('server'))
for name in 'server', 'www.example.com', '10.0.0.2':
    with socket.create_connection((name, 7)) as connection:
        connection.sendall(name.encode())
        print(connection.recv(100).decode(), *connection.getpeername(), connection.getsockname()[0])
print(socket.gethostbyaddr('10.0.0.2')[0], open('/etc/hostname').read(), os.listdir('.'))
print(subprocess.run('uname -n; hostname; hostname -I; ps -e -o comm; nslookup www.example.com | tail -4 | head -3', shell=True, capture_output=True, text=True).stdout)
`,
    };
    const hosts = HOSTS.map((host) =>
      host.name === 'server' ? { ...host, aliases: ['www.example.com'], files: { 'echo.py': ECHO } } : host,
    );
    expect(
      await printed(files, { hosts, terminals: [terminal('server', 'echo.py')] }),
    ).toBe(`laptop laptop laptop 10.0.0.2
SERVER 10.0.0.2 7 10.0.0.1
WWW.EXAMPLE.COM 10.0.0.2 7 10.0.0.1
10.0.0.2 10.0.0.2 7 10.0.0.1
server laptop
 ['main.py']
laptop
laptop
10.0.0.1 
COMMAND
init
-sh
python3
sh
ps
www.example.com	canonical name = server.
Name:	server
Address: 10.0.0.2

`);
  });

  test('refused, without a way, at an address that is another’s: as Linux says it', async () => {
    const files = {
      'main.py': `
import socket
for address in ('server', 8), ('127.0.0.1', 7), ('10.0.0.77', 7), ('8.8.8.8', 7), ('nowhere', 7):
    try: socket.create_connection(address)
    except OSError as error: print(error)
try: socket.socket().bind(('10.0.0.2', 0))
except OSError as error: print(error)
`,
      'echo.py': ECHO,
    };
    expect(await printed(files, { terminals: [terminal('server', 'echo.py')] })).toBe(`[Errno 111] Connection refused
[Errno 111] Connection refused
[Errno 113] No route to host
[Errno 101] Network is unreachable
[Errno -2] Name or service not known
[Errno 99] Cannot assign requested address
`);
  });

  test('take as long as the link says, there and back', async () => {
    const files = {
      'main.py': `
import socket, time
connection = socket.create_connection(('server', 7))
print(round(time.monotonic(), 3))
connection.sendall(b'x'); connection.recv(1)
print(round(time.monotonic(), 3))
connection.sendall(b'x' * 9934)
rest = 9934
while rest: rest -= len(connection.recv(100_000))
print(round(time.monotonic(), 3))
`,
      'echo.py': ECHO,
    };
    const links = [link({ latency: 0.1 }), link({ from: 'laptop', to: 'server', latency: 0.05, bandwidth: 10_000 })];
    const world = { terminals: [terminal('server', 'echo.py')], links };
    // A parcel has a head of 66 bytes, which takes its time, too: three times on the narrow way, once as 10,000 bytes.
    expect(await printed(files, world)).toBe('0.157\n0.313\n1.463\n');
  });

  test('datagrams: lost, doubled, overtaken', async () => {
    const files = {
      'main.py': `
import socket
sender = socket.socket(type=socket.SOCK_DGRAM)
for n in range(40): sender.sendto(b'%d' % n, ('server', 9))
sender.settimeout(5)
sender.sendto(b'end', ('worker', 9))
`,
      'hear.py': `
import socket
hears = socket.socket(type=socket.SOCK_DGRAM)
hears.bind(('', 9)); hears.settimeout(2)
got = []
try:
    while True: got.append(int(hears.recv(100)))
except TimeoutError: pass
print(len(set(got)) < 40, len(set(got)) < len(got), got != sorted(got), len(set(got)) > 20)
`,
    };
    const links = [link({ latency: 0.01, jitter: 0.01, loss: 0.2, duplicate: 0.2, reorder: 0.2 })];
    const { terminals } = await run(
      program(files, { terminals: [terminal('server', 'hear.py', { service: false })], links }),
    );
    expect(terminals?.[1]).toEqual({ name: 'server', host: 'server', output: 'True True True True\n', code: 0 });
  });
});

const MASTER = `
import queue
from multiprocessing.managers import BaseManager
tasks, results = queue.Queue(), queue.Queue()
class QueueManager(BaseManager): pass
QueueManager.register('get_task_queue', callable=lambda: tasks)
QueueManager.register('get_result_queue', callable=lambda: results)
for n in range(3): tasks.put(n)
manager = QueueManager(address=('', 5000), authkey=b'abc')
server = manager.get_server()
import threading
threading.Thread(target=server.serve_forever, daemon=True).start()
for n in range(3): print(results.get(timeout=50))
import time; time.sleep(1)
`;
const WORKER = `
import sys, time
from multiprocessing.managers import BaseManager
from multiprocessing import AuthenticationError
class QueueManager(BaseManager): pass
QueueManager.register('get_task_queue')
QueueManager.register('get_result_queue')
manager = QueueManager(address=(sys.argv[1], 5000), authkey=sys.argv[2].encode())
try:
    manager.connect()
    tasks, results = manager.get_task_queue(), manager.get_result_queue()
    while not tasks.empty():
        n = tasks.get(timeout=1)
        time.sleep(float(sys.argv[3]))
        results.put('%d * %d = %d' % (n, n, n * n))
except (AuthenticationError, ConnectionRefusedError) as error:
    print(type(error).__name__, error)
`;

describe('BaseManager across hosts', () => {
  const files = { 'main.py': MASTER, 'worker.py': WORKER };
  const working = (host: string, words: string[], start = 1) =>
    terminal(host, 'worker.py', { command: ['python3', 'worker.py', ...words], start, service: false });

  test('the right key, a wrong one, and nobody there', async () => {
    const terminals = [working('worker', ['laptop', 'abc', '0']), working('server', ['laptop', 'no', '0'], 0.5)];
    const record = await run(program(files, { terminals }));
    expect(record.stdout).toBe('0 * 0 = 0\n1 * 1 = 1\n2 * 2 = 4\n');
    expect(record.terminals?.map(({ output }) => output).slice(1)).toEqual([
      '',
      'AuthenticationError digest sent was rejected\n',
    ]);
    const alone = await run(program(files, { terminals: [working('worker', ['server', 'abc', '0'])] }));
    expect(alone.terminals?.[1]?.output).toBe('ConnectionRefusedError [Errno 111] Connection refused\n');
  });

  test('a worker crashes in the middle of a task: the task is lost, the others are done', async () => {
    const terminals = [working('worker', ['laptop', 'abc', '10']), working('server', ['laptop', 'abc', '1'], 2)];
    const acts = [{ steps: 0, time: 5, act: { act: 'crash', host: 'worker' } }] as const;
    const record = await engine.run(program(files, { terminals }), { kind: 'round-robin' }, {}, {}, false, acts).done;
    expect(record?.stdout).toBe('1 * 1 = 1\n2 * 2 = 4\n');
    expect(record?.outcome).toMatchObject({ kind: 'exception', type: 'Empty' });
    expect(record?.terminals?.[1]?.code).toBe(null);
  });
});

describe('what goes wrong', () => {
  const TALK = `
import socket, sys, time
connection = socket.create_connection(('server', 7))
def say(text):
    try:
        connection.sendall(text)
        print(text.decode(), connection.recv(100).decode() or 'end', round(time.monotonic(), 1))
    except OSError as error: print(text.decode(), error, round(time.monotonic(), 1))
say(b'one')
time.sleep(10)
say(b'two')
say(b'three')
`;
  const files = { 'main.py': TALK, 'echo.py': ECHO };
  const talk = (acts: readonly ActRecord[], more: Partial<TerminalSpec> = {}) =>
    engine
      .run(
        program(files, { terminals: [terminal('server', 'echo.py', more)] }),
        { kind: 'round-robin' },
        {},
        {},
        false,
        acts,
      )
      .done.then((record) => record?.stdout);
  const at = (time: number, act: ActRecord['act']): ActRecord => ({ steps: 0, time, act });

  test('a program that is killed closes its connections', async () => {
    expect(await talk([at(5, { act: 'kill', terminal: 'server' })])).toBe(
      'one ONE 0.0\ntwo end 10.0\nthree [Errno 32] Broken pipe 10.0\n',
    );
  });

  test('a host without power answers nothing: the connection times out', async () => {
    expect(await talk([at(5, { act: 'crash', host: 'server' })])).toBe(
      'one ONE 0.0\ntwo [Errno 110] Connection timed out 934.6\nthree [Errno 32] Broken pipe 934.6\n',
    );
  });

  test('one that has power again does not know the connection', async () => {
    const acts = [at(5, { act: 'crash', host: 'server' }), at(6, { act: 'boot', host: 'server' })];
    expect(await talk(acts, { reboots: true })).toBe(
      'one ONE 0.0\ntwo [Errno 104] Connection reset by peer 10.0\nthree [Errno 32] Broken pipe 10.0\n',
    );
  });

  test('a partition that heals only delays', async () => {
    const acts = [at(5, { act: 'partition', hosts: ['server'] }), at(11, { act: 'partition', hosts: [] })];
    // Sent again after 0.2, 0.6, 1.4 seconds.
    expect(await talk(acts)).toBe('one ONE 0.0\ntwo TWO 11.4\nthree THREE 11.4\n');
  });

  test('nobody is connected to a dark host: after 127 seconds', async () => {
    const source = `
import asyncio, socket, time
async def main():
    try: await asyncio.open_connection('10.0.0.3', 7)
    except OSError as error: print(error, time.monotonic())
try: socket.create_connection(('worker', 7))
except OSError as error: print(error, time.monotonic())
asyncio.run(main())
`;
    const acts = [at(0, { act: 'crash', host: 'worker' })];
    const record = await engine.run(program({ 'main.py': source }, {}), { kind: 'round-robin' }, {}, {}, false, acts)
      .done;
    expect(record?.stdout).toMatch(/^\[Errno 110\] Connection timed out 127\.\d*\n.*\[Errno 110\].* 254\.\d*\n$/);
  });

  test('the disk outlives a crash, and what was in memory does not', async () => {
    const source = `
import os, socket, time
print(sorted(os.listdir('/dev/shm')), os.path.exists('note'), flush=True)
open('note', 'a').write('x'); open('/dev/shm/m', 'w')
print(os.path.getsize('note'))
socket.create_server(('', 80))
time.sleep(100)
`;
    const terminals = [terminal('server', 'server.py', { reboots: true, service: false })];
    const acts = [at(5, { act: 'crash', host: 'server' }), at(6, { act: 'boot', host: 'server' })];
    const whole = program({ 'main.py': '', 'server.py': source }, { terminals });
    const record = await engine.run(whole, { kind: 'round-robin' }, {}, {}, false, acts).done;
    expect(record?.terminals?.[1]?.output).toBe('[] False\n1\n[] True\n2\n');
    expect(record).toMatchObject({ outcome: { kind: 'exit', code: 0 }, clock: 106 });
  });

  test('whoever waits for ever is to blame, unless it is a server', async () => {
    const waits = "import socket; socket.create_server(('', 80)).accept()";
    const whole = (service: boolean) =>
      program({ 'main.py': 'print(1)', 'wait.py': waits }, { terminals: [terminal('server', 'wait.py', { service })] });
    expect((await run(whole(true))).outcome).toEqual({ kind: 'exit', code: 0 });
    expect((await run(whole(false))).outcome).toMatchObject({
      kind: 'deadlock',
      stuck: [{ waiting: { on: 'accept' } }],
    });
  });
});

const BROKER = `
import socket
jobs, done = ['a', 'b'], []
with socket.create_server(('', 6000)) as server:
    while True:
        with server.accept()[0] as connection:
            word, *rest = connection.recv(100).split()
            if word == b'GET': answer = jobs.pop(0).encode() if jobs else b'-'
            elif word == b'DONE': answer = b'ok'; done.append(rest[0])
            else: answer = b' '.join(done) or b'nothing'
            connection.sendall(answer)
`;
const ASK = `
import socket
def ask(text):
    with socket.create_connection(('server', 6000)) as connection:
        connection.sendall(text.encode())
        return connection.recv(100).decode()
`;
const JOBS = {
  'broker.py': BROKER,
  'ask.py': ASK,
  'main.py': 'import time\nfrom ask import ask\ntime.sleep(20)\nprint(ask("ALL"))\n',
  'work.py': 'from ask import ask\nwhile (job := ask("GET")) != "-": ask("DONE " + job)\n',
};

describe('faults', () => {
  const world = (of: readonly FaultSpec[], reboots = false): Partial<World> => ({
    terminals: [terminal('server', 'broker.py'), terminal('worker', 'work.py', { start: 1, service: false, reboots })],
    faults: { of, most: 1 },
  });

  async function search(whole: Program, schedules = 400) {
    const results = new Map<string, string>();
    const request = {
      program: whole,
      strategy: { kind: 'exhaustive', preemptions: 0, reduced: true },
      options: { ...RUN_OPTIONS, model: 'every-bytecode', limits: GRADE_LIMITS, trace: false },
      budget: { schedules, steps: 1e9, seconds: null },
      distinct: true,
      exact: true,
      portion: 100,
    } as const;
    const last = (await engine.search(request, (part) => {
      for (const { outcome, stdout, schedule } of part.records)
        results.set(outcome.kind === 'exit' ? stdout.trim() : outcome.kind, schedule);
      return 100;
    }).done) as SearchPart;
    return { results, last };
  }

  const cases: readonly (readonly [string, FaultSpec, boolean, readonly string[]])[] = [
    ['a crash', { kind: 'crash', host: 'worker', backAfter: null }, false, ['a', 'a b', 'deadlock', 'nothing']],
    [
      'a crash and a new beginning',
      { kind: 'crash', host: 'worker', backAfter: 2 },
      true,
      ['a', 'a b', 'b', 'deadlock'],
    ],
    ['a kill', { kind: 'kill', terminal: 'worker', backAfter: 3 }, false, ['a', 'a b', 'b', 'exception']],
  ];
  for (const [what, fault, reboots, found] of cases)
    test(`${what}, at any point: what is lost by it is found, and found again`, { timeout: 60_000 }, async () => {
      const whole = program(JOBS, world([fault], reboots));
      const { results, last } = await search(whole);
      expect(last.unrepeatable).toBe(null);
      expect([...results.keys()].sort()).toEqual(found);
      for (const [result, schedule] of results) {
        const again = await run(whole, { kind: 'replay', schedule });
        expect(again.outcome.kind === 'exit' ? again.stdout.trim() : again.outcome.kind).toBe(result);
        expect(again.schedule).toBe(schedule);
      }
    });

  test('strike between two calls that the library makes in one step', { timeout: 60_000 }, async () => {
    const files = {
      'main.py': `
import socket
with socket.create_server(('', 7)) as server:
    connection = server.accept()[0]
connection.settimeout(5)
got = b''
try:
    while data := connection.recv(1): got += data
except TimeoutError: got += b'!'
print(got.decode())
`,
      'send.py': `
import socket
with socket.create_connection(('laptop', 7)) as connection:
    connection.makefile('wb', buffering=0).writelines([b'1', b'2'])
`,
    };
    const terminals = [terminal('worker', 'send.py', { start: 1, service: false })];
    const crash = { kind: 'crash', host: 'worker', backAfter: null } as const;
    const { results } = await search(program(files, { terminals, faults: { of: [crash], most: 1 } }));
    expect([...results.keys()].sort()).toEqual(['!', '1!', '12', '12!', 'deadlock']);
  });

  test('a partition delays, and is over', { timeout: 60_000 }, async () => {
    const { results } = await search(
      program(JOBS, world([{ kind: 'partition', hosts: ['worker'], healsAfter: 5 }])),
      60,
    );
    expect([...results.keys()]).toEqual(['a b']);
  });

  test('round-robin lets nothing happen', async () => {
    const whole = program(JOBS, world([{ kind: 'crash', host: 'server', backAfter: null }]));
    for (const model of ['cpython', 'every-bytecode', 'blocking-only'] as const)
      expect((await run(whole, { kind: 'round-robin' }, model)).stdout).toBe('a b\n');
  });
});

describe('a hostile program', () => {
  test('reaches no process of another host, and fills no memory with what is on its way', {
    timeout: 60_000,
  }, async () => {
    const files = {
      'main.py': `
import os, socket
for pid in range(-1, 60):
    if pid in (os.getpid(), 0, -1): continue
    try: os.kill(pid, 9)
    except (ProcessLookupError, PermissionError): pass
    else: print('killed', pid)
try: os.kill(-1, 9)
except OSError as error: print(error)
sender = socket.socket(type=socket.SOCK_DGRAM)
for _ in range(5000): sender.sendto(b'x' * 65000, ('server', 9))
streams = []
try:
    while True:
        streams.append(socket.create_connection(('server', 7)))
        streams[-1].setblocking(False)
        try:
            while True: streams[-1].send(b'x' * 1_000_000)
        except BlockingIOError: pass
except OSError as error: print(error)
`,
      'deaf.py': "import socket, time; s = socket.create_server(('', 7), backlog=4000); time.sleep(1000)",
    };
    const world = { terminals: [terminal('server', 'deaf.py')], links: [link({ latency: 0.1 })] };
    const { stdout, terminals } = await run(program(files, world));
    expect(stdout).toMatch(/^\[Errno 3\] No such process\n\[Errno (24|105)\] .*\n$/);
    expect(terminals?.[1]?.code).toBe(null);
  });
});

describe('terminals', () => {
  test('alone: no program beside them; the run ends with the first code that is not 0', async () => {
    const terminals = [
      terminal('laptop', 'a.py', { service: false, stdin: 'x\n' }),
      terminal('server', '', { command: ['sh', '-c', 'echo $0 $HOME; exit 3'], service: false, start: 2 }),
      terminal('worker', '', { command: ['nothing'], service: false }),
      terminal('later', '', { command: ['ls'], host: 'worker', start: null, service: false }),
    ];
    const whole = { ...program({ 'a.py': 'print(input())' }, { terminals }), entry: { kind: 'terminals' } } as const;
    const record = await run(whole);
    expect(record).toMatchObject({ outcome: { kind: 'exit', code: 3 }, stdout: '', clock: 2 });
    expect(record.terminals).toEqual([
      { name: 'laptop', host: 'laptop', output: 'x\n', code: 0 },
      { name: 'server', host: 'server', output: 'sh /home/learner\n', code: 3 },
      { name: 'worker', host: 'worker', output: 'sh: 1: nothing: not found\n', code: 127 },
      { name: 'later', host: 'worker', output: '', code: null },
    ]);
  });

  test('a reader starts, types, restarts, ends; the same is done again', async () => {
    const files = { 'hear.py': 'while True: print("heard", input(), flush=True)' };
    const terminals = [terminal('server', 'hear.py', { start: null, service: false })];
    const whole = { ...program(files, { terminals }), entry: { kind: 'terminals' } } as const;
    const shown: string[] = [];
    const handle = engine.run(
      whole,
      { kind: 'round-robin' },
      { clock: 'real' },
      {
        output: (_, text, where) => {
          shown.push(`${where}: ${text}`);
          if (text.includes('one')) handle.act({ act: 'restart', terminal: 'server' });
          if (text.includes('one')) handle.input('two\n', 'server');
          if (text.includes('two')) handle.act({ act: 'end' });
        },
      },
      true,
    );
    handle.act({ act: 'start', terminal: 'server' });
    handle.input('one\n', 'server');
    const record = await handle.done;
    expect(shown).toEqual(['server: heard one\n', 'server: heard two\n']);
    expect(record?.acts?.map(({ act }) => act.act)).toEqual(['start', 'type', 'restart', 'type', 'end']);
    const again = await engine.run(whole, { kind: 'round-robin' }, {}, {}, true, record?.acts).done;
    expect(again?.terminals).toEqual(record?.terminals);
  });

  test('a world that is none is refused with a sentence', async () => {
    const refused = (world: Partial<World>) => run(program({ 'main.py': '' }, world));
    await expect(refused({ hosts: [] })).rejects.toThrow('a world needs a host');
    const [one] = HOSTS;
    await expect(refused({ hosts: one ? [one, { ...one, name: 'b' }] : [] })).rejects.toThrow(
      'two hosts cannot both have the address 10.0.0.1',
    );
    await expect(refused({ terminals: [terminal('mars', 'a.py')] })).rejects.toThrow(
      'terminal "mars" is on "mars", and there is no such host',
    );
    await expect(run(program({ 'main.py': '' }, {}), { kind: 'parallel' })).rejects.toThrow('several hosts cannot run');
  });
});
