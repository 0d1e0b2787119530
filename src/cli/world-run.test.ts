/** `hb run hosts.json`, as somebody would type it. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { WorldFile } from '../course/world.ts';

const hb = path.resolve(import.meta.dirname, 'hb.mjs');
const seeds = path.resolve(import.meta.dirname, '../interpreter/fixtures/seeds/processes');
let folder = '';

beforeAll(async () => {
  await buildEngine();
});
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hb-world-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(world: WorldFile | string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const file = path.join(folder, 'hosts.json');
  writeFileSync(file, typeof world === 'string' ? world : JSON.stringify(world));
  return file;
}

function run(file: string, ...args: string[]) {
  return spawnSync(process.execPath, [hb, 'run', ...args, file], { input: '', encoding: 'utf8' });
}

const SERVER = `import socket
with socket.create_server(('', 5000)) as server:
    connection, (address, port) = server.accept()
    print('from', address, connection.recv(100).decode())
    connection.sendall(b'and you')
`;
const CLIENT = `import socket, sys
with socket.create_connection(('server', 5000)) as connection:
    connection.sendall(sys.argv[1].encode())
    print('heard', connection.recv(100).decode())
`;
const TWO: WorldFile = {
  hosts: [{ name: 'server' }, { name: 'client', files: ['client.py'] }],
  terminals: [
    { host: 'server', command: 'python3 server.py' },
    { name: 'c', host: 'client', command: "python3 client.py 'how are you'", start: 0.5 },
  ],
  links: [{ latency: 0.01 }],
};

test('two hosts talk; each line has its terminal’s name', () => {
  const { stdout, stderr, status } = run(write(TWO, { 'server.py': SERVER, 'client.py': CLIENT }));
  expect({ stdout, stderr, status }).toEqual({
    stdout: 'server | from 10.0.0.2 how are you\nc      | heard and you\n',
    stderr: '',
    status: 0,
  });
});

test('a schedule repeats the run, a seed is another one, and --explain tells it', () => {
  const file = write(TWO, { 'server.py': SERVER, 'client.py': CLIENT });
  const traced = `${folder}.json`;
  const first = run(file, '--seed', '3', '--trace', traced);
  const { schedule } = JSON.parse(readFileSync(traced, 'utf8'));
  rmSync(traced);
  expect(first.stdout).toContain('heard and you');
  const again = run(file, '--schedule', schedule, '--explain');
  expect(again.stdout).toBe(first.stdout);
  expect(again.stderr).toMatch(/on client.*: /);
  expect(again.status).toBe(0);
});

test('the exit code is the first that is not 0, and a host without the file says so', () => {
  const terminals = [
    { host: 'server', command: ['python3', '-c', 'import sys; sys.exit(3)'] },
    { host: 'client', command: 'python3 server.py' },
  ];
  const { stderr, status } = run(write({ ...TWO, terminals }, { 'server.py': SERVER, 'client.py': CLIENT }));
  expect(status).toBe(3);
  expect(stderr).toMatch(/^client \| .*can't open file.*server\.py/m);
});

test('a mistake in the file is named with its place', () => {
  const { stderr, status } = run(write({ ...TWO, hosts: [{ name: 'server' }] }, {}));
  expect(stderr).toMatch(
    /hosts\.json: `terminals\.1\.host`: there is no host "client"; there are: server\. Correct it there\.$/m,
  );
  expect(status).toBe(2);
});

test('--parallel is refused', () => {
  const { stderr, status } = run(write(TWO, { 'client.py': CLIENT }), '--parallel');
  expect(stderr).toContain('several hosts');
  expect(status).toBe(2);
});

test('master and worker of the documents, on one machine, with two terminals', () => {
  const forked = (name: string) =>
    `import multiprocessing\nmultiprocessing.set_start_method('fork')\n${readFileSync(path.join(seeds, name), 'utf8')}`;
  const world: WorldFile = {
    hosts: [{ name: 'machine' }],
    terminals: [
      { name: 'master', host: 'machine', command: 'python3 task_master.py' },
      { name: 'worker', host: 'machine', command: 'python3 task_worker.py', start: 1 },
    ],
  };
  const { stdout, status } = run(
    write(world, { 'task_master.py': forked('task_master.py'), 'task_worker.py': forked('task_worker.py') }),
  );
  const lines = stdout.split('\n');
  expect(lines.filter((line) => /^master \| Result: (\d+) \* \1 = \d+$/.test(line))).toHaveLength(10);
  expect(lines.filter((line) => /^worker \| run task/.test(line))).toHaveLength(10);
  expect(lines).toContain('master | master exit.');
  expect(status).toBe(0);
});

test('what is typed reaches its terminal, and orders reach the world', async () => {
  const world: WorldFile = {
    hosts: [{ name: 'a' }, { name: 'b' }],
    terminals: [
      { host: 'a', command: ['python3', '-c', 'print("got", input())'] },
      { host: 'b', command: ['python3', '-c', 'print("hi"); print("got", input()); input()'], start: null },
    ],
  };
  const child = spawn(process.execPath, [hb, 'run', '--clock', 'real', write(world, {})]);
  let shown = '';
  const until = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => shown.includes(text) && resolve();
      child.stdout.on('data', look);
      look();
    });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
    });
  child.stdin.write('!start b\n');
  await until('b | hi\n');
  child.stdin.write('b: one\n!nonsense\n');
  await until('b | got one\n');
  child.stdin.write('!kill b\ntwo\n');
  await until('a | got two\n');
  // What was killed may be started again: only now it is over.
  child.stdin.end();
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(shown).toContain('"!nonsense" means nothing here');
  expect(code).toBe(137);
});
