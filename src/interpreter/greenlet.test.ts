/** greenlet: what greenlet 3 documents. The expected texts are what the real one (under Python 3.11) prints. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { RUN_LIMITS } from '../worker/limits.ts';
import { createNodeEngine } from '../worker/node.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

const programOf = (source: string) =>
  ({ files: { 'main.py': source }, entry: { kind: 'script', file: 'main.py' } }) as const;

/** Runs a program; answers its stdout, then its stderr, then how it ended unless it ended well. */
async function output(
  source: string,
  model: 'cpython' | 'every-bytecode' = 'cpython',
  tasks = RUN_LIMITS.tasks,
): Promise<string> {
  const options = { model, limits: { ...RUN_LIMITS, tasks } };
  const record = await engine.run(programOf(source), { kind: 'round-robin' }, options, {}, false).done;
  if (!record) throw new Error('stopped');
  const { outcome, stdout, stderr } = record;
  const good = outcome.kind === 'exit' && outcome.code === 0;
  return stdout + stderr + (good ? '' : `[${outcome.kind}]`);
}

const PROGRAMS: readonly (readonly [name: string, source: string, expected: string])[] = [
  [
    'switch: what is passed, in order',
    `
import greenlet
main = greenlet.getcurrent()
def f(a, b=0):
    print("in", a, b)
    print("got", main.switch(1, 2))
    print("got", main.switch(x=1))
    print("got", main.switch(1, x=2))
    print("got", main.switch())
    print("got", main.switch((5,)))
    print("got", main.switch(None))
    return "end"
g = greenlet.greenlet(f)
print(g.dead, bool(g))
print(g.switch(10, b=3)); print(g.switch("one")); print(g.switch(1, 2)); print(g.switch(k=3)); print(g.switch(1, k=3))
print(g.switch((1,)), g.dead, bool(g)); print(g.switch())
print(g.dead, bool(g), g.switch(), g.switch(7), g.switch(7, 8), g.switch(a=1))
print(main.switch(3), main.switch(), main.switch(1, 2), main.parent)
`,
    `False False
in 10 3
(1, 2)
got one
{'x': 1}
got (1, 2)
((1,), {'x': 2})
got {'k': 3}
()
got ((1,), {'k': 3})
(5,)
got (1,)
None False True
got ()
end
True False () 7 (7, 8) {'a': 1}
3 () (1, 2) None
`,
  ],
  [
    'what a greenlet does not catch goes to its parent',
    `
import greenlet, sys
from greenlet import greenlet as G, getcurrent
class SomeError(Exception): pass
def fmain(seen):
    try: getcurrent().parent.switch()
    except:
        seen.append(sys.exc_info()[0].__name__)
        raise
    raise SomeError
seen = []
g1, g2 = G(fmain), G(fmain)
g1.switch(seen); g2.switch(seen); g2.parent = g1
try: g2.switch()
except SomeError as e: print("SomeError", e.__context__, e.__cause__)
print(seen, g2.switch(), g2.switch(25), seen)
def crasher(e): raise e
g1 = G(fmain); g1.switch(seen)
try: G(crasher, parent=g1).switch(KeyError)
except KeyError: print("KeyError", seen)
`,
    `SomeError None None
['SomeError'] () 25 ['SomeError']
KeyError ['SomeError', 'KeyError']
`,
  ],
  [
    'a greenlet that nobody refers to any more gets GreenletExit',
    `
import greenlet, sys
from greenlet import greenlet as G, getcurrent
from io import StringIO
seen = []
def run():
    try: getcurrent().parent.switch()
    except BaseException as e:
        seen.append(repr(e)); raise
g = G(run); g.switch(); del g; print(seen)
def other():
    try: getcurrent().parent.switch()
    except greenlet.GreenletExit: raise KeyError from None
g = G(other); g.switch()
old, sys.stderr = sys.stderr, StringIO()
try: del g
finally: text, sys.stderr = sys.stderr.getvalue(), old
print("ignored" in text, "KeyError" in text)
main = getcurrent(); hub = G(lambda: None); result = []
def worker():
    try: main.switch()
    except greenlet.GreenletExit:
        result.append(getcurrent().parent); result.append(getcurrent()); hub.switch()
g = G(worker, parent=hub); g.switch(); del g
print(result[0] is main, result[1].parent is hub)
seen = []
def worker():
    value = getcurrent().parent.switch(); del ww[0]
    initiator.parent = getcurrent().parent
    try: getcurrent().parent.switch(value)
    finally: seen.append(getcurrent())
def initiator(): return 42
ww = [G(worker)]; ww[0].switch(); initiator = G(initiator, ww[0]); print(initiator.switch(), len(seen))
`,
    `["GreenletExit('Killing the greenlet because all references have vanished.')"]
True True
True True
42 1
`,
  ],
  [
    'throw',
    `
import greenlet, sys
from greenlet import greenlet as G
main = greenlet.getcurrent()
class SomeError(Exception): pass
def catcher():
    while True:
        try: main.switch("ready")
        except ValueError as e: print("caught", repr(e), e.__context__)
c = G(catcher); c.switch()
print(c.throw(ValueError), c.throw(ValueError, 3), c.throw(ValueError(4)), c.throw(ValueError, (5, 6)), c.throw(ValueError, ValueError(7)))
print(repr(c.throw()), c.dead, repr(c.throw()), repr(c.throw(greenlet.GreenletExit, 4)))
try: c.throw(KeyError, "k")
except KeyError as e: print(repr(e))
u = G(lambda: print("never")); print(repr(u.throw()), u.dead)
u = G(lambda: print("never"))
try: u.throw(SomeError, "x")
except SomeError as e: print(repr(e), u.dead)
for bad in ((3,), (ValueError, 1, 2), (ValueError(), 1)):
    try: main.throw(*bad)
    except TypeError as e: print(e)
def ex():
    try: main.switch()
    finally: print("cleanup")
e = G(ex); e.switch(); print(repr(e.throw(greenlet.GreenletExit("bye"))))
class MyExit(greenlet.GreenletExit): pass
def ex2(): raise MyExit(9)
print(repr(G(ex2).switch()), issubclass(greenlet.GreenletExit, Exception))
def h():
    try: 1/0
    except ZeroDivisionError:
        try: main.switch()
        except SomeError as e: print("context", e.__context__)
        print(sys.exc_info()[0].__name__)
x = G(h); x.switch(); print(sys.exc_info()); x.throw(SomeError)
`,
    `caught ValueError() None
caught ValueError(3) None
caught ValueError(4) None
caught ValueError(5, 6) None
caught ValueError(7) None
ready ready ready ready ready
GreenletExit() True GreenletExit() GreenletExit(4)
KeyError('k')
GreenletExit() True
SomeError('x') True
exceptions must be classes, or instances, not int
throw() third argument must be a traceback object
instance exception may not have a separate value
cleanup
GreenletExit('bye')
MyExit(9) False
(None, None, None)
context None
ZeroDivisionError
`,
  ],
  [
    "the exception being handled is each greenlet's own",
    `
import greenlet, sys
def other(): print(sys.exc_info(), sys.exception())
try: raise ValueError
except ValueError:
    before = sys.exc_info(); greenlet.greenlet(other).switch(); print(before == sys.exc_info())
main = greenlet.getcurrent()
def handles():
    try: raise KeyError
    except KeyError: main.switch(); print(sys.exc_info()[0])
g = greenlet.greenlet(handles); g.switch(); print(sys.exc_info()); g.switch()
`,
    `(None, None, None) None
True
(None, None, None)
<class 'KeyError'>
`,
  ],
  [
    'parents that have not begun',
    `
import greenlet
from greenlet import greenlet as G
class SomeError(Exception): pass
print(G(lambda: 42, G(lambda x: (x, 24))).switch())
try: G(lambda: 42, G(lambda: 13)).switch()
except TypeError as e: print("TypeError")
try: G(lambda: None, parent=G()).switch()
except AttributeError as e: print("AttributeError", e)
seen = []
p = G(lambda: seen.append(24)); ch = G(lambda: seen.append(42)); ch.switch(); ch.parent = p; print(ch.switch(), seen)
class Parent(G):
    def __getattribute__(self, name):
        if name == 'run': raise SomeError
        return G.__getattribute__(self, name)
ch = G(lambda: 1, Parent())
for _ in range(2):
    try: ch.switch()
    except SomeError: print("perverse")
`,
    `(42, 24)
TypeError
AttributeError run
None [42, 24]
perverse
perverse
`,
  ],
  [
    'run, attributes, parents, subclasses',
    `
import greenlet, copy
from greenlet import greenlet as G, getcurrent
main = getcurrent()
class Sub(G):
    def run(self, *a): print("sub", a, getcurrent() is self, hasattr(self, "run")); return self.parent.switch("s")
s = Sub(); print(s.switch(1)); print(s.switch(2), s.dead)
def attr(): getcurrent().test = 42; print(hasattr(getcurrent(), "run"))
g = G(attr); print(g.__dict__, g.run is attr); g.switch(); print(g.__dict__)
for set_run in ("g.run = 3", "del g.run"):
    try: exec(set_run)
    except AttributeError as e: print(e)
g = G(); g.run = lambda: 5; print(g.switch(), G(run=None).run)
g = G()
for code in ("g.run", "g.switch()", "g.throw(ValueError)", "main.run", "main.parent = g", "del g.parent", "g.parent = None", "g.parent = 3",
             "g.parent = g", "G(attr, 3)", "G(1).switch()", "g.gr_context = 3"):
    try: exec(code)
    except Exception as e: print(code, "->", type(e).__name__, e)
for fn in (copy.copy, copy.deepcopy):
    try: fn(G())
    except TypeError: print("no copy")
a = G(); b = G(parent=a); c = G(parent=b)
print(b.parent is a, c.parent is b, a.parent is main, main.parent)
try: a.parent = c
except ValueError as e: print(e)
class Convoluted(G):
    def __init__(self): G.__init__(self); self.count = 0
    def __getattribute__(self, name):
        if name == 'run' and self.count == 0:
            self.count = 1; self.switch(43)
        return G.__getattribute__(self, name)
    def run(self, value):
        while True: self.parent.switch(value)
g = Convoluted(); print(g.switch(42)); del g
print(G.getcurrent() is main, G.GreenletExit is greenlet.GreenletExit, issubclass(greenlet.error, Exception), greenlet.greenlet.__module__)
`,
    `sub (1,) True True
s
2 True
{} True
False
{'test': 42}
run cannot be set after the start of the greenlet
run cannot be set after the start of the greenlet
5 None
g.run -> AttributeError run
g.switch() -> AttributeError run
g.throw(ValueError) -> AttributeError run
main.run -> AttributeError Main greenlets do not have a run attribute.
main.parent = g -> AttributeError cannot set the parent of a main greenlet
del g.parent -> AttributeError can't delete attribute
g.parent = None -> TypeError GreenletChecker: Expected any type of greenlet, not NoneType
g.parent = 3 -> TypeError GreenletChecker: Expected any type of greenlet, not int
g.parent = g -> ValueError cyclic parent chain
G(attr, 3) -> TypeError GreenletChecker: Expected any type of greenlet, not int
G(1).switch() -> TypeError 'int' object is not callable
g.gr_context = 3 -> TypeError greenlet context must be a contextvars.Context or None
no copy
no copy
True True True None
cyclic parent chain
43
True True True greenlet
`,
  ],
  [
    "settrace tells of switches; sys.settrace and sys.setprofile are the whole thread's",
    `
import greenlet, sys
HERE = sys._getframe().f_code.co_filename
G = greenlet.greenlet; main = greenlet.getcurrent(); names = {main: "main"}
def tracer(event, args): print("  ", event, names.get(args[0], "?"), "->", names.get(args[1], "?"))
print(greenlet.settrace(tracer), greenlet.gettrace() is tracer)
def f(): main.switch(); raise KeyError
g = G(f); names[g] = "g"; g.switch()
try: g.switch()
except KeyError: print("KeyError")
h = G(lambda: main.switch()); names[h] = "h"; h.switch(); h.throw(); main.switch()
d = G(lambda: 1); names[d] = "d"
try: d.throw(ValueError)
except ValueError: pass
d.switch()
print(greenlet.settrace(None) is tracer)
def bad(event, args): print(event); raise KeyError
g = G(lambda: main.switch()); g.switch(); greenlet.settrace(bad)
try: g.switch()
except KeyError: print("bad", greenlet.gettrace(), g.dead)
calls = []
def prof(frame, event, arg):
    if frame.f_code.co_filename == HERE and event in ("call", "return"): calls.append((event, frame.f_code.co_name))
def cb(): pass
def g1(): sys.setprofile(prof); cb(); two.switch(); cb()
def g2(): cb(); sys.setprofile(None); cb(); one.switch()
one, two = G(g1), G(g2); one.switch(); cb(); print(calls)
calls.clear()
def tr(frame, event, arg):
    if frame.f_code.co_filename == HERE: calls.append((event, frame.f_code.co_name))
sys.settrace(tr)
G(cb).switch()
x = G(lambda: (main.switch(), cb())); x.switch(); cb(); x.switch()
sys.settrace(None); print(calls)
`,
    `None True
   switch main -> g
   switch g -> main
   switch main -> g
   throw g -> main
KeyError
   switch main -> h
   switch h -> main
   throw main -> h
   switch h -> main
   switch main -> main
   throw main -> d
   throw d -> main
   switch main -> main
True
switch
bad None True
[('call', 'cb'), ('return', 'cb'), ('call', 'g2'), ('call', 'cb'), ('return', 'cb')]
[('call', 'cb'), ('call', '<lambda>'), ('call', 'cb'), ('call', 'cb')]
`,
  ],
  [
    'each has a contextvars context of its own',
    `
import greenlet, contextvars
G = greenlet.greenlet; main = greenlet.getcurrent()
V = contextvars.ContextVar("v", default=None); V.set(0)
def target():
    print(V.get(), gr.gr_context); V.set(1); print(type(gr.gr_context).__name__, V.get(), gr.gr_context[V])
    old = gr.gr_context; gr.gr_context = None; print(V.get(), gr.gr_context); V.set(2); new = gr.gr_context; print(new[V])
    main.switch((old, new)); print(V.get()); gr.gr_context = new; print(V.get())
    main.switch(); print(V.get(), gr.gr_context); gr.gr_context = old; print(V.get()); main.switch(); print(V.get(), gr.gr_context)
gr = G(target); print(gr.gr_context)
old, new = gr.switch(); print(gr.gr_context is new, V.get()); gr.gr_context = old; gr.switch(); print(gr.gr_context is new); gr.gr_context = None
gr.switch(); print(gr.gr_context is old); gr.gr_context = None; gr.switch(); print(gr.gr_context, V.get())
def inc(i):
    seen.append((i, V.get())); V.set(i)
    main.switch(); seen.append((i, V.get())); main.switch()
for how in ("none", "set", "share", "run"):
    seen = []; V.set(0)
    gs = [G(contextvars.copy_context().run) if how == "run" else G(inc) for i in range(3)]
    for g in gs:
        if how == "set": g.gr_context = contextvars.copy_context()
        if how == "share": g.gr_context = main.gr_context
    for i, g in enumerate(gs): g.switch(inc, i + 1) if how == "run" else g.switch(i + 1)
    for g in gs: g.switch()
    for g in reversed(gs): g.switch()
    print(how, seen, V.get(), [g.gr_context is None for g in gs])
`,
    `None
None None
Context 1 1
None None
2
True 0
1
2
True
None None
1
True
None None
None 0
none [(1, None), (2, None), (3, None), (1, 1), (2, 2), (3, 3)] 0 [False, False, False]
set [(1, 0), (2, 0), (3, 0), (1, 1), (2, 2), (3, 3)] 0 [False, False, False]
share [(1, 0), (2, 1), (3, 2), (1, 3), (2, 3), (3, 3)] 3 [False, False, False]
run [(1, 0), (2, 0), (3, 0), (1, 1), (2, 2), (3, 3)] 0 [True, True, True]
`,
  ],
  [
    'frames of one that waits, its collection, tracebacks',
    `
import greenlet, sys, gc, traceback, weakref
HERE = sys._getframe().f_code.co_filename
G = greenlet.greenlet; main = greenlet.getcurrent()
def outer(): inner()
def inner(): main.switch(sys._getframe(0)); return 5
hub = G(outer); fr = hub.switch(); G(lambda: None).switch()
print(hub.gr_frame is fr, hub.gr_frame.f_code.co_name, hub.gr_frame.f_back.f_code.co_name, hub.gr_frame.f_back.f_back)
print(main.gr_frame, G().gr_frame); hub.switch(); print(hub.gr_frame, hub.dead)
def rec(v):
    if v > 0: return v * list(map(rec, [v - 1]))[0]
    return main.switch()
g = G(rec); g.switch(5); f = g.gr_frame; out = []
while f is not None: out.append(f.f_locals.get("v")); f = f.f_back
print(out, g.switch(10))
o = weakref.ref(G(greenlet.getcurrent).switch()); gc.collect(); print(o())
class C(G): pass
o = C(); o.self = o; o = weakref.ref(o); gc.collect(); print(o())
def bottom(): raise RuntimeError("x")
def mid(): G(bottom).switch()
try: G(mid).switch()
except RuntimeError as e: print([f.name for f in traceback.extract_tb(e.__traceback__) if f.filename == HERE])
def deep(n): return 0 if n == 0 else 1 + deep(n - 1)
print(G(deep).switch(800))
try: G(deep).switch(5000)
except RecursionError: print("RecursionError")
`,
    `True inner outer None
None None
None True
[0, 1, 2, 3, 4, 5] 1200
None
None
['<module>', 'mid', 'bottom']
800
RecursionError
`,
  ],
  [
    'a switch through C code: callbacks of sort, re, json, dicts, with, generators',
    `
import greenlet, functools, re, json
G = greenlet.greenlet; main = greenlet.getcurrent()
def key(x): main.switch(("key", x)); return -x
def work():
    r = sorted([1, 2], key=key)
    r.append(re.sub("a", lambda m: str(main.switch("re")), "bab"))
    class H:
        def __hash__(self): main.switch("hash"); return 3
        def __eq__(self, o): main.switch("eq"); return True
        def __del__(self): main.switch("del")
        def __str__(self): main.switch("str"); return "s"
    d = {H(): 1}; r.append(d[H()]); r.append(str(H())); r.append(f"{H()}")
    r.append(functools.reduce(lambda a, b: main.switch("reduce"), [1, 2, 3]))
    r.append(min([3, 4], key=lambda x: main.switch("min")))
    r.append([*(main.switch("gen") for _ in range(2))])
    r.append(json.dumps(object(), default=lambda o: main.switch("json")))
    with_ = type("W", (), {"__enter__": lambda s: main.switch("enter"), "__exit__": lambda s, *a: main.switch("exit")})
    with with_() as w: r.append(w)
    return r
g = G(work); v = g.switch(); n = 0
while not g.dead:
    print(v, end=" "); n += 1; v = g.switch(n)
print(); print(v)
class Yield(G):
    def __init__(self, fn, *a): G.__init__(self, lambda: fn(*a))
    def __iter__(self): return self
    def __next__(self):
        self.parent = greenlet.getcurrent(); r = self.switch()
        if not self: raise StopIteration
        return r
def Y(v):
    g = greenlet.getcurrent()
    while not isinstance(g, Yield): g = g.parent
    g.parent.switch(v)
def perms(l):
    if not l: Y([])
    else:
        for p in Yield(perms, l[1:]):
            for i in range(len(l)): Y(p[:i] + [l[0]] + p[i:])
print([p for p in Yield(perms, [1, 2, 3])])
`,
    `('key', 1) ('key', 2) re hash hash eq del str del str del reduce reduce min min gen gen json enter exit del 
[2, 1, 'b3b', 1, 's', 's', 13, 3, [16, 17], '18', 19]
[[1, 2, 3], [2, 1, 3], [2, 3, 1], [1, 3, 2], [3, 1, 2], [3, 2, 1]]
`,
  ],
  [
    'greenlets are stacks of one thread: its identity, locks and locals',
    `
import greenlet, threading, time
G = greenlet.greenlet; ok = []
def simple():
    l = []; m = greenlet.getcurrent()
    def f(): l.append(1); m.switch(); time.sleep(0.01); l.append(3)
    g = G(f); l.append(0); g.switch(); l.append(2); g.switch(); l.append(4); ok.append(l == list(range(5)))
ts = [threading.Thread(target=simple) for _ in range(10)]
[t.start() for t in ts]; [t.join() for t in ts]; print(ok.count(True))
idents = []
def who(): idents.append((threading.get_ident(), threading.current_thread().name))
G(who).switch(); who(); print(idents[0] == idents[1])
loc = threading.local(); loc.x = 1; G(lambda: print("local", loc.x)).switch()
r = threading.RLock(); r.acquire(); G(lambda: print("rlock", r.acquire(False))).switch()
lock = threading.Lock(); G(lambda: lock.acquire()).switch(); print(lock.locked())
def spin(n, out):
    m = greenlet.getcurrent(); total = 0
    def child():
        x = 0
        while True: x += m.switch(x)
    ch = G(child); ch.switch()
    for i in range(n): total = ch.switch(i)
    out.append(total)
out = []; ts = [threading.Thread(target=spin, args=(300, out)) for _ in range(4)]; [t.start() for t in ts]; [t.join() for t in ts]; print(out)
`,
    `10
True
local 1
rlock True
True
[44850, 44850, 44850, 44850]
`,
  ],
  [
    'other threads: refused, and a greenlet dies in its own',
    `
import greenlet, threading, gc
G = greenlet.greenlet; main = greenlet.getcurrent()
seen, ref = [], []; a, b, c, d = [threading.Event() for _ in range(4)]
def fm():
    try: greenlet.getcurrent().parent.switch()
    except greenlet.GreenletExit: seen.append(threading.current_thread().name); raise
def f():
    g = G(fm); g.switch(); ref.append(g); del g; a.set(); b.wait(); G(); c.set(); d.wait()
t = threading.Thread(target=f, name="T"); t.start(); a.wait(); del ref[:]; gc.collect(); print(seen); b.set(); c.wait(); print(seen); d.set(); t.join()
data = {}; e1, e2 = threading.Event(), threading.Event()
def run(): data['g'] = G(lambda: None); e1.set(); e2.wait()
t = threading.Thread(target=run); t.start(); e1.wait()
g = G(lambda: greenlet.getcurrent().parent.switch()); g.switch()
try: g.parent = data['g']
except ValueError as e: print(e)
try: data['g'].switch()
except greenlet.error as e: print(e)
print(data['g'].dead, data['g'].parent.dead); e2.set(); t.join()
`,
    `[]
['T']
parent cannot be on a different thread
cannot switch to a different thread
False False
`,
  ],
  [
    'a thread that has ended takes its greenlets with it',
    `
import greenlet, threading
G = greenlet.greenlet; res = []
def creator():
    g = G(lambda: greenlet.getcurrent().parent.switch()); g.switch(); res.append(g)
t = threading.Thread(target=creator); t.start(); t.join()
for how in (res[0].switch, lambda: res[0].throw(ValueError)):
    try: how()
    except greenlet.error as e: print(e)
print(res[0].gr_frame, res[0].dead, bool(res[0]), repr(res[0])[-23:])
`,
    `cannot switch to a different thread (which happens to have exited)
cannot switch to a different thread (which happens to have exited)
None True False ) (thread exited) dead>
`,
  ],
  [
    'a fork inside a greenlet, and one beside one',
    `
import greenlet, os, sys, signal
G = greenlet.greenlet; main = greenlet.getcurrent(); log = []
def f():
    log.append("a"); main.switch(); pid = os.fork(); log.append("child" if pid == 0 else "parent"); main.switch(pid); log.append("end"); return pid
g = G(f); g.switch(); pid = g.switch(); g.switch()
if pid == 0: print(log, g.dead, flush=True); os._exit(7)
print(os.waitpid(pid, 0)[1] >> 8, log, flush=True)
other = G(lambda: main.switch(1)); other.switch()
pid = os.fork()
if pid == 0: print("child", other.switch(5), other.dead, flush=True); os._exit(3)
print(os.waitpid(pid, 0)[1] >> 8); print(other.switch(6))
def handler(s, f): print("signal in", greenlet.getcurrent() is g2)
signal.signal(signal.SIGUSR1, handler)
g2 = G(lambda: os.kill(os.getpid(), signal.SIGUSR1)); g2.switch()
`,
    `['a', 'child', 'end'] True
7 ['a', 'parent', 'end']
child 5 True
3
6
signal in True
`,
  ],
  [
    'the end of the program with greenlets that wait',
    `
import greenlet, atexit
atexit.register(print, "atexit")
main = greenlet.getcurrent()
def f():
    try: main.switch()
    finally: print("never")
g = greenlet.greenlet(f); g.switch()
print("end")
`,
    `end
atexit
`,
  ],
];

test.each(PROGRAMS)('%s', async (_, source, expected) => {
  expect(await output(source)).toBe(expected);
});

test('the same wherever threads may be preempted', async () => {
  for (const [name, source, expected] of PROGRAMS) {
    expect(await output(source, 'every-bytecode'), name).toBe(expected);
  }
}, 60_000);

test('as many greenlets may run as threads, and those that have ended make room', async () => {
  const source = `
import greenlet
main = greenlet.getcurrent()
def begin(): g = greenlet.greenlet(main.switch); g.switch(); return g
alive = []
try:
    while True: alive.append(begin())
except RuntimeError as e: print(len(alive), e)
del alive[50:]; print(len([begin() for _ in range(10)]))
for n in range(2000): greenlet.greenlet(lambda: None).switch()
print("end")
`;
  expect(await output(source, 'cpython', 100)).toBe("100 can't start new greenlet: 100 run already\n10\nend\n");
});

test('an uncaught exception is told without frames of greenlet, which has none in C', async () => {
  const source = 'import greenlet\ndef f():\n    1/0\ngreenlet.greenlet(f).switch()\n';
  expect(await output(source)).toBe(`Traceback (most recent call last):
  File "main.py", line 4, in <module>
    greenlet.greenlet(f).switch()
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~^^
  File "main.py", line 3, in f
    1/0
    ~^~
ZeroDivisionError: division by zero
[exception]`);
});

test('each greenlet has a lane, and says where it waits', async () => {
  const source = `
import greenlet
main = greenlet.getcurrent()
def ping():
    main.switch()
g = greenlet.greenlet(ping)
g.switch()
g.switch()
`;
  const record = await engine.run(programOf(source), { kind: 'round-robin' }, {}, {}, false).done;
  const lane = record?.trace.tasks.find(({ name }) => name === 'ping');
  expect(lane).toMatchObject({ thread: 1 });
  const events = record?.trace.events.filter(({ task }) => task === lane?.id).map(({ kind }) => kind);
  expect(events).toEqual(['switch', 'block', 'wake', 'switch', 'exit']);
  const block = record?.trace.events.find(({ kind, task }) => kind === 'block' && task === lane?.id);
  expect(block).toMatchObject({ waiting: { on: 'await', what: 'greenlet.switch' }, at: { file: 'main.py', line: 5 } });
});
