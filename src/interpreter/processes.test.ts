/** Processes as CPython on Linux has them: fork, wait, pipes, signals, programs, shared memory. Each prints what it prints there. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { SwitchModel } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine } from '../worker/node.ts';
import type { ScheduleRequest } from '../worker/protocol.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

async function run(
  source: string,
  model: SwitchModel = 'cpython',
  schedule: ScheduleRequest = { kind: 'round-robin' },
) {
  const program = { files: { 'main.py': source }, entry: { kind: 'script', file: 'main.py' } } as const;
  const record = await engine.run(program, schedule, { model }, {}, false).done;
  if (!record) throw new Error('stopped');
  return record;
}

async function printed(source: string) {
  const { stdout, stderr, outcome } = await run(source);
  return stderr === '' && outcome.kind === 'exit' ? stdout : `${stdout}${stderr}${JSON.stringify(outcome)}`;
}

describe('fork', () => {
  test('returns twice, into a copy of the memory as it was', async () => {
    const source = `
import os
seen = ['before']
box = object()
where = id(box), hash('text'), id(seen)
def deep(n):
    if n: return deep(n - 1)
    return os.fork()
pid = deep(20)
if pid == 0:
    seen.append('child')
    print(os.getpid(), os.getppid(), seen, where == (id(box), hash('text'), id(seen)), flush=True)
    os._exit(7)
print(os.waitpid(pid, 0), seen)
`;
    expect(await printed(source)).toBe("43 42 ['before', 'child'] True\n(43, 1792) ['before']\n");
  });

  test('copies a process that has had threads, wherever they were preempted', async () => {
    const source = `
import os, threading
def compute():
    for _ in range(2000):
        pass
for n in (1, 2):
    threads = [threading.Thread(target=compute) for _ in range(n)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    for _ in range(n):
        if os.fork() == 0: os._exit(0)
    print(sum(os.wait()[1] for _ in range(n)))
`;
    for (let seed = 1; seed <= 6; seed++) {
      const { stdout, outcome } = await run(source, 'cpython', { kind: 'random', seed });
      expect({ stdout, outcome }).toEqual({ stdout: '0\n0\n', outcome: { kind: 'exit', code: 0 } });
    }
  });

  test('what was printed and not yet written is written by both', async () => {
    const source = `
import os, sys
sys.stdout.reconfigure(line_buffering=False)
print('once or twice')
os.fork()
`;
    expect(await printed(source)).toBe('once or twice\nonce or twice\n');
  });

  test('in every model, at any depth of children, with open files whose offset they share', async () => {
    const source = `
import os
with open('log', 'w+') as log:
    for n in range(3):
        if (pid := os.fork()) == 0:
            os.write(log.fileno(), b'%d ' % n)
            if n == 1 and os.fork() == 0:
                os.write(log.fileno(), b'grandchild ')
                os._exit(0)
            if n == 1: os.wait()
            os._exit(0)
        os.waitpid(pid, 0)
    print(open('log').read(), os.lseek(log.fileno(), 0, 1))
`;
    for (const model of ['cpython', 'every-bytecode', 'blocking-only'] as const)
      expect((await run(source, model)).stdout).toBe('0 1 grandchild 2  17\n');
  });

  test('of all threads only the calling one is there; a lock that another one held stays locked', async () => {
    const source = `
import os, threading, time, warnings
warnings.simplefilter('ignore')
lock = threading.Lock()
def hold():
    with lock: time.sleep(1)
threading.Thread(target=hold).start()
if os.fork() == 0:
    print(threading.active_count(), lock.acquire(timeout=5), flush=True)
    os._exit(0)
os.wait()
`;
    expect(await printed(source)).toBe('1 False\n');
  });

  test('from a thread that is not the main one, whose child is then the main one', async () => {
    const source = `
import os, threading, warnings
warnings.simplefilter('ignore')
def work():
    pid = os.fork()
    if pid == 0:
        print(threading.current_thread() is threading.main_thread(), threading.active_count(), flush=True)
        return
    print(os.waitpid(pid, 0)[1])
thread = threading.Thread(target=work)
thread.start()
thread.join()
`;
    expect(await printed(source)).toBe('True 1\n0\n');
  });
});

describe('ends and signals', () => {
  test('zombies wait to be waited for, orphans belong to process 1', async () => {
    const source = `
import os, subprocess, time
pid = os.fork()
if pid == 0: os._exit(0)
time.sleep(1)
print(subprocess.getoutput('ps -o pid,stat,cmd | grep defunct | grep -v grep'))
os.wait()
if os.fork() == 0:
    if os.fork() == 0:
        time.sleep(1)
        print('orphan of', os.getppid(), flush=True)
    os._exit(0)
os.wait()
`;
    expect(await printed(source)).toBe('     43 Z+   [python3] <defunct>\norphan of 1\n');
  });

  test('a handler runs in the main thread, in the middle of a wait that then goes on', async () => {
    const source = `
import os, signal, time
def handler(number, frame): print(signal.Signals(number).name, flush=True)
signal.signal(signal.SIGUSR1, handler)
signal.signal(signal.SIGCHLD, handler)
if os.fork() == 0:
    time.sleep(1)
    os.kill(os.getppid(), signal.SIGUSR1)
    time.sleep(1)
    os._exit(3)
time.sleep(5)
print(time.monotonic(), os.wait())
`;
    expect(await printed(source)).toBe('SIGUSR1\nSIGCHLD\n5.0 (43, 768)\n');
  });

  test('what nobody handles ends the process, and SIGKILL always does', async () => {
    const source = `
import os, signal, time
def child(body):
    pid = os.fork()
    if pid: return pid
    body()
def deaf():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True: pass
first, second = child(lambda: time.sleep(1000)), child(deaf)
time.sleep(1)
for pid in first, second: os.kill(pid, signal.SIGTERM)
print(os.waitstatus_to_exitcode(os.waitpid(first, 0)[1]), os.waitpid(second, os.WNOHANG))
os.kill(second, signal.SIGKILL)
print(os.waitstatus_to_exitcode(os.waitpid(second, 0)[1]))
`;
    expect(await printed(source)).toBe('-15 (0, 0)\n-9\n');
  });

  test('alarms ring, masks put signals off, and a stopped process goes on when it is told to', async () => {
    const source = `
import os, signal, time
signal.signal(signal.SIGALRM, lambda *_: print('alarm', time.monotonic(), flush=True))
signal.setitimer(signal.ITIMER_REAL, 1, 0.5)
signal.pause(), signal.pause()
signal.setitimer(signal.ITIMER_REAL, 0)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
signal.raise_signal(signal.SIGALRM)
print(signal.sigpending())
signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
pid = os.fork()
if pid == 0:
    time.sleep(1)
    print('child', time.monotonic(), flush=True)
    os._exit(0)
os.kill(pid, signal.SIGSTOP)
time.sleep(5)
os.kill(pid, signal.SIGCONT)
os.wait()
`;
    expect(await printed(source)).toBe('alarm 1.0\nalarm 1.5\n{<Signals.SIGALRM: 14>}\nalarm 1.5\nchild 7.5\n');
  });
});

describe('deadlocks are seen across processes', () => {
  test.each([
    [
      'a pipe that nobody writes to',
      'import os\nr, w = os.pipe()\nif os.fork() == 0: os.read(r, 1)\nos.wait()',
      ['child', 'read'],
    ],
    [
      'a full pipe that nobody reads',
      'import subprocess, sys\np = subprocess.Popen([sys.executable, "-c", "print(\'x\' * 100_000)"], stdout=subprocess.PIPE)\np.wait()',
      ['child', 'write'],
    ],
    [
      'a lock between processes',
      'from multiprocessing import get_context\nlock = get_context("fork").Lock()\nlock.acquire()\nlock.acquire()',
      ['semaphore'],
    ],
  ])('%s', async (_, source, waits) => {
    const { outcome } = await run(source);
    expect(outcome.kind === 'deadlock' && outcome.stuck.map(({ waiting }) => waiting.on)).toEqual(waits);
  });
});

describe('programs', () => {
  test('subprocess runs commands, shells and Pythons', async () => {
    const source = `
import subprocess, sys
print(subprocess.run(['echo', 'a', 'b'], capture_output=True).stdout)
print(subprocess.check_output('printf "b\\\\na\\\\n" | sort && false || echo $?', shell=True, text=True).split())
print(subprocess.run([sys.executable, '-c', 'import sys; print(sys.argv); sys.exit(5)', 'x'], stdout=-1, text=True))
try: subprocess.run(['no-such-program'])
except FileNotFoundError as error: print(error.filename)
try: subprocess.run(['sleep', '10'], timeout=2)
except subprocess.TimeoutExpired as error: print(error)
try: subprocess.check_call('exit 4', shell=True)
except subprocess.CalledProcessError as error: print(error)
process = subprocess.Popen(['cat'], stdin=-1, stdout=-1, text=True)
print(process.communicate('through'), process.returncode)
`;
    expect(await printed(source)).toBe(`b'a b\\n'
['a', 'b', '1']
CompletedProcess(args=['/usr/bin/python3', '-c', 'import sys; print(sys.argv); sys.exit(5)', 'x'], returncode=5, stdout="['-c', 'x']\\n")
no-such-program
Command '['sleep', '10']' timed out after 2 seconds
Command 'exit 4' returned non-zero exit status 4.
('through', None) 0
`);
  });

  test('exec replaces the program, and keeps the process', async () => {
    const source = `
import os
print(os.getpid(), flush=True)
os.execvp('sh', ['sh', '-c', 'echo $$ $0 $1; exit 4', 'me', 'you'])
`;
    const { stdout, outcome } = await run(source);
    expect([stdout, outcome]).toEqual(['42\n42 me you\n', { kind: 'exit', code: 4 }]);
  });
});

describe('multiprocessing', () => {
  test.each(['fork', 'spawn'])('%s: processes, queues, pools, shared values', async (method) => {
    const source = `
import multiprocessing, os, time
def put(queue, seconds):
    time.sleep(seconds)
    queue.put((seconds, os.getpid() != os.getppid()))
def square(n): return n * n
def add(value, array):
    for _ in range(5):
        with value.get_lock(): value.value += 1
    array[0] += 0.5
if __name__ == '__main__':
    context = multiprocessing.get_context('${method}')
    queue = context.Queue()
    processes = [context.Process(target=put, args=(queue, n)) for n in (2, 1)]
    for process in processes: process.start()
    print([queue.get() for _ in processes])
    for process in processes: process.join()
    print([process.exitcode for process in processes], time.monotonic() // 1)
    with context.Pool(2) as pool: print(pool.map(square, range(5)))
    value, array = context.Value('i', 0), context.Array('d', [1.0, 2.0])
    processes = [context.Process(target=add, args=(value, array)) for _ in range(2)]
    for process in processes: process.start()
    for process in processes: process.join()
    print(value.value, array[:])
`;
    expect(await printed(source)).toBe('[(1, True), (2, True)]\n[0, 0] 2.0\n[0, 1, 4, 9, 16]\n10 [2.0, 2.0]\n');
  });

  test('anonymous memory is shared with children', async () => {
    const source = `
import mmap, os
shared, private = mmap.mmap(-1, 10), bytearray(5)
if os.fork() == 0:
    shared[:5] = b'hello'
    private[:] = b'hello'
    os._exit(0)
os.wait()
print(shared[:6], bytes(private))
`;
    expect(await printed(source)).toBe("b'hello\\x00' b'\\x00\\x00\\x00\\x00\\x00'\n");
  });
});

test('a program that another one began, with a class of its own, can fork while each of its steps is looked at', async () => {
  const child =
    'import os\nclass Box:\n    pass\nif os.fork() == 0:\n    print("child", flush=True)\n    os._exit(0)\nos.wait()';
  const source = `import subprocess, sys\nprint(subprocess.run([sys.executable, '-c', ${JSON.stringify(child)}]).returncode)`;
  expect((await run(source, 'every-bytecode')).stdout).toBe('child\n0\n');
});

test('several processes compute at the same time; several threads do not', async () => {
  const source = `
import os, threading, time
def work():
    for _ in range(200_000): pass
def measure(start):
    before = time.monotonic()
    start()
    return time.monotonic() - before
def in_threads():
    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
def in_processes():
    for _ in range(3):
        if os.fork() == 0:
            work()
            os._exit(0)
    for _ in range(3): os.wait()
one, threads, processes = measure(work), measure(in_threads), measure(in_processes)
print(round(threads / one), round(processes / one))
`;
  expect(await printed(source)).toBe('3 1\n');
});

test('the same schedule gives the same run, to the last event', async () => {
  const source = `
import os, multiprocessing
def work(queue, n): queue.put((n, id(n), os.urandom(2)))
context = multiprocessing.get_context('fork')
queue = context.Queue()
for n in range(3): context.Process(target=work, args=(queue, n)).start()
print([queue.get() for _ in range(3)])
`;
  for (const seed of [1, 2, 3]) {
    const first = await run(source, 'every-bytecode', { kind: 'random', seed });
    const again = await run(source, 'every-bytecode', { kind: 'replay', schedule: first.schedule });
    expect({ ...again, name: '' }).toEqual({ ...first, name: '' });
  }
});
