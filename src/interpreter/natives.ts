/** The natives: the C functions through which CPython makes system calls, as one WebAssembly trampoline. */
import type { CPython } from './cpython.ts';
import type { Address } from './objects.ts';

/** natives.wat, assembled with wat2wasm. The test beside this file does it again and compares. */
const TRAMPOLINE =
  'AGFzbQEAAAABIgZgA39/fwF/YAAAYAABf2ABfwF/YAR/f39/AX9gAn9/AX8CiQIMBmtlcm5lbAVlbnRlcgAABmtlcm5lbAVsZWF2ZQABBmtlcm5lbAdzdXNwZW5kAAIGa2VybmVsBnJlc3VtZQADBmtlcm5lbAxkaWN0X2NoYW5nZXMABAZrZXJuZWwMdHlwZV9jaGFuZ2VzAAMGa2VybmVsEGZ1bmN0aW9uX2NoYW5nZXMAAAZrZXJuZWwMY29kZV9jaGFuZ2VzAAUGcHl0aG9uFGVudGVyX3Byb21pc2luZ190YXNrAAIGcHl0aG9uE2V4aXRfcHJvbWlzaW5nX3Rhc2sAAQZweXRob24TUHlPYmplY3RfQ2FsbE5vQXJncwADBnB5dGhvbgtQeUVycl9DbGVhcgABAwcGAAMEAwAFB1IGBm5hdGl2ZQAMBWNhcnJ5AA0MZGljdF9jaGFuZ2VzAA4MdHlwZV9jaGFuZ2VzAA8QZnVuY3Rpb25fY2hhbmdlcwAQDGNvZGVfY2hhbmdlcwARCnMGHQEBfyAAIAEgAhAAIgNBf0cEQCADDwsQARACEAMLIAEBfxAIBEBBAQ8LIAAQCiIBRQRAEAsLEAkgAUVBAXQLDAAgACABIAIgAxAECwYAIAAQBQsVACAAQQJJBEBBAA8LIAAgASACEAYLCAAgACABEAcL';
/** guard.wat, likewise. */
const GUARD =
  'AGFzbQEAAAABDgJgAn9/AX9gA39/fwF/AjIDBmtlcm5lbANtYXkAAAZweXRob24FdGFibGUBcAAABnB5dGhvbghvcmlnaW5hbAN/AAMDAgABBw4CA29uZQABBG1hbnkAAgo1AhgAIAFBfxAARQRAQQAPCyAAIAEjABEAAAsaACABIAIQAEUEQEEADwsgACABIAIjABEBAAs=';

// Decoded when the module loads: later, in a sealed realm, there may be nothing to decode with.
const [MODULE, GUARDS] = [TRAMPOLINE, GUARD].map(
  (text) => new WebAssembly.Module(Uint8Array.from(atob(text), (c) => c.charCodeAt(0))),
) as [WebAssembly.Module, WebAssembly.Module];

/** In this order the natives are numbered; a snapshot holds the numbers, so a change needs a new one. */
export const NATIVES = [
  'step',
  'handle',
  'acquire',
  'release',
  'new_lock',
  'depth',
  'owner',
  'release_all',
  'set_depth',
  'reserve',
  'begin',
  'take_work',
  'end_task',
  'me',
  'live',
  'join',
  'mark_done',
  'set_name',
  'sleep',
  'write',
  'read',
  'interrupt',
  'take_signal',
  'chance',
  'program',
  'exit_process',
  'kill_process',
  'watch',
  'is_learners',
  'switch_interval',
  'native_id',
  'pid',
  'parent',
  'group',
  'set_group',
  'session',
  'new_session',
  'fork',
  'spawn',
  'exec',
  'wait_child',
  'kill',
  'disposition',
  'mask',
  'alarm',
  'pause',
  'processes',
  'sem_open',
  'sem_find',
  'sem_unlink',
  'sem_acquire',
  'sem_release',
  'sem_value',
  'shared',
  'flock',
  'mkfifo',
  'socket',
  'socketpair',
  'setsockopt',
  'socket_number',
  'socket_name',
  'resolve',
  'host_name',
  'link',
  'fiber_new',
  'fiber_enter',
  'fiber_loop',
  'fiber_ask',
  'fiber_wait',
  'fiber_ready',
  'fiber_end',
  'fiber_name',
  'fiber_choose',
  'epoll_create',
  'epoll_control',
  'epoll_wait',
  'new_stack',
  'change_stack',
  'stack_frame',
  'stack_context',
  'own_name',
] as const;

export type NativeName = (typeof NATIVES)[number];

/** The JavaScript side of the trampoline. */
export interface Door {
  /** `native` is the number in NATIVES; answers an object, 0 for a raised exception, or -1: suspend the caller. */
  enter(native: number, args: Address, count: number): Address;
  /** The current stack is about to be suspended. */
  leave(): void;
  /** Answers a promise of the number to pass to `resume`, or the number itself if there is nothing to wait for. */
  suspend(): Promise<number> | number;
  /** The stack is back: restores it and answers the system call's result. */
  resume(carrier: number): Address;
  /** Whether a guarded function may be called with these arguments (`count` -1: this argument); false: it has raised. */
  may(forbidden: number, args: Address, count: number): boolean;
  dictChanges(event: number, dict: Address, key: Address, value: Address): void;
  typeChanges(type: Address): void;
  functionChanges(object: Address): void;
  codeChanges(event: number, code: Address): void;
}

export interface Trampoline {
  /** Runs a Python callable on a stack of its own. 0: it returned. Rejects if CPython itself broke. */
  carry(callable: Address): Promise<number>;
}

// PyMethodDef: ml_name, ml_meth, ml_flags, ml_doc.
const METH_O = 0x8;
const METH_FASTCALL = 0x80;
/** Where a PyCFunction keeps its PyMethodDef, in words. */
const METHOD_DEF = 2;

/** sys.monitoring's number of the engine's tool (python/monitor.py), and the signal that calls the kernel. */
export const TOOL = 4;
export const TICK_SIGNAL = 26;

/** C functions with which a program could switch preemption off: what they must not be called with by anyone else. */
const GUARDED = [
  ...['use_tool_id', 'clear_tool_id', 'free_tool_id', 'register_callback', 'set_events', 'set_local_events'].map(
    (name) => ({
      module: 'monitoring',
      name,
      forbidden: TOOL,
    }),
  ),
  { module: '_signal', name: 'signal', forbidden: TICK_SIGNAL },
];

/** A C function to stand before: its entry in the function table, and how it is called. */
export interface Guarded {
  readonly entry: number;
  readonly flags: number;
}

const WATCHERS = [
  ['_PyDict_AddWatcher', 'dict_changes'],
  ['_PyType_AddWatcher', 'type_changes'],
  ['_PyFunction_AddWatcher', 'function_changes'],
  ['_PyCode_AddWatcher', 'code_changes'],
] as const;

/** A watcher that throws would leave an exception where CPython expects none. */
function quietly(action: () => void): number {
  action();
  return 0;
}

/** Puts the trampoline into CPython's function table, at the same place in every instance of the same build. */
export function connect(py: CPython, door: Door, guarded: readonly Guarded[]): Trampoline & { readonly slot: number } {
  const heap = () => py.HEAPU32;
  const digit = 3;
  const instance = new WebAssembly.Instance(MODULE, {
    kernel: {
      enter: (self: Address, args: Address, count: number) =>
        door.enter(heap()[(self >>> 2) + digit] as number, args >>> 0, count),
      leave: () => door.leave(),
      suspend: new (WebAssembly as unknown as Jspi).Suspending(() => door.suspend()),
      resume: (carrier: number) => door.resume(carrier),
      dict_changes: (event: number, dict: Address, key: Address, value: Address) =>
        quietly(() => door.dictChanges(event, dict >>> 0, key >>> 0, value >>> 0)),
      type_changes: (type: Address) => quietly(() => door.typeChanges(type >>> 0)),
      function_changes: (_: number, object: Address) => quietly(() => door.functionChanges(object >>> 0)),
      code_changes: (event: number, code: Address) => quietly(() => door.codeChanges(event, code >>> 0)),
    },
    python: {
      enter_promising_task: py._enter_promising_task,
      exit_promising_task: py._exit_promising_task,
      PyObject_CallNoArgs: py._PyObject_CallNoArgs,
      PyErr_Clear: py._PyErr_Clear,
    },
  });
  const guards = guarded.map(({ entry, flags }, n) => {
    const forbidden = GUARDED[n]?.forbidden ?? 0;
    const { exports } = new WebAssembly.Instance(GUARDS, {
      kernel: { may: (args: Address, count: number) => (door.may(forbidden, args >>> 0, count) ? 1 : 0) },
      python: { table: py.wasmTable, original: entry },
    });
    return flags === METH_O ? exports.one : exports.many;
  });
  const { exports } = instance;
  const entries = [exports.native, ...WATCHERS.map(([, name]) => exports[name]), ...guards];
  const slot = py.wasmTable.grow(entries.length);
  entries.forEach((entry, n) => {
    py.wasmTable.set(slot + n, entry);
  });
  const carry = (WebAssembly as unknown as Jspi).promising(instance.exports.carry as (callable: Address) => number);
  return { slot, carry };
}

/** The part of JavaScript Promise Integration that TypeScript does not know yet. */
interface Jspi {
  Suspending: new (f: () => Promise<number> | number) => WebAssembly.ImportValue;
  promising(f: (callable: Address) => number): (callable: Address) => Promise<number>;
}

/** Whether this JavaScript engine can suspend a WebAssembly stack. */
export function canSuspend(): boolean {
  return 'Suspending' in WebAssembly && 'promising' in WebAssembly;
}

/** What of CPython has to be guarded. Build time only. */
export function findGuarded(py: CPython, cString: (text: string) => Address): (Guarded & { readonly def: Address })[] {
  const sys = py._PyImport_ImportModule(cString('sys'));
  return GUARDED.map(({ module, name }) => {
    const holder =
      module === 'monitoring'
        ? py._PyObject_GetAttrString(sys, cString(module))
        : py._PyImport_ImportModule(cString(module));
    const object: Address = py._PyObject_GetAttrString(holder, cString(name)) >>> 0;
    const def = py.HEAPU32[(object >>> 2) + METHOD_DEF] as Address;
    const [entry = 0, flags = 0] = py.HEAPU32.slice((def >>> 2) + 1, (def >>> 2) + 3);
    if (flags !== METH_O && flags !== METH_FASTCALL)
      throw new Error(`${module}.${name} is called in an unknown way: ${flags}`);
    return { def, entry, flags };
  });
}

/** Makes the natives' C objects and the module `_hb` that holds them, and puts the guards in place. Build time only. */
export function define(
  py: CPython,
  slot: number,
  guarded: readonly { def: Address }[],
  cString: (text: string) => Address,
): void {
  const module = py._PyImport_AddModule(cString('_hb'));
  NATIVES.forEach((name, number) => {
    const text = cString(name);
    const method = py._malloc(16) >>> 0;
    py.HEAPU32.set([text, slot, METH_FASTCALL, 0], method >>> 2);
    py._PyObject_SetAttrString(module, text, py._PyCFunction_NewEx(method, py._PyLong_FromLong(number), 0));
  });
  guarded.forEach(({ def }, n) => {
    py.HEAPU32[(def >>> 2) + 1] = slot + 1 + WATCHERS.length + n;
  });
}

/** Switches CPython's watchers on, when the snapshot is otherwise complete. */
export function watchChanges(py: CPython, slot: number, dicts: readonly Address[], types: readonly Address[]): void {
  const [dict, type] = WATCHERS.map(([add], n) => py[add](slot + 1 + n) as number);
  for (const address of dicts) py._PyDict_Watch(dict, address);
  for (const address of types) py._PyType_Watch(type, address);
}
