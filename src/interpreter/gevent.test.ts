/** The teaching subset of gevent. Expected texts are what gevent 22.10 prints, except where a test says otherwise. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { GRADE_LIMITS } from '../worker/limits.ts';
import { createNodeEngine } from '../worker/node.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

const programOf = (source: string) =>
  ({ files: { 'main.py': source }, entry: { kind: 'script', file: 'main.py' } }) as const;

/** Runs a program; answers its stdout, then its stderr, then how it ended unless it ended well. */
async function output(source: string, model: 'cpython' | 'every-bytecode' = 'cpython'): Promise<string> {
  const record = await engine.run(programOf(source), { kind: 'round-robin' }, { model }, {}, false).done;
  if (!record) throw new Error('stopped');
  const { outcome, stdout, stderr } = record;
  const good = outcome.kind === 'exit' && outcome.code === 0;
  return stdout + stderr + (good ? '' : `[${outcome.kind}]`);
}

const PROGRAMS: readonly (readonly [name: string, source: string, expected: string])[] = [
  [
    'spawn, sleep, joinall: who runs when',
    `
import gevent
def f(n):
    for i in range(3):
        print(n, i, end='; '); gevent.sleep(0.05)
gevent.joinall([gevent.spawn(f, n) for n in range(6)]); print()
def g(n):
    gevent.sleep(0.05); print(n, end=' ')
    gevent.sleep(0.05*(n%2)); print(n, end=' ')
gevent.joinall([gevent.spawn(g, n) for n in range(6)]); print()
`,
    `0 0; 1 0; 2 0; 3 0; 4 0; 5 0; 0 1; 1 1; 2 1; 3 1; 4 1; 5 1; 0 2; 1 2; 2 2; 3 2; 4 2; 5 2; 
0 1 2 3 4 5 0 2 4 1 3 5 
`,
  ],
  [
    'Greenlet: get, join, kill, link, states',
    `
import gevent, sys
from gevent import Greenlet, GreenletExit
class Quiet:
    def write(self, text): pass
    def flush(self): pass
sys.stderr = Quiet()
def f(a, b=1): return a + b
def states(g): return g.dead, g.ready(), g.started, bool(g), g.value, g.successful(), g.exception
g = gevent.spawn(f, 1, b=2); print(g.name, g.minimal_ident, *states(g))
print(g.get(), *states(g), g.exc_info)
def bad(): raise ValueError("x")
b = gevent.spawn(bad); b.join(); print(b.successful(), repr(b.exception), b.value, b.exc_info[0])
try: b.get()
except ValueError as e: print("get", e)
def ex(): raise GreenletExit("bye")
e = gevent.spawn(ex); e.join(); print(repr(e.value), e.successful(), e.exception, repr(e.get()))
k = gevent.spawn(gevent.sleep, 10); gevent.sleep(0); k.kill(); print(repr(k.value), k.successful(), k.dead)
k = gevent.spawn(gevent.sleep, 10); k.kill(); print(repr(k.value), k.successful(), k.dead, k.ready())
k = gevent.spawn(gevent.sleep, 10); gevent.sleep(0); k.kill(KeyError("z")); print(repr(k.exception))
def stubborn():
    try: gevent.sleep(10)
    except GreenletExit: return "caught"
k = gevent.spawn(stubborn); gevent.sleep(0); k.kill(); print(repr(k.get()))
try: gevent.spawn(gevent.sleep, 1).get(timeout=0.01)
except gevent.Timeout as t: print("timeout", t, t.seconds)
try: gevent.spawn(gevent.sleep, 1).get(block=False)
except gevent.Timeout as t: print("timeout", repr(str(t)))
g = gevent.spawn_later(0.01, f, 5); print(g.join(0.001), g.ready(), g.join(), g.value)
g = Greenlet(f, 3); print(g.started, g.dead, bool(g)); g.start(); print(g.started, g.get())
seen = []
g = gevent.spawn(f, 1); g.link(lambda g: seen.append(("link", g.value))); g.link_value(lambda g: seen.append("value")); g.link_exception(lambda g: seen.append("exc")); g.join(); print(seen); gevent.sleep(0); print(seen)
class My(Greenlet):
    def __init__(self, n): super().__init__(); self.n = n
    def _run(self): gevent.sleep(0.01); return self.n * 2
m = My(4); m.start(); print(m.get(), str(m)[:4])
try: gevent.spawn(3)
except TypeError as e: print(e)
`,
    `Greenlet-0 0 False False True True None False None
3 True True False False 3 True None None
False ValueError('x') None <class 'ValueError'>
get x
GreenletExit('bye') True None GreenletExit('bye')
GreenletExit() True True
GreenletExit() True True True
KeyError('z')
'caught'
timeout 0.01 seconds 0.01
timeout ''
None False None 6
False False False
True 4
[('link', 2), 'value']
[('link', 2), 'value']
8 <My 
The run argument or self._run must be callable
`,
  ],
  [
    'joinall, wait, iwait, killall',
    `
import gevent, sys
class Quiet:
    def write(self, text): pass
    def flush(self): pass
sys.stderr = Quiet()
def bad(): raise ValueError("x")
print([x.value for x in gevent.joinall([gevent.spawn(lambda i=i: i * i) for i in range(3)])])
gs = [gevent.spawn(gevent.sleep, 0.01), gevent.spawn(gevent.sleep, 1)]
print(len(gevent.joinall(gs, timeout=0.05)), [x.ready() for x in gs])
print(len(gevent.joinall([gevent.spawn(gevent.sleep, s) for s in (0.03, 0.01, 0.02)], count=2)))
try: gevent.joinall([gevent.spawn(bad), gevent.spawn(str)], raise_error=True)
except ValueError as e: print("raised", e)
gs = [gevent.spawn(gevent.sleep, 10) for _ in range(3)]; gevent.sleep(0); gevent.killall(gs); print([repr(x.value) for x in gs])
gs = [gevent.spawn(gevent.sleep, 10) for _ in range(3)]; gevent.killall(gs); print([repr(x.value) for x in gs])
print([x.value for x in gevent.iwait([gevent.spawn(lambda n: gevent.sleep(n) or n, s) for s in (0.03, 0.01, 0.02)])])
gevent.spawn(print, "from wait"); print(gevent.wait())
try: gevent.get_hub().switch()
except gevent.exceptions.LoopExit as e: print(str(e).split("\\n")[0])
main = gevent.getcurrent()
def leaves(): sys.exit(3)
try: gevent.joinall([gevent.spawn(leaves)])
except SystemExit as e: print("SystemExit", e.code, gevent.getcurrent() is main)
`,
    `[0, 1, 4]
1 [True, False]
2
raised x
['GreenletExit()', 'GreenletExit()', 'GreenletExit()']
['GreenletExit()', 'GreenletExit()', 'GreenletExit()']
[0.01, 0.02, 0.03]
from wait
True
This operation would block forever
SystemExit 3 True
`,
  ],
  [
    'Timeout',
    `
import gevent
with gevent.Timeout(0.01, False): gevent.sleep(1); print("never")
try:
    with gevent.Timeout(0.01): gevent.sleep(1)
except gevent.Timeout as t: print(t, repr(t)[:12], isinstance(t, Exception))
for what in (KeyError("mine"), ValueError):
    try:
        with gevent.Timeout(0.01, what): gevent.sleep(1)
    except (KeyError, ValueError) as e: print(repr(e))
t = gevent.Timeout(0.01); t.start(); print(t.pending)
try: gevent.sleep(1)
except gevent.Timeout as x: print(x is t)
finally: t.cancel()
t = gevent.Timeout.start_new(5); print(t.pending); t.cancel(); print(t.pending, str(t))
print(gevent.with_timeout(0.01, gevent.sleep, 1, timeout_value="late"), gevent.with_timeout(1, len, "abc"))
print(gevent.Timeout(None).pending, repr(str(gevent.Timeout(None))), str(gevent.Timeout(1)), str(gevent.Timeout(2, "why")), str(gevent.Timeout(2, False)))
with gevent.Timeout(5) as outer:
    try:
        with gevent.Timeout(0.01) as inner: gevent.sleep(1)
    except gevent.Timeout as t: print(t is inner, outer.pending)
`,
    `0.01 seconds <Timeout at  False
KeyError('mine')
ValueError()
True
True
True
False 5 seconds
late 3
False '' 1 second 2 seconds: why 2 seconds (silent)
True True
`,
  ],
  [
    'a failing greenlet is told of on standard error',
    `
import gevent
def bad(n):
    1 / n
gevent.spawn(bad, 0).join()
print("goes on")
`,
    `goes on
Traceback (most recent call last):
  File "main.py", line 4, in bad
    1 / n
    ~~^~~
ZeroDivisionError: division by zero
2026-01-01T00:00:00Z <Greenlet at 0x11e7bf8: bad(0)> failed with ZeroDivisionError

`,
  ],
  [
    'queues',
    `
import gevent
from gevent.queue import Queue, JoinableQueue, LifoQueue, PriorityQueue, Empty, Full, Channel
q = Queue(2)
def prod():
    for i in range(5): q.put(i); print("put", i)
    q.put(StopIteration)
def cons():
    for x in q: print("got", x); gevent.sleep(0.01)
gevent.joinall([gevent.spawn(prod), gevent.spawn(cons)])
print(q.qsize(), q.empty(), q.full(), len(q), bool(q), q.maxsize)
for fn in (lambda: q.get(timeout=0.01), lambda: q.get_nowait(), lambda: q.get(block=False), lambda: (q.put(1), q.put(2), q.put(3, timeout=0.01)), lambda: q.put_nowait(4), lambda: q.peek_nowait()):
    try: print(fn())
    except (Empty, Full) as e: print(type(e).__name__)
print(q.peek(), q.get(), q.get())
l = LifoQueue(); [l.put(i) for i in range(3)]; print(l.get(), l.get(), l.get())
p = PriorityQueue(); [p.put(i) for i in (3, 1, 2)]; print(p.get(), p.get(), p.get())
j = JoinableQueue()
def w():
    while True:
        x = j.get(); gevent.sleep(0.01); print("done", x); j.task_done()
ws = [gevent.spawn(w) for _ in range(2)]; [j.put(i) for i in range(4)]; j.join(); print("joined", j.unfinished_tasks); gevent.killall(ws)
try: j.task_done()
except ValueError as e: print(e)
c = Channel(); gevent.spawn(lambda: [c.put(i) for i in range(2)]); print(c.get(), c.get())
`,
    `put 0
put 1
got 0
put 2
got 1
put 3
got 2
put 4
got 3
got 4
0 True False 0 True 2
Empty
Empty
Empty
Full
Full
1
1 1 2
2 1 0
1 2 3
done 0
done 1
done 2
done 3
joined 0
task_done() called too many times
0 1
`,
  ],
  [
    'Event, AsyncResult, semaphores, locals',
    `
import gevent
from gevent.event import Event, AsyncResult
from gevent.lock import Semaphore, BoundedSemaphore, RLock
from gevent.local import local
e = Event(); out = []
def waiter(n): out.append((n, e.wait()))
gs = [gevent.spawn(waiter, i) for i in range(3)]; gevent.sleep(0); print(e.is_set(), e.ready()); e.set(); gevent.joinall(gs); print(out, e.is_set(), e.wait(), e.wait(0)); e.clear(); print(e.wait(0.01))
a = AsyncResult(); gevent.spawn_later(0.01, a.set, 5); print(a.ready(), a.get(), a.ready(), a.successful(), a.value)
a = AsyncResult(); gevent.spawn(a.set_exception, KeyError("k"))
try: a.get()
except KeyError as x: print("KeyError", a.successful(), repr(a.exception))
for how in (lambda: AsyncResult().get(timeout=0.01), lambda: AsyncResult().get_nowait()):
    try: how()
    except gevent.Timeout: print("Timeout")
a = AsyncResult(); gevent.spawn(lambda: 9).link(a); print(a.get())
s = Semaphore(2); log = []
def sem(n):
    with s: log.append(("in", n)); gevent.sleep(0.01); log.append(("out", n))
gevent.joinall([gevent.spawn(sem, i) for i in range(4)]); print(log, s.counter, s.locked())
print(s.acquire(), s.acquire(), s.acquire(blocking=False), s.acquire(timeout=0.01), s.locked()); s.release(); print(s.release())
try: BoundedSemaphore(1).release()
except ValueError as x: print(x)
r = RLock(); r.acquire(); r.acquire(); r.release(); r.release()
try: r.release()
except RuntimeError as x: print(str(x)[:30])
L = local(); L.x = 1
def loc(): print(hasattr(L, "x")); L.x = 2; gevent.sleep(0); print(L.x)
gevent.joinall([gevent.spawn(loc) for _ in range(2)]); print(L.x)
class ML(local):
    def __init__(self, v): self.v = v
m = ML([1]); gevent.spawn(lambda: print(m.v)).join()
`,
    `False False
[(0, True), (1, True), (2, True)] True True True
False
False 5 True True 5
KeyError False KeyError('k')
Timeout
Timeout
9
[('in', 0), ('in', 1), ('out', 0), ('out', 1), ('in', 2), ('in', 3), ('out', 2), ('out', 3)] 2 False
True True False False True
2
Semaphore released too many times
cannot release un-acquired loc
False
False
2
2
1
[1]
`,
  ],
  [
    'Pool and Group',
    `
import gevent, sys
from gevent.pool import Pool, Group
pool = Pool(2); active = [0, 0]
def job(n):
    active[0] += 1; active[1] = max(active); gevent.sleep(0.01 * (4 - n)); active[0] -= 1; return n * n
print(pool.map(job, range(4)), active[1], list(pool.imap(job, range(4))), sorted(pool.imap_unordered(job, range(4))), list(pool.imap_unordered(job, range(3))))
print(pool.apply(job, (3,)), pool.apply_async(job, (2,)).get(), pool.size, pool.free_count(), len(pool))
res = []; pool.apply_async(job, (2,), callback=res.append).join(); gevent.sleep(0); print(res)
for i in range(3): pool.spawn(job, i)
print(len(pool), pool.full(), pool.free_count()); pool.join(); print(len(pool))
g = Group(); [g.spawn(gevent.sleep, 0.01) for _ in range(3)]; print(len(g)); g.join(); print(len(g), list(g))
g = Group(); x = g.spawn(gevent.sleep, 10); gevent.sleep(0); print(x in g); g.kill(); print(len(g), repr(x.value))
def bad(n):
    if n == 1: raise ValueError(n)
    return n
class Quiet:
    def write(self, s): pass
    def flush(self): pass
sys.stderr = Quiet()
for how in (lambda: pool.map(bad, range(3)), lambda: list(pool.imap(bad, range(3)))):
    try: print(how())
    except ValueError as e: print("ValueError", e)
`,
    `[0, 1, 4, 9] 2 [0, 1, 4, 9] [0, 1, 4, 9] [1, 0, 4]
9 4 2 2 0
[4]
2 True 0
0
3
0 []
True
0 GreenletExit()
ValueError 1
ValueError 1
`,
  ],
  [
    "patched: pages fetched at the same time with the library's own urllib and http.server",
    `
from gevent import monkey; monkey.patch_all()
import gevent, time, threading, urllib.request, http.server
class H(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(float(self.path[1:]) / 20); body = ("page " + self.path).encode()
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
    def log_message(self, *a): pass
srv = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H); port = srv.server_address[1]
threading.Thread(target=srv.serve_forever, daemon=True).start()
order = []
def fetch(n):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{n}", timeout=5) as r: text = r.read().decode()
    order.append(n); return text
t = time.time()
jobs = [gevent.spawn(fetch, n) for n in (3, 1, 2)]
gevent.joinall(jobs); print(order, [j.value for j in jobs], round(time.time() - t, 1))
srv.shutdown()
print(monkey.is_module_patched("socket"), monkey.is_object_patched("time", "sleep"), monkey.get_original("time", "sleep") is not time.sleep)
`,
    `[1, 2, 3] ['page /3', 'page /1', 'page /2'] 0.2
True True True
`,
  ],
  [
    'patched: sockets that wait, time out, are closed by others',
    `
from gevent import monkey; monkey.patch_all()
import gevent, socket, select, selectors
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(); print(type(s).__name__, s.gettimeout())
def serve():
    while True:
        c, a = s.accept(); gevent.spawn(echo, c)
def echo(c):
    with c:
        while d := c.recv(100): c.sendall(d.upper())
gevent.spawn(serve)
def client(n):
    c = socket.create_connection(s.getsockname()); f = c.makefile("rwb")
    for i in range(2): f.write(b"hello %d\\n" % n); f.flush(); heard.append(f.readline())
    f.close(); c.close()
heard = []; gevent.joinall([gevent.spawn(client, n) for n in range(3)]); print(sorted(heard))
c = socket.socket(); c.settimeout(0.01); c.connect(s.getsockname())
try: c.recv(1)
except socket.timeout as e: print("timeout", e)
c.setblocking(False)
try: c.recv(1)
except BlockingIOError as e: print(e)
c.close()
for how in (lambda: c.recv(1), lambda: socket.create_connection(("127.0.0.1", 1))):
    try: how()
    except OSError as e: print(e)
a, b = socket.socketpair(); print(select.select([a], [], [], 0.01), [x is a for x in select.select([a], [a], [], 0.01)[1]])
gevent.spawn_later(0.01, b.send, b"x"); print(select.select([a], [], [], 1)[0] == [a], a.recv(5))
gevent.spawn_later(0.01, b.send, b"y")
with selectors.DefaultSelector() as sel: sel.register(a, selectors.EVENT_READ, "data"); print([k.data for k, _ in sel.select(1)], a.recv(5))
def rd():
    try: a.recv(1)
    except OSError as e: print("closed:", e)
g = gevent.spawn(rd); gevent.sleep(0); a.close(); g.join()
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); udp.bind(("127.0.0.1", 0))
gevent.spawn_later(0.01, lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"dgram", udp.getsockname())); print(udp.recvfrom(10)[0])
`,
    `socket None
[b'HELLO 0\\n', b'HELLO 0\\n', b'HELLO 1\\n', b'HELLO 1\\n', b'HELLO 2\\n', b'HELLO 2\\n']
timeout timed out
[Errno 11] Resource temporarily unavailable
[Errno 9] Bad file descriptor
[Errno 111] Connection refused
([], [], []) [True]
True b'x'
['data'] b'y'
closed: [Errno 9] File descriptor was closed in another greenlet
b'dgram'
`,
  ],
  [
    'patched: threads are greenlets',
    `
from gevent import monkey; monkey.patch_all()
import gevent, threading, time, queue, concurrent.futures as cf
log = []; lock, ev = threading.Lock(), threading.Event()
def work(n):
    with lock: log.append(("in", n)); time.sleep(0.01); log.append(("out", n))
    ev.wait()
ts = [threading.Thread(target=work, args=(n,), name=f"w{n}") for n in range(3)]
[t.start() for t in ts]; time.sleep(0.1); print(log, [t.is_alive() for t in ts], threading.active_count()); ev.set(); [t.join() for t in ts]; print([t.is_alive() for t in ts])
L = threading.local(); L.x = 1
t = threading.Thread(target=lambda: print(hasattr(L, "x"), threading.current_thread().name), name="T"); t.start(); t.join()
q = queue.Queue(1)
def prod():
    for i in range(3): q.put(i)
    q.put(None)
threading.Thread(target=prod).start(); print(list(iter(q.get, None)))
with cf.ThreadPoolExecutor(2) as ex: print(list(ex.map(lambda n: (time.sleep(0.01), n)[1], range(4))))
r = threading.RLock(); r.acquire(); got = []
t = threading.Thread(target=lambda: got.append(r.acquire(timeout=0.01))); t.start(); t.join(); print(got)
cond = threading.Condition(); box = []
def taker():
    with cond: cond.wait_for(lambda: box); print("took", box.pop())
t = threading.Thread(target=taker); t.start()
with cond: box.append(1); cond.notify()
t.join(); print(threading.main_thread() is threading.current_thread())
threading.Thread(target=lambda: (time.sleep(0.05), print("last"))).start()
print("end")
`,
    `[('in', 0), ('out', 0), ('in', 1), ('out', 1), ('in', 2), ('out', 2)] [True, True, True] 4
[False, False, False]
False T
[0, 1, 2]
[0, 1, 2, 3]
[False]
took 1
True
end
last
`,
  ],
  [
    'each thread has a hub of its own',
    `
import gevent, threading
def thread(n):
    out = []
    def f(i): gevent.sleep(0.01 * i); out.append(i)
    gevent.joinall([gevent.spawn(f, i) for i in (2, 1)]); print(n, out)
ts = [threading.Thread(target=thread, args=(n,)) for n in range(2)]
for t in ts: t.start(); t.join()
`,
    `0 [1, 2]
1 [1, 2]
`,
  ],
  [
    'what is not there says so',
    `
import gevent
for code in ("import gevent.subprocess", "from gevent import subprocess", "import gevent.pywsgi", "gevent.threadpool", "from gevent import monkey; monkey.patch_all(sys=True)", "gevent.nothing"):
    try: exec(code)
    except Exception as e: print(type(e).__name__, e)
print("teaching subset" in gevent.__doc__)
`,
    `ModuleNotFoundError gevent.subprocess is not part of the teaching subset of gevent that this machine has
ModuleNotFoundError gevent.subprocess is not part of the teaching subset of gevent that this machine has
ModuleNotFoundError gevent.pywsgi is not part of the teaching subset of gevent that this machine has
ModuleNotFoundError gevent.threadpool is not part of the teaching subset of gevent that this machine has
NotImplementedError to patch sys (standard input) is not part of the teaching subset of gevent
AttributeError module 'gevent' has no attribute 'nothing'
True
`,
  ],
];

test.each(PROGRAMS)('%s', async (_, source, expected) => {
  expect(await output(source)).toMatch(pattern(expected));
});

/** Addresses may be any. */
function pattern(text: string): RegExp {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/0x[0-9a-f]+/g, '0x[0-9a-f]+')}$`);
}

/** What all schedules of a program print, sorted. */
async function searched(source: string): Promise<readonly string[]> {
  const seen = new Set<string>();
  const options = {
    model: 'every-bytecode',
    clock: 'virtual',
    limits: GRADE_LIMITS,
    trace: false,
    observe: false,
  } as const;
  const strategy = { kind: 'exhaustive', preemptions: 2, reduced: true } as const;
  const budget = { schedules: 2000, steps: Number.POSITIVE_INFINITY, seconds: null };
  const request = {
    program: programOf(source),
    strategy,
    options,
    budget,
    distinct: true,
    exact: false,
    portion: 2000,
  };
  const part = await engine.search(request, ({ records }) => {
    for (const { stdout, outcome } of records) seen.add(outcome.kind === 'exit' ? stdout : outcome.kind);
    return 2000;
  }).done;
  expect(part?.end).toBe('complete');
  return [...seen].sort();
}

test('a search tries the orders of ready greenlets, and finds an update that is lost across a wait', async () => {
  const source = `
import gevent
total = 0
def add(n):
    global total
    before = total
    gevent.sleep(0)
    total = before + n
gevent.joinall([gevent.spawn(add, 1), gevent.spawn(add, 2)])
print(total)
`;
  expect(await searched(source)).toEqual(['1\n', '2\n', '3\n']);
});

test('timers that ring together go off in any order; a semaphore keeps an update whole in all of them', async () => {
  const source = `
import gevent
from gevent.lock import Semaphore
log, lock, total = [], Semaphore(), 0
def add(n):
    global total
    gevent.sleep(1)
    log.append(str(n))
    with lock:
        before = total
        gevent.sleep(1)
        total = before + n
gevent.joinall([gevent.spawn(add, n) for n in (1, 2, 3)])
print("".join(log), total)
`;
  expect(await searched(source)).toEqual(['123', '132', '213', '231', '312', '321'].map((order) => `${order} 6\n`));
});

/** Names of the variables that a run finds races of. */
async function raced(source: string): Promise<readonly string[]> {
  const options = { model: 'every-bytecode', observe: true } as const;
  const record = await engine.run(programOf(source), { kind: 'round-robin' }, options, {}, false).done;
  expect(record?.outcome).toEqual({ kind: 'exit', code: 0 });
  return record?.races?.map(({ variable, kind }) => `${variable.name} ${kind}`) ?? [];
}

const ADD = `
import gevent, threading
from gevent.lock import Semaphore
lock, total = Semaphore(), 0
def add(n):
    global total
    before = total
    gevent.sleep(0)
    total = before + n
def guarded(n):
    global total
    gevent.sleep(n)
    with lock:
        before = total
        gevent.sleep(0.1)
        total = before + n
`;

test('a lost update across a wait is a race; what joins, locks and threads order is none', async () => {
  expect(await raced(`${ADD}gevent.joinall([gevent.spawn(add, 1), gevent.spawn(add, 2)])`)).toEqual([
    'total lost-update',
  ]);
  expect(await raced(`${ADD}gevent.joinall([gevent.spawn(guarded, 1), gevent.spawn(guarded, 2)])`)).toEqual([]);
  const joined = 'gevent.spawn(add, 1).get()\ntotal = 5\ngevent.joinall([gevent.spawn(add, 1)])\ntotal = total + 1';
  expect(await raced(ADD + joined)).toEqual([]);
  const threaded = `
def work():
    gevent.spawn(add, 1).join()
    add(2)
t = threading.Thread(target=work); t.start(); t.join()
total = total + 1
`;
  expect(await raced(ADD + threaded)).toEqual([]);
});

test('who patches the library by gevent.monkey is told apart from who changes it', async () => {
  const patched = await engine.run(
    programOf('from gevent import monkey; monkey.patch_all()'),
    { kind: 'round-robin' },
    {},
    {},
    false,
  ).done;
  expect(patched?.tampered).toBe('gevent.monkey');
  const both = 'from gevent import monkey; monkey.patch_all()\nimport random; random.random = lambda: 4';
  const changed = await engine.run(programOf(both), { kind: 'round-robin' }, {}, {}, false).done;
  expect(changed?.tampered).toBe('random.random');
});
