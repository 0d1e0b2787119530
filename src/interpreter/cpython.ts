/** Instantiates CPython's WebAssembly behind a wall: of its 548 imports, only those listed here exist. */
import { ENVIRONMENT } from './origin.ts';
import { type Handler, SIGNATURES, type Surroundings, syscalls } from './syscalls/index.ts';
import { Memory } from './syscalls/memory.ts';
import { NO_PROMISE } from './syscalls/sockets.ts';
import { suspendable } from './syscalls/suspendable.ts';

/** The part of Emscripten's module object that we touch. Addresses are byte offsets into the linear memory. */
export interface CPython {
  HEAPU8: Uint8Array<ArrayBuffer>;
  HEAPU32: Uint32Array;
  HEAP32: Int32Array;
  HEAPF64: Float64Array;
  readonly wasmTable: WebAssembly.Table;
  updateMemoryViews?(): void;
  stackSave(): number;
  stackRestore(address: number): void;
  // biome-ignore lint/suspicious/noExplicitAny: CPython's C API by name, `_PyLong_FromLong` and 8,000 more
  readonly [export_: `_${string}`]: any;
}

/** The files that make an interpreter; fetched by the page or read by Node, never by the engine. */
export interface Assets {
  /** `pyodide.asm.mjs`'s default export. */
  readonly createModule: (settings: object) => Promise<CPython>;
  readonly wasm: WebAssembly.Module;
  readonly stdlib: Uint8Array;
}

/** What CPython's C code asks of the world. Time and chance come from the kernel. */
export interface World extends Surroundings {
  /** Seconds since the epoch (`now`), and seconds since boot. */
  monotonic(): number;
  /** A byte of the run's own chance. */
  randomByte(): number;
  /** Called at every n-th check of CPython's eval breaker; non-zero delivers that signal number to Python. */
  tick(): number;
  /** Whether the linear memory may grow to so many bytes; if not, Python raises MemoryError. */
  mayGrow(bytes: number): boolean;
  /** The C library makes a system call: answers what C gets, or MUST_WAIT. */
  call(handler: Handler, args: readonly (number | bigint)[]): number;
  /** The stack of a call that must wait is about to be suspended, waits, and is back: see natives.wat. */
  leave(): void;
  suspend(): Promise<number> | number;
  resume(carrier: number): number;
}

/** Thrown when CPython reaches for an import behind the wall: the interpreter is lost, and so is the run. */
export class WallBreach extends Error {}

const ALLOWED = new Set([
  ...'environ_get environ_sizes_get clock_res_get emscripten_get_heap_max emscripten_resize_heap'.split(' '),
  ...'_timegm_js _gmtime_js'.split(' '),
  ...'emscripten_runtime_keepalive_push emscripten_runtime_keepalive_pop'.split(' '),
  ...'_emscripten_runtime_keepalive_clear _emscripten_get_progname _PyEM_TrampolineCall_JS _abort_js __assert_fail'.split(
    ' ',
  ),
  ...'proc_exit exit'.split(' '),
  // Maps used by CPython's start-up; empty for ever, since no JavaScript object enters this interpreter.
  ...'__hiwire_deduplicate_new __hiwire_deduplicate_get __hiwire_deduplicate_set __hiwire_deduplicate_delete'.split(
    ' ',
  ),
]);

/** Errno of "function not implemented" in Emscripten's numbering: what a socket call gets. */
const ENOSYS = 52;

/**
 * Boots CPython's C runtime. Without `frozen`, `main()` runs and Python is initialised from nothing (1.3 s); with it
 * nothing runs and the linear memory is that of a snapshot taken by the same build (30 ms).
 */
export async function loadCPython(
  assets: Assets,
  world: World,
  frozen?: Uint8Array,
): Promise<{ readonly py: CPython; readonly memory: Memory }> {
  const marker = Symbol('error');
  let imported: WebAssembly.Imports = {};
  let module: CPython | undefined;
  const memory = new Memory(() => module as CPython);
  const handlers = syscalls(memory, world);
  const settings = {
    noInitialRun: frozen !== undefined,
    ...(frozen && { INITIAL_MEMORY: frozen.length }),
    noImageDecoding: true,
    noAudioDecoding: true,
    noWasmDecoding: true,
    thisProgram: 'python3',
    arguments: [],
    print: () => {},
    printErr: () => {},
    // Pyodide's JavaScript half is set up by the same script but never started: no proxy of a JavaScript object ever
    // exists, so there is none to walk.
    API: { config: { jsglobals: Object.create(null) }, runtimeEnv: {} },
    preRun: [
      (module: CPython & { ENV: Record<string, string> }) => {
        Object.assign(module.ENV, ENVIRONMENT);
      },
    ],
    instantiateWasm(
      imports: WebAssembly.Imports,
      receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ) {
      imported = imports;
      const walled = wall(imports, world, () => module, marker, handlers);
      WebAssembly.instantiate(assets.wasm, walled).then((instance) => receive(instance, assets.wasm));
      return {};
    },
  };
  // Emscripten hands the module object to preRun before the promise resolves, but imports are only called afterwards.
  settings.preRun.push((m: CPython) => {
    module = m;
  });
  const loaded = await assets.createModule(settings);
  module = loaded;
  closeBackDoors(loaded, assets.wasm, imported);
  if (frozen) loaded.HEAPU8.set(frozen);
  return { py: loaded, memory };
}

/** Emscripten also puts some of its JavaScript functions into the function table, past the wall: they go. */
function closeBackDoors(py: CPython, wasm: WebAssembly.Module, imports: WebAssembly.Imports): void {
  const exported = new Set(WebAssembly.Module.exports(wasm).map(({ name }) => name));
  const entries = imports['GOT.func'] as unknown as Record<string, WebAssembly.Global>;
  for (const { module, name } of WebAssembly.Module.imports(wasm)) {
    const entry = module === 'GOT.func' && !exported.has(name) ? Number(entries[name]?.value ?? 0) : 0;
    if (entry > 0) py.wasmTable.set(entry, null);
  }
}

function wall(
  imports: WebAssembly.Imports,
  world: World,
  python: () => CPython | undefined,
  marker: symbol,
  handlers: Readonly<Record<string, Handler>>,
): WebAssembly.Imports {
  const heap32 = () => (python() as CPython).HEAP32;
  const heap64 = () => new BigInt64Array((python() as CPython).HEAPU8.buffer);
  const leave = () => world.leave();
  const suspend = () => world.suspend();
  const resume = (carrier: number) => world.resume(carrier);
  const own: Record<string, (...args: never[]) => unknown> = {
    emscripten_date_now: () => world.now() * 1e3,
    emscripten_get_now: () => world.monotonic() * 1e3,
    clock_time_get: (clock: number, _precision: bigint, result: number) => {
      const seconds = clock === 0 ? world.now() : world.monotonic();
      heap64()[result >>> 3] = BigInt(Math.round(seconds * 1e9));
      return 0;
    },
    random_get: (address: number, size: number) => {
      const bytes = (python() as CPython).HEAPU8;
      for (let i = 0; i < size; i++) bytes[(address >>> 0) + i] = world.randomByte();
      return 0;
    },
    // The machine has one time zone, so that a program prints the same everywhere.
    _tzset_js: (timezone: number, daylight: number, standard: number, summer: number) => {
      heap32()[timezone >>> 2] = 0;
      heap32()[daylight >>> 2] = 0;
      for (const at of [standard, summer]) (python() as CPython).HEAPU8.set([85, 84, 67, 0], at >>> 0);
    },
    _Py_CheckEmscriptenSignals_Helper: () => world.tick(),
    // Extension modules cannot be loaded: no handle, hence ImportError.
    _dlopen_js: () => 0,
    ...NO_PROMISE,
    // Which browser this is, is none of a program's business.
    _Py_emscripten_runtime: () => 0,
    JsvError_Check: (value: unknown) => (value === marker ? 1 : 0),
    Jsv_GetError_import: () => marker,
  };
  for (const [name, handler] of Object.entries(handlers)) {
    const enter = (...args: (number | bigint)[]) => world.call(handler, args);
    // Pyodide's own doors are called by JavaScript's rules, and never wait.
    const signature = SIGNATURES[name];
    own[name] = signature === undefined ? enter : suspendable({ enter, leave, suspend, resume }, signature);
  }
  const result: WebAssembly.Imports = {};
  for (const [space, entries] of Object.entries(imports)) {
    if (space.startsWith('GOT')) {
      result[space] = entries;
      continue;
    }
    const source = entries as Record<string, WebAssembly.ImportValue>;
    // A proxy, because Emscripten adds some entries (the table, the memory) lazily.
    result[space] = new Proxy(source, {
      get(target, name) {
        const key = String(name);
        const value = target[key];
        if (key in own) return own[key];
        if (typeof value !== 'function') {
          return value;
        }
        if (key === '_localtime_js') {
          const gmtime = target._gmtime_js as (time: bigint, result: number) => void;
          return (time: bigint, result: number) => {
            gmtime(time, result);
            heap32().fill(0, (result >>> 2) + 8, (result >>> 2) + 10); // tm_isdst, tm_gmtoff
          };
        }
        if (key === 'emscripten_resize_heap') {
          const resize = value as (bytes: number) => boolean;
          return (bytes: number) => (world.mayGrow(bytes >>> 0) ? resize(bytes) : false);
        }
        if (key === '_mktime_js') return target._timegm_js;
        if (ALLOWED.has(key)) return value;
        if (key.startsWith('__syscall_')) return () => -ENOSYS;
        if (/^get(addrinfo|nameinfo)$/.test(key)) return () => -4;
        return () => {
          throw new WallBreach(`CPython called ${key}, which does not exist in this sandbox`);
        };
      },
    });
  }
  return result;
}
