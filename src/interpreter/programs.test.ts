/** How programs begin and end, and the calls around it, as CPython on Linux has them: what CPython's own tests found wrong. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine } from '../worker/node.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

async function printed(source: string): Promise<string> {
  const program = { files: { 'main.py': source }, entry: { kind: 'script', file: 'main.py' } } as const;
  const record = await engine.run(program, { kind: 'round-robin' }, {}, {}, false).done;
  if (!record) throw new Error('stopped');
  const { stdout, stderr, outcome } = record;
  return stdout + stderr + (outcome.kind === 'exit' && outcome.code === 0 ? '' : JSON.stringify(outcome));
}

const PROGRAMS: readonly (readonly [name: string, source: string, expected: string])[] = [
  [
    "the environment is C's: putenv reaches children, what C cannot take is refused",
    `
import os, subprocess, sys
ask = [sys.executable, '-c', 'import os; print(os.environ.get("FRUIT"))']
os.putenv('FRUIT', 'plum')
print(os.environ.get('FRUIT'), subprocess.run(ask, capture_output=True, text=True).stdout.strip())
os.unsetenv('FRUIT')
print(subprocess.run(ask, capture_output=True, text=True, preexec_fn=lambda: os.putenv('FRUIT', 'apple')).stdout.strip())
for call in (lambda: subprocess.run(['ls\\0']), lambda: subprocess.run(['ls'], env={'A\\0': 'b'}), lambda: subprocess.run(['ls'], env={'A=B': 'c'}),
             lambda: os.putenv('A=B', 'c'), lambda: os.execve('/bin/ls', ['ls'], {'A': 'b\\0'})):
    try: call(); print('accepted')
    except ValueError as e: print(e)
`,
    'None plum\napple\nembedded null byte\nembedded null byte\nillegal environment variable name\nillegal environment variable name\nembedded null byte\n',
  ],
  [
    'a child gets its umask, folder and descriptors; a relative program is looked for in its folder',
    `
import os, subprocess, sys
show = 'import os; print(oct(os.umask(0)), os.getcwd())'
print(subprocess.run([sys.executable, '-c', show], umask=0o27, cwd='/tmp', capture_output=True, text=True).stdout.strip())
print(subprocess.run(['./echo', 'here'], cwd='/usr/bin', capture_output=True, text=True).stdout.strip())
r, w = os.pipe(); os.set_inheritable(w, True)
look = f'import os\\ntry: os.fstat({w}); print("open")\\nexcept OSError as e: print(e.errno)'
for how in ({}, {'close_fds': False}, {'pass_fds': [w]}, {'preexec_fn': lambda: None}):
    print(subprocess.run([sys.executable, '-c', look], capture_output=True, text=True, **how).stdout.strip(), end=' ')
print()
try: subprocess.run(['true'], user=0)
except PermissionError as e: print(e)
`,
    '0o27 /tmp\nhere\n9 open open 9 \n[Errno 1] Operation not permitted\n',
  ],
  [
    'posix_spawn: what is to be opened, closed and moved, signals, errors',
    `
import os, signal
def spawn(word, **more):
    pid = os.posix_spawn('/bin/sh', ['sh', '-c', word], os.environ, **more)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
flags = os.O_WRONLY | os.O_CREAT
print(spawn('echo out; echo err >&2', file_actions=[(os.POSIX_SPAWN_OPEN, 1, 'both', flags, 0o600), (os.POSIX_SPAWN_DUP2, 1, 2)]), open('both').read().split())
print(spawn('cat', file_actions=[(os.POSIX_SPAWN_CLOSE, 0), (os.POSIX_SPAWN_OPEN, 0, 'both', os.O_RDONLY, 0)]))
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
print(spawn('kill -USR1 $$; exit 3'), spawn('kill -USR1 $$; exit 3', setsigdef=[signal.SIGUSR1]), spawn('kill -TERM $$; exit 4', setsigmask=[signal.SIGTERM]))
for actions in ([(os.POSIX_SPAWN_OPEN, 1, '/none/x', flags, 0)], [()], [(9,)], [(os.POSIX_SPAWN_DUP2, 1)]):
    try: print(spawn('exit', file_actions=actions))
    except (OSError, TypeError) as e: print(e)
print(os.waitstatus_to_exitcode(os.waitpid(os.posix_spawnp('true', ['true'], os.environ), 0)[1]))
`,
    `0 ['out', 'err']
out
err
0
3 -10 4
[Errno 2] No such file or directory: '/bin/sh'
Each file_actions element must be a non-empty tuple
Unknown file_actions identifier
A dup2 file_action tuple must have 3 elements
0
`,
  ],
  [
    'Ctrl-C ends a Python with a traceback and by the signal, unless it is ignored from the beginning; a lost pipe is an exception',
    `
import signal, subprocess, sys
def run(source, **more):
    r = subprocess.run([sys.executable, '-c', source], capture_output=True, text=True, **more)
    return r.returncode, r.stdout.strip(), r.stderr.strip().split('\\n')[-1]
print(run('import os, time; os.kill(os.getpid(), 2); time.sleep(9)'))
print(run('import signal; print(signal.getsignal(2) is signal.default_int_handler, repr(signal.getsignal(13)))'))
print(run('import os, signal; os.kill(os.getpid(), 2); print(repr(signal.getsignal(2)))', preexec_fn=lambda: signal.signal(2, signal.SIG_IGN)))
print(run('import os; r, w = os.pipe(); os.close(r); os.write(w, b"x")'))
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
print(run('import signal; print(signal.pthread_sigmask(0, []))'))
`,
    `(-2, '', 'KeyboardInterrupt')
(0, 'True <Handlers.SIG_IGN: 1>', '')
(0, '<Handlers.SIG_IGN: 1>', '')
(1, '', 'BrokenPipeError: [Errno 32] Broken pipe')
(0, '{<Signals.SIGTERM: 15>}', '')
`,
  ],
  [
    'who breaks CPython ends its own process alone',
    `
import os, subprocess, sys
print(subprocess.run([sys.executable, '-c', 'import faulthandler; faulthandler._sigsegv()']).returncode)
if (pid := os.fork()) == 0:
    import faulthandler; faulthandler._sigsegv()
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`,
    '-11\n-11\n',
  ],
  [
    'python3 runs a folder and a zip file, and knows PYTHONPATH',
    `
import os, subprocess, sys, zipfile
def run(*words, **more): print(subprocess.run([sys.executable, *words], capture_output=True, text=True, **more).stdout.strip())
os.mkdir('app'); os.mkdir('more')
open('app/__main__.py', 'w').write('import sys, part; print(__name__, sys.argv, part.NAME)')
open('app/part.py', 'w').write('NAME = "app"'); open('more/part.py', 'w').write('NAME = "more"')
run('app', 'x')
with zipfile.ZipFile('app.zip', 'w') as file: [file.write('app/' + name, name) for name in os.listdir('app')]
run('app.zip', 'y')
run('-c', 'import part; print(part.NAME)', env={'PYTHONPATH': 'none:more'})
run('-I', '-c', 'import sys; print("more" in sys.path)', env={'PYTHONPATH': 'none:more'})
`,
    "__main__ ['app', 'x'] app\n__main__ ['app.zip', 'y'] app\nmore\nFalse\n",
  ],
  [
    'a copy of a process that has read what others wrote to shared memory',
    `
import mmap, os
shared = mmap.mmap(-1, 4)
forks = 0
while shared[0] < 3:
    if (pid := os.fork()) == 0:
        shared[0] += 1
        os._exit(0)
    os.waitpid(pid, 0)
    forks += 1
    if shared[0] == 2: print('two', os.stat('main.py').st_uid)
print(forks, shared[0])
`,
    'two 1000\n3 3\n',
  ],
  [
    'what is written to one of two mappings of a file is in the file, and in the other',
    `
import mmap
open('f', 'wb').write(b'a' * 8)
with open('f', 'rb') as file: reader = mmap.mmap(file.fileno(), 8, access=mmap.ACCESS_READ)
with open('f', 'r+b') as file: writer = mmap.mmap(file.fileno(), 8)
writer[:4] = b'text'
print(open('f').read(), reader[:])
`,
    "textaaaa b'textaaaa'\n",
  ],
  [
    'select sees closed descriptors and survives signals; sigtimedwait',
    `
import os, select, signal, time
r, w = os.pipe(); closed, other = os.pipe(); os.close(closed)
print(select.select([r], [w], [], 0) == ([], [w], []), select.select([], [], [], 0.5))
for bad in (lambda: select.select([closed], [], [], 1), lambda: select.select([-1], [], []), lambda: select.select(1, [], []), lambda: select.select([], [], [], -1)):
    try: bad()
    except Exception as e: print(f'{type(e).__name__}: {e}')
signal.signal(signal.SIGALRM, lambda *_: print('rings', time.monotonic()))
start = time.monotonic()
signal.setitimer(signal.ITIMER_REAL, 0.25)
print(select.select([r], [], [], 1), round(time.monotonic() - start, 3))
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
print(signal.sigtimedwait([signal.SIGUSR1], 0.1)); os.kill(os.getpid(), signal.SIGUSR1); print(signal.sigwaitinfo([signal.SIGUSR1]).si_signo)
`,
    `True ([], [], [])
OSError: [Errno 9] Bad file descriptor
ValueError: file descriptor cannot be a negative integer (-1)
TypeError: arguments 1-3 must be sequences
ValueError: timeout must be non-negative
rings 0.75
([], [], []) 1.0
None
10
`,
  ],
  [
    'hard links, the size of a pipe, sendfile, whose files they are, who one is',
    `
import fcntl, os
open('a', 'w').write('text'); os.link('a', 'b')
print(os.stat('b').st_nlink, os.path.samefile('a', 'b'), os.stat('a').st_uid, os.stat('/bin/ls').st_uid, os.getuid(), os.geteuid(), os.getgroups())
for bad in (lambda: os.link('none', 'c'), lambda: os.link('a', 'b'), lambda: os.setuid(0), lambda: os.chown('a', 0, 0)):
    try: bad()
    except OSError as e: print(e)
r, w = os.pipe()
print(fcntl.fcntl(w, fcntl.F_GETPIPE_SZ), fcntl.fcntl(w, fcntl.F_SETPIPE_SZ, 5000))
os.set_blocking(w, False)
print(os.write(w, bytes(10000)))
fd = os.open('a', os.O_RDONLY); r, w = os.pipe()
print(os.sendfile(w, fd, None, 2), os.sendfile(w, fd, 1, 9), os.read(r, 9), os.lseek(fd, 0, 1))
`,
    `2 True 1000 0 1000 1000 [1000]
[Errno 2] No such file or directory: 'none' -> 'c'
[Errno 17] File exists: 'a' -> 'b'
[Errno 1] Operation not permitted
[Errno 1] Operation not permitted: 'a'
65536 8192
8192
2 3 b'teext' 2
`,
  ],
];

test.each(PROGRAMS)('%s', async (_name, source, expected) => {
  expect(await printed(source)).toBe(expected);
});
