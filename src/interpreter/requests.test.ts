/** The machine's `requests` and `httpd`: a teaching subset that does what the real one does, and https without TLS. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { World } from '../kernel/hosts/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine } from '../worker/node.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

async function output(source: string, world?: World): Promise<string> {
  const program = { files: { 'main.py': source }, entry: { kind: 'script', file: 'main.py' }, ...(world && { world }) };
  const record = await engine.run(program as never, { kind: 'round-robin' }, { model: 'cpython' }, {}, false).done;
  if (!record) throw new Error('stopped');
  const { outcome, stdout, stderr } = record;
  return stdout + stderr + (outcome.kind === 'exit' && outcome.code === 0 ? '' : `[${outcome.kind}]`);
}

test('does what requests 2.31 does', async () => {
  const seen = (name: string) => readFileSync(new URL(`./fixtures/requests/${name}`, import.meta.url), 'utf8');
  expect((await output(seen('program.py'))).split('\n')).toEqual(seen('program.txt').split('\n'));
});

test('is imported without the library’s own web', async () => {
  const source = `
import sys
before = set(sys.modules)
import requests
print([name for name in sorted(set(sys.modules) - before) if not name.startswith('requests')])
`;
  expect(await output(source)).toBe('[]\n');
});

const SERVE = `
import subprocess, time, requests
from requests.exceptions import *
def serve(*options):
    server = subprocess.Popen(['httpd', *options], stdout=subprocess.DEVNULL)
    time.sleep(0.1)
    return server
open('page.txt', 'w').write('one\\ntwo\\n')
`;

test('fetches pages of httpd; https is the same at port 443', async () => {
  const source = `${SERVE}
server = serve('--port', '80', '--port', '443')
for url in ('http://localhost/page.txt', 'https://localhost/page.txt', 'https://localhost:80/page.txt', 'http://localhost'):
    answer = requests.get(url)
    print(answer.status_code, answer.url, answer.text.split(), answer.headers['content-type'])
with requests.Session() as session:
    for path in ('page.txt', 'none', ''):
        answer = session.get('http://localhost/' + path)
    print(len(session._idle['http', 'localhost', 80]))
    server.terminate(); server.wait()
    server = serve()
    print(session.get('http://localhost/page.txt').ok)
server.terminate(); server.wait()
try: requests.get('http://localhost/page.txt')
except ConnectionError as error: print(error)
`;
  expect(await output(source)).toBe(`200 http://localhost/page.txt ['one', 'two'] text/plain; charset=utf-8
200 https://localhost/page.txt ['one', 'two'] text/plain; charset=utf-8
200 https://localhost:80/page.txt ['one', 'two'] text/plain; charset=utf-8
404 http://localhost/ ['404', 'Not', 'Found'] text/plain; charset=utf-8
1
True
HTTPConnectionPool(host='localhost', port=80): Max retries exceeded with url: /page.txt (Caused by NewConnectionError("HTTPConnection(host='localhost', port=80): Failed to establish a new connection: [Errno 111] Connection refused"))
`);
});

test('who does not answer, who does not exist, and who breaks off', async () => {
  const link = { from: '*', to: '*', latency: 0.01, jitter: 0, loss: 0, duplicate: 0, reorder: 0, bandwidth: null };
  const world: World = {
    hosts: [
      { name: 'here', address: '10.0.0.1', files: null },
      { name: 'away', address: '10.0.0.2', files: {} },
      { name: 'busy', address: '10.0.0.3', files: {} },
    ],
    terminals: [{ name: 'busy', host: 'busy', command: ['httpd', '--hang'], start: 0, service: true, reboots: false }],
    links: [link, { ...link, to: 'away', loss: 1 }],
  };
  const source = `
import requests, socket, threading, time
def attempt(url, **more):
    begin = time.monotonic()
    try: requests.get(url, **more)
    except requests.RequestException as error: print(type(error).__name__, round(time.monotonic() - begin, 1), error)
attempt('https://away/', timeout=3)
attempt('https://away/', timeout=(4, 1))
attempt('https://away/')
attempt('http://busy/', timeout=3)
attempt('http://busy/', timeout=(1, 2.5))
attempt('http://nobody/')
listener = socket.create_server(('', 8000))
def cut():
    for answer in (b'', b'HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\nabc', b'HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nx\\r\\n'):
        connection, _ = listener.accept()
        connection.recv(1000)
        connection.sendall(answer)
        connection.close()
threading.Thread(target=cut).start()
for _ in range(3): attempt('http://here:8000/')
`;
  const pool = (host: string, port = 443) =>
    `${port === 443 ? 'HTTPS' : 'HTTP'}ConnectionPool(host='${host}', port=${port})`;
  const late = (seconds: number) =>
    `${pool('away')}: Max retries exceeded with url: / (Caused by ConnectTimeoutError(<HTTPSConnection(host='away', port=443)>, 'Connection to away timed out. (connect timeout=${seconds})'))`;
  expect((await output(source, world)).split('\n')).toEqual([
    `ConnectTimeout 3.0 ${late(3)}`,
    `ConnectTimeout 4.0 ${late(4)}`,
    `ConnectionError 127.0 ${pool('away')}: Max retries exceeded with url: / (Caused by NewConnectionError("HTTPSConnection(host='away', port=443): Failed to establish a new connection: [Errno 110] Connection timed out"))`,
    `ReadTimeout 3.0 ${pool('busy', 80)}: Read timed out. (read timeout=3)`,
    `ReadTimeout 2.5 ${pool('busy', 80)}: Read timed out. (read timeout=2.5)`,
    `ConnectionError 0.0 ${pool('nobody', 80)}: Max retries exceeded with url: / (Caused by NameResolutionError("HTTPConnection(host='nobody', port=80): Failed to resolve 'nobody' ([Errno -2] Name or service not known)"))`,
    `ConnectionError 0.0 ('Connection aborted.', RemoteDisconnected('Remote end closed connection without response'))`,
    'ChunkedEncodingError 0.0 Connection broken: IncompleteRead(3 bytes read, 6 more expected)',
    `ChunkedEncodingError 0.0 Connection broken: InvalidChunkLength(b'x\\r\\n')`,
    '',
  ]);
});

test('threads and greenlets wait for their own pages only, also with one session', async () => {
  const fetch = `
def fetch(n): answers[n] = session.get('http://localhost/page.txt').text
answers, session = {}, requests.Session()
begin = time.monotonic()
`;
  const end = `
print(round(time.monotonic() - begin, 1), set(answers.values()), len(answers), len(session._idle['http', 'localhost', 80]))
fetch(5)
print(round(time.monotonic() - begin, 1), len(session._idle['http', 'localhost', 80]))
server.terminate()
`;
  const threads = `${SERVE}
import threading
server = serve('--delay', '1')
${fetch}
threads = [threading.Thread(target=fetch, args=(n,)) for n in range(5)]
for thread in threads: thread.start()
for thread in threads: thread.join()
${end}`;
  const greenlets = `${SERVE}
server = serve('--delay', '1')
from gevent import monkey; monkey.patch_all()
import gevent
${fetch}
gevent.joinall([gevent.spawn(fetch, n) for n in range(5)])
${end}`;
  for (const source of [threads, greenlets]) {
    expect(await output(source)).toBe("1.0 {'one\\ntwo\\n'} 5 5\n2.0 5\n");
  }
});

test('the library’s own https says that there is no TLS', async () => {
  const source = `${SERVE}
import urllib.request
server = serve('--port', '443')
try: urllib.request.urlopen('https://localhost/page.txt')
except Exception as error: print(type(error).__name__, error)
server.terminate()
`;
  expect(await output(source)).toBe('RuntimeError TLS not supported in this environment\n');
});
