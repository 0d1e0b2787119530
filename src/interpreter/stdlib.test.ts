/** CPython's unmodified threading, queue and friends over our _thread: what CPython 3.14 documents, to the letter. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine } from '../worker/node.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

/** Runs a program; answers its stdout, then its stderr, then how it ended unless it ended well. */
async function output(source: string): Promise<string> {
  const program = { files: { 'main.py': source }, entry: { kind: 'script', file: 'main.py' } } as const;
  const record = await engine.run(program, { kind: 'round-robin' }, {}, {}, false).done;
  if (!record) throw new Error('stopped');
  const { outcome, stdout, stderr } = record;
  const good = outcome.kind === 'exit' && outcome.code === 0;
  return stdout + stderr + (good ? '' : `[${outcome.kind}${outcome.kind === 'exception' ? ` ${outcome.type}` : ''}]`);
}

const PROGRAMS: readonly (readonly [name: string, source: string, expected: string])[] = [
  [
    'interpreters: one in each process, and a sentence for who wants more',
    `
from concurrent.futures import *
for program in ('from concurrent.futures import InterpreterPoolExecutor', 'from concurrent import interpreters'):
    try: exec(program)
    except ImportError as e: print(e)
print(ProcessPoolExecutor.__name__)
`,
    `a process of this machine holds one interpreter only; with ProcessPoolExecutor, each worker is a process and has its own
a process of this machine holds one interpreter only; with ProcessPoolExecutor, each worker is a process and has its own
ProcessPoolExecutor
`,
  ],
  [
    'Lock: non-blocking, time-out, errors, repr',
    `
import threading
lock = threading.Lock()
print(lock.acquire(), lock.acquire(False), lock.acquire(timeout=0.5), lock.locked())
print(repr(lock)[:28], type(lock), threading.Lock is type(lock))
for bad in (lambda: lock.acquire(False, 1), lambda: lock.acquire(timeout=-2), lambda: lock.acquire(timeout=1e300)):
    try: bad()
    except (ValueError, OverflowError) as e: print(type(e).__name__, e)
lock.release()
try: lock.release()
except RuntimeError as e: print(e)
print(repr(lock)[:30])
`,
    `True False False True
<locked _thread.lock object  <class '_thread.lock'> True
ValueError can't specify a timeout for a non-blocking call
ValueError timeout value must be a non-negative number
OverflowError timeout value is too large
release unlocked lock
<unlocked _thread.lock object 
`,
  ],
  [
    'RLock: owner, depth, locked() (new in 3.14), release by another',
    `
import threading
lock = threading.RLock()
with lock, lock:
    print(lock.locked(), repr(lock).split(' at ')[0].replace(str(threading.get_ident()), 'ME'))
    def other():
        print(lock.acquire(blocking=False), lock.acquire(timeout=1))
        try: lock.release()
        except RuntimeError as e: print(e)
    t = threading.Thread(target=other); t.start(); t.join()
print(lock.locked(), repr(lock).split(' at ')[0])
`,
    `True <locked _thread.RLock object owner=ME count=2
False False
cannot release un-acquired lock
False <unlocked _thread.RLock object owner=0 count=0
`,
  ],
  [
    'Condition: wait_for, notify order, locked() (new in 3.14), un-acquired use',
    `
import threading
cond = threading.Condition(); turn = []
def waiter(n):
    with cond:
        cond.wait()
        turn.append(n)
threads = [threading.Thread(target=waiter, args=(n,)) for n in range(3)]
for t in threads: t.start()
with cond: cond.notify(2)
with cond: print(cond.wait_for(lambda: len(turn) == 2, timeout=5), cond.locked())
with cond: cond.notify_all()
for t in threads: t.join()
print(turn, cond.locked())
with cond: print(cond.wait(0.25))
try: cond.notify()
except RuntimeError as e: print(e)
`,
    'True True\n[0, 1, 2] False\nFalse\ncannot notify on un-acquired lock\n',
  ],
  [
    'Semaphore: release(n), time-out, bounded, repr',
    `
import threading
s = threading.Semaphore(1)
print(s.acquire(), s.acquire(blocking=False), s.acquire(timeout=2))
s.release(2); print(repr(s).split(' at ')[0] + repr(s).rsplit(':', 1)[1])
b = threading.BoundedSemaphore(1)
try: b.release()
except ValueError as e: print(e)
try: threading.Semaphore(-1)
except ValueError as e: print(e)
`,
    'True False False\n<threading.Semaphore value=2>\nSemaphore released too many times\nsemaphore initial value must be >= 0\n',
  ],
  [
    'Event and the virtual clock',
    `
import threading, time
e = threading.Event(); start = time.monotonic()
threading.Timer(2, e.set).start()
print(e.wait(0.5), e.wait(), time.monotonic() - start)
`,
    'False True 2.0\n',
  ],
  [
    'Barrier: action, index, broken by time-out, abort, reset',
    `
import threading
b = threading.Barrier(2, action=lambda: print('together'))
seen = []
def party(): seen.append(b.wait())
t = threading.Thread(target=party); t.start(); seen.append(b.wait()); t.join()
print(sorted(seen), b.n_waiting, b.broken)
try: b.wait(timeout=1)
except threading.BrokenBarrierError: print('broken', b.broken)
b.reset(); print(b.broken); b.abort(); print(b.broken)
`,
    'together\n[0, 1] 0 False\nbroken True\nFalse\nTrue\n',
  ],
  [
    'Timer: arguments and cancel',
    `
import threading
a = threading.Timer(1, print, ['fired'], {'end': '!\\n'}); b = threading.Timer(1, print, ['never'])
a.start(); b.start(); b.cancel(); a.join(); b.join(); print(a.finished.is_set())
`,
    'fired!\nTrue\n',
  ],
  [
    'local: each thread has its own, subclasses run __init__ in each',
    `
import threading
class Mine(threading.local):
    def __init__(self, n): self.n = n
mine = Mine(1); mine.n = 7
def other(): print(mine.n); mine.n = 8; mine.extra = 1
t = threading.Thread(target=other); t.start(); t.join()
print(mine.n, hasattr(mine, 'extra'), threading.local.__module__)
`,
    '1\n7 False _thread\n',
  ],
  [
    'local: what a thread kept there is gone when the thread has ended',
    `
import threading, weakref
class Value: pass
mine = threading.local()
def f():
    global seen
    mine.value = Value(); seen = weakref.ref(mine.value)
t = threading.Thread(target=f); t.start(); t.join(); print(seen())
`,
    'None\n',
  ],
  [
    'daemon threads die with the program; others are waited for; atexit comes after',
    `
import threading, time, atexit
atexit.register(print, 'atexit')
def late(): time.sleep(1); print('late')
def never(): time.sleep(9); print('never')
threading.Thread(target=late).start(); threading.Thread(target=never, daemon=True).start()
print('main ends')
`,
    'main ends\nlate\natexit\n',
  ],
  [
    'no new thread once the interpreter shuts down',
    `
import atexit, threading
def f():
    try: threading.Thread(target=print).start()
    except RuntimeError as e: print(type(e).__name__, e)
atexit.register(f)
`,
    "PythonFinalizationError can't create new thread at interpreter shutdown\n",
  ],
  [
    'excepthook: the default one prints no frame of ours; SystemExit is silent',
    `
import threading, time, sys
def f():
    time.sleep('x')
t = threading.Thread(target=f, name='worker'); t.start(); t.join()
t = threading.Thread(target=sys.exit); t.start(); t.join()
threading.excepthook = lambda args: print(args.exc_type.__name__, args.exc_value, args.thread.name)
t = threading.Thread(target=lambda: 1 / 0, name='other'); t.start(); t.join()
`,
    `ZeroDivisionError division by zero other
Exception in thread worker:
Traceback (most recent call last):
  File "/lib/python314.zip/threading.py", line 1082, in _bootstrap_inner
    self._context.run(self.run)
    ~~~~~~~~~~~~~~~~~^^^^^^^^^^
  File "/lib/python314.zip/threading.py", line 1024, in run
    self._target(*self._args, **self._kwargs)
    ~~~~~~~~~~~~^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "main.py", line 4, in f
    time.sleep('x')
    ~~~~~~~~~~^^^^^
TypeError: 'str' object cannot be interpreted as an integer
`,
  ],
  [
    'start_new_thread: unraisable hook, and a hook that fails itself',
    `
import _thread, sys, time
def f(): raise ValueError('boom')
sys.unraisablehook = lambda u: print(u.exc_type.__name__, u.exc_value, u.object, u.err_msg.split(' at ')[0])
_thread.start_new_thread(f, ()); time.sleep(1)
class Hook:
    def __call__(self, u): [][1]
    def __repr__(self): return 'HOOK'
sys.unraisablehook = Hook()
_thread.start_new_thread(f, ()); time.sleep(1)
print('alive')
`,
    `ValueError boom None Exception ignored in thread started by <function f
alive
Exception ignored in sys.unraisablehook HOOK:
Traceback (most recent call last):
  File "main.py", line 7, in __call__
    def __call__(self, u): [][1]
IndexError: list index out of range
`,
  ],
  [
    'settrace and setprofile of threads to come',
    `
import threading
calls = []
def tracer(frame, event, arg):
    if frame.f_code.co_name == 'f': calls.append(event)
    return tracer
def f(): x = 1
threading.settrace(tracer); t = threading.Thread(target=f); t.start(); t.join(); threading.settrace(None)
print(calls, threading.gettrace())
calls.clear(); threading.setprofile(lambda fr, ev, arg: fr.f_code.co_name == 'f' and calls.append(ev))
t = threading.Thread(target=f); t.start(); t.join(); threading.setprofile(None); print(calls)
`,
    "['call', 'line', 'return'] None\n['call', 'return']\n",
  ],
  [
    'settrace_all_threads and setprofile_all_threads reach running threads (3.12)',
    `
import threading, sys, time
go = threading.Event(); seen = []
def f(): pass
def body():
    go.wait(); f(); seen.append(sys.gettrace() is not None)
t = threading.Thread(target=body); t.start()
def tracer(frame, event, arg):
    if frame.f_code.co_name == 'f': seen.append((event, threading.current_thread() is t))
threading.settrace_all_threads(tracer)
go.set(); t.join()
threading.settrace_all_threads(None)
print(seen, sys.gettrace())
`,
    "[('call', True), True] None\n",
  ],
  [
    'interrupt_main reaches a main thread that waits: join, acquire, sleep, queue.get, Event.wait',
    `
import _thread, threading, time, queue
def later(): time.sleep(1); _thread.interrupt_main()
lock = threading.Lock(); lock.acquire()
for wait in (lambda: threading.Thread(target=time.sleep, args=(50,), daemon=True), lock.acquire, lambda: time.sleep(50),
             queue.Queue().get, lambda: queue.Queue().get(timeout=50), threading.Event().wait):
    start = time.monotonic()
    threading.Thread(target=later).start()
    try:
        t = wait()
        t.start(); t.join()
    except KeyboardInterrupt: print('interrupted', round(time.monotonic() - start, 3), threading.current_thread().name)
`,
    'interrupted 1.0 MainThread\n'.repeat(6),
  ],
  [
    'interrupt_main in the main thread itself, in a busy loop, and with a handler that lets the wait go on',
    `
import _thread, signal, threading, time
try: _thread.interrupt_main(); print('not here')
except KeyboardInterrupt: print('at once')
threading.Timer(1, _thread.interrupt_main).start()
try:
    while True: pass
except KeyboardInterrupt: print('busy')
signal.signal(signal.SIGTERM, lambda n, f: print('handler', n, threading.current_thread().name))
start = time.monotonic()
threading.Timer(1, _thread.interrupt_main, [signal.SIGTERM]).start()
lock = threading.Lock(); lock.acquire()
print(lock.acquire(timeout=3), round(time.monotonic() - start, 3))
signal.signal(signal.SIGTERM, signal.SIG_IGN); _thread.interrupt_main(signal.SIGTERM); print('ignored')
try: _thread.interrupt_main(999)
except ValueError as e: print(e)
`,
    'at once\nbusy\nhandler 15 MainThread\nFalse 3.0\nignored\nsignal number out of range\n',
  ],
  [
    'stack_size, native ids, _count, names',
    `
import threading, _thread
print(threading.stack_size(), threading.stack_size(65536), threading.stack_size(0))
try: threading.stack_size(100)
except ValueError as e: print(e)
print(_thread._count()); go = threading.Event()
t = threading.Thread(target=go.wait); t.start()
print(_thread._count(), t.native_id != threading.get_native_id(), t.name, threading.active_count())
go.set(); t.join(); print(_thread._count(), t.is_alive(), repr(t).split(',')[1].split()[0])
`,
    '0 0 65536\nsize not valid: 100 bytes\n0\n1 True Thread-1 (wait) 2\n0 False stopped\n',
  ],
  [
    'errors of Thread: started twice, joined before, joined by itself',
    `
import threading
t = threading.Thread(target=lambda: print('run'))
for what in (t.join, t.start, t.start, threading.current_thread().join):
    try: what()
    except RuntimeError as e: print(e)
`,
    'cannot join thread before it is started\nrun\nthreads can only be started once\ncannot join current thread\n',
  ],
  [
    'what stands for a built-in function is one: no method of a class that keeps it',
    `
import _thread, time, pickle
class C: sleep, new, ident = time.sleep, _thread.allocate_lock, _thread.get_ident
c = C(); c.sleep(0); print(type(c.new()), c.ident() == _thread.get_ident(), time.sleep)
print(pickle.loads(pickle.dumps(time.sleep)) is time.sleep)
`,
    "<class '_thread.lock'> True <built-in function sleep>\nTrue\n",
  ],
  [
    'a thread that was not made by threading is forgotten when it ends',
    `
import _thread, threading, time
_thread.start_new_thread(lambda: print(threading.current_thread().name, threading.active_count()), ())
time.sleep(1); print(threading.enumerate() == [threading.main_thread()])
`,
    'Dummy-1 2\nTrue\n',
  ],
  [
    'Queue.shutdown (3.13): puts fail, gets drain, immediate ones do not',
    `
import queue, threading
q = queue.Queue(); q.put(1); q.shutdown()
try: q.put(2)
except queue.ShutDown: print('put')
print(q.get())
try: q.get()
except queue.ShutDown: print('get')
q = queue.Queue()
def consumer():
    try: q.get()
    except queue.ShutDown: print('woken')
t = threading.Thread(target=consumer); t.start(); q.put; q.shutdown(immediate=True); t.join()
`,
    'put\n1\nget\nwoken\n',
  ],
  [
    'Queue: a time-out ends although its rest is lost in the clock; join, Lifo, Priority, SimpleQueue',
    `
import queue, threading, time
time.sleep(0.1); q = queue.LifoQueue(1); q.put(1)
for _ in range(30):
    try: q.put(2, timeout=0.01)
    except queue.Full: pass
print(round(time.monotonic(), 3))
p = queue.PriorityQueue()
for n in (3, 1, 2): p.put(n)
print([p.get() for _ in range(3)]); s = queue.SimpleQueue()
try: s.get(timeout=1)
except queue.Empty: print('empty')
threading.Thread(target=lambda: [(time.sleep(1), p.task_done()) for _ in range(3)]).start(); p.join(); print(round(time.monotonic(), 3))
`,
    '0.4\n[1, 2, 3]\nempty\n4.4\n',
  ],
  [
    'ThreadPoolExecutor: map in order, exceptions, as_completed, cancel, buffersize (3.14)',
    `
import time
from concurrent.futures import ThreadPoolExecutor, as_completed, wait, FIRST_COMPLETED
def work(n): time.sleep(n); return n
with ThreadPoolExecutor(3) as pool:
    print(list(pool.map(work, [3, 1, 2])), time.monotonic())
    print([f.result() for f in as_completed([pool.submit(work, n) for n in (3, 1, 2)])])
    print(repr(pool.submit(lambda: 1 / 0).exception()), list(pool.map(str, range(5), buffersize=2)))
    done, rest = wait([pool.submit(work, n) for n in (5, 1)], return_when=FIRST_COMPLETED); print(len(done), len(rest))
with ThreadPoolExecutor(1) as pool:
    fs = [pool.submit(work, 1) for _ in range(3)]; time.sleep(0); pool.shutdown(cancel_futures=True, wait=True)
print([f.cancelled() for f in fs])
`,
    "[3, 1, 2] 3.0\n[1, 2, 3]\nZeroDivisionError('division by zero') ['0', '1', '2', '3', '4']\n1 1\n[False, True, True]\n",
  ],
  [
    'sched, and logging with a QueueListener and thread names',
    `
import sched, time, logging, logging.handlers, queue, threading
s = sched.scheduler(); s.enter(2, 1, print, ('two',)); s.enter(1, 2, print, ('b',)); s.enter(1, 1, print, ('a',))
s.run(); print(time.monotonic())
q = queue.Queue(); import sys
h = logging.StreamHandler(sys.stdout); h.setFormatter(logging.Formatter('%(threadName)s %(levelname)s %(message)s'))
with logging.handlers.QueueListener(q, h):
    log = logging.getLogger(); log.addHandler(logging.handlers.QueueHandler(q))
    t = threading.Thread(target=log.warning, args=('hi %s', 'there'), name='T'); t.start(); t.join()
`,
    'a\nb\ntwo\n2.0\nT WARNING hi there\n',
  ],
  [
    'contextvars: a thread starts empty, or with the context it is given (3.14); Token as context manager (3.14)',
    `
import contextvars, threading
v = contextvars.ContextVar('v', default='default'); v.set('main')
def show(): print(v.get()); v.set('changed')
for kwargs in ({}, {'context': contextvars.copy_context()}):
    t = threading.Thread(target=show, **kwargs); t.start(); t.join()
with v.set('inner'): print(v.get())
print(v.get())
`,
    'default\nmain\ninner\nmain\n',
  ],
];

test.each(PROGRAMS)('%s', async (_name, source, expected) => {
  expect(await output(source)).toBe(expected);
});
