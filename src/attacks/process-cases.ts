/** Processes: too many, without end, in odd places, and what they may do to each other and to the verdict. */
import type { Attack } from './attack.ts';

/** Enough to see a bomb go off, and fewer than there are Pythons at one time: then it is the same end on any machine. */
const FEW = { processes: 12 };

/** Ways of making processes without end; all of them end at the named limit. */
const BOMBS: readonly (readonly [name: string, source: string])[] = [
  ['in a loop', 'import os, time\nwhile True:\n    try: os.fork()\n    except OSError: time.sleep(1)\n'],
  ['each waited for', 'import os\nwhile True:\n    if os.fork() == 0: os._exit(0)\n    os.wait()\n'],
  ['in a chain', 'import os\nwhile os.fork() == 0: pass\nos.wait()\n'],
  ['zombies', 'import os, time\nwhile True:\n    if os.fork() == 0: os._exit(0)\n    time.sleep(1)\n'],
  [
    'in threads',
    'import os, threading, time\ndef forks():\n    while True:\n        try: os.fork()\n        except OSError: time.sleep(1)\nfor _ in range(4): threading.Thread(target=forks).start()\n',
  ],
  [
    'in a signal handler',
    'import os, signal\ndef again(*_):\n    try: os.fork()\n    except OSError: os._exit(0)\n    os.kill(os.getpid(), 10)\nsignal.signal(10, again)\nos.kill(os.getpid(), 10)\n',
  ],
  [
    'in finalisers',
    'import os, time\nclass Again:\n    def __del__(self):\n        try: os.fork()\n        except OSError: time.sleep(1)\n        Again()\nAgain()\n',
  ],
  [
    'by hooks of fork',
    'import os\ndef again():\n    if os.fork() == 0: os._exit(0)\nos.register_at_fork(after_in_parent=again)\nos.fork()\n',
  ],
  [
    'by exec',
    'import os, sys\nif os.fork() == 0: os.execv("/bin/sh", ["sh", "-c", "python3 exercise.py"])\nos.wait()\n',
  ],
];

const fits = (name: string, why: string, source: string, prints: RegExp, rest: Partial<Attack> = {}): Attack => ({
  name,
  why,
  source,
  ends: { kind: 'exit', code: 0 },
  prints,
  ungraded: true,
  ...rest,
});

/** Answers of hidden tests that a child tries to give. */
const cheated = (name: string, why: string, child: string): Attack => ({
  name,
  why,
  grade: 'stuck',
  source: `
import os, sys
def finish(n):
    if os.fork() == 0:
${child.replace(/^/gm, '        ')}
        os._exit(0)
    os.wait()
    raise RuntimeError("broken")
if __name__ == "__main__":
    finish(7)
`,
  wins: ({ record }) => record.outcome.kind === 'exit' && record.outcome.code === 0,
});

export const PROCESS_ATTACKS: readonly Attack[] = [
  ...BOMBS.map(
    ([name, source]): Attack => ({
      name: `a fork bomb ${name}`,
      why: 'the engine must survive, and say which limit it was',
      source,
      limits: FEW,
      ends: { kind: 'limit', limit: 'processes' },
      ungraded: true,
    }),
  ),
  {
    name: 'a bomb of commands',
    why: 'shells that start themselves are stopped, too',
    source: `import os\nprint(os.system(":(){ :|:& };:"), os.system("f() { f; }; f"), os.system("f() { f | f; }; f"))\n`,
    limits: FEW,
    ends: [{ kind: 'exit' }, { kind: 'limit' }],
    ungraded: true,
  },
  ...['fork', 'spawn'].map(
    (method): Attack => ({
      name: `multiprocessing that starts itself, by ${method}`,
      why: 'as above, through CPython’s own library',
      source: `
import multiprocessing
def again(n):
    process = multiprocessing.get_context("${method}").Process(target=again, args=(n + 1,))
    process.start()
    process.join()
if __name__ == "__main__":
    again(0)
`,
      limits: FEW,
      ends: [{ kind: 'exit' }, { kind: 'limit' }],
      ungraded: true,
    }),
  ),
  {
    name: 'what a fork lives through again',
    why: 'a copy costs as much as what came before it: that must count',
    source: `import os\nfor _ in range(1_000_000): pass\nfor _ in range(1000):\n    if os.fork() == 0: os._exit(0)\n    os.wait()\n`,
    ends: { kind: 'limit', limit: 'steps' },
    ungraded: true,
  },
  fits(
    'fork in odd places',
    'the copy goes through C code, hooks and imports again, and must come out at the same place',
    `
import functools, gc, json, os, pickle, re, sys, time
class Hashed:
    def __hash__(self): self.pid = os.fork(); return 1
class Pickled:
    def __reduce__(self): found.append(os.fork()); return int, ()
class Dropped:
    def __del__(self): found.append(os.fork())
def in_hash():
    thing = Hashed(); {thing}; found.append(thing.pid)
def in_import():
    with open("forks.py", "w") as file: file.write("import os; pid = os.fork()")
    import forks; found.append(forks.pid)
def in_trace():
    def trace(*_):
        if not found: found.append(None); found[0] = os.fork()
    sys.settrace(trace); (lambda: 0)(); sys.settrace(None)
def in_deep(n=0):
    in_deep(n + 1) if n < 800 else found.append(os.fork())
def in_gc():
    def called(phase, _):
        if not found: found.append(None); found[0] = os.fork()
    gc.callbacks.append(called); gc.collect(); gc.callbacks.remove(called)
def long_history():
    for _ in range(50_000): time.monotonic_ns()
    found.append(os.fork())
def addresses():
    "".join(str(id(object())) for _ in range(1000)); found.append(os.fork())
for act in (
    lambda: [1].sort(key=lambda x: found.append(os.fork())), lambda: exec("import os; found.append(os.fork())"), lambda: re.sub("a", lambda _: found.append(os.fork()) or "x", "a"),
    lambda: functools.reduce(lambda a, b: found.append(os.fork()), [1, 2]), lambda: json.dumps(object(), default=lambda _: found.append(os.fork())),
    lambda: next((found.append(os.fork()) for _ in [1])), lambda: pickle.dumps(Pickled()), Dropped, in_hash, in_import, in_trace, in_deep, in_gc, long_history, addresses,
):
    found = []
    act()
    if found[0] == 0:
        os._exit(3)
    print(os.waitpid(found[0], 0)[1] >> 8, end="", flush=True)
`,
    /^3{15}$/,
    { limits: { steps: 100_000_000 } },
  ),
  fits(
    'os._exit in odd places',
    'inside C code, a thread, and hooks of fork',
    `
import os, sys, threading, time
class Hashed:
    def __hash__(self): os._exit(3)
class Dropped:
    def __del__(self): os._exit(3)
def in_thread(): threading.Thread(target=os._exit, args=(3,)).start(); time.sleep(100)
def in_hook(): os.register_at_fork(before=lambda: os._exit(3)); os.fork()
def in_parent(): os.register_at_fork(after_in_parent=lambda: os._exit(3)); os.fork()
def in_child():
    os.register_at_fork(after_in_child=lambda: os._exit(3))
    if os.fork(): os._exit(os.wait()[1] >> 8)
def in_trace(): sys.settrace(lambda *_: os._exit(3)); (lambda: 0)()
for act in (in_thread, lambda: [2, 1].sort(key=lambda x: os._exit(3)), lambda: {Hashed()}, Dropped, in_hook, in_parent, in_child, in_trace):
    pid = os.fork()
    if pid == 0:
        act()
        os._exit(9)
    print(os.waitpid(pid, 0)[1] >> 8, end="", flush=True)
`,
    /^3{8}$/,
  ),
  fits(
    'children that do not want to end',
    'SIGTERM is ignored, SIGKILL is not',
    `
import os, signal, time
pid = os.fork()
if pid == 0:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True: pass
time.sleep(1); os.kill(pid, signal.SIGTERM); time.sleep(1)
print(os.waitpid(pid, os.WNOHANG)); os.kill(pid, signal.SIGKILL); print(os.waitpid(pid, 0)[1])
for _ in range(3):
    if os.fork() == 0:
        while True: time.sleep(1)
os.kill(-1, signal.SIGKILL); print([os.wait()[1] for _ in range(3)])
for who in (1, os.getppid(), -os.getpgid(os.getppid()), -1, 2**31 - 1, -2**31, 99999):
    try: print("REACHED", os.kill(who, 9))
    except OSError as e: print(e.errno, end=" ")
`,
    /^\(0, 0\)\n9\n\[9, 9, 9\]\n1 1 1 3 3 3 3 $/,
  ),
  {
    name: 'an orphan that computes for ever',
    why: 'when the program has ended its children may go on, not without end',
    source: `import os\nif os.fork() == 0:\n    while True: pass\n`,
    limits: { steps: 1_000_000 },
    ends: { kind: 'limit', limit: 'steps' },
  },
  fits(
    'an orphan that sleeps for ever',
    'as above',
    `import os, time\nif os.fork() == 0:\n    while True: time.sleep(1)\nprint("over")\n`,
    /over/,
  ),
  ...[
    ['itself', 'import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n'],
    [
      'its child',
      'import os, signal\npid = os.fork()\nif pid == 0: os.kill(os.getpid(), signal.SIGSTOP)\nos.waitpid(pid, 0)\n',
    ],
  ].map(
    ([whom, source = '']): Attack => ({
      name: `a program that stops ${whom} for ever`,
      why: 'nobody is there to let it go on',
      source,
      ends: { kind: 'deadlock' },
    }),
  ),
  {
    name: 'alarms without a pause',
    why: 'an interval of nearly nothing must not hold the clock still for ever',
    source: `import signal, time\nsignal.signal(signal.SIGALRM, lambda *_: None)\nsignal.setitimer(signal.ITIMER_REAL, 5e-324, 5e-324)\nwhile True: time.sleep(1)\n`,
    limits: { steps: 300_000, time: 1000 },
    ends: { kind: 'limit' },
    ungraded: true,
  },
  cheated(
    'a child that prints what is expected',
    'words are not results',
    `print('[7, "done"]', flush=True)\nos.write(1, b'passed')`,
  ),
  cheated(
    'a child that ends well instead of its parent',
    'an exit code of another process',
    'os.kill(os.getppid(), 9)',
  ),
  cheated(
    'a child that patches the library',
    'what is patched in one process must be reported for the run',
    `import json, threading\njson.dumps = lambda *a, **k: '[7, "done"]'\nthreading.Thread.start = lambda self: self.run()`,
  ),
  cheated(
    'a child that writes the parent’s files',
    'the library that a next import would read',
    `for path in ('/lib/python314.zip', 'driver.py', 'exercise.py'):
    try: open(path, 'w').write('def finish(n): return [n, "done"]')
    except OSError as e: print(e)`,
  ),
];
