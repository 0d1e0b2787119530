/** Programs whose processes run on processors of their own, with what each must print whatever the speed of those. */

export interface ParallelProgram {
  readonly name: string;
  readonly source: string;
  /** All of stdout, or what is in it somewhere. */
  readonly prints: string | RegExp;
  /** Of the outcome. */
  readonly ends?: string;
  readonly stdin?: string;
}

export const PARALLEL: readonly ParallelProgram[] = [
  {
    name: 'one process computes, sleeps by the real clock, and reads its input',
    source: `
import time
start = time.time()
time.sleep(0.2)
print(input('name? '), 0.2 <= time.time() - start < 20, sum(range(300_000)))
`,
    prints: 'Ada True 44999850000\n',
    stdin: 'Ada\n',
  },
  {
    name: 'fork: memory as it was, a pipe, an exit status',
    source: `
import os
r, w = os.pipe()
known = ['parent']
pid = os.fork()
if pid == 0:
    known.append('child')
    os.write(w, f'{known} {os.getppid()}'.encode())
    os._exit(3)
print(os.read(r, 100).decode(), os.waitpid(pid, 0)[1] >> 8, known)
`,
    prints: "['parent', 'child'] 42 3 ['parent']\n",
  },
  {
    name: 'fork in a thread while another one holds a lock: free here, and never again there',
    source: `
import os, threading, time, warnings
warnings.simplefilter('ignore')
lock = threading.Lock()
held = threading.Event()
def holder():
    with lock:
        held.set()
        time.sleep(0.3)
threading.Thread(target=holder).start()
held.wait()
pid = os.fork()
if pid == 0:
    os._exit(5 if lock.acquire(timeout=0.2) else 6)
print(os.waitpid(pid, 0)[1] >> 8)
with lock: print('free')
`,
    prints: '6\nfree\n',
  },
  {
    name: 'multiprocessing by the fork server: Queue, Value with its lock, Event',
    source: `
import multiprocessing as mp
def add(value, done, queue, number):
    for _ in range(100):
        with value.get_lock(): value.value += 1
    queue.put(number)
    done.wait()
if __name__ == '__main__':
    value, done, queue = mp.Value('i', 0), mp.Event(), mp.Queue()
    processes = [mp.Process(target=add, args=(value, done, queue, n)) for n in range(2)]
    for process in processes: process.start()
    print(sorted(queue.get() for _ in processes), value.value)
    done.set()
    for process in processes: process.join()
    print([process.exitcode for process in processes])
`,
    prints: '[0, 1] 200\n[0, 0]\n',
  },
  {
    name: 'a pool, and an executor whose worker dies',
    source: `
import os
from multiprocessing import get_context
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
def square(n): return n * n
def leave(): os._exit(1)
if __name__ == '__main__':
    with get_context('fork').Pool(2) as pool: print(pool.map(square, range(5)))
    with ProcessPoolExecutor(1, mp_context=get_context('fork')) as executor:
        try: executor.submit(leave).result()
        except BrokenProcessPool as error: print(type(error).__name__)
`,
    prints: '[0, 1, 4, 9, 16]\nBrokenProcessPool\n',
  },
  {
    name: 'signals: a handler in a process that only computes, SIGKILL for one that will not end',
    source: `
import os, signal, sys
r, w = os.pipe()
pid = os.fork()
if pid == 0:
    def handler(*_):
        os.write(w, b'handled')
        os._exit(7)
    signal.signal(signal.SIGTERM, handler)
    os.write(w, b'ready')
    while True: pass
print(os.read(r, 5).decode())
os.kill(pid, signal.SIGTERM)
print(os.read(r, 7).decode(), os.waitpid(pid, 0)[1] >> 8)
pid = os.fork()
if pid == 0:
    while True: pass
os.kill(pid, signal.SIGKILL)
print(os.waitpid(pid, 0)[1])
`,
    prints: 'ready\nhandled 7\n9\n',
  },
  {
    name: 'shared memory by name, a manager, a program of the shell',
    source: `
import subprocess
from multiprocessing import Manager, get_context
from multiprocessing.shared_memory import SharedMemory
def write(name):
    memory = SharedMemory(name=name)
    memory.buf[:5] = b'hello'
    memory.close()
if __name__ == '__main__':
    memory = SharedMemory(create=True, size=16)
    process = get_context('fork').Process(target=write, args=(memory.name,))
    process.start(); process.join()
    print(bytes(memory.buf[:5]))
    memory.close(); memory.unlink()
    with Manager() as manager:
        shared = manager.dict(a=1)
        shared['b'] = 2
        print(dict(shared))
    print(subprocess.run('echo one two | wc -w', shell=True, capture_output=True, text=True).stdout.strip())
`,
    prints: "b'hello'\n{'a': 1, 'b': 2}\n2\n",
  },
  {
    name: 'a deadlock of threads and of processes is found',
    source: `
import os, threading
lock = threading.Lock()
lock.acquire()
if os.fork() == 0:
    lock.acquire()
print('waiting', flush=True)
os.wait()
`,
    prints: 'waiting\n',
    ends: 'deadlock',
  },
  {
    name: 'threads that end and threads that get stuck, in one process',
    source: `
import threading, time
def work():
    time.sleep(0.05)
    print('works')
lock = threading.Lock()
for target in (work, lock.acquire, lock.acquire):
    thread = threading.Thread(target=target)
    thread.start()
    thread.join()
`,
    prints: 'works\n',
    ends: 'deadlock',
  },
  {
    name: 'processes without end are refused',
    source: `
import os, signal
children = []
r, w = os.pipe()
while True:
    try: pid = os.fork()
    except BlockingIOError: break
    if pid == 0: os._exit(len(os.read(r, 1)))
    children.append(pid)
print(len(children))
for pid in children: os.kill(pid, signal.SIGKILL)
`,
    prints: '15\n',
  },
  {
    name: 'an uncaught exception is the outcome',
    source: `
import multiprocessing as mp
def fail(): raise ValueError('there')
if __name__ == '__main__':
    process = mp.get_context('fork').Process(target=fail)
    process.start(); process.join()
    print(process.exitcode)
    raise KeyError('here')
`,
    prints: '1\n',
    ends: 'exception',
  },
];
