/** Empties the realm that CPython will live in: what is not there cannot be reached, whatever else breaks. */

/** All that the engine itself needs after it has booted. Everything else on the global object goes. */
const KEPT = new Set([
  ...'Object Function Array Number Boolean String Symbol BigInt Math JSON Reflect Proxy Promise Map Set WeakMap WeakSet'.split(
    ' ',
  ),
  ...'WeakRef FinalizationRegistry Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError'.split(
    ' ',
  ),
  ...'URIError ArrayBuffer SharedArrayBuffer Atomics DataView Int8Array Uint8Array Uint8ClampedArray Int16Array'.split(
    ' ',
  ),
  ...'Uint16Array Int32Array Uint32Array BigInt64Array BigUint64Array Float16Array Float32Array Float64Array'.split(
    ' ',
  ),
  ...'WebAssembly TextEncoder TextDecoder Date Infinity NaN undefined globalThis isNaN isFinite parseInt parseFloat'.split(
    ' ',
  ),
  ...'queueMicrotask Iterator RegExp'.split(' '),
]);

/**
 * Removes every other global, freezes what code could be reached through, and lets `Date` know only the given time.
 * Call it after the last import and with everything the engine needs already in closures.
 */
export function seal(now: () => number): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  for (
    let object: object | null = scope;
    object && object !== Object.prototype;
    object = Object.getPrototypeOf(object)
  ) {
    for (const name of Object.getOwnPropertyNames(object)) {
      if (KEPT.has(name) || name === 'constructor') continue;
      try {
        delete (object as Record<string, unknown>)[name];
      } catch {
        // Not configurable: `postMessage` in some browsers. Overwritten below, or harmless.
      }
      if (name in object) {
        try {
          Object.defineProperty(object, name, { value: undefined });
        } catch {
          // A host object that may be neither removed nor changed; the content security policy covers those.
        }
      }
    }
  }
  // Emscripten's script binds these when an interpreter is booted anew.
  const silent = Object.freeze(Object.assign(Object.create(null), { log() {}, warn() {}, error() {} }));
  Object.defineProperty(scope, 'console', { value: silent });
  // Emscripten stamps its files with Date.now().
  Date.now = () => now() * 1000;
}

/**
 * Takes from Node's `process` what its permission system does not: signals to other processes, and crashing this one.
 * The rest (files, network, processes, workers, native code) is denied by the flags that the child is started with.
 */
export function disarm(process: object): void {
  for (const name of 'kill _kill _debugProcess _debugEnd abort binding _linkedBinding dlopen execve'.split(' ')) {
    Object.defineProperty(process, name, { value: undefined, configurable: false, writable: false });
  }
}
