/** Makes the snapshot: a bare CPython, our shims below the library, the library on top, frozen. */
import { readdirSync, readFileSync } from 'node:fs';
import { type Assets, type CPython, loadCPython } from '../interpreter/cpython.ts';
import { translateErrors } from '../interpreter/errors.ts';
import type { Snapshot } from '../interpreter/execution.ts';
import { machineBase, treeOf } from '../interpreter/machine-files.ts';
import { connect, define, findGuarded, NATIVES, type NativeName, watchChanges } from '../interpreter/natives.ts';
import { type Address, Objects } from '../interpreter/objects.ts';
import { EPOCH } from '../interpreter/origin.ts';
import { isFailed } from '../kernel/errno.ts';
import { FileSystem } from '../kernel/files/file-system.ts';
import { ProcessFiles } from '../kernel/files/process-files.ts';
import { type FileCalls, O } from '../kernel/files/types.ts';
import { Input } from '../kernel/input.ts';
import { type Answered, isLater } from '../kernel/later.ts';
import { LIBRARY_LOCKS } from '../kernel/lock-table.ts';
import { Terminal } from '../kernel/terminal.ts';
import { siteFiles } from './site.ts';

/** What `os.getpid()` says while the library is imported: the program's own number. */
const FIRST_PID = 42;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** `python` is the folder of the shims. Takes about 3 s. */
export async function makeSnapshot(assets: Assets, python: string): Promise<Snapshot> {
  let chatter = '';
  const site = siteFiles(`${python}/site`);
  const files = filesFor(assets, site, (text) => {
    chatter += text;
  });
  const py = await bare(assets, files);
  const objects = new Objects(py);
  const depths = new Map<number, number>();
  const guarded = findGuarded(py, (text) => objects.cString(text));
  const { slot } = connect(
    py,
    {
      enter: (native, args) =>
        objects.fromNumber(serve(NATIVES[native], (n) => objects.number(objects.argument(args, n)))),
      leave: () => {
        throw new Error('a wait at import time');
      },
      suspend: () => 0,
      resume: () => 0,
      may: () => true,
      dictChanges: () => {},
      typeChanges: () => {},
      functionChanges: () => {},
      codeChanges: () => {},
    },
    guarded,
  );
  // While the library is imported there is one thread and no kernel: locks only count, and belong to task 1.
  function serve(native: NativeName | undefined, argument: (n: number) => number): number {
    if (native === 'new_lock') {
      const id = 2 * (LIBRARY_LOCKS + depths.size) + argument(0);
      depths.set(id, 0);
      return id;
    }
    if (native === 'pid') return FIRST_PID;
    // selectors makes one and closes it again, to see whether it can.
    if (native === 'epoll_create') return done(files.epoll(true) as Answered<number>);
    // Whatever else the library asks while it is imported is nobody's business yet.
    if (native !== 'acquire' && native !== 'release' && native !== 'depth') return 1;
    const id = argument(0);
    const depth = depths.get(id) ?? 0;
    if (native === 'acquire') {
      const taken = depth === 0 || (id & 1) === 1;
      if (taken) depths.set(id, depth + 1);
      return taken ? 1 : 0;
    }
    if (native === 'release') {
      depths.set(id, depth - 1);
      return 1;
    }
    return depth;
  }
  define(py, slot, guarded, (text) => objects.cString(text));
  const natives = py._PyModule_GetDict(py._PyImport_AddModule(objects.cString('_hb')));
  const errors = objects.interned('errors');
  const table = () => py._PyDict_GetItem(natives, errors) >>> 0;
  translateErrors(py, objects, table);
  const sources: Record<string, string> = {};
  for (const file of readdirSync(python)) {
    if (file.endsWith('.py')) sources[file.slice(0, -3)] = readFileSync(`${python}/${file}`, 'utf8');
  }
  const run = (source: string) => {
    put(files, '/tmp/error', '');
    const text = `
try:
    exec(compile(${JSON.stringify(source)}, "<hb:install>", "exec"), globals())
except BaseException:
    import traceback
    open("/tmp/error", "w").write(traceback.format_exc())
`;
    py._PyRun_SimpleString(objects.cString(text));
    const error = take(files, '/tmp/error');
    if (error) throw new Error(`the snapshot could not be made:\n${error}${chatter}`);
  };
  run(`_hb_sources = ${pythonDict(sources)}`);
  run(sources.install ?? '');
  run(FOUNDATIONS);
  const found = JSON.parse(take(files, '/tmp/addresses'));
  closeDoors(py, found.doors);
  const { disable, main, carry, code, filename, doors, commuting, ...base } = found;
  watchChanges(py, slot, Object.keys(base.dicts).map(Number), Object.keys(base.types).map(Number));
  // Whatever becomes of the module that holds it.
  py._Py_IncRef(table());
  const filenameAt = py.HEAPU32.subarray(code >>> 2, (code >>> 2) + 60).indexOf(filename) * 4;
  const bytecodeAt = py.HEAPU32[(py._PyCode_Type >>> 2) + 4] as number;
  const foundations = { ...base, filenameAt, bytecodeAt };
  return {
    memory: py.HEAPU8.slice(),
    disable,
    main,
    carry,
    slot,
    guarded,
    errors: table(),
    commuting,
    foundations,
    site,
  };
}

/** A CPython over these files, with nothing of ours in it: no call may wait. */
export async function bare(assets: Assets, files: FileCalls): Promise<CPython> {
  let clock = 0;
  const { py } = await loadCPython(assets, {
    now: () => EPOCH,
    // A clock that stands still would make a wait at import time last for ever.
    monotonic: () => (clock += 1e-6),
    randomByte: () => 7,
    tick: () => 0,
    mayGrow: () => true,
    files: () => files,
    sockets: nobody,
    names: nobody,
    mappings: { known: () => 0, mapped: () => 0, unmapped: () => 0, synchronised: () => 0 },
    call: (handler, args) => {
      const answer = handler(...args);
      if (typeof answer === 'number') return answer;
      throw new Error('a wait at import time');
    },
    leave: () => {},
    suspend: () => 0,
    resume: () => 0,
  });
  return py;
}

function nobody(): never {
  throw new Error('a socket at import time');
}

/** The machine's files, and nobody's terminal. */
export function filesFor(assets: Assets, site: Snapshot['site'], show: (text: string) => void): FileCalls {
  const script = {
    encode: (text: string) => encoder.encode(text),
    decode: (bytes: Uint8Array) => decoder.decode(bytes),
  };
  const terminal = new Terminal(new Input('', false), script, (_, text) => show(text));
  const open = (fd: 0 | 1 | 2) => terminal.open(fd, EPOCH);
  const tree = treeOf(machineBase(assets, site), {}, () => EPOCH);
  const system = new FileSystem(tree, {
    chance: () => 7,
    terminal: () => open(1),
    caller: () => null,
    looked: () => {},
    brokenPipe: () => {},
    touch: () => {},
    moved: () => {},
  });
  return ProcessFiles.boot(system, 1, [open(0), open(1), open(2)]).calls;
}

export function put(files: FileCalls, path: string, text: string): void {
  const fd = done(files.open(null, path, O.WRONLY | O.CREAT | O.TRUNC, 0o644));
  done(files.write(fd, encoder.encode(text), null));
  done(files.close(fd));
}

export function take(files: FileCalls, path: string): string {
  return decoder.decode(takeBytes(files, path));
}

export function takeBytes(files: FileCalls, path: string): Uint8Array {
  const fd = done(files.open(null, path, O.RDONLY, 0));
  const bytes = done(files.read(fd, 2 ** 24, null));
  done(files.close(fd));
  return bytes;
}

function done<T>(answer: Answered<T>): T {
  if (isLater(answer) || isFailed(answer)) throw new Error(`a file of the snapshot: ${JSON.stringify(answer)}`);
  return answer as T;
}

/** What a program must not change without the grader's knowing, and what else the engine has to know of a snapshot. */
const FOUNDATIONS = `
def _foundations():
    import sys, json, opcode, types
    names = """builtins threading _thread _threading_local queue _queue time random json json.encoder json.decoder concurrent.futures
    concurrent.futures._base concurrent.futures.thread contextlib contextvars collections functools itertools signal _signal importlib
    importlib._bootstrap importlib._bootstrap_external importlib.machinery _frozen_importlib _frozen_importlib_external zipimport
    weakref _weakrefset traceback linecache atexit io os posix opcode types gc _imp marshal copy operator enum dataclasses sched _io zlib subprocess _posixsubprocess multiprocessing
    multiprocessing.connection multiprocessing.context multiprocessing.managers multiprocessing.pool multiprocessing.process
    multiprocessing.queues multiprocessing.synchronize multiprocessing.shared_memory multiprocessing.sharedctypes
    concurrent.futures.process socket select mmap fcntl ctypes""".split()
    watched = {id(vars(sys.modules[name])): name for name in names if sys.modules.get(name)}
    kinds = {}
    for name in names:
        for kind in list(vars(sys.modules[name]).values()) if sys.modules.get(name) else ():
            if isinstance(kind, type) and kind.__flags__ & 512 and not kind.__flags__ & 256 and kind.__module__ == name:
                kinds[id(kind)] = name + "." + kind.__qualname__
    for module in (boot, boot.monitor, boot.pools, boot.stdio, *(_MODULES[name] for name in ("errors", "signals", "processes", "programs", "descriptors", "users"))):
        watched[id(vars(module))] = "<hb:" + module.__name__ + ">"
        for kind in vars(module).values():
            if isinstance(kind, type) and kind.__module__ == module.__name__:
                kinds[id(kind)] = "<hb:" + kind.__qualname__ + ">"
    watched[id(boot._codes)] = "<hb:codes>"
    # threading tells this one of every new thread.
    watched[id(vars(sys.modules["threading"]._dangling))] = "<hb:threads>"
    watched[id(vars(sys.monitoring))] = "sys.monitoring"
    watched[id(sys.modules)] = "sys.modules"
    # What leads to JavaScript, into raw memory (CPython's modules for testing itself), or to locks the kernel cannot see.
    doors = [name for name in sys.builtin_module_names if name.startswith(("_test", "_xxtest", "xxsubtype"))
             or name in ("_pyodide_core", "_ctypes", "_remote_debugging", "_thread", "_queue", "_asyncio")]
    sys.builtin_module_names = tuple(name for name in sys.builtin_module_names if name not in doors or name == "_thread")
    code = boot.main.__code__
    open("/tmp/addresses", "w").write(json.dumps({
        "disable": id(sys.monitoring.DISABLE), "main": id(boot.main), "carry": id(boot.carry),
        "code": id(code), "filename": id(code.co_filename),
        "dicts": watched, "types": kinds, "builtins": id(__builtins__ if isinstance(__builtins__, dict) else vars(__builtins__)),
        "modules": [id(module) for module in sys.modules.values() if module is not None],
        "prefix": [opcode.opmap[name] for name in ("COPY_FREE_VARS", "MAKE_CELL", "RETURN_GENERATOR", "POP_TOP", "EXTENDED_ARG", "NOP")],
        "resume": opcode.opmap["RESUME"], "doors": doors,
        "commuting": [sys.modules["threading"]._active_limbo_lock._id,
                      sys.modules["concurrent.futures.thread"]._global_shutdown_lock._id],
    }))

_foundations()
del _foundations, _hb_sources
`;

/** Takes built-in modules out of CPython's table of them, so that no import of any kind can make them. */
function closeDoors(py: CPython, names: readonly string[]): void {
  const heap = Buffer.from(py.HEAPU8.buffer);
  const nothing = py._malloc(2) >>> 0;
  heap.write('-\0', nothing, 'latin1');
  const texts = new Map<Address, string>();
  for (const name of names) {
    // The linker may have made it the end of a longer name.
    for (let at = heap.indexOf(`${name}\0`); at >= 0; at = heap.indexOf(`${name}\0`, at + 1)) texts.set(at, name);
  }
  const left = new Set(names);
  py.HEAPU32.forEach((word, at) => {
    const name = texts.get(word);
    // An entry is the name's address and a function's number.
    const entry = py.HEAPU32[at + 1] as number;
    if (name === undefined || entry === 0 || entry >= py.wasmTable.length) return;
    py.HEAPU32[at] = nothing;
    left.delete(name);
  });
  if (left.size > 0) throw new Error(`there are no built-in modules ${[...left].join(', ')} to take out`);
}

function pythonDict(entries: Record<string, string>): string {
  return `{${Object.entries(entries)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(', ')}}`;
}
