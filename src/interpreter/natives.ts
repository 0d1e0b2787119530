/** The natives: the C functions through which CPython makes system calls, as one WebAssembly trampoline. */
import type { CPython } from './cpython.ts';
import type { Address } from './objects.ts';

/** natives.wat, assembled. The test beside this file assembles it anew and compares. */
const TRAMPOLINE =
  'AGFzbQEAAAABFARgA39/fwF/YAAAYAABf2ABfwF/Aq0BCAZrZXJuZWwFZW50ZXIAAAZrZXJuZWwFbGVhdmUAAQZrZXJuZWwHc3VzcGVuZAACBmtlcm5lbAZyZXN1bWUAAwZweXRob24UZW50ZXJfcHJvbWlzaW5nX3Rhc2sAAgZweXRob24TZXhpdF9wcm9taXNpbmdfdGFzawABBnB5dGhvbhNQeU9iamVjdF9DYWxsTm9BcmdzAAMGcHl0aG9uC1B5RXJyX0NsZWFyAAEDAwIAAwcSAgZuYXRpdmUACAVjYXJyeQAJCkACHQEBfyAAIAEgAhAAIgNBf0cEQCADDwsQARACEAMLIAEBfxAEBEBBAQ8LIAAQBiIBRQRAEAcLEAUgAUVBAXQL';

// Decoded when the module loads: later, in a sealed realm, there may be nothing to decode with.
const MODULE = new WebAssembly.Module(Uint8Array.from(atob(TRAMPOLINE), (c) => c.charCodeAt(0)));

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
}

export interface Trampoline {
  /** Runs a Python callable on a stack of its own. 0: it returned. Rejects if CPython itself broke. */
  carry(callable: Address): Promise<number>;
}

// PyMethodDef: ml_name, ml_meth, ml_flags, ml_doc.
const METH_FASTCALL = 0x80;

/** Puts the trampoline into CPython's function table, at the same place in every instance of the same build. */
export function connect(py: CPython, door: Door): Trampoline & { readonly slot: number } {
  const heap = () => py.HEAPU32;
  const digit = 3;
  const instance = new WebAssembly.Instance(MODULE, {
    kernel: {
      enter: (self: Address, args: Address, count: number) =>
        door.enter(heap()[(self >>> 2) + digit] as number, args >>> 0, count),
      leave: () => door.leave(),
      suspend: new (WebAssembly as unknown as Jspi).Suspending(() => door.suspend()),
      resume: (carrier: number) => door.resume(carrier),
    },
    python: {
      enter_promising_task: py._enter_promising_task,
      exit_promising_task: py._exit_promising_task,
      PyObject_CallNoArgs: py._PyObject_CallNoArgs,
      PyErr_Clear: py._PyErr_Clear,
    },
  });
  const slot = py.wasmTable.grow(1);
  py.wasmTable.set(slot, instance.exports.native);
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

/** Makes the natives' C objects and the module `_hb` that holds them. Build time only: a snapshot has them. */
export function define(py: CPython, slot: number, cString: (text: string) => Address): void {
  const module = py._PyImport_AddModule(cString('_hb'));
  NATIVES.forEach((name, number) => {
    const text = cString(name);
    const method = py._malloc(16) >>> 0;
    py.HEAPU32.set([text, slot, METH_FASTCALL, 0], method >>> 2);
    py._PyObject_SetAttrString(module, text, py._PyCFunction_NewEx(method, py._PyLong_FromLong(number), 0));
  });
}
