/** Which of CPython's test files are run, and what is carried into the sandbox with them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Where Debian's libpython3.11-testsuite puts CPython's test package. */
export const INSTALLED = '/usr/lib/python3.11/test';

export interface Module {
  readonly name: string;
  /** Tests that are not looked at, by their id; why. */
  readonly without?: { readonly ids: RegExp; readonly why: string };
  /** Other files and folders of the test package that it needs. */
  readonly also?: readonly string[];
}

/** The three kinds of multiprocessing's tests have most of their code in common: each of it once is enough. */
const BY_HOW_THEY_BEGIN = {
  ids: /\.(WithManager|WithThreads|WithProcessesTestBarrier|TestSyncManagerTypes|TestWait)|\.test_many_processes$/,
  why: 'does not depend on how a process begins: test_multiprocessing_fork has it',
};
const SLOW = {
  ids: /\.(test_many_processes|test_thousand)$/,
  why: 'hundreds of processes, or a thousand rounds of six',
};
const MULTIPROCESSING = ['_test_multiprocessing.py', 'mp_fork_bomb.py', 'mp_preload.py'];

const CERTIFICATES = ['ssl_cert.pem', 'ssl_key.pem', 'keycert3.pem', 'pycacert.pem', 'keycert.pem', 'keycert2.pem'];
/** The files of one package, which have their helpers in common; without those of TLS, Windows and proactors. */
const ASYNCIO = [
  'test_base_events',
  'test_buffered_proto',
  'test_context',
  'test_events',
  'test_futures',
  'test_futures2',
  'test_locks',
  'test_pep492',
  'test_protocols',
  'test_queues',
  'test_runners',
  'test_selector_events',
  'test_sendfile',
  'test_server',
  'test_sock_lowlevel',
  'test_streams',
  'test_subprocess',
  'test_taskgroups',
  'test_tasks',
  'test_threads',
  'test_timeouts',
  'test_transports',
  'test_unix_events',
  'test_waitfor',
];

export const MODULES: readonly Module[] = [
  { name: 'test_thread' },
  { name: 'test_threading' },
  { name: 'test_threading_local' },
  { name: 'test_threadedtempfile' },
  { name: 'test_threadsignals' },
  { name: 'test_queue' },
  { name: 'test_sched' },
  { name: 'test_context' },
  { name: 'test_concurrent_futures' },
  { name: 'test_logging', also: ['keycert.pem'] },
  { name: 'test_multiprocessing_fork', also: MULTIPROCESSING, without: SLOW },
  { name: 'test_multiprocessing_spawn', also: MULTIPROCESSING, without: BY_HOW_THEY_BEGIN },
  { name: 'test_multiprocessing_forkserver', also: MULTIPROCESSING, without: BY_HOW_THEY_BEGIN },
  { name: 'test_multiprocessing_main_handling' },
  { name: 'test_subprocess', also: ['subprocessdata'] },
  { name: 'test_popen' },
  { name: 'test_fork1', also: ['fork_wait.py'] },
  { name: 'test_wait3', also: ['fork_wait.py'] },
  { name: 'test_wait4', also: ['fork_wait.py'] },
  { name: 'test_signal', also: ['signalinterproctester.py'] },
  { name: 'test_os', also: ['mapping_tests.py'] },
  { name: 'test_posix' },
  { name: 'test_mmap' },
  { name: 'test_fcntl' },
  { name: 'test_select' },
  { name: 'test_poll' },
  { name: 'test_selectors' },
  { name: 'test_socket' },
  { name: 'test_socketserver' },
  { name: 'test_epoll' },
  { name: 'test_httplib', also: ['ssl_servers.py', ...CERTIFICATES] },
  { name: 'test_httpservers' },
  { name: 'test_urllib' },
  { name: 'test_urllib2_localnet', also: ['ssl_servers.py', ...CERTIFICATES] },
  { name: 'test_xmlrpc' },
  { name: 'test_generators' },
  { name: 'test_coroutines' },
  { name: 'test_asyncgen' },
  { name: 'test_contextlib_async', also: ['test_contextlib.py'] },
  ...ASYNCIO.map((name) => ({
    name: `test_asyncio.${name}`,
    also: ['test_asyncio', ...CERTIFICATES],
    without: {
      ids: /\.Subprocess(Safe|Fast|MultiLoop)Watcher|\.RunnerTests\.test_run_future$/,
      why: 'child watchers, which 3.14 removed; a future that 3.14 runs for ever, over a selector that never waits',
    },
  })),
  { name: 'test_tempfile', also: ['tf_inherit_check.py'] },
  { name: 'test_shutil' },
  { name: 'test_genericpath' },
  { name: 'test_posixpath', also: ['test_genericpath.py'] },
  { name: 'test_glob' },
  { name: 'test_fileio' },
];

/** A change to a file of the test package, because it is older than the CPython it tests. */
interface Patch {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

const NO_LOGGING_LOCK = 'private functions that 3.13 removed; they did just this';
const LIMITS =
  'import types; _testcapi = types.SimpleNamespace(INT_MIN=-2**31, INT_MAX=2**31 - 1, UINT_MAX=2**32 - 1, ULONG_MAX=2**32 - 1)';
const NO_TESTCAPI = "CPython's module for testing itself is not there; of it only these numbers are needed";
const NO_WATCHERS = 'child watchers, which 3.14 removed: what the thread one did is what there is now';
/** A watcher is made, told of the loop and given to asyncio. */
const watching = (indent: number, target = 'asyncio', make = 'asyncio.SafeChildWatcher()') =>
  [`watcher = ${make}`, 'watcher.attach_loop(self.loop)', `${target}.set_child_watcher(watcher)`].join(
    `\n${' '.repeat(indent)}`,
  );
const PATCHES: readonly Patch[] = [
  {
    file: 'test_asyncio/utils.py',
    from: 'watcher = policy.get_child_watcher()',
    to: 'raise NotImplementedError',
    why: NO_WATCHERS,
  },
  { file: 'test_asyncio/test_events.py', from: watching(12), to: 'pass', why: NO_WATCHERS },
  {
    file: 'test_asyncio/test_events.py',
    from: 'asyncio.set_child_watcher(None)',
    to: 'pass',
    why: NO_WATCHERS,
  },
  {
    file: 'test_asyncio/test_streams.py',
    from: 'watcher = asyncio.SafeChildWatcher()\n        watcher.attach_loop(self.loop)',
    to: '',
    why: NO_WATCHERS,
  },
  {
    file: 'test_asyncio/test_streams.py',
    from: 'asyncio.set_child_watcher(watcher)',
    to: '',
    why: NO_WATCHERS,
  },
  { file: 'test_asyncio/test_streams.py', from: 'asyncio.set_child_watcher(None)', to: 'pass', why: NO_WATCHERS },
  {
    file: 'test_asyncio/test_subprocess.py',
    from: watching(12, 'policy', 'self.Watcher()'),
    to: '',
    why: NO_WATCHERS,
  },
  {
    file: 'test_asyncio/test_subprocess.py',
    from: [
      'watcher = policy.get_child_watcher()',
      'policy.set_child_watcher(None)',
      'watcher.attach_loop(None)',
      'watcher.close()',
    ].join('\n            '),
    to: '',
    why: NO_WATCHERS,
  },
  {
    file: 'test_asyncio/test_subprocess.py',
    from: 'Watcher = unix_events.',
    to: "Watcher = '' and unix_events.",
    why: NO_WATCHERS,
  },
  {
    file: 'test_fcntl.py',
    from: 'from _testcapi import INT_MAX, INT_MIN',
    to: 'INT_MAX, INT_MIN = 2**31 - 1, -2**31',
    why: NO_TESTCAPI,
  },
  {
    file: 'test_fcntl.py',
    from: ' import _testcapi',
    to: ` ${LIMITS}`,
    why: NO_TESTCAPI,
  },
  {
    file: 'test_poll.py',
    from: 'from _testcapi import USHRT_MAX, INT_MAX, UINT_MAX',
    to: 'USHRT_MAX, INT_MAX, UINT_MAX = 2**16 - 1, 2**31 - 1, 2**32 - 1',
    why: NO_TESTCAPI,
  },
  {
    file: 'test_posix.py',
    from: ' import _testcapi',
    to: ` ${LIMITS}`,
    why: NO_TESTCAPI,
  },
  {
    file: 'test_socket.py',
    from: ' import _testcapi',
    to: ` ${LIMITS}`,
    why: NO_TESTCAPI,
  },
  {
    file: 'test_fileio.py',
    from: ' import _testcapi',
    to: ` ${LIMITS}`,
    why: NO_TESTCAPI,
  },
  { file: 'test_logging.py', from: 'logging._acquireLock()', to: 'logging._lock.acquire()', why: NO_LOGGING_LOCK },
  { file: 'test_logging.py', from: 'logging._releaseLock()', to: 'logging._lock.release()', why: NO_LOGGING_LOCK },
  {
    file: 'test_logging.py',
    from: "smtpd = warnings_helper.import_deprecated('smtpd')",
    to: 'import types; smtpd = types.SimpleNamespace(SMTPServer=object)',
    why: 'removed from the library in 3.12; used by the SMTPHandler test alone, which needs sockets',
  },
  {
    file: 'test_logging.py',
    from: "asyncore = warnings_helper.import_deprecated('asyncore')",
    to: '',
    why: 'removed from the library in 3.12; used by the SMTPHandler test alone',
  },
];

/** The test package: its support, what several test files share, and one test file. */
export function filesFor(module: Module, runner: string): Record<string, Uint8Array> {
  const file = `${module.name.replaceAll('.', '/')}.py`;
  const paths = new Set(['__init__.py', 'lock_tests.py', file, ...within('support')]);
  for (const name of module.also ?? []) for (const path of name.includes('.') ? [name] : within(name)) paths.add(path);
  const files: Record<string, Uint8Array> = { 'run_tests.py': new Uint8Array(readFileSync(runner)) };
  for (const file of paths) {
    const contents = readFileSync(path.join(INSTALLED, file), 'utf8');
    files[`test/${file}`] = new TextEncoder().encode(patched(file, contents));
  }
  return files;
}

/** A folder's Python files. */
function within(folder: string): string[] {
  const names = readdirSync(path.join(INSTALLED, folder)).filter((name) => name.endsWith('.py'));
  return names.map((name) => `${folder}/${name}`);
}

function patched(file: string, contents: string): string {
  let text = contents;
  for (const patch of PATCHES.filter((patch) => patch.file === file)) {
    if (!text.includes(patch.from)) throw new Error(`the patch of ${file} does not fit: ${patch.from}`);
    text = text.replaceAll(patch.from, patch.to);
  }
  return text;
}

export function isInstalled(): boolean {
  return existsSync(path.join(INSTALLED, 'lock_tests.py'));
}
