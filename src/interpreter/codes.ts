/** The learner's code objects: where each may be preempted, and which file and line a running task is at. */
import type { Place, TaskId } from '../kernel/types.ts';
import type { CPython } from './cpython.ts';
import type { Address, Objects } from './objects.ts';
import { inHome } from './origin.ts';

interface Code {
  readonly file: string;
  /** One byte for each code unit; 1: a switch there can matter. */
  readonly points: Uint8Array;
}

/** What makes locks for itself: the learner made a Thread there, and no lock that he could name or see. */
const INTERNAL = new Set(['Thread', 'Timer', '_DummyThread', 'local']);

export class Codes {
  private readonly py: CPython;
  private readonly objects: Objects;
  private known = new Map<Address, Code>();
  private makers = new Map<Address, string>();
  /** Where a suspended task is, noted when it was suspended. */
  private places = new Map<TaskId, Place | null>();

  constructor(py: CPython, objects: Objects) {
    this.py = py;
    this.objects = objects;
  }

  /** A new life of the interpreter: addresses mean nothing any more. */
  forget(): void {
    this.known = new Map();
    this.makers = new Map();
    this.forgetPlaces();
  }

  forgetPlaces(): void {
    this.places = new Map();
  }

  watch(code: Address, points: Uint8Array, filename: string): void {
    const file = inHome(filename);
    this.known.set(code, { file, points });
  }

  /** Whether the instruction at this byte offset is a switch point. */
  isPoint(code: Address, offset: number): boolean {
    return this.known.get(code)?.points[offset >> 1] === 1;
  }

  note(task: TaskId): void {
    this.places.set(task, this.here());
  }

  placeOf(task: TaskId): Place | null {
    return this.places.get(task) ?? null;
  }

  /** The innermost line of the learner's files on the current stack. */
  here(): Place | null {
    return this.walk().place;
  }

  /** What the learner is making (`Lock`, `Queue` …) and where, when a native makes a lock. */
  making(): { made: string; place: Place | null } {
    const { place, caller } = this.walk();
    const name = caller === 0 ? 'lock' : this.qualifiedName(caller);
    const made = name.split('.')[0] ?? name;
    if (made === 'lock' || made === 'allocate_lock') return { made: 'Lock', place };
    return { made, place: INTERNAL.has(made) ? null : place };
  }

  /** Walks outwards to the learner's code; `caller` is the library code that it called, 0 if none. */
  private walk(): { place: Place | null; caller: Address } {
    const { py } = this;
    let frame: Address = py._PyEval_GetFrame() >>> 0;
    if (frame === 0) return { place: null, caller: 0 };
    py._Py_IncRef(frame);
    let caller: Address = 0;
    let place: Place | null = null;
    while (frame !== 0) {
      const code: Address = py._PyFrame_GetCode(frame) >>> 0;
      py._Py_DecRef(code);
      const known = this.known.get(code);
      if (known) {
        place = { file: known.file, line: py._PyFrame_GetLineNumber(frame) };
        py._Py_DecRef(frame);
        break;
      }
      caller = code;
      const back: Address = py._PyFrame_GetBack(frame) >>> 0;
      py._Py_DecRef(frame);
      frame = back;
    }
    return { place, caller };
  }

  private qualifiedName(code: Address): string {
    const seen = this.makers.get(code);
    if (seen !== undefined) return seen;
    const attribute = this.objects.cString('co_qualname');
    const value: Address = this.py._PyObject_GetAttrString(code, attribute) >>> 0;
    this.py._free(attribute);
    const name = value === 0 ? '' : this.objects.string(value);
    if (value !== 0) this.py._Py_DecRef(value);
    this.makers.set(code, name);
    return name;
  }
}
