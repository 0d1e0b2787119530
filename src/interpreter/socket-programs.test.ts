/** Programs that talk to each other over sockets print what they print on Linux, under any schedule. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine } from '../worker/node.ts';
import type { ScheduleRequest } from '../worker/protocol.ts';

const FIXTURES = path.join(import.meta.dirname, 'fixtures');
const FOLDER = path.join(FIXTURES, 'sockets');
const ROUND_ROBIN: ScheduleRequest = { kind: 'round-robin' };

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

const run = async (file: string, schedule: ScheduleRequest, stdin = '') => {
  const files = { 'main.py': new Uint8Array(readFileSync(file)) };
  const program = { files, entry: { kind: 'script', file: 'main.py' }, stdin } as const;
  const record = await engine.run(program, schedule, {}, {}, false).done;
  if (!record) throw new Error('it was stopped');
  return record;
};

/** The lines that each prints; what they are was seen on Linux, too. */
const PRINTS: Readonly<Record<string, string>> = {
  'asyncio-chat.py': `Ann heard ['Bob: hello', 'Cid: hello']
Bob heard ['Ann: hello', 'Cid: hello']
Cid heard ['Ann: hello', 'Bob: hello']
`,
  'epoll-echo.py': '[(0, True), (1, True), (2, True), (3, True), (4, True)]\n',
  'epoll-words.py': `EpollSelector EpollSelector <class 'select.epoll'> False
nothing [] []
again and again [('one', 1)] [('one', 1)]
an edge once [('one', 1)] []
not of the rest []
of more [('one', 1)]
of the end [('one', 8193)]
one shot [('other', 4)] []
armed again [('other', 4)]
twice: FileExistsError: [Errno 17] File exists
never registered: FileNotFoundError: [Errno 2] No such file or directory
nothing to unregister: FileNotFoundError: [Errno 2] No such file or directory
no such descriptor: OSError: [Errno 9] Bad file descriptor
a file: PermissionError: [Errno 1] Operation not permitted
itself: OSError: [Errno 22] Invalid argument
negative: ValueError: file descriptor cannot be a negative integer (-1)
no number: TypeError: argument must be an int, or have a fileno() method.
no events: ValueError: maxevents must be greater than 0, got 0
no time: TypeError: timeout must be an integer or None
no size: ValueError: negative sizehint
bad flags: OSError: invalid flags
no epoll: OSError: [Errno 22] Invalid argument
one of many, once: OSError: [Errno 22] Invalid argument
no heir: TypeError: type 'select.epoll' is not an acceptable base type
closed, but a copy is open [('the pipe', 1)]
closed []
an epoll in another []
an epoll in another [('the inner one', 1)]
each in the other: OSError: [Errno 40] Too many levels of symbolic links
True False True
closed: ValueError: I/O operation on closed epoll object
True []
`,
  'forking-server.py': '0 True\n1 True\n4 True\n',
  'page-fetcher.py': `[(200, 'home'), (200, 'nothing new'), (200, 'all about it'), (404, 'Not Found')]
True
`,
  'pool-server.py': `answered ['127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.1']
['CLIENT 0', 'CLIENT 1', 'CLIENT 2', 'CLIENT 3', 'CLIENT 4', 'CLIENT 5']
`,
  'remote-calls.py': "1.5 divide\n1 <class 'ZeroDivisionError'>:division by zero\n",
  'selectors-chat.py': `Ann heard Bob 0, Bob 1, Cid 0, Cid 1
Bob heard Ann 0, Ann 1, Cid 0, Cid 1
Cid heard Ann 0, Ann 1, Bob 0, Bob 1
`,
  'what-goes-wrong.py': `port in use: OSError: [Errno 98] Address already in use EADDRINUSE
refused: ConnectionRefusedError: [Errno 111] Connection refused ECONNREFUSED
unknown host: gaierror: [Errno -2] Name or service not known None
not an address of ours: OSError: [Errno 99] Cannot assign requested address EADDRNOTAVAIL
broken pipe: BrokenPipeError: [Errno 32] Broken pipe EPIPE
reset: ConnectionResetError: [Errno 104] Connection reset by peer ECONNRESET
closed with bytes unread: ConnectionResetError: [Errno 104] Connection reset by peer ECONNRESET
half-closed: (b'question', b'', b'answer')
sent after shutdown: BrokenPipeError: [Errno 32] Broken pipe EPIPE
never answers: TimeoutError: timed out None
never accepted: TimeoutError: timed out None
without waiting: ('EINPROGRESS', 0)
nothing to read: None
not connected: OSError: [Errno 107] Transport endpoint is not connected ENOTCONN
not connected, sent: BrokenPipeError: [Errno 32] Broken pipe EPIPE
nobody: OSError: [Errno 107] Transport endpoint is not connected ENOTCONN
does not listen: OSError: [Errno 22] Invalid argument EINVAL
datagram refused: ConnectionRefusedError: [Errno 111] Connection refused ECONNREFUSED
too long: OSError: [Errno 90] Message too long EMSGSIZE
to everybody: PermissionError: [Errno 13] Permission denied EACCES
closed: OSError: [Errno 9] Bad file descriptor EBADF
no socket: OSError: [Errno 88] Socket operation on non-socket ENOTSOCK
no descriptor: OSError: [Errno 9] Bad file descriptor EBADF
`,
};

test('each program is looked at', () => {
  expect(Object.keys(PRINTS)).toEqual(readdirSync(FOLDER).sort());
});

describe.each([ROUND_ROBIN, { kind: 'random', seed: 1 }, { kind: 'random', seed: 2 }] as const)('%o', (schedule) => {
  test.each(Object.keys(PRINTS))('%s', { timeout: 60_000 }, async (name) => {
    const { outcome, stdout, stderr } = await run(path.join(FOLDER, name), schedule);
    expect({ outcome, stdout, stderr }).toEqual({
      outcome: { kind: 'exit', code: 0 },
      stdout: PRINTS[name],
      stderr: expect.stringMatching(/^(.*DeprecationWarning.*\n.*\n)*$/),
    });
  });
});

test('the documents’ chat over UDP, as it was written: who talks to himself hears it, until nothing more is typed', async () => {
  const said = ['hello', '你好'].map((line) => `${line}\n127.0.0.1\n7890\n`).join('');
  const record = await run(path.join(FIXTURES, 'seeds/sockets/udp-chat.py'), ROUND_ROBIN, said);
  expect(record.stdout).toContain(">>>('127.0.0.1', 7890):hello\n>>>('127.0.0.1', 7890):你好\n");
  // Its other thread hears for ever, as on Linux.
  expect(record.stderr).toMatch(/EOFError/);
  expect(record.outcome.kind).toBe('deadlock');
});
