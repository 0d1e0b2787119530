/** The natives of processes, files and sockets, called by a program that has found them. */
import { type Attack, FIND_BOOT, FIND_NATIVES } from './attack.ts';

/** Those after which the caller is not there any more, or waits. */
const DEADLY = 'exit_process kill_process take_work end_task begin sleep read pause acquire join fork kill epoll_wait';

export const NATIVE_ATTACKS: readonly Attack[] = [
  {
    name: 'every native with garbage',
    why: 'whatever number, text or object arrives where the kernel expects a descriptor, a handle or a process',
    source: `
${FIND_NATIVES}
import os, random
found = natives()
random.seed(1)
class Odd(int):
    def __index__(self): raise RuntimeError
    __float__ = __index__
values = [None, 0, -1, 1, 2**31, 2**32, 2**53, 2**64, 10**400, -10**400, 1.5, float("nan"), float("inf"), -0.0, 5e-324, "x", b"", b"\\0", b"\\xff\\xfe",
          b"/x\\0y", b"x" * 100_000, bytearray(b"x"), memoryview(b"x"), object(), print, [], {}, Odd(3), True, 42, 43]
for name in sorted(found):
    if name in "${DEADLY}".split() + ["sem_acquire", "wait_child", "disposition"]:
        continue
    for count in range(7):
        for _ in range(20 if count else 1):
            try:
                found[name](*random.choices(values, k=count))
            except Exception:
                pass
# Its own standard output may be gone.
os.write(os.open("/dev/tty", os.O_WRONLY), b"SURVIVED\\n")
`,
    ends: { kind: 'exit', code: 0 },
    prints: /SURVIVED/,
  },
  {
    name: 'natives that wait, with garbage',
    why: 'a wait for nothing must be refused, end, or be a deadlock',
    source: `
${FIND_NATIVES}
import os, random
found = natives()
random.seed(2)
values = [None, 0, 1, -1, 2**31, 10**400, 1.5, float("nan"), 5e-324, "x", b"", b"\\0", b"[]", b"{}", b"null", b"\\xff", object(), print, 42, 43, 65]
arity = {"fork": 0, "kill": 2, "disposition": 2, "wait_child": 2, "sem_acquire": 2, "read": 2, "pause": 3, "epoll_wait": 3}
for name, count in arity.items():
    for _ in range(2 if name == "fork" else 10):
        arguments = random.choices(values, k=count)
        # That would be the program itself, or for ever, or longer than the machine lasts.
        if name == "kill" and type(arguments[0]) not in (int, float) or name == "kill" and arguments[0] == 0: continue
        if name == "pause" and arguments[0] in (-1, 2**31): continue
        if name == "pause" and arguments[0] in (42, 43, 65): arguments[0] = 1
        try:
            if found[name](*arguments) == 0 and name == "fork":
                os._exit(0)
        except Exception:
            pass
print("SURVIVED")
`,
    // What a fork copies is long here: all that the search for the natives did.
    limits: { steps: 200_000_000 },
    ends: { kind: 'exit', code: 0 },
    prints: /SURVIVED/,
  },
  {
    name: 'natives in odd places',
    why: 'in a signal handler, a thread, a child, and in each other',
    source: `
${FIND_NATIVES}
import os, threading, signal
found = natives()
def poke(*_):
    for name, count in {"mask": 3, "setsockopt": 4, "socket_name": 1, "processes": 0, "sem_open": 2, "fork": 0, "new_session": 0, "shared": 1}.items():
        try:
            answer = found[name](*[b"/s", 0, 0, 0][:count])
            if name == "fork" and answer == 0:
                os._exit(0)
            if name == "fork":
                os.waitpid(answer, 0)
        except (OSError, TypeError):
            pass
signal.signal(signal.SIGUSR1, poke)
os.kill(os.getpid(), signal.SIGUSR1)
thread = threading.Thread(target=poke)
thread.start()
thread.join()
if os.fork() == 0:
    poke()
    os._exit(0)
print(os.wait(), "SURVIVED")
`,
    // What a fork copies is long here: all that the search for the natives did.
    limits: { steps: 200_000_000 },
    ends: { kind: 'exit', code: 0 },
    prints: /\(\d+, 0\) SURVIVED/,
  },
  {
    name: 'another process’s engine natives',
    why: 'a child’s last words are not the program’s',
    grade: 'stuck',
    source: `
import os, sys, threading
${FIND_BOOT}
def finish(n):
    if os.fork() == 0:
        report = b'{"code": 0, "type": null, "message": null, "at": null, "value": "[7]"}'
        for words in (report, b"{}", b"[", b""):
            try:
                boot["exit_process"](words)
            except TypeError as e:
                print(e)
        try:
            boot["_end"]((0, None, None, None, "[7]"), {"again": False})
        except TypeError as e:
            print(e)
        os._exit(0)
    os.wait()
    raise RuntimeError("broken")
if __name__ == "__main__":
    finish(7)
`,
    ends: { kind: 'exception', type: 'RuntimeError' },
    prints: /by the engine only[\s\S]*has not ended/,
  },
  {
    name: 'a request to start a program, forged',
    why: 'the engine’s own Python asks in JSON; whoever replaces json.dumps says what it asks',
    source: `
${FIND_NATIVES}
import os
spaces = [thing for thing in everything() if type(thing) is dict and "_dumps" in thing and "_spawn" in thing]
forged = iter(["[", "null", "1", "{}", "[]", '{"path": 5}', '{"path": "/bin/echo"}',
    '{"path": "/bin/echo", "argv": 5, "environment": 7, "folder": 9, "moved": 1, "inherited": 3}',
    '{"path": "/bin/echo", "argv": [null, {}], "environment": [], "folder": null, "moved": [[1e9, -1], [null, null], "x"], "inherited": [null, 1e300], "group": "x"}',
    '{"path": "/bin/echo", "argv": ["x"], "environment": {"__proto__": 1}, "folder": null, "moved": [[0, 1e15]], "inherited": "all", "group": -5}'] * 2)
for space in spaces:
    space["_dumps"] = lambda request: next(forged, "{}")
for call in (os.posix_spawn, os.execve):
    for _ in range(10):
        try:
            call("/bin/echo", ["echo"], {})
        except Exception as e:
            print(type(e).__name__)
`,
    wins: ({ record }) => record.outcome.kind !== 'exit',
  },
  {
    name: 'numbers that are none, as handles',
    why: 'halves, infinities and more than 53 bits',
    source: `
${FIND_NATIVES}
import os
found = natives()
def attempt(name, *arguments):
    try:
        return found[name](*arguments)
    except OSError as e:
        return e.errno
for number in (2**53, -2**53, float("nan"), float("inf"), 1e308, 0.5, -1):
    for name in ("sem_value", "shared", "socket_name", "group", "session", "host_name"):
        attempt(name, number)
    for name in ("sem_release", "sem_acquire", "set_group"):
        attempt(name, number, 0)
half = attempt("sem_open", b"/half", 2.5)
taken = [attempt("sem_acquire", attempt("sem_find", b"/half"), 0) for _ in range(4)]
print("negative" if attempt("sem_value", attempt("sem_find", b"/half")) not in (0, 22) else "fine", taken)
attempt("alarm", float("nan"), float("nan")), attempt("alarm", 1e308, 1e308), attempt("alarm", 0, 0)
attempt("mask", 7, float("nan"), 1e300), attempt("mask", 2, 0, 0)
for n in range(5000):
    attempt("socket_number", b"x" * 10_000)
print("SURVIVED")
`,
    ends: { kind: 'exit', code: 0 },
    prints: /fine[\s\S]*SURVIVED/,
  },
];
