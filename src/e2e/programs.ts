/** Small programs that between them use everything a thread or a process can: the ground that all engines must agree on. */
import type { Outcome } from '../kernel/types.ts';

export interface SmallProgram {
  readonly name: string;
  readonly source: string;
  /** How every run of it ends, whatever the schedule; absent where that depends on the schedule. */
  readonly ends?: Outcome['kind'];
}

export const PROGRAMS: readonly SmallProgram[] = [
  {
    name: 'unsynchronised counter',
    ends: 'exit',
    source: `
import threading
total = 0
def work():
    global total
    for _ in range(4):
        total = total + 1
threads = [threading.Thread(target=work) for _ in range(3)]
for t in threads: t.start()
for t in threads: t.join()
print('total', total)
`,
  },
  {
    name: 'Lock',
    ends: 'exit',
    source: `
import threading
lock = threading.Lock()
log = []
def work(n):
    for i in range(3):
        with lock:
            log.append((n, i))
            print(n, i, lock.locked())
threads = [threading.Thread(target=work, args=(n,), name=f'w{n}') for n in range(3)]
for t in threads: t.start()
for t in threads: t.join()
print(log, lock.acquire(blocking=False), lock.acquire(timeout=0.5), lock)
`,
  },
  {
    name: 'RLock',
    ends: 'exit',
    source: `
import threading
class Tree:
    def __init__(self):
        self.lock, self.visits = threading.RLock(), 0
    def walk(self, depth):
        with self.lock:
            self.visits += 1
            if depth:
                self.walk(depth - 1)
                self.walk(depth - 1)
tree = Tree()
threads = [threading.Thread(target=tree.walk, args=(3,)) for _ in range(2)]
for t in threads: t.start()
for t in threads: t.join()
print(tree.visits)
try:
    tree.lock.release()
except RuntimeError as error:
    print(error)
`,
  },
  {
    name: 'Condition',
    ends: 'exit',
    source: `
import threading
items, ready = [], threading.Condition()
def consume(name):
    with ready:
        print(name, ready.wait_for(lambda: items, timeout=9))
        print(name, 'takes', items.pop(0))
def produce():
    for n in range(3):
        with ready:
            items.append(n)
            ready.notify()
threads = [threading.Thread(target=consume, args=(name,)) for name in 'abc'] + [threading.Thread(target=produce)]
for t in threads: t.start()
for t in threads: t.join()
with ready:
    print(ready.wait(timeout=2.5))
`,
  },
  {
    name: 'Semaphore',
    ends: 'exit',
    source: `
import threading, time
pool, inside, most = threading.BoundedSemaphore(2), 0, 0
def visit(n):
    global inside, most
    with pool:
        inside += 1
        most = max(most, inside)
        time.sleep(0.1 * n)
        inside -= 1
threads = [threading.Thread(target=visit, args=(n,)) for n in range(5)]
for t in threads: t.start()
for t in threads: t.join()
print(most, time.monotonic() > 0)
try:
    pool.release()
except ValueError as error:
    print(error)
`,
  },
  {
    name: 'Event',
    ends: 'exit',
    source: `
import threading, time
go = threading.Event()
def runner(n):
    print(n, 'early', go.wait(0.05 * n))
    print(n, 'late', go.wait())
threads = [threading.Thread(target=runner, args=(n,)) for n in range(4)]
for t in threads: t.start()
time.sleep(0.1)
go.set()
for t in threads: t.join()
print(go.is_set())
`,
  },
  {
    name: 'Barrier',
    ends: 'exit',
    source: `
import threading
barrier = threading.Barrier(3, action=lambda: print('all here'), timeout=4)
def walk(n):
    for leg in range(2):
        print(n, leg, barrier.wait() < 3)
    if n == 2:
        barrier.abort()
    else:
        try:
            barrier.wait()
        except threading.BrokenBarrierError as error:
            print(n, 'broken', barrier.broken)
threads = [threading.Thread(target=walk, args=(n,)) for n in range(3)]
for t in threads: t.start()
for t in threads: t.join()
`,
  },
  {
    name: 'Timer',
    ends: 'exit',
    source: `
import threading, time
fired = []
start = time.monotonic()
alarms = [threading.Timer(s, lambda s=s: fired.append((s, round(time.monotonic() - start, 3)))) for s in (0.3, 0.1, 0.2)]
for alarm in alarms: alarm.start()
alarms[2].cancel()
for alarm in alarms: alarm.join()
print(fired, time.strftime('%Y-%m-%d %H:%M:%S'))
`,
  },
  {
    name: 'local',
    ends: 'exit',
    source: `
import threading
class Mine(threading.local):
    def __init__(self, start):
        self.n = start
mine = Mine(10)
def work(k):
    for _ in range(3):
        mine.n += k
    print(k, mine.n, sorted(vars(mine)))
threads = [threading.Thread(target=work, args=(k,)) for k in (1, 2, 3)]
for t in threads: t.start()
for t in threads: t.join()
print(mine.n)
`,
  },
  {
    name: 'Queue',
    ends: 'exit',
    source: `
import queue, threading
jobs, done = queue.Queue(maxsize=2), queue.PriorityQueue()
def work():
    while (job := jobs.get()) is not None:
        done.put((job * 7 % 5, job))
        jobs.task_done()
    jobs.task_done()
threads = [threading.Thread(target=work) for _ in range(2)]
for t in threads: t.start()
for n in [*range(5), None, None]: jobs.put(n)
jobs.join()
for t in threads: t.join()
print([done.get() for _ in range(5)])
try:
    done.get(timeout=1.5)
except queue.Empty as error:
    print(repr(error))
`,
  },
  {
    name: 'ThreadPoolExecutor',
    ends: 'exit',
    source: `
import concurrent.futures, threading, time
def job(n):
    time.sleep((7 * n % 4) / 10)
    if n == 3:
        raise ValueError('three')
    return n * n, threading.current_thread().name
with concurrent.futures.ThreadPoolExecutor(2, thread_name_prefix='pool') as pool:
    print(list(pool.map(abs, [-1, -2, 3])))
    futures = {pool.submit(job, n): n for n in range(4)}
    for future in concurrent.futures.as_completed(futures):
        print(futures[future], future.exception() or future.result())
`,
  },
  {
    name: 'sched and logging',
    ends: 'exit',
    source: `
import logging, sched, sys, threading, time
logging.basicConfig(level=logging.INFO, stream=sys.stdout, format='%(asctime)s %(threadName)s %(thread)d %(message)s')
plan = sched.scheduler(time.time, time.sleep)
for delay, text in ((2, 'second'), (1, 'first')):
    plan.enter(delay, 1, logging.info, (text,))
other = threading.Thread(target=plan.run, name='planner')
other.start()
logging.warning('waiting for %d events', len(plan.queue))
other.join()
`,
  },
  {
    name: 'contextvars',
    ends: 'exit',
    source: `
import contextvars, threading
user = contextvars.ContextVar('user', default='nobody')
def show(name):
    before = user.get()
    user.set(name)
    print(before, '->', user.get())
user.set('main')
copy = contextvars.copy_context()
threads = [threading.Thread(target=show, args=('a',)), threading.Thread(target=copy.run, args=(show, 'b'))]
for t in threads: t.start()
for t in threads: t.join()
print(user.get(), copy[user])
`,
  },
  {
    name: 'deadlock',
    source: `
import threading
a, b = threading.Lock(), threading.Lock()
def one():
    with a:
        with b:
            print('one')
def two():
    with b:
        with a:
            print('two')
threads = [threading.Thread(target=one), threading.Thread(target=two)]
for t in threads: t.start()
for t in threads: t.join()
`,
  },
  {
    name: 'exceptions and excepthook',
    ends: 'exception',
    source: `
import threading
def bad(n):
    return [1 / (k - n) for k in range(3)]
first = threading.Thread(target=bad, args=(1,), name='bad')
first.start()
first.join()
def hook(args):
    print('hook', args.exc_type.__name__, args.exc_value, args.thread.name)
threading.excepthook = hook
second = threading.Thread(target=bad, args=(2,), name='worse')
second.start()
second.join()
def deep(n):
    return deep(n + 1)
try:
    deep(0)
except RecursionError as error:
    print(error)
raise LookupError('the end')
`,
  },
  {
    name: 'daemon at exit',
    ends: 'exit',
    source: `
import atexit, sys, threading, time
atexit.register(print, 'atexit')
def tick():
    while True:
        time.sleep(0.1)
        print('tick')
def last():
    time.sleep(0.35)
    print('last')
threading.Thread(target=tick, daemon=True).start()
threading.Thread(target=last).start()
print('main is done', file=sys.stderr)
sys.exit(3)
`,
  },
  {
    name: 'time-outs',
    ends: 'exit',
    source: `
import threading, time
lock = threading.Lock()
def hold():
    with lock:
        time.sleep(1)
t = threading.Thread(target=hold)
t.start()
time.sleep(0.1)
for wait in (0.2, 0.3, 2):
    before = time.monotonic()
    print(wait, lock.acquire(timeout=wait), round(time.monotonic() - before, 6))
t.join(timeout=0.1)
print(t.is_alive())
`,
  },
  {
    name: 'what depends on addresses',
    ends: 'exit',
    source: `
import random, threading, uuid
class Thing:
    pass
def work():
    things = {Thing() for _ in range(6)}
    order = [id(t) % 4096 for t in things]
    print(threading.get_ident(), order, hash('text'), random.random())
    print(repr(Thing()), object(), uuid.uuid4())
threads = [threading.Thread(target=work) for _ in range(2)]
for t in threads: t.start()
for t in threads: t.join()
print(list({'b', 'a', 'd', 'c'}), random.sample(range(100), 5))
`,
  },
  {
    name: 'generators and weak references',
    ends: 'exit',
    source: `
import gc, math, threading, weakref
class Node:
    def __del__(self):
        print('gone in', threading.current_thread().name)
def squares():
    try:
        for n in range(100):
            yield math.sqrt(n) + math.sin(n)
    finally:
        print('closed')
shared, lock = squares(), threading.Lock()
def take(k):
    for _ in range(k):
        with lock:
            print(f'{next(shared)!r}')
    node = Node()
    node.me = node
    weakref.finalize(node, print, 'finalised')
threads = [threading.Thread(target=take, args=(k,)) for k in (2, 3)]
for t in threads: t.start()
for t in threads: t.join()
print(gc.collect())
del shared
`,
  },
  {
    name: 'tracing, names and enumerate',
    ends: 'exit',
    source: `
import sys, threading
lines = []
def trace(frame, event, arg):
    if frame.f_code.co_name == 'work':
        lines.append((threading.current_thread().name, event, frame.f_lineno))
        return trace
def work():
    x = 1
    return x + 1
threading.settrace(trace)
threads = [threading.Thread(target=work) for _ in range(2)]
for t in threads: t.start()
print(sorted(t.name for t in threading.enumerate() if t.is_alive() and t is threading.main_thread()))
for t in threads: t.join()
threading.settrace(None)
for line in lines: print(*line)
print(threading.active_count(), threading.current_thread(), sys.getswitchinterval())
`,
  },
  {
    name: 'fork, pipes and signals',
    ends: 'exit',
    source: `
import os, signal, time
signal.signal(signal.SIGUSR1, lambda *_: print('signal', flush=True))
r, w = os.pipe()
for n in range(2):
    if os.fork() == 0:
        time.sleep(n)
        os.write(w, b'%d %d ' % (n, id(r) & 15))
        os.kill(os.getppid(), signal.SIGUSR1)
        os._exit(n)
print(sorted(os.waitstatus_to_exitcode(os.wait()[1]) for _ in range(2)), os.read(r, 100), time.monotonic())
`,
  },
  {
    name: 'subprocess and the shell',
    ends: 'exit',
    source: `
import subprocess, sys
print(subprocess.getoutput('for n in 3 1 2; do echo $n; done | sort | tr -d "\\\\n"; ps -o pid,cmd'))
print(subprocess.run([sys.executable, '-c', 'import os; print(os.getpid(), os.urandom(3))'], capture_output=True))
`,
  },
  {
    name: 'multiprocessing, forked: Queue, Lock, Value, Pool',
    source: `
import multiprocessing
def work(queue, lock, value):
    with lock: value.value += 1
    queue.put(value.value)
context = multiprocessing.get_context('fork')
queue, lock, value = context.Queue(), context.Lock(), context.Value('i', 0)
processes = [context.Process(target=work, args=(queue, lock, value)) for _ in range(2)]
for process in processes: process.start()
print([queue.get() for _ in processes])
for process in processes: process.join()
with context.Pool(2) as pool: print(pool.map(abs, range(-3, 0)), value.value)
`,
  },
  {
    name: 'multiprocessing from the fork server: Manager',
    source: `
import multiprocessing
def work(shared, n): shared[n] = n * n
if __name__ == '__main__':
    with multiprocessing.Manager() as manager:
        shared = manager.dict()
        processes = [multiprocessing.Process(target=work, args=(shared, n)) for n in range(2)]
        for process in processes: process.start()
        for process in processes: process.join()
        print(sorted(shared.items()), multiprocessing.get_start_method())
`,
  },
];

/** The file that every program is in. */
export const FILE = 'program.py';

export function programOf({ source }: SmallProgram) {
  return { files: { [FILE]: source.trimStart() }, entry: { kind: 'script' as const, file: FILE } };
}
