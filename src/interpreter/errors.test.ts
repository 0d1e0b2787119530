/** Errors carry Linux's numbers and texts: each of these programs prints what CPython on Linux prints. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine } from '../worker/node.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

async function output(source: string): Promise<string> {
  const program = { files: { 'main.py': source }, entry: { kind: 'script', file: 'main.py' } } as const;
  const record = await engine.run(program, { kind: 'round-robin' }, {}, {}, false).done;
  if (!record) throw new Error('stopped');
  return record.stdout + record.stderr;
}

const PROGRAMS: readonly (readonly [name: string, source: string, expected: string])[] = [
  [
    'what C raises: kind, number, text, file names; pickled and copied',
    `
import copy, errno, mmap, os, pickle, signal, socket, subprocess

def show(error):
    again = [error, pickle.loads(pickle.dumps(error)), copy.copy(error)]
    same = [(type(e), e.args, e.errno, e.strerror, e.filename, e.filename2, str(e), repr(e)) for e in again]
    print(errno.errorcode.get(error.errno), repr(error), error, error.args == (error.errno, error.strerror), same[0] == same[1] == same[2])

os.chdir("/tmp")
os.mkdir("full"); open("full/file", "w").close(); os.symlink("l", "l")
reading, writing = os.pipe()
os.set_blocking(reading, False)
for action in (
    lambda: open("absent"), lambda: open("/tmp"), lambda: open("full/file/x"), lambda: open("full/file", "x"), lambda: open("x" * 256),
    lambda: os.listdir("absent"), lambda: os.listdir("full/file"), lambda: os.mkdir("full"), lambda: os.rmdir("full"),
    lambda: os.rename("a", "b"), lambda: os.read(99, 1), lambda: os.dup(99), lambda: os.chdir("full/file"), lambda: open("l"),
    lambda: os.lseek(writing, 0, 0), lambda: os.truncate("full/file", -1), lambda: os.readlink("full"),
    lambda: os.read(reading, 1), lambda: os.waitpid(-1, 0), lambda: os.kill(99999, 0), lambda: os.kill(os.getpid(), 99),
    lambda: os.getpgid(99999), lambda: os.execv("/absent", ["x"]), lambda: os.execve("/absent", ["x"], {}),
    lambda: subprocess.run(["absent"]), lambda: subprocess.run(["ls"], cwd="absent"), lambda: mmap.mmap(99, 10),
    lambda: signal.pthread_sigmask(99, []), lambda: os.get_terminal_size(writing), lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: (os.close(reading), os.write(writing, b"x")),
):
    try: action()
    except OSError as error: show(error)
    else: print("nothing was raised")
for blocking in (True, False):
    client = socket.socket()
    client.setblocking(blocking)
    print(errno.errorcode[client.connect_ex(("127.0.0.1", 9))])
for size in (0, 4): print(client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR, size))
`,
    `ENOENT FileNotFoundError(2, 'No such file or directory') [Errno 2] No such file or directory: 'absent' True True
EISDIR IsADirectoryError(21, 'Is a directory') [Errno 21] Is a directory: '/tmp' True True
ENOTDIR NotADirectoryError(20, 'Not a directory') [Errno 20] Not a directory: 'full/file/x' True True
EEXIST FileExistsError(17, 'File exists') [Errno 17] File exists: 'full/file' True True
ENAMETOOLONG OSError(36, 'File name too long') [Errno 36] File name too long: '${'x'.repeat(256)}' True True
ENOENT FileNotFoundError(2, 'No such file or directory') [Errno 2] No such file or directory: 'absent' True True
ENOTDIR NotADirectoryError(20, 'Not a directory') [Errno 20] Not a directory: 'full/file' True True
EEXIST FileExistsError(17, 'File exists') [Errno 17] File exists: 'full' True True
ENOTEMPTY OSError(39, 'Directory not empty') [Errno 39] Directory not empty: 'full' True True
ENOENT FileNotFoundError(2, 'No such file or directory') [Errno 2] No such file or directory: 'a' -> 'b' True True
EBADF OSError(9, 'Bad file descriptor') [Errno 9] Bad file descriptor True True
EBADF OSError(9, 'Bad file descriptor') [Errno 9] Bad file descriptor True True
ENOTDIR NotADirectoryError(20, 'Not a directory') [Errno 20] Not a directory: 'full/file' True True
ELOOP OSError(40, 'Too many levels of symbolic links') [Errno 40] Too many levels of symbolic links: 'l' True True
ESPIPE OSError(29, 'Illegal seek') [Errno 29] Illegal seek True True
EINVAL OSError(22, 'Invalid argument') [Errno 22] Invalid argument: 'full/file' True True
EINVAL OSError(22, 'Invalid argument') [Errno 22] Invalid argument: 'full' True True
EAGAIN BlockingIOError(11, 'Resource temporarily unavailable') [Errno 11] Resource temporarily unavailable True True
ECHILD ChildProcessError(10, 'No child processes') [Errno 10] No child processes True True
ESRCH ProcessLookupError(3, 'No such process') [Errno 3] No such process True True
EINVAL OSError(22, 'Invalid argument') [Errno 22] Invalid argument True True
ESRCH ProcessLookupError(3, 'No such process') [Errno 3] No such process True True
ENOENT FileNotFoundError(2, 'No such file or directory') [Errno 2] No such file or directory True True
ENOENT FileNotFoundError(2, 'No such file or directory') [Errno 2] No such file or directory: '/absent' True True
ENOENT FileNotFoundError(2, 'No such file or directory') [Errno 2] No such file or directory: 'absent' True True
ENOENT FileNotFoundError(2, 'No such file or directory') [Errno 2] No such file or directory: 'absent' True True
EBADF OSError(9, 'Bad file descriptor') [Errno 9] Bad file descriptor True True
EINVAL OSError(22, 'Invalid argument') [Errno 22] Invalid argument True True
ENOTTY OSError(25, 'Inappropriate ioctl for device') [Errno 25] Inappropriate ioctl for device True True
ECONNREFUSED ConnectionRefusedError(111, 'Connection refused') [Errno 111] Connection refused True True
EPIPE BrokenPipeError(32, 'Broken pipe') [Errno 32] Broken pipe True True
ECONNREFUSED
EINPROGRESS
111
b'\\x00\\x00\\x00\\x00'
`,
  ],
  [
    'what Python makes is left alone',
    `
import errno, os, pickle, sys

class Parsing(OSError):
    def __init__(self, number, text, name=None, *, extra=0):
        super().__init__(number, text, name)
        self.extra = extra
class Silent(OSError):
    def __new__(cls, *args, **more): return super().__new__(cls, *args)
    def __init__(self, *args, **more): pass
class Named(FileNotFoundError): pass
for error in (
    OSError(2, "No such file or directory"), OSError(errno.EAGAIN, os.strerror(errno.EAGAIN)), OSError(errno.ENOENT, "mine", "f", None, "g"),
    OSError(44, "Channel number out of range"), OSError(28, "mine"), OSError(27, "File too large"), OSError(2), OSError(), OSError("a", "b"),
    OSError(True, "mine"), OSError(10**30, "mine"), OSError(-1, "mine"), OSError(1, 2, 3, 4, 5, 6), PermissionError(13, "mine"),
    OSError.__new__(OSError, 2, "mine"), BlockingIOError(11, "mine", 7), Parsing(2, "mine", name="f", extra=4),
    Silent(2, "mine", extra=4), Named(2, "mine", "f"), OSError(*pickle.loads(pickle.dumps(OSError(2, "mine", "f"))).args),
):
    print(type(error).__name__, error.errno, error, repr(error), error.args, error.filename, getattr(error, "characters_written", "-"))
try: OSError(2, "mine", extra=4)
except TypeError as error: print(error)
reading, writing = os.pipe()
os.set_blocking(writing, False)
buffered = open(writing, "wb", buffering=10, closefd=False)
try: buffered.write(b"x" * 200_000)
except BlockingIOError as error: print(error, error.errno, 0 < error.characters_written < 200_000)
os.read(reading, 100_000)
buffered.flush()

def fail(times):
    for _ in range(times):
        try: os.listdir("absent")
        except OSError as error: text, code = error.strerror, error.args[0]
    return sys.getrefcount(text), sys.getallocatedblocks()
fail(1000)
before, blocks = fail(1000)
after, more = fail(1000)
print(after - before, abs(more - blocks) < 50)
`,
    `FileNotFoundError 2 [Errno 2] No such file or directory FileNotFoundError(2, 'No such file or directory') (2, 'No such file or directory') None -
BlockingIOError 11 [Errno 11] Resource temporarily unavailable BlockingIOError(11, 'Resource temporarily unavailable') (11, 'Resource temporarily unavailable') None -
FileNotFoundError 2 [Errno 2] mine: 'f' -> 'g' FileNotFoundError(2, 'mine') (2, 'mine') f -
OSError 44 [Errno 44] Channel number out of range OSError(44, 'Channel number out of range') (44, 'Channel number out of range') None -
OSError 28 [Errno 28] mine OSError(28, 'mine') (28, 'mine') None -
OSError 27 [Errno 27] File too large OSError(27, 'File too large') (27, 'File too large') None -
OSError None 2 OSError(2) (2,) None -
OSError None  OSError() () None -
OSError a [Errno a] b OSError('a', 'b') ('a', 'b') None -
PermissionError True [Errno True] mine PermissionError(True, 'mine') (True, 'mine') None -
OSError 1000000000000000000000000000000 [Errno 1000000000000000000000000000000] mine OSError(1000000000000000000000000000000, 'mine') (1000000000000000000000000000000, 'mine') None -
OSError -1 [Errno -1] mine OSError(-1, 'mine') (-1, 'mine') None -
OSError None (1, 2, 3, 4, 5, 6) OSError(1, 2, 3, 4, 5, 6) (1, 2, 3, 4, 5, 6) None -
PermissionError 13 [Errno 13] mine PermissionError(13, 'mine') (13, 'mine') None -
FileNotFoundError 2 [Errno 2] mine FileNotFoundError(2, 'mine') (2, 'mine') None -
BlockingIOError 11 [Errno 11] mine BlockingIOError(11, 'mine', 7) (11, 'mine', 7) None 7
Parsing 2 [Errno 2] mine: 'f' Parsing(2, 'mine') (2, 'mine') f -
Silent 2 [Errno 2] mine Silent(2, 'mine') (2, 'mine') None -
Named 2 [Errno 2] mine: 'f' Named(2, 'mine') (2, 'mine') f -
FileNotFoundError 2 [Errno 2] mine FileNotFoundError(2, 'mine') (2, 'mine') None -
OSError() takes no keyword arguments
[Errno 11] write could not complete without blocking 11 True
0 True
`,
  ],
  [
    'the errno module, os.strerror, and what the library took from them',
    `
import errno, os, socket, sys
for number in (0, -3, True, 41, 500): print(os.strerror(number))
for number in ("x", 10**20):
    try: os.strerror(number)
    except (TypeError, OverflowError) as error: print(type(error).__name__, error)
print(errno.ENOENT, errno.EAGAIN, errno.EWOULDBLOCK, errno.ENOTSUP, errno.EDEADLK, errno.ETIMEDOUT)
print([number for number in range(134) if number not in errno.errorcode])
numbers = {name: number for name, number in vars(errno).items() if name.startswith("E")}
print([name for name, number in numbers.items() if name not in ("EWOULDBLOCK", "EDEADLK", "EOPNOTSUPP") and errno.errorcode[number] != name])
print([(module, name) for module in list(sys.modules) for name, number in numbers.items()
       if type(found := vars(sys.modules[module] or os).get(name)) is int and found != number])
print([number for number in errno.errorcode if OSError(number, os.strerror(number)).args != (number, os.strerror(number))])
print([(number, kind.__name__) for number in errno.errorcode if (kind := type(OSError(number, ""))) is not OSError])
`,
    `Success
Unknown error -3
Operation not permitted
Unknown error 41
Unknown error 500
TypeError 'str' object cannot be interpreted as an integer
OverflowError Python int too large to convert to C int
2 11 11 95 35 110
[0, 41, 58]
[]
[]
[]
[(32, 'BrokenPipeError'), (4, 'InterruptedError'), (10, 'ChildProcessError'), (3, 'ProcessLookupError'), (11, 'BlockingIOError'), (108, 'BrokenPipeError'), (114, 'BlockingIOError'), (13, 'PermissionError'), (20, 'NotADirectoryError'), (1, 'PermissionError'), (111, 'ConnectionRefusedError'), (21, 'IsADirectoryError'), (110, 'TimeoutError'), (2, 'FileNotFoundError'), (17, 'FileExistsError'), (103, 'ConnectionAbortedError'), (104, 'ConnectionResetError'), (115, 'BlockingIOError')]
`,
  ],
];

test.each(PROGRAMS)('%s', async (_, source, expected) => {
  // The second run finds an interpreter that another one has used.
  expect(await output(source)).toBe(expected);
  expect(await output(source)).toBe(expected);
});
