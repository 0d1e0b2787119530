/**
 * The process programs of the course's source documents run as they were written, under any schedule. Those in Python 2
 * are not here, nor those that differ from one here in a comment. Three need help from outside, as they do anywhere:
 * `requests` is not in the library, and two were written when Linux forked by default (see `forked`).
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { RUN_LIMITS } from '../worker/limits.ts';
import { createNodeEngine } from '../worker/node.ts';
import type { ScheduleRequest } from '../worker/protocol.ts';

const FOLDER = path.join(import.meta.dirname, 'fixtures/seeds/processes');
const SCHEDULES: readonly ScheduleRequest[] = [
  { kind: 'round-robin' },
  { kind: 'random', seed: 1 },
  { kind: 'random', seed: 2 },
];
const REQUESTS = `
class Response:
    def __init__(self, text):
        self.text = text

def get(url):
    return Response(f'page of {url}')
`;
/** Runs a program as the documents' authors did: with fork, Linux's default until 3.13. */
const forked = (file: string) => `
import multiprocessing, runpy
multiprocessing.set_start_method('fork')
runpy.run_path('${file}', run_name='__main__')
`;

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

const seeds = Object.fromEntries(
  readdirSync(FOLDER).map((name) => [name, readFileSync(path.join(FOLDER, name), 'utf8')]),
);

/** Runs the first of the files; the seeds are there by their names. */
async function run(file: string, schedule: ScheduleRequest, own: Record<string, string> = {}, stdin = '', time = 600) {
  const files = { ...seeds, ...own };
  const program = { files, entry: { kind: 'script', file }, stdin } as const;
  const limits = { ...RUN_LIMITS, time, steps: 1_000_000 };
  const record = await engine.run(program, schedule, { limits }, {}, false).done;
  if (!record) throw new Error('stopped');
  return record;
}

/** What a program printed, if it ended as it should and complained of nothing. */
async function printed(...how: Parameters<typeof run>) {
  const { stdout, stderr, outcome } = await run(...how);
  expect({ stderr, outcome }).toEqual({ stderr: '', outcome: { kind: 'exit', code: 0 } });
  return stdout;
}

const sorted = (text: string) => text.trimEnd().split('\n').toSorted();
const numbers = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, number]) => Number(number));

describe.each(SCHEDULES)('%j', (schedule) => {
  const says = (file: string, ...rest: [Record<string, string>?, string?]) => printed(file, schedule, ...rest);

  test('fork: one call, two returns', async () => {
    const lines = sorted(await says('fork.py'));
    expect(lines).toEqual([
      'I (42) just created a child process (43).',
      expect.stringMatching(/^I am child process \(43\) and my parent is (42|1)\.$/),
      'Process (42) start...',
    ]);
  });

  test('Process: one', async () => {
    expect(await says('run-proc.py')).toMatch(
      /^Parent process 42\.\nChild process will start\.\nRun child process test \(\d+\)\.\.\.\nChild process end\.\n$/,
    );
  });

  test('Process: three, and active_children', async () => {
    const lines = sorted(await says('three-workers.py'));
    const starts = ['aaa1', 'bbb2', 'ccc3'].flatMap((name) => [`${name}【end】`, `${name}【start】`]);
    const children = [1, 2, 3].map((n) => expect.stringMatching(`^child   p\\.name:Process-${n}\tp\\.id\\d+$`));
    expect(lines).toEqual(['END!!!!!!!!!!!!!!!!!', 'The number of CPU is:4', ...starts, ...children]);
  });

  test('Process: a class of its own', async () => {
    const out = await says('clock-process.py');
    expect(out).toBe(
      [0, 3, 6, 9, 12].map((s) => `当前时间: Thu Jan  1 00:00:0${s} 2026\n`.replace('012', '12')).join(''),
    );
  });

  test('Process: waited for at the end, killed as a daemon, joined', async () => {
    const [begin, end] = ['工作开始时间：Thu Jan  1 00:00:00 2026', '工作结果时间：Thu Jan  1 00:00:03 2026'];
    expect(sorted(await says('worker.py'))).toEqual(['【EMD】', begin, end]);
    expect(await says('worker-daemon.py')).toMatch(/^【EMD】\n$|^工作开始时间：Thu Jan {2}1 00:00:00 2026\n【EMD】\n$/);
    expect(await says('worker-joined.py')).toBe(`${begin}\n${end}\n【EMD】\n`);
  });

  test('Process: two loops without an end, until the virtual day is over', async () => {
    const { stdout, outcome } = await run('two-loops.py', schedule, {}, '', 60);
    expect(outcome).toMatchObject({ kind: 'limit', limit: 'time' });
    expect(numbers(stdout, /^(1|2)-{10}$/gm).filter((n) => n === 1).length).toBeGreaterThanOrEqual(60);
  });

  test('threads on every core: the GIL lets one at a time compute, and none of them ends', async () => {
    const { outcome } = await run('busy-cores.py', schedule);
    expect(outcome).toMatchObject({ kind: 'limit', limit: 'steps' });
  });

  test('Pool(4): five tasks, six tasks', async () => {
    const five = await says('long-time-task.py');
    expect(five.split('\n').slice(0, 1)).toEqual(['Parent process 42.']);
    expect(five.split('\n').slice(-2)).toEqual(['All subprocesses done.', '']);
    expect(five).toContain('Waiting for all subprocesses done...\n');
    expect(numbers(five, /^Run task (\d) /gm).toSorted()).toEqual([0, 1, 2, 3, 4]);
    expect(numbers(five, /^Task (\d) runs [0-2]\.\d\d seconds\.$/gm).toSorted()).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(numbers(five, /^Run task \d \((\d+)\)\.\.\.$/gm)).size).toBeLessThanOrEqual(4);

    const six = await says('pool-of-four.py');
    expect([six.startsWith('主进程的 PID：42\n'), six.endsWith('\n【End】\n')]).toEqual([true, true]);
    expect(numbers(six, /^进程的名称：(\d) ；进程的PID: \d+ $/gm).toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(numbers(six, /^进程 (\d) 运行了 [0-2]\.\d+ 秒$/gm).toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('Pool(3): ten tasks, and their callbacks in the program', async () => {
    const out = await says('worker-pool.py');
    expect(out).toContain('------start-----------\n');
    expect(out.endsWith('\n------end------\n')).toBe(true);
    const all = Array.from({ length: 10 }, (_, n) => n);
    expect(numbers(out, /^(\d) 开始执行，进程号为 \d+$/gm).toSorted()).toEqual(all);
    expect(numbers(out, /^(\d) 执行完毕，耗时 [01]\.\d\d$/gm).toSorted()).toEqual(all);

    const calls = await says('pool-callback.py');
    expect(calls.startsWith('主进程pid： 42\n')).toBe(true);
    expect(numbers(calls, /^-->exec done: (\d+) 42$/gm).toSorted()).toEqual(all.map((n) => 100 + n));
    expect(new Set(numbers(calls, /^in the process (\d+)$/gm)).size).toBeLessThanOrEqual(3);
  });

  test('a folder is copied by a pool, with progress', async () => {
    const photos = Object.fromEntries(['cat', 'dog', 'fox', 'owl'].map((name) => [`photos/${name}.jpg`, name]));
    const look = `
import runpy, subprocess
if __name__ == '__main__':
    runpy.run_path('copy-folder.py', run_name='__main__')
    subprocess.run('cd "photos[复件]" && cat *', shell=True)
`;
    const { stdout: out, stderr } = await run('main.py', schedule, { ...photos, 'main.py': look }, 'photos\n');
    expect(stderr).toBe('请输入要 copy 的文件夹名字: ');
    expect(numbers(out, /,目前进度 (\d+\.\d\d)%/g)).toEqual([25, 50, 75, 100]);
    for (const name of ['cat', 'dog', 'fox', 'owl']) expect(out).toContain(`已经完成拷贝: ${name}.jpg ,`);
    expect(out.endsWith('%\ncatdogfoxowl')).toBe(true);
  });

  test("pools that fetch pages, by a module that stands beside them, and by the machine's own", async () => {
    const pages = ['http://dig.chouti.com/', 'https://www.baidu.com', 'https://www.google.com/'];
    const fetched = pages.map((url) => `page of ${url}`);
    const own = { 'requests.py': REQUESTS };
    expect(sorted(await says('fetch-executor.py', own))).toEqual(fetched);
    const done = Array.from(pages, () => '-->exec done: 测试进程池执行后回调功能');
    expect(sorted(await says('fetch-pool.py', own))).toEqual([...done, 'end', ...fetched]);
    // There is no such page on a machine that is alone, and nobody asks what became of the fetching.
    expect((await run('fetch-pool.py', schedule)).stdout).toBe('end\n');
  });

  test('Queue: written, read, terminated', async () => {
    const out = await says('write-read.py');
    expect(out).toMatch(/^Process to write: \d+$/m);
    expect([...out.matchAll(/^Put (\w) to queue\.\.\.$/gm)].map(([, value]) => value)).toEqual(['A', 'B', 'C']);
    const got = [...out.matchAll(/^Get (\w) from queue\.$/gm)].map(([, value]) => value);
    // The reader is terminated when the writer has ended: the last value may come too late for it.
    expect(['AB', 'ABC']).toContain(got.join(''));
  });

  test('Queue: until it is empty, which is too early for some', async () => {
    const out = await says('main.py', { 'main.py': forked('download-analyse.py') });
    expect(out).toContain('已经下载完数据，并且存入到队列中\n');
    expect(out).toMatch(/^\[11(, 22(, 33(, 44)?)?)?\]$/m);
  });

  test('Queue: with the default of 3.14 it is gone before the processes have it', async () => {
    const { stderr, outcome } = await run('download-analyse.py', schedule);
    expect(outcome).toEqual({ kind: 'exit', code: 0 });
    expect(stderr === '' || /FileNotFoundError: \[Errno 2\] No such file or directory\n$/.test(stderr)).toBe(true);
  });

  test('ls -l, its exit code and its output', async () => {
    const out = await says('subprocess-calls.py');
    const listing = out.slice(0, out.indexOf('\n0\n') + 1);
    expect(listing).toMatch(/^total \d+\n(-rw-r--r-- 1 learner learner +\d+ Jan {2}1 00:00 \S+\n)+$/);
    expect(out).toBe(`${listing}0\n${listing}0\nb'${listing.replaceAll('\n', '\\n')}'\n${listing}\n`);
  });

  test('nslookup', async () => {
    expect(await says('nslookup.py')).toBe(`$ nslookup www.python.org
Server:\t\t127.0.0.53
Address:\t127.0.0.53#53

Non-authoritative answer:
www.python.org\tcanonical name = python.map.fastly.net.
Name:\tpython.map.fastly.net
Address: 199.27.79.223

Exit code: 0
`);
    expect(await says('nslookup-input.py')).toBe(`$ nslookup
Server:\t\t127.0.0.53
Address:\t127.0.0.53#53

Non-authoritative answer:
python.org\tmail exchanger = 50 mail.python.org.

Authoritative answers can be found from:
mail.python.org\tinternet address = 82.94.164.166
mail.python.org\thas AAAA address 2001:888:2000:d::a6


Exit code: 0
`);
  });

  test('a zombie, found by ps -ef| grep defunct', async () => {
    const look = `
import subprocess, sys, time
parent = subprocess.Popen([sys.executable, 'zombie.py'])
time.sleep(1)
subprocess.run('ps -ef| grep defunct', shell=True)
print(parent.wait(), round(time.monotonic()))
`;
    const out = await says('main.py', { 'main.py': look });
    expect(out).toMatch(/^learner +44 +43 +0 00:00 pts\/0 +00:00:00 \[python3\] <defunct>$/m);
    expect(out).toMatch(/ grep defunct$/m);
    expect(out.endsWith('\n0 30\n')).toBe(true);
  });

  test('a master and a worker, each a program of its own, over a socket', async () => {
    const both = `
import subprocess, sys, time
master = subprocess.Popen([sys.executable, 'master.py'])
time.sleep(2)
subprocess.run([sys.executable, 'task_worker.py'])
print('exit code', master.wait())
`;
    const out = await says('main.py', { 'main.py': both, 'master.py': forked('task_master.py') });
    const tasks = numbers(out, /^Put task (\d+)\.\.\.$/gm);
    expect(tasks).toHaveLength(10);
    expect(numbers(out, /^run task (\d+) \* \d+\.\.\.$/gm)).toEqual(tasks);
    expect(numbers(out, /^Result: \d+ \* \d+ = (\d+)$/gm)).toEqual(tasks.map((n) => n * n));
    expect(sorted(out)).toEqual(expect.arrayContaining(['worker exit.', 'master exit.', 'exit code 0']));
  });

  test('the master with the default of 3.14: a lambda cannot be pickled', async () => {
    const { outcome } = await run('task_master.py', schedule);
    expect(outcome).toMatchObject({ kind: 'exception', type: 'PicklingError' });
  });
});
