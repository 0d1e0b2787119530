/** Python objects in linear memory, read and made without a JavaScript proxy for any of them. */
import type { CPython } from './cpython.ts';

/** Address of a PyObject. 0 means: a Python exception is set. */
export type Address = number;

// Layout of CPython 3.14 on wasm32: ob_refcnt, ob_type, then for an int lv_tag and 30-bit digits.
const TYPE = 1;
const LONG_TAG = 2;
const LONG_DIGIT = 3;

export class Objects {
  readonly none: Address;
  private readonly py: CPython;
  private readonly longType: Address;
  private readonly textType: Address;
  private readonly decoder = new TextDecoder();
  private readonly encoder = new TextEncoder();

  constructor(py: CPython) {
    this.py = py;
    this.none = py.__Py_NoneStruct;
    this.longType = py._PyLong_Type;
    this.textType = py._PyUnicode_Type;
  }

  /** The n-th of a native's arguments. */
  argument(args: Address, n: number): Address {
    return this.py.HEAPU32[(args >>> 2) + n] as Address;
  }

  /** A number from an int, a bool or a float; NaN from anything else, with no exception left behind. */
  number(object: Address): number {
    const heap = this.py.HEAPU32;
    const at = object >>> 2;
    if (heap[at + TYPE] === this.longType) {
      const tag = heap[at + LONG_TAG] as number;
      if (tag >>> 3 <= 1) {
        if ((tag & 3) === 1) return 0;
        const digit = heap[at + LONG_DIGIT] as number;
        return tag & 2 ? -digit : digit;
      }
    }
    const value = this.py._PyFloat_AsDouble(object);
    if (value === -1 && this.py._PyErr_Occurred() !== 0) {
      this.py._PyErr_Clear();
      return Number.NaN;
    }
    return value;
  }

  /** An int's digits in base ten; beyond 2**53 rounded to what a float can say. */
  decimal(object: Address): string {
    const value = this.number(object);
    return Number.isNaN(value) ? '?' : Number.isSafeInteger(value) ? String(value) : `≈${value.toExponential(3)}`;
  }

  /** Whether it is an int, and not an instance of a subclass. */
  isInt(object: Address): boolean {
    return this.py.HEAPU32[(object >>> 2) + TYPE] === this.longType;
  }

  /** Whether it is a str, and not an instance of a subclass. */
  isText(object: Address): boolean {
    return this.py.HEAPU32[(object >>> 2) + TYPE] === this.textType;
  }

  /** A copy of a bytes object's contents; empty for anything else. */
  bytes(object: Address): Uint8Array {
    const start = this.py._PyBytes_AsString(object) >>> 0;
    if (start === 0) {
      this.py._PyErr_Clear();
      return new Uint8Array();
    }
    const size = this.py._PyBytes_Size(object);
    return this.py.HEAPU8.slice(start, start + size);
  }

  text(object: Address): string {
    return this.decoder.decode(this.bytes(object));
  }

  /** A str's text, '' for anything else. */
  string(object: Address): string {
    const start = this.py._PyUnicode_AsUTF8(object) >>> 0;
    if (start === 0) {
      this.py._PyErr_Clear();
      return '';
    }
    const heap = this.py.HEAPU8;
    return this.decoder.decode(heap.subarray(start, heap.indexOf(0, start)));
  }

  fromNumber(value: number): Address {
    return Number.isInteger(value) && Math.abs(value) < 2 ** 31
      ? this.py._PyLong_FromLong(value)
      : this.py._PyFloat_FromDouble(value);
  }

  fromText(text: string): Address {
    return this.fromBytes(this.encoder.encode(text));
  }

  fromBytes(bytes: Uint8Array): Address {
    const object: Address = this.py._PyBytes_FromStringAndSize(0, bytes.length) >>> 0;
    if (object !== 0) this.py.HEAPU8.set(bytes, this.py._PyBytes_AsString(object) >>> 0);
    return object;
  }

  /** A tuple of ints and floats. */
  fromNumbers(values: readonly number[]): Address {
    const tuple: Address = this.py._PyTuple_New(values.length) >>> 0;
    if (tuple === 0) return 0;
    for (const [n, value] of values.entries()) this.py._PyTuple_SetItem(tuple, n, this.fromNumber(value));
    return tuple;
  }

  /** Sets the OSError of a system call that failed with one of the C library's numbers; answers 0. */
  raiseErrno(number: number): Address {
    this.py.HEAP32[this.py.___errno_location() >>> 2] = number;
    this.py._PyErr_SetFromErrno(this.py.HEAPU32[this.py._PyExc_OSError >>> 2]);
    return 0;
  }

  /** Sets a Python exception; answers 0, what a failing native answers. */
  raise(
    kind: '_PyExc_TypeError' | '_PyExc_ValueError' | '_PyExc_MemoryError' | '_PyExc_RuntimeError',
    message: string,
  ): Address {
    const text = this.cString(message);
    this.py._PyErr_SetString(this.py.HEAPU32[this.py[kind] >>> 2], text);
    this.py._free(text);
    return 0;
  }

  /** The str that CPython uses for this name. A borrowed reference: interned names outlive the run. */
  interned(text: string): Address {
    const at = this.cString(text);
    const object: Address = this.py._PyUnicode_InternFromString(at) >>> 0;
    this.py._free(at);
    return object;
  }

  /** A zero-terminated copy in C's heap; the caller frees it. */
  cString(text: string): Address {
    const bytes = this.encoder.encode(text);
    const at = this.py._malloc(bytes.length + 1) >>> 0;
    this.py.HEAPU8.set(bytes, at);
    this.py.HEAPU8[at + bytes.length] = 0;
    return at;
  }
}
