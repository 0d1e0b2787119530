/** Files, pipes, sockets and mappings: CPython's own C modules over our kernel's system calls, given what C would not give. */
import type { Attack } from './attack.ts';

const call = (name: string, source: string, prints: RegExp, rest: Partial<Attack> = {}): Attack => ({
  name,
  why: 'every descriptor, length and path that arrives in the kernel is the program’s word',
  source,
  ends: { kind: 'exit', code: 0 },
  prints,
  ungraded: true,
  ...rest,
});

const START = `
import array, fcntl, os, random, select, socket
random.seed(3)
NAMES = ["", "/", ".", "..", "f", "f/", "f/x", "x" * 256, "x" * 4095, "/x" * 3000, "x" * 10**6, b"\\xff\\xfe", "a\\0b", "/proc", "/proc/self/fd/0", "/proc/self", "/dev/tty", "/dev/null", "/dev/shm", "/bin/sh", "/lib", "nonesuch/x", "\\udc80", 5, None]
NUMBERS = [0, 1, -1, 2, 7, 255, 4096, 2**16, 2**31 - 1, -2**31, 2**31, 2**32 - 1, 2**32, 2**62, 2**63 - 1, -2**63, 2**64]
file = open("f", "w+b"); file.write(b"abc" * 1000); file.flush()
r, w = os.pipe(); os.set_blocking(r, False); os.set_blocking(w, False)
sockets = [*socket.socketpair(), socket.socket(), socket.socket(socket.AF_INET, socket.SOCK_DGRAM), socket.socket()]
sockets[4].bind(("127.0.0.1", 0)); sockets[4].listen(1)
for one in sockets: one.setblocking(False)
FILES = [-1, -2**31, 2**31 - 1, 1024, 99, file.fileno(), r, w, *(one.fileno() for one in sockets), os.open("/", 0), os.open("/dev/null", 2)]
REFUSED = OSError, TypeError, ValueError, OverflowError, MemoryError, EOFError, SystemError, RuntimeError
def attempt(function, *kinds):
    for _ in range(40):
        try: function(*[random.choice(kind) for kind in kinds])
        except REFUSED: pass
`;
const END = 'os.write(os.open("/dev/tty", 1), b"SURVIVED\\n")\n';

export const SYSTEM_CALL_ATTACKS: readonly Attack[] = [
  call(
    'calls on files with garbage',
    `${START}
BUFFERS = [[], [b""] * 5000, [b"x"] * 3]
for name, *kinds in [
    ("read", FILES, [0, 1, -1, 2**16, 2**31 - 1]), ("write", FILES, [b"", b"x", b"x" * 70000]), ("pread", FILES, [0, 1, 100], NUMBERS), ("pwrite", FILES, [b"x"], [0, -1, 2**40, 2**62, 2**63 - 1]),
    ("readv", FILES, [[bytearray(0)] * 5000, [bytearray(9)] * 3]), ("writev", FILES, BUFFERS), ("preadv", FILES, [[bytearray(9)] * 2], NUMBERS), ("pwritev", FILES, BUFFERS, [0, -1, 2**62]),
    ("lseek", FILES, NUMBERS, [0, 1, 2, 3, 4, -1, 99]), ("ftruncate", FILES, [0, -1, 2**40, 2**62, 2**63 - 1]), ("truncate", NAMES, [-1, 2**40]), ("posix_fallocate", FILES, NUMBERS, NUMBERS),
    ("posix_fadvise", FILES, NUMBERS, NUMBERS, NUMBERS), ("sendfile", FILES, FILES, NUMBERS, NUMBERS), ("lockf", FILES, [0, 2, 3, -1, 99], NUMBERS), ("dup2", FILES, [-1, 500, 1023, 1024, 2**31 - 1]),
    ("fstat", FILES), ("fsync", FILES), ("fchmod", FILES, NUMBERS), ("fchdir", FILES), ("isatty", FILES), ("ttyname", FILES), ("get_terminal_size", FILES), ("listdir", FILES + NAMES), ("statvfs", FILES + NAMES),
    ("fpathconf", FILES, NUMBERS), ("tcsetpgrp", FILES, NUMBERS), ("set_blocking", FILES, [0, 1]), ("stat", NAMES), ("lstat", NAMES), ("mkdir", NAMES), ("rmdir", NAMES), ("unlink", NAMES), ("chmod", NAMES, NUMBERS),
    ("chown", NAMES, NUMBERS, NUMBERS), ("utime", NAMES), ("readlink", NAMES), ("symlink", NAMES, NAMES), ("rename", NAMES, NAMES), ("access", NAMES, NUMBERS), ("mkfifo", NAMES, NUMBERS), ("mknod", NAMES, NUMBERS, NUMBERS),
    ("open", NAMES, [0, 1, 2, 3, 0o100, 0o1000, 0o300, 0o4000, 0o200000], NUMBERS), ("umask", NUMBERS), ("nice", NUMBERS), ("getpgid", NUMBERS), ("waitpid", NUMBERS, [1]), ("memfd_create", NAMES), ("chroot", NAMES),
]:
    if name == "open": kinds[1] = [flags | os.O_NONBLOCK for flags in kinds[1]]
    if hasattr(os, name): attempt(getattr(os, name), *kinds)
${END}`,
    /SURVIVED/,
  ),
  call(
    'fcntl, ioctl, poll and select with garbage',
    `${START}
for fd in FILES:
    attempt(fcntl.fcntl, [fd], [*range(20), 1024, 1030, 1031, *NUMBERS], [*NUMBERS, b"", b"x" * 8, b"\\xff" * 32, b"x" * 1024])
    attempt(fcntl.ioctl, [fd], [0x5401, 0x5402, 0x5413, 0x541B, 0x5421, 0x5450, 0, 1, 2**31 - 1], [b"", b"x" * 60, bytearray(100), bytearray(4)])
    attempt(fcntl.lockf, [fd], [5, 6, 8, 0, 99, -1], NUMBERS, NUMBERS, [0, 1, 2, 3, -1])
    attempt(fcntl.flock, [fd], [5, 6, 8, 4, -4])
poll = select.poll()
attempt(poll.register, FILES, NUMBERS)
attempt(poll.poll, [0, 1, 0.5, float("nan")])
attempt(select.select, [FILES, FILES * 100, []], [FILES, []], [[]], [0, 1e-9, -1, float("nan")])
${END}`,
    /SURVIVED/,
  ),
  call(
    'epoll with garbage',
    `${START}
epolls = [select.epoll() for _ in range(20)]
for one in epolls:
    attempt(one.register, FILES + epolls, [*NUMBERS, 1 | 1 << 31, 1 | 1 << 28, 5 | 1 << 30])
    attempt(one.modify, FILES + epolls, [*NUMBERS, 1 | 1 << 31, 1 | 1 << 28, 5 | 1 << 30])
    attempt(one.poll, [0, 1e-9, 0.01, float("nan"), 2**40], [1, -1, 0, 2**31 - 1, 2**31, 10**30])
    attempt(one.unregister, FILES + epolls)
attempt(select.epoll, NUMBERS, NUMBERS)
attempt(select.epoll.fromfd(os.dup(r)).poll, [0])
${END}`,
    /SURVIVED/,
  ),
  call(
    'epolls that are told of each other in as many ways as there can be',
    `
import os, select
r, w = os.pipe()
levels = [[r]]
for _ in range(6):
    levels.append([select.epoll() for _ in range(60)])
    for n, one in enumerate(levels[-1]):
        for other in levels[-2]:
            try: one.register(other, select.EPOLLIN)
            except OSError: pass
for _ in range(200):
    os.write(w, b"x")
    os.read(r, 1)
    [one.poll(0) for one in levels[-1]]
watched = select.epoll()
for _ in range(4):
    for fd in range(1000, 500, -1):
        os.dup2(r, fd)
        try: watched.register(fd, select.EPOLLIN)
        except FileExistsError: pass
    os.write(w, b"x"); watched.poll(0); os.read(r, 1)
${END}`,
    /SURVIVED/,
  ),
  call(
    'sockets with garbage',
    `${START}
ADDRESSES = [("127.0.0.1", 0), ("0.0.0.0", 65535), ("127.0.0.1", 70000), ("", 0), "x", "x" * 108, "x" * 109, "\\0abs", b"\\0" * 108, 5, None, ("8.8.8.8", 80), ("255.255.255.255", 1)]
CONTROL = [[], [(1, 1, array.array("i", [0, -1]))], [(1, 1, b"abc")], [(9, 9, b"x")], [(1, 1, array.array("i", [0] * 300))], [(1, 1, b"")] * 100]
for one in sockets:
    for name, *kinds in [
        ("bind", ADDRESSES), ("connect", ADDRESSES), ("listen", NUMBERS), ("accept",), ("recv", [0, 1, -1, 70000, 2**31 - 1], NUMBERS), ("recvfrom", [0, 1, 70000], NUMBERS), ("recvmsg", [0, 1, 70000], [0, 1, 12, 16, 2**20], NUMBERS),
        ("send", [b"", b"x", b"x" * 70000], NUMBERS), ("sendto", [b"x", b"x" * 70000], ADDRESSES), ("sendmsg", [[b"x"] * 3, [b""] * 2000, [b"x" * 10**6]], CONTROL), ("getsockopt", NUMBERS, NUMBERS, [0, 4, 1024]),
        ("setsockopt", NUMBERS, NUMBERS, [0, -1, 2**31 - 1, b"", b"x", b"x" * 8, b"x" * 5000]), ("shutdown", NUMBERS), ("getsockname",), ("getpeername",),
    ]:
        attempt(getattr(one, name), *kinds)
attempt(socket.socket, [*NUMBERS, socket.AF_UNIX], NUMBERS, NUMBERS)
attempt(socket.socketpair, [*NUMBERS, socket.AF_UNIX], NUMBERS, NUMBERS)
${END}`,
    /SURVIVED/,
  ),
  call(
    'sockets sent through themselves',
    `
import os, socket
def full(act):
    try:
        for n in range(20_000): act()
        print("never full")
    except OSError as e: print(e.errno)
a, b = socket.socketpair()
full(lambda: socket.send_fds(a, [b"x"], [a.fileno(), b.fileno()] * 100))
def cycle():
    with (pair := socket.socketpair())[0], pair[1]: socket.send_fds(pair[0], [b"x"], [pair[1].fileno(), pair[0].fileno()])
full(cycle)
for files in ([-1], [99999], [2**31 - 1], [0] * 300):
    try: print("REACHED", socket.send_fds(a, [b"x"], files))
    except OSError as e: print(e.errno)
`,
    /^109\n109\n9\n9\n9\n22\n$/,
  ),
  call(
    'standard streams closed, moved and full',
    `
import os
def child(act):
    pid = os.fork()
    if pid == 0:
        act()
        os._exit(3)
    print(os.waitpid(pid, 0)[1] >> 8, end="", flush=True)
def closed():
    os.closerange(0, 1024)
    try: os.write(1, b"nowhere")
    except OSError: os.write(os.open("/dev/tty", os.O_RDWR), b"t")
def moved():
    r, w = os.pipe()
    for fd in (1, 2): os.dup2(w, fd)
    os.dup2(r, 0)
    print("into the pipe", flush=True)
    os.read(0, 100)
def many():
    try:
        while True: os.pipe()
    except OSError as e: os._exit(3 if e.errno == 24 else 4)
def everywhere():
    go, _ = os.pipe()
    for _ in range(3):
        if os.fork() == 0:
            try:
                while True: os.pipe()
            except OSError: os.read(go, 1)
for act in (closed, moved, many, everywhere): child(act)
`,
    /^t3333$/,
  ),
  {
    name: 'a full pipe that nobody reads',
    why: 'a writer that waits for itself is a deadlock',
    source: `import os\nr, w = os.pipe()\nos.write(w, b"x" * 70_000)\n`,
    ends: { kind: 'deadlock' },
  },
  call(
    'gigabytes through a pipe',
    `
import os
r, w = os.pipe()
if os.fork() == 0:
    os.close(r)
    try:
        while True: os.write(w, bytes(1 << 20))
    except BrokenPipeError: os._exit(0)
os.close(w)
total = 0
while total < 1 << 26: total += len(os.read(r, 1 << 20))
print(total)
`,
    /^67108864\n$/,
  ),
  call(
    'files and folders without end',
    `
import os
def full(act):
    try: print("REACHED", act())
    except OSError as e: print(e.errno, flush=True)
def hole():
    fd = os.open("hole", os.O_RDWR | os.O_CREAT); os.lseek(fd, 2**40, 0); os.write(fd, b"x")
def big():
    with open("big", "wb") as file: file.write(bytes(70 << 20))
def names():
    for n in range(30_000): os.close(os.open(f"/tmp/{n}", os.O_CREAT))
def deep():
    while True: os.mkdir("d"); os.chdir("d")
os.symlink("loop", "loop")
full(hole); full(lambda: os.truncate("hole", 2**40)); full(big); full(lambda: os.stat("loop/x")); full(names)
for n in range(100): os.unlink(f"/tmp/{n}")
full(deep)
`,
    /^28\n28\n28\n40\n28\n28\n$/,
  ),
  call(
    'mappings of what is not there any more',
    `
import mmap, os
file = open("x", "w+b"); file.truncate(200_000)
shared = mmap.mmap(file.fileno(), 200_000)
shared[199_999] = 7
os.truncate("x", 10)
shared[199_999] = 5; shared.flush()
os.unlink("x"); file.close()
if os.fork() == 0:
    shared[5] = 9; os._exit(0)
os.wait(); print(shared[5])
for arguments in ((-1, 0), (-1, -1), (-1, 2**31), (-1, 2**62), (77, 10)):
    try: print("REACHED", mmap.mmap(*arguments).size())
    except (OSError, OverflowError, ValueError, MemoryError) as e: print(type(e).__name__)
kept = []
other = open("y", "w+b"); other.truncate(4 << 20)
try:
    while True: kept.append(mmap.mmap(other.fileno(), 4 << 20, access=mmap.ACCESS_COPY))
except (OSError, MemoryError): print("full")
`,
    /^9\n(\w*Error\n){5}full\n$/,
    { limits: { memory: 128 * 1024 * 1024 } },
  ),
  call(
    'shared memory and semaphores without end',
    `
from multiprocessing import shared_memory
import _multiprocessing, os
try: print("REACHED", shared_memory.SharedMemory(create=True, size=500 << 20))
except OSError as e: print(e.errno)
memory = shared_memory.SharedMemory(create=True, size=30 << 20)
for n in range(5):
    if os.fork() == 0:
        memory.buf[n] = n + 1; os._exit(0)
    os.wait()
print(bytes(memory.buf[:5])); memory.close(); memory.unlink()
try:
    for n in range(120_000): _multiprocessing.SemLock(1, 0, 1, f"/s{n}", False)
except OSError as e: print(e.errno)
`,
    /^28\nb'\\x01\\x02\\x03\\x04\\x05'\n28\n$/,
    { limits: { steps: 50_000_000 } },
  ),
  call(
    'programs that are none, in a circle, or too long',
    `
import os
def script(name, text):
    with open(name, "wb") as file: file.write(text)
    os.chmod(name, 0o755)
script("itself", b"#!itself"); script("a", b"#!b"); script("b", b"#!a"); script("long", b"#!" + b"/x" * 1000); script("elf", b"\\x7fELF" + bytes(1000)); script("bare", b"#!"); script("empty", b"")
for path in ("itself", "a", "long", "elf", "bare", "empty", "/", "/dev/null", "/nonesuch", "", "x" * 5000, "/proc/self/fd/0"):
    try: os.execv(path, ["x"])
    except (OSError, ValueError) as e: print(type(e).__name__)
print("SURVIVED")
`,
    /^(\w*Error\n){12}SURVIVED\n$/,
  ),
];
