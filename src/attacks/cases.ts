/** Attacks by learner programs. Each says what winning would be, as seen from outside the sandbox. */
import { type Attack, FIND_BOOT, FIND_NATIVES, PORT_FILE, REACHED, reached } from './attack.ts';
import { BROKER_ATTACKS } from './broker-cases.ts';
import { CHILDREN_ATTACKS } from './children-cases.ts';
import { HOST_ATTACKS } from './host-cases.ts';
import { NATIVE_ATTACKS } from './native-cases.ts';
import { PROCESS_ATTACKS } from './process-cases.ts';
import { SHELL_ATTACKS } from './shell-cases.ts';
import { STACK_ATTACKS } from './stack-cases.ts';
import { SYSTEM_CALL_ATTACKS } from './system-call-cases.ts';
import { WEB_SERVER_ATTACKS } from './web-server-cases.ts';

const RACY = `
class Account:
    def __init__(self):
        self.balance = 0
    def deposit(self, amount):
        self.balance = self.balance + amount
`;

const STUCK = `
import threading
def finish(n):
    lock = threading.Lock()
    lock.acquire()
    {cheat}
    lock.acquire()
    return [n, "done"]
`;

const stuck = (cheat: string) => STUCK.replace('{cheat}', cheat.trim().split('\n').join('\n    '));

const importAttack = (name: string, statement: string): Attack => ({
  name: `import ${name}`,
  why: 'any JavaScript object in Python is a way to the page and to the network',
  source: `
import sys
def attempt(how):
    try:
        exec(how, {"sys": sys})
        print("${REACHED}")
    except BaseException as e:
        print(type(e).__name__)
for prefix in ("", "sys.modules.pop('${name}', None); ", "sys.modules.clear(); "):
    attempt(prefix + ${JSON.stringify(statement)})
`,
  wins: reached,
});

export const ATTACKS: readonly Attack[] = [
  importAttack('js', 'import js; js.Object'),
  importAttack('pyodide_js', 'import pyodide_js; pyodide_js.runPython'),
  importAttack('pyodide', 'import pyodide; from pyodide.code import run_js; run_js("1")'),
  importAttack('_pyodide_core', 'import _pyodide_core; _pyodide_core.JsProxy'),
  importAttack('_ctypes', 'import _ctypes; _ctypes.dlopen(None, 0)'),
  importAttack('ctypes', 'import ctypes; ctypes.CDLL(None).emscripten_run_script(b"1")'),
  {
    name: 'built-in modules by their specs',
    why: '_imp makes a module although sys.modules denies it',
    source: `
import sys, importlib, importlib.util, importlib.machinery, _imp
for name in ("_pyodide_core", "js", "pyodide_js", "_ctypes", "_testcapi", "_testinternalcapi", "_remote_debugging", "_hb"):
    for make in (
        lambda: importlib.import_module(name),
        lambda: _imp.create_builtin(importlib.util.spec_from_loader(name, importlib.machinery.BuiltinImporter)),
        lambda: importlib.machinery.BuiltinImporter.load_module(name),
        lambda: _imp.create_dynamic(importlib.machinery.ModuleSpec(name, None, origin="/lib/" + name + ".so")),
    ):
        sys.modules.pop(name, None)
        try:
            module = make()
            if module is not None:
                print("${REACHED}", name, dir(module))
        except BaseException as e:
            print(name, type(e).__name__, str(e)[:80])
`,
    wins: reached,
  },
  importAttack('_testcapi', 'import _testcapi, _testinternalcapi; _testcapi.crash_no_current_thread'),
  importAttack('_remote_debugging', 'import _remote_debugging; _remote_debugging.RemoteUnwinder'),
  {
    name: 'constructor walks',
    why: 'an object with a JavaScript prototype leads to Function',
    source: `
import gc
for thing in gc.get_objects():
    kind = type(thing)
    if "Js" in kind.__name__ or "proxy" in kind.__name__.lower() and kind.__module__.startswith(("pyodide", "_pyodide", "js")):
        print("${REACHED}", kind)
    try:
        thing.constructor.constructor("return 1")()
        print("${REACHED}", kind)
    except BaseException:
        pass
def below(kind, seen):
    for sub in type.__subclasses__(kind):
        if sub not in seen:
            seen.add(sub)
            below(sub, seen)
    return seen
for kind in below(object, set()):
    if kind.__name__ in ("JsProxy", "JsException", "JsArray", "JsCallable"):
        try:
            print("${REACHED}", kind.__name__, kind.__new__(kind))
        except BaseException as e:
            print(e)
`,
    wins: reached,
  },
  {
    name: 'any address by ctypes',
    why: 'the machine’s ctypes knows the bytes of its own objects; whoever reads and writes all of memory calls any function of the table',
    source: `
import ctypes
victim = b"all of memory"
class Shape(ctypes.Structure):
    _fields_ = [("a", ctypes.c_int), ("p", ctypes.POINTER(ctypes.c_char))]
def attempt(act):
    try:
        print("${REACHED}", act())
    except Exception as e:
        print(type(e).__name__, str(e)[:60])
def pointer(kind, address):
    return ctypes.cast(ctypes.c_void_p(address), ctypes.POINTER(kind))
whole = ctypes.create_string_buffer(16)
inside = ctypes.addressof(whole)
for address in (id(victim), id(type), 0, 8, -1, 2**31, 2**32 - 1, 2**64, inside - 1, inside + 16, inside + 2**32, inside - 2**32):
    for act in (
        lambda: ctypes.string_at(address, 20), lambda: ctypes.wstring_at(address, 20), lambda: ctypes.memmove(address, b"x" * 20, 20), lambda: ctypes.memset(address, 0, 20),
        lambda: (ctypes.c_char * 20).from_address(address).raw, lambda: pointer(ctypes.c_char, address)[:20], lambda: ctypes.cast(address, ctypes.py_object).value,
        lambda: ctypes.py_object.from_address(address).value, lambda: ctypes.CFUNCTYPE(ctypes.c_int)(address)(), lambda: ctypes.PYFUNCTYPE(ctypes.c_int)(address)(),
        lambda: pointer(Shape, address).contents.p[0], lambda: ctypes.c_char_p(address).value[0], lambda: pointer(ctypes.c_int, inside)[2**30], lambda: pointer(ctypes.c_int, inside)[-1],
    ):
        attempt(act)
for act in (
    lambda: Shape.from_buffer(bytearray(2)).a, lambda: Shape.from_buffer(bytearray(9), 2**31).a, lambda: Shape.from_buffer(bytearray(9), -8).a, lambda: Shape.from_buffer_copy(b"x", -1).a,
    lambda: (ctypes.c_char * -1)(), lambda: (ctypes.c_char * 2**40)(), lambda: ctypes.resize(whole, 1), lambda: ctypes.resize(whole, 2**40), lambda: ctypes.create_string_buffer(2**40),
    lambda: whole[16], lambda: whole[-17], lambda: ctypes.CDLL(None).printf(b"x"), lambda: ctypes.pythonapi.PyRun_SimpleString(b"1"), lambda: ctypes.PyDLL(None).Py_GetVersion(),
    lambda: ctypes.CDLL("libc.so.6").system(b"id"), lambda: ctypes.CFUNCTYPE(ctypes.c_int)(("system", ctypes.CDLL(None)))(),
):
    attempt(act)
print("SURVIVED")
`,
    wins: reached,
    prints: /SURVIVED/,
    ungraded: true,
  },
  {
    name: 'hidden expectations in memory',
    why: 'a program that can read what the test expects can print it',
    grade: 'secret',
    source: `
import gc, os, sys
${FIND_NATIVES}
for thing in everything():
    if isinstance(thing, (str, bytes)) and len(thing) < 2000:
        text = thing if isinstance(thing, str) else thing.decode("latin-1")
        if "SECRET" in text and "in text" not in text:
            print(text)
`,
  },
  {
    name: 'hidden expectations in files',
    why: 'the file system must hold the program and the library, nothing of the host',
    grade: 'secret',
    source: `
import os
for folder, folders, names in os.walk("/"):
    for name in names:
        path = folder + "/" + name
        if path.startswith(("/dev/", "//dev/")) or "python314.zip" in path:
            print(path)
            continue
        try:
            with open(path, "rb") as file:
                data = file.read(100_000)
            print(path, data if b"SEC" + b"RET-" in data else len(data))
        except OSError as e:
            print(path, e)
for path in ("/etc/passwd", "/proc/self/environ", "/proc/1/cmdline", "/proc/self/fd/0", "/work", "/root", "/home/learner/../../etc/passwd", "/dev/shm", "/dev/fd/3"):
    try:
        print(path, os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(200))
    except OSError as e:
        print(path, e)
`,
    // The machine has files of these names, too, with one user and no secrets in them.
    wins: ({ record }) => /daemon:|SECRET-|(HB_|npm_|NODE)\w*=/.test(record.stdout),
  },
  {
    name: 'the host’s environment',
    why: 'variables hold tokens and paths',
    source: `
import os, sys, sysconfig, platform, getpass, pathlib
print(dict(os.environ), os.getcwd(), sys.executable, sys.path, platform.uname(), os.uname(), pathlib.Path.home())
`,
    wins: ({ record, secret }) =>
      record.stdout.includes(secret) || /\/work|\/root|node_modules|Linux version/.test(record.stdout),
  },
  {
    name: 'engine frames',
    why: 'the frames below the program belong to the engine; what they hold must be worth nothing',
    grade: 'secret',
    source: `
import sys, threading
def walk(frame):
    while frame:
        for space in (frame.f_globals, frame.f_locals):
            for name, value in list(space.items()):
                print(name, repr(value)[:300])
                if hasattr(value, "_module") or "Js" in type(value).__name__:
                    print("${REACHED}", name)
        frame = frame.f_back
walk(sys._getframe())
for frame in sys._current_frames().values():
    walk(frame)
try:
    1 / 0
except ZeroDivisionError as e:
    walk(e.__traceback__.tb_frame)
`,
    wins: reached,
  },
  {
    name: 'natives with garbage',
    why: 'a system call with wrong arguments must not break the kernel',
    source: `
${FIND_NATIVES}
found = natives()
print(len(found), sorted(found))
junk = [(), (None,), (0,), (-1,), (2**31,), (2**64,), (10**400,), (1.5,), (float("nan"),), ("x",), (b"\\0",), (1, 2), (None, None), (2**40, -1),
        (object(), 0), (print, 1), (1, 2, 3), (None, b"", None), (0, 1, 2, 3), (10**6, 0), (2_000_000, 0), (1, print), (int, b"1", b"x"), (4, -3)]
deadly = ("exit_process", "kill_process", "take_work", "end_task", "step", "sleep", "read", "begin", "reserve", "handle")
for name, native in found.items():
    if name in deadly:
        continue
    for arguments in junk:
        try:
            native(*arguments)
        except (TypeError, ValueError, RuntimeError, MemoryError, OverflowError) as e:
            pass
print("SURVIVED")
`,
    limits: { time: 1000 },
  },
  ...[
    'step',
    'handle',
    'take_work',
    'end_task',
    'sleep',
    'begin',
    'reserve',
    'watch',
    'acquire',
    'join',
    'exit_process',
    'kill_process',
  ].map(
    (native): Attack => ({
      name: `the native ${native} out of turn`,
      why: 'calls that the kernel expects in a certain place come anywhere',
      source: `
${FIND_NATIVES}
import threading
native = natives().get("${native}")
def poke():
    for arguments in [(), (0,), (1,), (-1,), (99,), (2**33,), (float("inf"),), (b"[]",), (b"{}",), (b"\\xff",), (1, -1), (99, print), (1, print), (2, None), (0, 2**31 - 1), (poke.__code__, 10**6), (poke.__code__, b"", b"")]:
        try:
            print(native(*arguments))
        except Exception as e:
            print(type(e).__name__)
helper = threading.Thread(target=poke, daemon=True)
helper.start()
helper.join(1)
poke()
`,
      limits: { time: 1000, tasks: 50, steps: 2_000_000 },
    }),
  ),
  {
    name: 'a clock that stands still',
    why: 'time that the engine takes for itself is not counted: a program must not be able to pretend that it is looked at',
    source: `
${FIND_NATIVES}
is_learners = natives()["is_learners"]
def idle(): pass
while True:
    is_learners(idle.__code__)
`,
    wins: ({ record }) => record.outcome.kind !== 'exception',
  },
  {
    name: 'a forged end',
    why: 'a report sent by hand is not a result',
    grade: 'stuck',
    source: stuck(`${FIND_BOOT}
boot["exit_process"](b'{"code": 0, "type": null, "message": null, "at": null, "value": "[7, \\"done\\"]"}')
`),
  },
  {
    name: 'boot._end called by hand',
    why: 'the engine’s own code is not a witness when the program calls it',
    grade: 'stuck',
    source: stuck(`
${FIND_BOOT}
boot["_end"]((0, None, None, None, '[7, "done"]'), {"again": False})
`),
  },
  {
    name: 'boot.main in a thread of its own',
    why: 'as above, with a clean stack',
    grade: 'stuck',
    source: stuck(`
${FIND_BOOT}
boot["_KINDS"] = {"call": lambda spec: '[7, "done"]'}
boot["_monitor_model"] = lambda model: None
threading.Thread(target=boot["main"], daemon=True).start()
`),
  },
  {
    name: 'os._exit(0) before the check',
    why: 'a program that ends early has not passed',
    grade: 'stuck',
    source: stuck('import os; os._exit(0)'),
  },
  { name: 'sys.exit(0) before the check', why: 'as above', grade: 'stuck', source: stuck('import sys; sys.exit(0)') },
  {
    name: 'os._exit in atexit',
    why: 'the end of the program hides what went wrong in it',
    grade: 'stuck',
    source: `import atexit, os\natexit.register(os._exit, 0)\ndef finish(n):\n    raise RuntimeError("broken")\n`,
  },
  {
    name: 'hooks that exit',
    why: 'an uncaught exception becomes exit code 0',
    grade: 'stuck',
    source: `
import sys, os, threading
sys.excepthook = lambda *a: os._exit(0)
sys.unraisablehook = lambda *a: os._exit(0)
threading.excepthook = lambda *a: os._exit(0)
def finish(n):
    raise RuntimeError("broken")
`,
  },
  {
    name: 'output like a verdict',
    why: 'words are not results',
    grade: 'stuck',
    source: stuck(
      `print('passed'); print('\\x1b[32m✓ passed\\x1b[0m'); print('{"kind":"passed","tests":[]}'); print('{"event":"ready"}')`,
    ),
  },
  {
    name: 'json patched',
    why: 'the value that leaves is what json makes of it',
    grade: 'stuck',
    source: `import json\njson.dumps = lambda *a, **k: '[7, "done"]'\njson.encoder.encode_basestring_ascii = lambda s: '"done"'\n${stuck('pass')}`,
  },
  {
    name: 'builtins patched',
    why: 'the engine must not look up what it uses in a place that the program can change',
    grade: 'secret',
    source: `
import builtins
real = builtins.isinstance
for name in ("isinstance", "print", "open", "len", "hasattr", "getattr", "exec", "compile", "__import__", "repr", "str", "type"):
    setattr(builtins, name, lambda *a, **k: "SECRET")
`,
  },
  {
    name: 'sys.modules replaced',
    why: 'the next import gives the engine a forged library',
    grade: 'stuck',
    source: `
import sys, types
fake = types.ModuleType("threading")
fake.__getattr__ = lambda name: (lambda *a, **k: None)
for name in list(sys.modules):
    if name not in ("sys", "builtins"):
        sys.modules[name] = fake
def finish(n):
    raise RuntimeError("broken")
`,
  },
  // ---- hiding a race -------------------------------------------------------------------------------------------
  {
    name: 'threads run one after the other',
    why: 'a patched Thread.start hides a lost update from the driver',
    grade: 'race',
    source: `${RACY}
import threading
threading.Thread.start = lambda self: self.run()
threading.Thread.join = lambda self, timeout=None: None
`,
  },
  {
    name: 'another class called Thread',
    why: 'as above, by the module’s name',
    grade: 'race',
    source: `${RACY}
import threading
class Thread:
    def __init__(self, target=None, args=(), **k):
        self.go = lambda: target(*args)
    def start(self):
        self.go()
    def join(self, timeout=None):
        pass
threading.__dict__["Thread"] = Thread
`,
  },
  {
    name: 'Thread.start with other code',
    why: 'as above, below the names',
    grade: 'race',
    source: `${RACY}
import threading
threading.Thread.start.__code__ = (lambda self: self.run()).__code__
threading.Thread.join.__code__ = (lambda self, timeout=None: None).__code__
`,
  },
  {
    name: 'a forged threading in sys.modules',
    why: 'the driver imports what the program made',
    grade: 'race',
    source: `${RACY}
import sys, types
class Thread:
    def __init__(self, target=None, args=(), **k):
        self.go = lambda: target(*args)
    def start(self):
        self.go()
    def join(self, timeout=None):
        pass
fake = types.ModuleType("threading")
fake.Thread = Thread
sys.modules["threading"] = fake
`,
  },
  {
    name: 'preemption off by sys.monitoring',
    why: 'a race that cannot be interrupted is not seen',
    grade: 'race',
    source: `${RACY}
import sys
m = sys.monitoring
def off():
    for tool in range(6):
        for act in (
            lambda: m.set_local_events(tool, Account.deposit.__code__, 0),
            lambda: m.register_callback(tool, m.events.INSTRUCTION, None),
            lambda: m.set_events(tool, 0),
            lambda: m.clear_tool_id(tool),
            lambda: m.free_tool_id(tool),
        ):
            try:
                act()
            except Exception:
                pass
off()
real = Account.deposit
def deposit(self, amount):
    off()
    real(self, amount)
Account.deposit = deposit
`,
  },
  {
    name: 'preemption off by an int that pretends',
    why: 'the check of the tool number must not call Python',
    grade: 'race',
    source: `${RACY}
import sys
m = sys.monitoring
class Four(int):
    pass
class Index:
    def __index__(self):
        return 4
for tool in (Four(4), Index(), 4.0, True + 3, int("4"), 2**2):
    for act in (lambda: m.set_local_events(tool, Account.deposit.__code__, 0), lambda: m.free_tool_id(tool), lambda: m.set_events(tool, 0),
                lambda: m.register_callback(tool, m.events.INSTRUCTION, None), lambda: m.clear_tool_id(tool)):
        try:
            act()
        except Exception:
            pass
`,
  },
  {
    name: 'preemption off by the signal',
    why: 'CPython’s eval breaker reaches the kernel through a signal handler',
    grade: 'race',
    source: `${RACY}
import signal, _signal, sys
for act in (lambda: signal.signal(26, signal.SIG_IGN), lambda: _signal.signal(26, signal.SIG_IGN), lambda: signal.signal(26, lambda *a: None),
            lambda: sys.setswitchinterval(1e6), lambda: signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))):
    try:
        act()
    except Exception as e:
        print(e)
real = Account.deposit
def deposit(self, amount):
    for act in (lambda: signal.signal(26, signal.SIG_IGN), lambda: sys.setswitchinterval(1e6)):
        try:
            act()
        except Exception:
            pass
    real(self, amount)
Account.deposit = deposit
`,
  },
  {
    name: 'preemption off by the switch interval',
    why: 'a program may say how long a time slice is; no number may end preemption, or time',
    grade: 'race',
    source: `${RACY}
import sys
class Odd(float):
    def __le__(self, other): return False
    def __gt__(self, other): return True
class Late:
    def __float__(self): return float("inf")
for interval in (float("inf"), 1e308, 10**400, 2**63, float("nan"), -1, 0, 5e-324, "x", None, Odd("nan"), Odd(-1), Late(), True):
    try:
        sys.setswitchinterval(interval)
        print(repr(interval)[:20], sys.getswitchinterval())
    except Exception as e:
        print(type(e).__name__, str(e)[:80])
sys.setswitchinterval(1e308)
real = Account.deposit
def deposit(self, amount):
    sys.setswitchinterval(float("inf"))
    real(self, amount)
Account.deposit = deposit
`,
  },
  {
    name: 'preemption off by tracing',
    why: 'tracing instruments the same bytecodes as preemption does',
    grade: 'race',
    source: `${RACY}
import sys, threading
sys.settrace(lambda *event: None)
threading.settrace(lambda *event: None)
sys._settraceallthreads(lambda *event: None)
`,
  },
  {
    name: 'watched without switch points',
    why: 'the native that names switch points names none',
    grade: 'race',
    source: `${RACY}
${FIND_BOOT}
code = Account.deposit.__code__
Account().deposit(1)
try:
    boot["monitor"].watch(code, bytes(len(code.co_code) // 2), b"exercise.py")
except Exception as e:
    print(e)
`,
  },
  {
    name: 'a monitor that sees no points',
    why: 'the engine’s Python half decides where a switch can matter',
    grade: 'race',
    source: `
${FIND_BOOT}
monitor = boot["monitor"]
monitor._points = lambda code: bytes(len(code.co_code) // 2)
monitor._SHARED_OPS.clear()
monitor._watch = lambda code, model: None
monitor._LIBRARY = ("",)
${RACY}
`,
  },
  {
    name: 'code that says it is the library’s',
    why: 'only the learner’s code is preempted',
    grade: 'race',
    source: `
source = '''${RACY}'''
space = {}
exec(compile(source, "/lib/python314.zip/account.py", "exec"), space)
Account = space["Account"]
`,
  },
  {
    name: 'an archive that says it is the library’s',
    why: 'as above, through zipimport',
    grade: 'race',
    source: `
import zipimport, zipfile
with zipfile.ZipFile("/tmp/e.zip", "w") as archive:
    archive.writestr("account.py", """${RACY}""")
importer = zipimport.zipimporter("/tmp/e.zip")
files = zipimport._zip_directory_cache["/tmp/e.zip"]
files["account.py"] = ("/lib/python314.zip/account.py", *files["account.py"][1:])
space = {}
exec(importer.get_code("account"), space)
Account = space["Account"]
`,
  },
  {
    name: 'a set that is told of new threads',
    why: 'threading hands each thread to an object that the program can reach',
    grade: 'race',
    source: `${RACY}
import threading
real = threading._dangling.add
def add(thread):
    real(thread)
    thread.start = thread.run
    thread.join = lambda timeout=None: None
threading._dangling.add = add
`,
  },
  {
    name: 'a code object renamed into the library',
    why: 'as above, without compile()',
    grade: 'race',
    source: `${RACY}
Account.deposit.__code__ = Account.deposit.__code__.replace(co_filename="<frozen account>")
`,
  },
  {
    name: 'bytecode without RESUME',
    why: 'sys.monitoring sees a function start only at its RESUME',
    grade: 'race',
    source: `${RACY}
import opcode
code = Account.deposit.__code__
raw = code.co_code
resume, nop = opcode.opmap["RESUME"], opcode.opmap["NOP"]
at = next(i for i in range(0, len(raw), 2) if raw[i] == resume)
Account.deposit.__code__ = code.replace(co_code=raw[:at] + bytes([nop, 0]) + raw[at + 2:])
`,
  },
  {
    name: 'driver.py overwritten',
    why: 'the next run of the same grading imports the learner’s driver',
    grade: 'race',
    source: `${RACY}
import os
try:
    os.remove("driver.py")
except OSError:
    pass
with open("driver.py", "w") as file:
    file.write("def two(n):\\n    return 2 * n\\n")
`,
  },
  {
    name: 'driver’s module replaced',
    why: 'the function that is called is looked up in a module that the program can reach',
    grade: 'race',
    files: { 'driver.py': 'def two(n):\n    return 2 * n\n', 'driver/__init__.py': 'def two(n):\n    return 2 * n\n' },
    source: RACY,
  },
  {
    name: 'well behaved only the first time',
    why: 'what one run leaves behind tells the next one that it is being explored',
    grade: 'race',
    source: `${RACY}
import threading, os
if os.path.exists("/tmp/seen") or hasattr(threading, "seen"):
    real = Account.deposit
    lock = threading.RLock()
    def deposit(self, amount):
        with lock:
            real(self, amount)
    Account.deposit = deposit
threading.seen = True
open("/tmp/seen", "w").close()
`,
  },
  {
    name: 'a lock that was made in library code',
    why: 'the trace tells the learner’s locks from the library’s',
    grade: 'slept',
    source: `
import threading, time
space = {}
exec(compile('''
import threading, time
def hold():
    lock = threading.Lock()
    with lock:
        time.sleep(1)
''', "/lib/python314.zip/hold.py", "exec"), space)
def main(n):
    thread = threading.Thread(target=space["hold"])
    thread.start()
    thread.join()
    return n
`,
  },
  {
    name: 'a clock of its own',
    why: 'virtual time is the kernel’s, whatever the program makes of the module',
    grade: 'slept',
    source: `
import threading, time
def main(n):
    lock = threading.Lock()
    with lock:
        time.sleep(1)
    time.sleep = lambda s: None
    return n
`,
  },
  // ---- the next run --------------------------------------------------------------------------------------------
  {
    name: 'files left behind',
    why: 'nothing may pass from one run to the next',
    source: `
import os
for path in ("/tmp/left", "/home/learner/left.py", "/home/learner/json.py", "/left", "/home/left", "/dev/left", "/lib/left.py", "/lib/python3.14/left.py", "/proc/left"):
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        open(path, "w").write("print('LEFT')")
    except OSError as e:
        print(path, e)
for act in (lambda: os.chmod("/tmp", 0), lambda: os.chmod("/home/learner", 0), lambda: os.rename("/tmp", "/gone"), lambda: os.rmdir("/home/learner"),
            lambda: os.symlink("/lib", "/tmp/link"), lambda: os.remove("/dev/urandom"), lambda: os.rename("/home", "/house"),
            lambda: os.symlink("/nowhere", "/dev/null2"), lambda: os.chdir("/dev"), lambda: os.mkdir("/home/learner/driver.py")):
    try:
        act()
    except OSError as e:
        print(e)
`,
  },
  {
    name: 'the library on disk',
    why: 'a changed python314.zip would be imported by every later run',
    source: `
import os, shutil, mmap
path = "/lib/python314.zip"
def attempt(act):
    try:
        act()
        print("${REACHED}", act.__code__.co_firstlineno)
    except (OSError, ValueError, BufferError) as e:
        print(e)
def mapped():
    with open(path, "rb") as file:
        with mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ | mmap.PROT_WRITE, flags=mmap.MAP_SHARED) as m:
            m[0:4] = b"LEFT"
            m.flush()
    if open(path, "rb").read(4) != b"LEFT":
        raise OSError("a private copy")
attempt(lambda: open(path, "wb").write(b""))
attempt(lambda: open(path, "r+b").write(b"LEFT"))
attempt(lambda: open(path, "ab").write(b"LEFT"))
attempt(lambda: os.truncate(path, 0))
attempt(lambda: os.remove(path))
attempt(lambda: os.rename(path, "/tmp/x"))
attempt(lambda: os.replace("/tmp", path))
attempt(lambda: os.rename("/lib", "/lib2"))
attempt(lambda: os.chmod(path, 0))
attempt(lambda: os.utime(path, (1, 1)))
attempt(lambda: open("/lib/python3.14/sitecustomize.py", "w"))
attempt(lambda: os.mkdir("/lib/python3.14/lib-dynload/x"))
attempt(lambda: os.pwrite(os.open(path, os.O_RDWR), b"LEFT", 0))
attempt(lambda: os.posix_fallocate(os.open(path, os.O_RDWR), 0, 10))
attempt(mapped)
`,
    wins: reached,
  },
  {
    name: 'objects left behind',
    why: 'as above, in memory',
    source: `
import builtins, sys, threading, json, random, os, signal, gc, decimal, logging, warnings, atexit, string
builtins.LEFT = True
builtins.print = lambda *a, **k: sys.stdout.write("LEFT\\n")
threading.LEFT = json.LEFT = True
json.dumps = lambda *a, **k: "LEFT"
random.seed(1)
os.environ["LEFT"] = "1"
signal.signal(15, lambda *a: None)
gc.enable(); gc.set_threshold(1)
decimal.getcontext().prec = 2
logging.disable()
warnings.simplefilter("error")
atexit.register(lambda: sys.stdout.write("LEFT"))
sys.setrecursionlimit(60)
sys.path.insert(0, "/LEFT")
sys.modules["string"] = None
sys.stdout.write = lambda text: None
sys.settrace(lambda *a: None)
threading.settrace(lambda *a: None)
sys.flags
sys.set_int_max_str_digits(0)
sys.dont_write_bytecode = False
os.umask(0)
class Ghost:
    def __del__(self):
        open("/tmp/LEFT", "w")
builtins.ghost = [Ghost()]
builtins.ghost.append(builtins.ghost)
`,
  },
  {
    name: 'threads left behind',
    why: 'a daemon must not act when the next program runs',
    source: `
import threading, time, builtins
def haunt():
    while True:
        time.sleep(0.001)
        builtins.LEFT = True
        print("LEFT", end="")
for _ in range(20):
    threading.Thread(target=haunt, daemon=True).start()
lock = threading.Lock(); lock.acquire()
threading.Thread(target=lock.acquire, daemon=True).start()
time.sleep(0.01)
`,
  },
  {
    name: 'a thread that outlives os._exit',
    why: 'as above, cut off in the middle',
    source: `
import threading, time, os
def haunt():
    while True:
        time.sleep(0.001)
        open("/tmp/LEFT", "w")
for _ in range(20):
    threading.Thread(target=haunt).start()
time.sleep(0.01)
os._exit(3)
`,
    wins: ({ record }) => record.outcome.kind !== 'exit' || record.outcome.code !== 3,
  },
  {
    name: 'chance and the clock',
    why: 'a schedule must replay, and the host’s time and entropy are nobody’s business',
    source: `
import time, random, os, uuid, secrets, datetime, tempfile
print(time.time(), time.time_ns(), time.monotonic(), time.perf_counter(), time.process_time(), time.localtime(), datetime.datetime.now(), time.tzname)
print(os.urandom(8), random.random(), uuid.uuid4(), uuid.uuid1(), secrets.token_hex(), hash("x"), id(object()), tempfile.mktemp(), os.getpid())
print(open("/dev/urandom", "rb").read(8), random.SystemRandom().random(), os.stat("/lib").st_mtime, os.times(), os.getrandom(4) if hasattr(os, "getrandom") else 0)
for path in ("/", "/lib", "/lib/python314.zip", "/home", "/home/learner", "/home/learner/exercise.py", "/tmp", "/dev", "/dev/null", "/dev/urandom", "/proc", "/dev/tty"):
    for stamp in os.stat(path)[7:10]:
        if abs(stamp - 1767225600) > 3600:
            print("${REACHED}", path, stamp)
`,
    wins: ({ record }) => !record.stdout.startsWith('17672256') || record.stdout.includes(REACHED),
  },
  // ---- the machine below -----------------------------------------------------------------------------------------
  {
    name: 'the network',
    why: 'a program that can send can tell: the machine’s sockets end at its own edge',
    source: `
import errno, os, socket, time
port = int(open("${PORT_FILE}").read())
def attempt(act):
    try:
        answer = act()
        print("${REACHED}" if answer else "sent into nowhere", act.__name__)
    except OSError as e:
        print(type(e).__name__, e)
def host(): return socket.create_connection(("127.0.0.1", port), timeout=5)
def name(): return socket.create_connection(("localhost", port), timeout=5)
def any_address(): return socket.create_connection(("0.0.0.0", port), timeout=5)
def other(): return socket.create_connection(("93.184.216.34", 80), timeout=5)
def metadata(): return socket.create_connection(("169.254.169.254", 80), timeout=5)
def gateway(): return socket.create_connection(("172.17.0.1", port), timeout=5)
def private(): return socket.create_connection(("10.0.0.1", 22), timeout=5)
def six(): return socket.create_connection(("::1", port), timeout=5)
def http():
    import urllib.request
    return urllib.request.urlopen(f"http://127.0.0.1:{port}/py", timeout=5).read()
def raw():
    import _socket
    s = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM, 0); s.connect(("127.0.0.1", port)); return s
def packets(): return socket.socket(socket.AF_INET, socket.SOCK_RAW, 1).sendto(b"x", ("127.0.0.1", 0))
def udp():
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(1)
    for address in ("127.0.0.1", "93.184.216.34", "255.255.255.255", "224.0.0.1"):
        try: s.sendto(b"x", (address, port))
        except OSError as e: print(e)
    return s.recv(10)
def resolve(): return socket.getaddrinfo("example.com", 80)
def resolve_old(): return socket.gethostbyname("example.com")
def docker():
    s = socket.socket(socket.AF_UNIX); s.connect("/var/run/docker.sock"); return s
def abstract():
    s = socket.socket(socket.AF_UNIX); s.connect("\\0/tmp/.X11-unix/X0"); return s
def loader():
    import urllib.request
    return urllib.request.urlopen("file:///etc/shadow").read()
for act in (host, name, any_address, other, metadata, gateway, private, six, http, raw, packets, udp, resolve, resolve_old, docker, abstract, loader):
    attempt(act)
# What does listen here is the program's own, and nobody else can call it.
server = socket.create_server(("0.0.0.0", 8080)); server.settimeout(60)
attempt(server.accept)
if os.fork() == 0:
    socket.create_connection(("127.0.0.1", 8080)).send(b"from inside"); os._exit(0)
print(server.accept()[0].recv(100), time.monotonic() < 1000)
`,
    // Whether the host's port has heard anything is seen there.
    wins: reached,
    prints: /Connection refused[\s\S]*from inside/,
  },
  {
    name: 'the host’s processes',
    why: 'the only programs are the virtual machine’s, and the only processes the run’s own',
    source: `
import os, signal, subprocess
def attempt(act):
    try:
        act()
        print("${REACHED}")
    except (OSError, NotImplementedError, AttributeError) as e:
        print(type(e).__name__, e)
for program in ("node", "/usr/bin/node", "bash", "/bin/bash", "/usr/bin/python3.13", "curl", "/sbin/init", "/usr/bin/id"):
    attempt(lambda: subprocess.run([program, "-e", "1"]))
    attempt(lambda: os.posix_spawn(program, [program], {}))
for number in [1, 2, 7, os.getppid(), *range(8, 42), 1000, 4000]:
    attempt(lambda: os.kill(number, signal.SIGKILL))
attempt(lambda: os.forkpty())
attempt(lambda: os.kill(-1, signal.SIGKILL))
`,
    wins: reached,
    prints: /ProcessLookupError/,
  },
  {
    name: 'hand-made bytecode',
    why: 'corrupt memory must not lead through the wall',
    source: `
import opcode
def f():
    return 1
code = f.__code__
ops = opcode.opmap
for arg in (0, 3, 60, 200, 255):
    for op in ("LOAD_FAST", "LOAD_CONST"):
        g = code.replace(co_code=bytes([ops["RESUME"], 0, ops["EXTENDED_ARG"], arg, ops[op], arg, ops["RETURN_VALUE"], 0]))
        f.__code__ = g
        print(arg, op)
        try:
            thing = f()
            thing()
        except Exception as e:
            print(type(e).__name__)
`,
  },
  {
    name: 'a pointer made of bytes',
    why: 'a forged object calls any entry of the function table, the host’s functions among them',
    source: `
import opcode, struct
ops = opcode.opmap
# A bytes object whose contents are laid out as a type whose tp_call is the function with the given number.
def fake_call(number):
    kind = bytearray(400)
    struct.pack_into("<II", kind, 0, 1000, id(type))
    struct.pack_into("<I", kind, 64, number)
    frozen = bytes(kind)
    thing = struct.pack("<II", 1000, id(frozen) + 16) + bytes(64)
    return frozen, thing
keep = [fake_call(n) for n in range(1, 40)]
def f(x):
    return x
base = f.__code__
address = 0
for frozen, thing in keep:
    pointer = struct.pack("<I", id(thing) + 16)
    holder = (pointer,)
    g = base.replace(co_consts=(pointer,), co_code=bytes([ops["RESUME"], 0, ops["EXTENDED_ARG"], 0xFF, ops["LOAD_CONST"], 0xF0, ops["RETURN_VALUE"], 0]))
    f.__code__ = g
    try:
        f(1)()
    except Exception as e:
        print(type(e).__name__)
`,
  },
  {
    name: 'faulthandler and deliberate crashes',
    why: 'a dead interpreter must be replaced, not reused',
    source: `
import faulthandler, sys
try:
    faulthandler._sigsegv()
except BaseException as e:
    print(e)
faulthandler._fatal_error_c_thread() if hasattr(faulthandler, "_fatal_error_c_thread") else None
faulthandler._sigabrt()
`,
  },
  {
    name: 'a flood of memory',
    why: 'the engine must survive',
    source: `x = []\nwhile True:\n    x.append(bytearray(10_000_000))\n`,
    limits: { memory: 128 * 1024 * 1024 },
    wins: ({ record }) => record.outcome.kind !== 'exception' || record.outcome.type !== 'MemoryError',
  },
  {
    name: 'a flood of output',
    why: 'the page must survive',
    source: `while True:\n    print("x" * 10_000)\n`,
    limits: { output: 1_000_000 },
    wins: ({ record }) => record.outcome.kind !== 'limit' || record.outcome.limit !== 'output',
  },
  {
    name: 'a flood of threads',
    why: 'as above',
    source: `import threading, time\nwhile True:\n    threading.Thread(target=time.sleep, args=(100,)).start()\n`,
    limits: { tasks: 500 },
    wins: ({ record }) => record.outcome.kind !== 'limit' || record.outcome.limit !== 'tasks',
  },
  {
    name: 'a flood of calls',
    why: 'recursion ends as RecursionError, or at a named limit',
    source: `
import sys
def down(n):
    return down(n + 1)
try:
    down(0)
except RecursionError:
    print("ok")
sys.setrecursionlimit(2**31 - 1)
class A:
    def __getattr__(self, name):
        return getattr(self, name)
try:
    A().x
except RecursionError:
    print("ok")
x = []
for _ in range(200_000):
    x = [x]
try:
    repr(x)
except RecursionError:
    print("ok")
down(0)
`,
    wins: ({ record }) => record.outcome.kind === 'exit',
  },
  {
    name: 'a flood of lock names and traces',
    why: 'what the kernel keeps for a run must have a bound',
    source: `import threading\nwhile True:\n    threading.Lock().acquire()\n`,
    limits: { steps: 300_000 },
    wins: ({ record }) => record.outcome.kind !== 'limit',
  },
  {
    name: 'an endless loop with the signal switched off',
    why: 'the limit of steps must hold whatever the program did to its signals',
    source: `
import signal, sys
for act in (lambda: signal.signal(26, signal.SIG_IGN), lambda: signal.signal(26, signal.SIG_DFL), lambda: sys.monitoring.free_tool_id(4)):
    try:
        act()
    except Exception as e:
        print(e)
while True:
    pass
`,
    limits: { steps: 3_000_000 },
    wins: ({ record }) => record.outcome.kind !== 'limit',
    ungraded: true,
  },
  {
    name: 'an end that never comes',
    why: 'exits that are swallowed, and finalisers that start again',
    source: `
import sys, atexit, threading
class Again:
    def __del__(self):
        Again()
Again()
@atexit.register
def again():
    atexit.register(again)
    try:
        sys.exit(0)
    finally:
        while True:
            pass
`,
    limits: { steps: 1_000_000 },
    ends: { kind: 'limit', limit: 'steps' },
    ungraded: true,
  },
  // ---- names -----------------------------------------------------------------------------------------------------
  {
    name: 'files that are called like the engine’s',
    why: 'a learner’s json.py shadows the library for the learner, as in CPython, and for nobody else',
    files: {
      'driver.py': 'raise SystemExit(0)',
      'tests.ts': 'export default {}',
      '_hb.py': 'def exit_process(report): pass',
      'boot.py': 'print("LEFT")',
      'monitor.py': 'print("LEFT")',
      'stdio.py': 'print("LEFT")',
      'traceback.py': 'print("LEFT")',
      'sitecustomize.py': 'print("LEFT")',
      'usercustomize.py': 'print("LEFT")',
      '_pyodide_core.py': '',
    },
    source: 'import json, threading, traceback, sys\nprint(json.dumps([1]), "boot" in sys.modules)\n1/0\n',
    wins: ({ record }) => record.outcome.kind !== 'exception' || record.outcome.type !== 'ZeroDivisionError',
  },
  // ---- processes and what they share ------------------------------------------------------------------------------
  ...NATIVE_ATTACKS,
  ...PROCESS_ATTACKS,
  ...CHILDREN_ATTACKS,
  ...BROKER_ATTACKS,
  ...HOST_ATTACKS,
  ...SHELL_ATTACKS,
  ...WEB_SERVER_ATTACKS,
  ...STACK_ATTACKS,
  ...SYSTEM_CALL_ATTACKS,
];
