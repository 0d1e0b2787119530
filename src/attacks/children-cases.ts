/** What children can be used for: memory, handed-over objects, ends at bad moments, and a library that only they change. */
import type { Attack } from './attack.ts';

/** An answer that would pass, but for what a child of its does: the verdict must say so. */
const tainted = (name: string, body: string): Attack => ({
  name: `tampering in ${name}`,
  why: 'what is changed in one process counts for the run: it may be the one that does the work',
  grade: 'stuck',
  source: childOf(body),
  wins: ({ record }) => record.tampered === undefined || record.outcome.kind !== 'exit',
});

function childOf(body: string): string {
  return `
import json, multiprocessing, os, signal, subprocess, sys, threading, time
def patch():
    json.dumps = lambda *a, **k: '[7, "done"]'
def patch_below():
    threading.Thread.start.__code__ = (lambda self: self.run()).__code__
def nothing():
    pass
def by(method, target):
    process = multiprocessing.get_context(method).Process(target=target)
    process.start()
    process.join()
def finish(n):
${body.replace(/^/gm, '    ')}
    return [n, "done"]
if __name__ == "__main__":
    finish(7)
`;
}

/** The same as the tampering ones without it: this must pass, or they prove nothing. */
export const HONEST_CHILDREN = childOf(`
import collections, concurrent.futures, datetime, decimal, fractions, pathlib, queue, uuid
for method in ("fork", "spawn", "forkserver"):
    by(method, nothing)
    context = multiprocessing.get_context(method)
    with context.Pool(2) as pool: pool.map(abs, [1, -1])
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as executor: executor.submit(abs, -1).result()
with multiprocessing.Manager() as manager: manager.list([1]).append(2); manager.Lock().acquire()
sent = multiprocessing.Queue()
sent.put([fractions.Fraction(1, 2), decimal.Decimal(1), datetime.datetime.now(), pathlib.Path("/"), uuid.uuid4(), collections.OrderedDict(a=1), queue.Empty(), signal.SIGTERM])
sent.get()
if os.fork() == 0: os._exit(0)
os.wait()`);

const survives = (name: string, why: string, source: string, prints: RegExp, rest: Partial<Attack> = {}): Attack => ({
  name,
  why,
  source,
  ends: { kind: 'exit', code: 0 },
  prints,
  ungraded: true,
  ...rest,
});

export const CHILDREN_ATTACKS: readonly Attack[] = [
  tainted('a child', 'if os.fork() == 0: patch(); os._exit(0)\nos.wait()'),
  tainted('a child’s code', 'if os.fork() == 0: patch_below(); os._exit(0)\nos.wait()'),
  tainted('a child of a child', 'if os.fork() == 0:\n    if os.fork() == 0: patch()\n    os._exit(0)\ntime.sleep(1)'),
  tainted('a child that is killed', 'if os.fork() == 0: patch(); os.kill(os.getpid(), signal.SIGKILL)\nos.wait()'),
  tainted(
    'a child that becomes another program',
    'if os.fork() == 0: patch(); os.execv("/bin/true", ["true"])\nos.wait()',
  ),
  tainted('a child that is left behind', 'if os.fork() == 0:\n    patch(); time.sleep(1000)\ntime.sleep(1)'),
  tainted(
    'a child that crashes',
    'import faulthandler\nif os.fork() == 0: patch(); faulthandler._sigabrt()\nos.wait()',
  ),
  tainted('a process of multiprocessing, by fork', 'by("fork", patch)'),
  tainted('a process of multiprocessing, by spawn', 'by("spawn", patch)'),
  tainted('a process of multiprocessing, by forkserver', 'by("forkserver", patch)'),
  tainted(
    'a program that is started',
    'subprocess.run([sys.executable, "-c", "import json; json.dumps = None"], check=True)',
  ),
  {
    name: 'hidden expectations in a child’s memory',
    why: 'a process that is made anew holds no more than the first',
    grade: 'secret',
    source: `
import gc, multiprocessing, os
def look():
    for thing in gc.get_objects():
        for text in (thing.values() if type(thing) is dict else [thing] if isinstance(thing, (str, bytes)) else ()):
            if "SECRET" in str(text)[:2000] and "in str" not in str(text): print(str(text)[:2000], flush=True)
    for name in ("environ", "cmdline", "maps", "mem", "status"):
        for who in (1, os.getppid(), "self"):
            try: print(open(f"/proc/{who}/{name}", "rb").read(500))
            except OSError: pass
    print(dict(os.environ), os.sysconf_names if False else "")
if __name__ == "__main__":
    for method in ("fork", "spawn"):
        process = multiprocessing.get_context(method).Process(target=look); process.start(); process.join()
    if os.fork() == 0: look(); os._exit(0)
    os.wait()
`,
    wins: ({ record }) => /HB_SECRET|npm_|NODE/.test(record.stdout),
  },
  survives(
    'a flood of memory in children',
    'all processes together may take as much as one',
    `
import os, time
def full():
    try: os.environ["x"] = "x"; kept = bytearray(b"x") * (100 << 20); return 0
    except MemoryError: return 1
for n in range(9):
    if os.fork() == 0:
        try: kept = bytearray(b"x") * (100 << 20)
        except MemoryError: os._exit(1)
        time.sleep(5)
        os._exit(0)
print(sum(os.wait()[1] == 0 for n in range(9)))
kept = bytearray(b"x") * (100 << 20)
try:
    for n in range(9):
        if os.fork() == 0: time.sleep(5); os._exit(0)
except OSError as e: print(n, e.errno)
`,
    /^2\n1 12\n$/,
    { limits: { memory: 256 * 1024 * 1024 } },
  ),
  survives(
    'a past that is too long to copy',
    'what a process has been told is kept for its copies: that must have a bound',
    `
import os
zeros = os.open("/dev/zero", os.O_RDONLY)
for n in range(6000): os.read(zeros, 1 << 16)
try: print("REACHED", os.fork())
except OSError as e: print(e.errno)
print(os.system("true"))
`,
    /^12\n0\n$/,
  ),
  survives(
    'two hundred children',
    'there is room for some, and the others are refused',
    `
import os, time
made = 0
try:
    for n in range(200):
        if os.fork() == 0: time.sleep(5); os._exit(n)
        made += 1
except BlockingIOError as e: print(e.errno)
print(made == 31, sorted(os.waitstatus_to_exitcode(os.wait()[1]) for n in range(made)) == list(range(made)))
`,
    /^11\nTrue True\n$/,
  ),
  survives(
    'exit codes that are none',
    'eight bits arrive, whatever is said',
    `
import os, sys
def code(end):
    pid = os.fork()
    if pid == 0:
        end()
        os._exit(77)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
def odd(act):
    try: act()
    except (OverflowError, TypeError): os._exit(66)
print([code(lambda: os._exit(n)) for n in (-1, 256, 257, True, 2**31 - 1, -2**31)])
print([code(lambda: odd(lambda: os._exit(n))) for n in (2**31, 2**40, 2**64, 1.5, "x", None)])
print([code(lambda: os.kill(os.getpid(), n)) for n in (1, 6, 9, 11, 15, 64)], code(os.abort))
`,
    /^\[255, 0, 1, 1, 255, 0\]\n\[66, 66, 66, 66, 66, 66\]\n\[-1, -6, -9, -11, -15, -64\] -6\n$/,
  ),
  survives(
    'a child that crashes CPython',
    'its memory is its own: the others go on',
    `
import faulthandler, os
for crash in (faulthandler._sigsegv, faulthandler._sigabrt):
    if os.fork() == 0:
        crash()
        os._exit(0)
    print(os.wait()[1] & 127 > 0, flush=True)
`,
    /^(True\n){2}$/,
  ),
  {
    name: 'handlers at the end that make children',
    why: 'as CPython, it forks no more at its end; what it starts then it may',
    source: `import atexit, os, subprocess, sys\natexit.register(os.fork)\natexit.register(subprocess.run, [sys.executable, "exercise.py"])\n`,
    limits: { processes: 12, steps: 1_000_000 },
    ends: { kind: 'limit', limit: 'processes' },
    ungraded: true,
  },
  survives(
    'objects that cannot be handed over',
    'what is unpickled runs code in the parent, and what cannot be must not stop the others',
    `
import multiprocessing, os, time
class Bad:
    def __reduce__(self): return os._exit, (7,)
class Unsaid(Exception):
    def __init__(self, a, b): super().__init__(a)
def inner(n): return lambda: n
def gone(n): os._exit(3)
def attempt(act):
    try: print("got", act())
    except BaseException as e: print(type(e).__name__)
if __name__ == "__main__":
    for method in ("spawn", "forkserver"):
        attempt(multiprocessing.get_context(method).Process(target=lambda: 1).start)
    fork = multiprocessing.get_context("fork")
    with fork.Pool(2) as pool:
        attempt(lambda: pool.apply(inner, (1,)))
        attempt(lambda: pool.apply_async(gone, (1,)).get(5))
        attempt(lambda: pool.apply(abs, (-1,)))
    queue = fork.Queue(); queue.put(lambda: 1); queue.put(5)
    attempt(lambda: queue.get(timeout=3))
    ours, theirs = fork.Pipe(); theirs._send_bytes(b"\\x80\\x05not a pickle"); attempt(ours.recv)
    theirs._send(b"\\0\\xff\\xff\\xff" + b"half"); theirs.close(); attempt(ours.recv)
    other = fork.SimpleQueue(); fork.Process(target=other.put, args=(Bad(),)).start()
    print("last", flush=True); other.get()
`,
    /^(Attribute|Pickling)\w*Error\n(Attribute|Pickling)\w*Error\nMaybeEncodingError\nTimeoutError\ngot 1\ngot 5\n\w+\n(OSError|OverflowError)\nlast\n$/,
    { ends: { kind: 'exit', code: 7 } },
  ),
  survives(
    'a process ended in the middle of a message',
    'half a message that stays behind is the program’s trouble, and must not be the engine’s',
    `
import multiprocessing, time
fork = multiprocessing.get_context("fork")
def put(queue):
    while True: queue.put(bytes(300_000))
queue = fork.Queue(2); process = fork.Process(target=put, args=(queue,)); process.start(); time.sleep(0.1)
process.terminate(); process.join(); print(process.exitcode)
try:
    while True: queue.get(timeout=5)
except Exception as e: print(type(e).__name__)
`,
    /^-15\n(Empty\n)?$/,
    { ends: [{ kind: 'exit', code: 0 }, { kind: 'deadlock' }] },
  ),
  {
    name: 'a lock that a dead process holds',
    why: 'nobody will ever give it back',
    source: `import multiprocessing, os\nlock = multiprocessing.Lock()\nif os.fork() == 0: lock.acquire(); os._exit(0)\nos.wait()\nlock.acquire()\n`,
    ends: { kind: 'deadlock' },
    ungraded: true,
  },
  survives(
    'multiprocessing’s own helpers killed',
    'the library starts them again, or says that they are gone',
    `
import multiprocessing, os, signal, time
from multiprocessing import forkserver, resource_tracker, shared_memory
def said(): print("child", flush=True)
if __name__ == "__main__":
    context = multiprocessing.get_context("forkserver")
    for n in range(2):
        process = context.Process(target=said); process.start(); process.join()
        os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL); time.sleep(1)
    memory = shared_memory.SharedMemory(create=True, size=10)
    os.kill(resource_tracker._resource_tracker._pid, signal.SIGKILL); time.sleep(1)
    memory.close(); memory.unlink()
    print("END")
`,
    /^child\nchild\nEND\n$/,
  ),
  survives(
    'signals to and fro',
    'the parent stopped by its child, its group killed by a child of another',
    `
import os, signal, time
if os.fork() == 0:
    os.setpgid(0, 0); time.sleep(1); os.killpg(0, signal.SIGKILL)
print(os.wait()[1])
if os.fork() == 0:
    os.kill(os.getppid(), signal.SIGSTOP); time.sleep(1); os.kill(os.getppid(), signal.SIGCONT); os._exit(0)
print(os.wait()[1])
for n in range(3):
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, lambda *_: os.kill(0, signal.SIGTERM)); time.sleep(100); os._exit(1)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
time.sleep(1); os.kill(0, signal.SIGTERM); time.sleep(1); os.kill(-1, signal.SIGKILL)
print([os.wait()[1] & 127 for n in range(3)])
`,
    /^9\n0\n\[9, 9, 9\]\n$/,
    {
      limits: { steps: 2_000_000 },
      ends: [
        { kind: 'exit', code: 0 },
        { kind: 'limit', limit: 'steps' },
      ],
      prints: /^9\n0\n/,
    },
  ),
];
