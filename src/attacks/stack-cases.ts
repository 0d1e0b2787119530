/** Greenlets: the natives below them, called by a program that has found them, and what greenlets could hide. */
import { type Attack, FIND_BOOT, FIND_NATIVES } from './attack.ts';

export const STACK_ATTACKS: readonly Attack[] = [
  {
    name: 'stacks with garbage',
    why: 'numbers of no stack, bodies that are none or answer nonsense, contexts that are none',
    source: `
${FIND_NATIVES}
import contextvars, random, threading
found = natives()
new, change, frame, context = (found[name] for name in ("new_stack", "change_stack", "stack_frame", "stack_context"))
class Odd(int):
    def __index__(self): raise RuntimeError
    __float__ = __index__
values = [None, 0, -1, 1, 2, 3, 2**31, 2**32, 2**53, 10**400, 1.5, float("nan"), float("inf"), "x", b"", object(), print, [], Odd(3), True, contextvars.Context()]
random.seed(1)
def nonsense(): return random.choice(values)
def loops():
    for n in range(20): change(random.choice(values))
    return random.choice(values)
for n in range(300):
    for call, count in ((new, 1), (change, 1), (frame, 1), (context, 2)):
        try: call(*(random.choice([*values, nonsense, loops, n % 40]) for _ in range(count)))
        except Exception: pass
ids = []
def thread():
    ids.append(new(loops))
    change(ids[0])
t = threading.Thread(target=thread); t.start(); t.join()
def other():
    for n in range(50):
        change(n); frame(n); context(n, None)
t = threading.Thread(target=other); t.start(); t.join()
for stack in range(400):
    if frame(stack) is not None:
        at = frame(stack)
        while at is not None:
            str(at.f_lineno), dict(at.f_locals)
            at = at.f_back
print("SURVIVED")
`,
    ends: { kind: 'exit', code: 0 },
    prints: /SURVIVED/,
  },
  {
    name: 'more stacks than there may be',
    why: 'each takes memory outside of what a program has',
    source: `
${FIND_NATIVES}
found = natives()
refused = made = 0
def body(): found["change_stack"](0)
for n in range(10_000):
    try: found["change_stack"](found["new_stack"](body)); made += 1
    except RuntimeError: refused += 1
import greenlet
try: greenlet.greenlet(print).switch()
except RuntimeError as e: print(e)
print("SURVIVED", refused > 0, made + refused)
`,
    ends: { kind: 'exit', code: 0 },
    prints: /can't start new greenlet[\s\S]*SURVIVED True 10000/,
  },
  {
    name: 'the end of a program, told from another stack',
    why: 'boot.py alone reports how a program ended, and only at its end',
    source: `
${FIND_NATIVES}
${FIND_BOOT}
import greenlet, threading, sys, os
found = natives()
def forge():
    try: boot["_end"]((0, None, None, None, [1, "done"]), {"again": False})
    except BaseException as e: print(type(e).__name__)
    try: found["exit_process"](b'{"code": 0}')
    except BaseException as e: print(type(e).__name__)
    try: found["end_task"](0)
    except BaseException as e: print(type(e).__name__)
greenlet.greenlet(forge).switch()
raise SystemExit(5)
`,
    ends: { kind: 'exit', code: 5 },
  },
  {
    name: 'greenlets in the place of threads',
    why: 'who patches the library has no threads any more, and no races: that proves nothing',
    source: `
from gevent import monkey
monkey.patch_all()
class Account:
    def __init__(self):
        self.balance = 0
    def deposit(self, amount):
        self.balance = self.balance + amount
`,
    grade: 'race',
  },
  {
    name: 'code that says it is a package of the machine',
    why: 'there are no switch points in the library',
    source: `
${FIND_BOOT}
SOURCE = '''
class Account:
    def __init__(self):
        self.balance = 0
    def deposit(self, amount):
        self.balance = self.balance + amount
'''
import greenlet
for name in ("greenlet/__init__.py", "gevent/hub.py"):
    path = "/lib/python3.14/site-packages/" + name
    for compiled in (lambda: compile(SOURCE, path, "exec"), lambda: boot["_compile"](path, SOURCE), lambda: boot["_compile"](path, SOURCE.encode())):
        try: exec(compiled())
        except Exception as e: print(type(e).__name__)
try: open(greenlet.__file__, "w").write(SOURCE)
except OSError as e: print(type(e).__name__)
`,
    grade: 'race',
  },
];
