/** Several machines: what a program on one of them may not do to another, to the network, or with fibers that are not its own. */
import { PLAIN } from '../kernel/hosts/links.ts';
import type { LinkSpec, World } from '../kernel/hosts/types.ts';
import { type Attack, FIND_NATIVES, REACHED, reached } from './attack.ts';

const HOSTS = ['near', 'far'].map((name, at) => ({ name, address: `10.0.0.${at + 1}`, files: null }));

/** `far.py` runs on the other host until the attack is over, and says then whether all is as it was. */
const world = (links: readonly Partial<LinkSpec>[] = []): World => ({
  hosts: HOSTS,
  terminals: [{ name: 'far', host: 'far', command: ['python3', 'far.py'], start: 0, service: true, reboots: false }],
  links: links.map((link) => ({ ...PLAIN, ...link })),
});

/** It has one of everything, and a server that says whether all of it is still there. */
const VICTIM = `
import _multiprocessing, os, signal, socket, subprocess, time
from multiprocessing import shared_memory
open("secret.txt", "w").write("treasure")
open("/tmp/secret.txt", "w").write("treasure")
memory = shared_memory.SharedMemory("treasure", create=True, size=8)
memory.buf[:8] = b"treasure"
semaphore = _multiprocessing.SemLock(1, 0, 9, "/treasure", False)
abstract = socket.socket(socket.AF_UNIX); abstract.bind("\\0treasure"); abstract.listen()
named = socket.socket(socket.AF_UNIX); named.bind("/tmp/treasure"); named.listen()
inner = socket.create_server(("127.0.0.1", 99))
caught = []
for number in (signal.SIGHUP, signal.SIGINT, signal.SIGUSR1, signal.SIGTERM): signal.signal(number, lambda n, _: caught.append(n))
child = subprocess.Popen(["sleep", "100000"])
with socket.create_server(("", 7)) as server:
    while True:
        with server.accept()[0] as asking:
            abstract.setblocking(False); named.setblocking(False); inner.setblocking(False)
            for heard in (abstract, named, inner):
                try: heard.accept(); caught.append("heard")
                except BlockingIOError: pass
            fine = child.poll() is None and semaphore._get_value() == 0 and bytes(memory.buf[:8]) == b"treasure"
            same = open("secret.txt").read() + open("/tmp/secret.txt").read() == "treasure" * 2
            asking.sendall(repr((fine, same, caught)).encode())
`;

/** What each attack on the victim ends with. */
const ASK = `
import socket
def ask():
    with socket.create_connection(("far", 7), timeout=10) as asked:
        print("far:", asked.recv(200).decode())
`;

const onFar = (name: string, source: string, rest: Partial<Attack> = {}): Attack => ({
  name: `another host: ${name}`,
  why: 'hosts share nothing but the network',
  source: `${ASK}\nimport time\ntime.sleep(1)\n${source}\nask()\n`,
  files: { 'far.py': VICTIM },
  world: world(),
  ends: { kind: 'exit', code: 0 },
  prints: /far: \(True, True, \[\]\)\n$/,
  wins: reached,
  ...rest,
});

/** Of the floods: they end, in little memory, and the other host still hears. */
const flood = (
  name: string,
  source: string,
  links: readonly Partial<LinkSpec>[] = [],
  prints = /SURVIVED\n$/,
): Attack => ({
  name: `a flood: ${name}`,
  why: 'what is on its way, or waits for an answer, takes memory of the machine below',
  source: `import socket, time\ntime.sleep(1)\n${source}\nprint("SURVIVED")\n`,
  files: { 'far.py': 'import socket, time; s = socket.create_server(("", 7)); time.sleep(1e6)' },
  world: world(links),
  limits: { steps: 20_000_000 },
  ends: { kind: 'exit', code: 0 },
  prints,
});

export const HOST_ATTACKS: readonly Attack[] = [
  onFar(
    'its processes',
    `
import os, signal, subprocess
own = {os.getpid(), os.getppid(), 0}
for pid in [*range(-200, 400), 2**31 - 1, -2**31]:
    if pid in own or pid == -1 or -pid in (os.getpgrp(), os.getsid(0)): continue
    for number in (signal.SIGUSR1, signal.SIGKILL, 0):
        try:
            os.kill(pid, number)
            if pid > 1: print("${REACHED}", pid)
        except (OSError, OverflowError): pass
    for call in (os.getpgid, os.getsid, lambda pid: os.waitpid(pid, os.WNOHANG), lambda pid: os.setpgid(pid, 0)):
        try:
            if call(pid) and pid > 1 and pid != os.getppid(): print("${REACHED}", pid, call)
        except (OSError, OverflowError): pass
try: os.kill(-1, signal.SIGKILL)
except OSError: pass
if "far.py" in subprocess.run(["ps", "-e", "-f"], capture_output=True, text=True).stdout: print("${REACHED}")
`,
  ),
  onFar(
    'its files, sockets, memory and semaphores',
    `
import _multiprocessing, os
from multiprocessing import shared_memory
def attempt(what, *arguments):
    try:
        what(*arguments)
        print("${REACHED}", arguments)
    except (OSError, ValueError): pass
for path in ("/tmp/secret.txt", "secret.txt", "//far/home/learner/secret.txt", "/proc/1/root/tmp/secret.txt", "/dev/shm/treasure", "/net/far/tmp/secret.txt"):
    attempt(open, path)
attempt(shared_memory.SharedMemory, "treasure")
attempt(_multiprocessing.SemLock._rebuild, 0, 1, 9, "/treasure")
for address in ("\\0treasure", "/tmp/treasure"):
    attempt(socket.socket(socket.AF_UNIX).connect, address)
    attempt(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto, b"x", address)
for address in ("far", "10.0.0.2", "127.0.0.1", "localhost", "127.0.0.2"):
    attempt(socket.create_connection, (address, 99), 1)
# What is called so here is not there.
with open("/tmp/secret.txt", "w") as mine: mine.write("lead")
memory = shared_memory.SharedMemory("treasure", create=True, size=8)
memory.buf[:4] = b"lead"
memory.close(); memory.unlink()
_multiprocessing.SemLock(1, 5, 9, "/treasure", False)
_multiprocessing.sem_unlink("/treasure")
with socket.socket(socket.AF_UNIX) as mine: mine.bind("\\0treasure")
os.unlink("/tmp/secret.txt")
`,
  ),
  onFar(
    'the numbers of its semaphores',
    `
${FIND_NATIVES}
found = natives()
for number in range(200):
    for name, arguments in (("sem_value", ()), ("sem_release", (9,)), ("sem_acquire", (0,))):
        try:
            found[name](number, *arguments)
            print("${REACHED}", name, number)
        except OSError: pass
`,
  ),
  onFar(
    'its address',
    `
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
    for address in ("10.0.0.2", "far"):
        try:
            socket.socket(type=kind).bind((address, 7))
            print("${REACHED}")
        except OSError as error: print(error.errno)
`,
    { prints: /^(99\n){4}far: \(True, True, \[\]\)\n$/ },
  ),
  flood(
    'datagrams for nobody',
    `
s = socket.socket(type=socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
for n in range(20_000):
    for address in (("10.0.0.77", 9), ("far", 9), ("255.255.255.255", 9)):
        try: s.sendto(b"x" * 60_000, address)
        except OSError: pass
`,
  ),
  flood(
    'datagrams that take a day',
    `
s = socket.socket(type=socket.SOCK_DGRAM)
for n in range(20_000): s.sendto(b"x" * 60_000, ("far", 9))
small = socket.socket(type=socket.SOCK_DGRAM)
for n in range(50_000): small.sendto(b"", ("far", 9))
`,
    [{ latency: 86_400, jitter: 86_400, duplicate: 1, reorder: 1 }],
  ),
  flood(
    'connections to nobody',
    `
waiting = []
for n in range(30_000):
    s = socket.socket(); s.setblocking(False)
    for address in (("10.0.0.77", 7), ("far", 7 + n % 50_000)):
        try: s.connect_ex(address)
        except OSError: pass
    waiting.append(s)
    if len(waiting) == 500:
        for s in waiting: s.close()
        waiting.clear()
`,
    [{ latency: 3_600 }],
  ),
  flood(
    'bytes that nobody reads, over a link that takes a minute',
    `
sent = 0
for n in range(100):
    s = socket.create_connection(("far", 7)); s.setblocking(False)
    try:
        while True: sent += s.send(b"x" * 1_000_000)
    except BlockingIOError: pass
    s.close()
print(sent < 500_000_000)
`,
    [{ latency: 30 }],
    /True\nSURVIVED\n$/,
  ),
  {
    name: 'fibers that are not its own',
    why: 'fibers are told of by the program itself: by any number, in any order, of any thread and process',
    source: `
${FIND_NATIVES}
import os, random, threading
found = natives()
random.seed(3)
call = lambda name, *arguments: found["fiber_" + name](*arguments)
ids = [call("new", b"x" * 100_000, 0), call("new", b"", 1)]
numbers = [0, 1, 2, 3, *ids, 10**6, -1, 2**31, 2**53, 2**64, 1.5, float("nan"), float("inf"), -0.0, 1e308]
lists = [b"", b",", b"1,2,3", b"nan,1e400,-1", b"9" * 10_000, b"x" * 100_000, b",".join([b"%d" % n for n in range(1000)]), *[b"%d" % n for n in ids], b"%d,%d" % tuple(ids)]
garbage = [None, object(), "x", b"\\xff", b"\\0", 10**400, [], print]
shapes = {"enter": "n", "loop": "n", "ask": "nnn", "wait": "ntntnn", "ready": "n", "end": "n", "name": "nt", "choose": "t", "new": "tn"}
def poke(rounds, odd):
    for _ in range(rounds):
        name = random.choice(list(shapes))
        arguments = [random.choice(numbers if kind == "n" else lists) for kind in shapes[name]]
        if odd and random.random() < 0.3: arguments[random.randrange(len(arguments))] = random.choice(garbage)
        if odd and random.random() < 0.1: arguments.pop()
        try: call(name, *arguments)
        except (TypeError, ValueError, OverflowError, OSError): pass
poke(3000, True)
thread = threading.Thread(target=poke, args=[1000, False])
thread.start(); poke(1000, False); thread.join()
# What another process has made, and ends, enters and renames.
mine = call("new", b"mine", 0)
if os.fork() == 0:
    for number in range(200):
        for name in ("enter", "ready", "end"): call(name, number)
        call("name", number, b"stolen")
    poke(500, True)
    os._exit(0)
os.wait()
call("enter", mine); call("enter", 0)
print("SURVIVED")
`,
    limits: { steps: 200_000_000 },
    ends: { kind: 'exit', code: 0 },
    prints: /SURVIVED\n$/,
    wins: ({ record }) => record.trace.tasks.some(({ name }) => name === 'stolen'),
    ungraded: true,
  },
  {
    name: 'a million fibers',
    why: 'each is told of in the trace, and kept as long as the run lasts',
    source: `
import asyncio
${FIND_NATIVES}
found = natives()
made = {found["fiber_new"](b"x" * 1000, 0) == 0 for _ in range(1_000_000)}
async def main():
    await asyncio.gather(*(asyncio.sleep(0) for _ in range(2000)))
    return "SURVIVED"
print(made, asyncio.run(main()))
`,
    limits: { steps: 200_000_000 },
    ends: { kind: 'exit', code: 0 },
    prints: /True.*SURVIVED\n$/,
    ungraded: true,
  },
];
