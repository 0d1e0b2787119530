/** The machine's redis-server, redis-cli and Python client, together. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine } from '../worker/node.ts';
import type { Program } from '../worker/protocol.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

async function output(source: string, more: Partial<Program> = {}, kind: 'round-robin' | 'parallel' = 'round-robin') {
  const program: Program = { files: { 'main.py': source }, entry: { kind: 'script', file: 'main.py' }, ...more };
  const record = await engine.run(program, { kind }, { model: 'cpython' }, {}, false).done;
  if (!record) throw new Error('stopped');
  const { outcome, stdout, stderr } = record;
  return stdout + stderr + (outcome.kind === 'exit' && outcome.code === 0 ? '' : `[${outcome.kind}]`);
}

const START = `
import subprocess, time, os, redis
def start(*words):
    server = subprocess.Popen(['redis-server', *words], stdout=subprocess.DEVNULL)
    time.sleep(0.1)
    return server
def cli(*words, **more):
    done = subprocess.run(['redis-cli', *words], capture_output=True, text=True, **more)
    print(done.stdout + done.stderr, end='')
`;

test('a program for redis-py prints what it prints with redis-py and a real server', async () => {
  const folder = path.join(import.meta.dirname, '../conformance/redis');
  const program = readFileSync(path.join(folder, 'client_program.py'), 'utf8');
  const printed = await output(`${START}\nserver = start()\n${program}\nserver.terminate(); server.wait()\n`);
  expect(printed.split('\n')).toEqual(readFileSync(path.join(folder, 'client_program.txt'), 'utf8').split('\n'));
});

test('what is in the append-only file is there again after a kill', async () => {
  const source = `${START}
server = start('--appendonly', 'yes')
r = redis.Redis(decode_responses=True)
r.rpush('q', 1, 2, 3); r.lpop('q'); r.set('x', 'y', ex=100); r.incrbyfloat('f', 1.5); r.sadd('s', 'a', 'b'); r.spop('s')
r.xadd('st', {'a': 1}, id='1-1'); r.xadd('st', {'a': 2}, id='2-1'); r.xgroup_create('st', 'g', 0)
r.xreadgroup('g', 'c', {'st': '>'}, count=1)
with r.pipeline() as pipe: pipe.zadd('z', {'m': 1}).hset('h', 'f', 'v').execute()
redis.Redis(db=2).set('other', 1)
r.eval("redis.call('set', 'lua', 1) return redis.call('incr', 'lua')", 0)
server.kill(); print(server.wait())
with open('appendonly.aof', 'a') as file: file.write('*2\\r\\n$3\\r\\nSET\\r\\n$1')
for _ in range(2):
    server = start('--appendonly', 'yes')
    r = redis.Redis(decode_responses=True)
    print(r.lrange('q', 0, -1), 90 < r.ttl('x') <= 100, r.get('f'), r.smembers('s'), r.xpending('st', 'g'), r.zrange('z', 0, -1), r.hgetall('h'), r.get('lua'))
    print(r.xreadgroup('g', 'c', {'st': '>'}, count=1), redis.Redis(db=2).get('other'))
    server.terminate(); print(server.wait())
server = start(); r = redis.Redis(); r.set('gone', 1); server.kill(); server.wait()
server = start(); print(redis.Redis().get('gone')); server.kill(); server.wait()
`;
  const kept =
    "['2', '3'] True 1.5 {'b'} {'pending': 1, 'min': '1-1', 'max': '1-1', 'consumers': [{'name': 'c', 'pending': 1}]} ['m'] {'f': 'v'} 2\n";
  expect(await output(source)).toBe(
    `-9\n${kept}[['st', [('2-1', {'a': '2'})]]] b'1'\n0\n${kept.replace(/pending': 1/g, "pending': 2").replace("'max': '1-1'", "'max': '2-1'")}[] b'1'\n0\nNone\n`,
  );
});

test('redis-cli shows replies as the real one does', async () => {
  const source = `${START}
cli('PING')
server = start('--requirepass', 'secret')
cli('PING')
cli('-a', 'secret', '--no-raw', 'RPUSH', 'l', 'a', 'b c', '\\n')
for words in ('LRANGE l 0 -1', 'GET no', 'LRANGE no 0 -1', 'EVAL return{1,{2,{3}}} 0', 'NOSUCH', 'HELLO 9'):
    cli('-a', 'secret', '--no-raw', *words.split())
cli('-a', 'secret', '-3', '--no-raw', 'CONFIG', 'GET', 'append*y')
cli('-a', 'secret', input='SET k "a b"\\nGET k\\nLRANGE l 0 1\\nSELECT 1\\nGET k\\n')
cli('-a', 'secret', '-x', 'SET', 'big', input='from stdin'); cli('-a', 'secret', 'GET', 'big')
cli('-a', 'secret', 'SHUTDOWN'); print(server.wait())
`;
  expect(await output(source)).toBe(`Could not connect to Redis at 127.0.0.1:6379: Connection refused
NOAUTH Authentication required.

(integer) 3
1) "a"
2) "b c"
3) "\\n"
(nil)
(empty array)
1) (integer) 1
2) 1) (integer) 2
   2) 1) (integer) 3
(error) ERR unknown command 'NOSUCH', with args beginning with: 
(error) NOPROTO unsupported protocol version
1# "appendonly" => "no"
OK
a b
a
b c
OK

OK
from stdin
0
`);
});

test('who asks again after the server was away gets an answer, and the time-outs are exact', async () => {
  const source = `${START}
server = start(); r = redis.Redis(); r.set('k', 1)
server.terminate(); server.wait()
try: r.get('k')
except redis.ConnectionError as error: print(error)
server = start(); print(r.get('k'))
before = time.monotonic(); print(r.blpop('q', timeout=2.5), round(time.monotonic() - before, 3))
r.set('e', 1, px=40); time.sleep(0.039); print(r.get('e')); time.sleep(0.002); print(r.get('e'))
from redis.retry import Retry
from redis.backoff import ExponentialBackoff
server.terminate(); server.wait()
patient = redis.Redis(retry=Retry(ExponentialBackoff(cap=1, base=0.1), 5), retry_on_error=[ConnectionRefusedError])
import threading
threading.Timer(0.5, lambda: start()).start()
print(patient.ping())
os._exit(0)
`;
  expect(await output(source)).toBe(
    `Error 111 connecting to localhost:6379. Connection refused.\nNone\nNone 2.5\nb'1'\nNone\nTrue\n`,
  );
});

test('workers compete for jobs, also on processors of their own', async () => {
  const source = `${START}
import multiprocessing
def work():
    r = redis.Redis(decode_responses=True)
    done = []
    while (item := r.blpop('q'))[1] != 'end': done.append(int(item[1]))
    r.rpush('done', sum(done))
server = start(); r = redis.Redis()
workers = [multiprocessing.get_context('fork').Process(target=work) for _ in range(3)]
for worker in workers: worker.start()
for n in range(30): r.rpush('q', n)
r.rpush('q', *['end'] * 3)
for worker in workers: worker.join()
print(sum(map(int, r.lrange('done', 0, -1)))); server.terminate(); print(server.wait())
`;
  for (const kind of ['round-robin', 'parallel'] as const) expect(await output(source, {}, kind)).toBe('435\n0\n');
});

test('a broker on a host of its own answers other hosts if it is told to', async () => {
  const source = `
import redis, time
free, closed = (redis.Redis(host=name, decode_responses=True) for name in ('free', 'closed'))
time.sleep(0.2)
try: closed.ping()
except redis.ConnectionError as error: print(type(error).__name__)
except redis.ResponseError as error: print(str(error)[:43])
print(free.rpush('q', 1, 2), free.lrange('q', 0, -1))
`;
  const host = (name: string, at: number) => ({ name, address: `10.0.0.${at}`, files: null });
  const broker = (name: string, ...more: readonly string[]) => ({
    name,
    host: name,
    command: ['redis-server', ...more],
    start: 0,
    service: true,
    reboots: true,
  });
  const world = {
    hosts: [host('laptop', 1), host('free', 2), host('closed', 3)],
    terminals: [broker('free', '--protected-mode', 'no'), broker('closed')],
    links: [],
  };
  const files = { 'main.py': source };
  expect(await output(source, { files, world })).toMatch(
    /^DENIED Redis is running in protected mode.*\n2 \['1', '2'\]\n$/,
  );
});
