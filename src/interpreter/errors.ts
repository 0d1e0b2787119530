/** Errors' numbers: what C makes an OSError of becomes Linux's before Python sees it. See python/errors.py. */
import type { CPython } from './cpython.ts';
import type { Address, Objects } from './objects.ts';

/** errors.wat, assembled with wat2wasm. natives.test.ts does it again and compares. */
const CONSTRUCTOR =
  'AGFzbQEAAAABEQNgAX8Bf2ADf39/AX9gAX8AAjkDBmtlcm5lbAl0cmFuc2xhdGUAAAZweXRob24Ib3JpZ2luYWwAAQZweXRob24JUHlfRGVjUmVmAAIDAgEBBwcBA25ldwADCikBJwECfyABEAAiA0UEQCAAIAEgAhABDwsgACADIAIQASEEIAMQAiAECw==';
const MODULE = new WebAssembly.Module(Uint8Array.from(atob(CONSTRUCTOR), (c) => c.charCodeAt(0)));

/** Py_tp_new of CPython's typeslots.h. */
const TP_NEW = 65;
/** An OSError takes apart so many arguments: errno, strerror, filename, winerror, filename2. */
const [FEWEST, MOST] = [2, 5];

/**
 * Puts our function in the place of OSError's constructor in the function table: the types keep their slots, by which
 * CPython tells OSError's own constructor from that of a subclass. `table` answers errors.py's table, 0: none yet.
 */
export function translateErrors(py: CPython, objects: Objects, table: () => Address): void {
  const type = py.HEAPU32[py._PyExc_OSError >>> 2] as Address;
  const entry = py._PyType_GetSlot(type, TP_NEW) >>> 0;
  const { exports } = new WebAssembly.Instance(MODULE, {
    kernel: { translate: (args: Address) => translated(py, objects, table(), args >>> 0) },
    python: { original: py.wasmTable.get(entry), Py_DecRef: py._Py_DecRef },
  });
  py.wasmTable.set(entry, exports.new);
}

/** The arguments with Linux's number and text, if these are the C library's: a new tuple; else 0. Runs no Python. */
function translated(py: CPython, objects: Objects, table: Address, args: Address): Address {
  const size: number = py._PyTuple_Size(args);
  if (table === 0 || size < FEWEST || size > MOST) return 0;
  const [code, text] = [item(py, args, 0), item(py, args, 1)];
  if (!objects.isInt(code) || !objects.isText(text)) return 0;
  const number = objects.number(code);
  if (!(number > 0 && number < py._PyTuple_Size(table))) return 0;
  const entry = item(py, table, number);
  if (entry === objects.none) return 0;
  for (let n = 1; n < py._PyTuple_Size(entry); n += 2) {
    if (py._PyUnicode_Compare(text, item(py, entry, n)) !== 0) continue;
    const rest = Array.from({ length: size - 2 }, (_, at) => item(py, args, at + 2));
    return tupleOf(py, [item(py, entry, 0), item(py, entry, n + 1), ...rest]);
  }
  return 0;
}

/** A borrowed reference. */
function item(py: CPython, tuple: Address, n: number): Address {
  return py._PyTuple_GetItem(tuple, n) >>> 0;
}

function tupleOf(py: CPython, items: readonly Address[]): Address {
  const tuple: Address = py._PyTuple_New(items.length) >>> 0;
  // No memory: the error keeps the C library's number, and whoever raises it goes on.
  if (tuple === 0) py._PyErr_Clear();
  else {
    items.forEach((object, n) => {
      py._Py_IncRef(object);
      py._PyTuple_SetItem(tuple, n, object);
    });
  }
  return tuple;
}
