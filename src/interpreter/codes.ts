/** The learner's code objects: what each instruction touches, and which file and line a running task is at. */
import { fnv1a } from '../kernel/fnv.ts';
import type { Place, TaskId } from '../kernel/types.ts';
import type { CPython } from './cpython.ts';
import type { Frames } from './frames.ts';
import type { Address, Objects } from './objects.ts';
import { inHome } from './origin.ts';

/** What a native makes a lock for, as the learner sees it. */
export interface Making {
  /** `Lock`, `Queue`, … */
  readonly made: string;
  /** Null if the library keeps the lock for itself. */
  readonly place: Place | null;
  /** The object that the lock is part of; 0 if it is the lock itself. */
  readonly part: Address;
  /** The learner's frame that is making it, 0 if there is none. */
  readonly frame: Address;
}

/** One code object of the learner's, as python/monitor.py described it. */
export class Code {
  readonly file: string;
  /** For each code unit what the instruction touches: see accesses.ts. */
  readonly kinds: Uint8Array;
  /** The same for every run: names the code among all of the program's. */
  readonly number: number;
  private readonly args: Uint8Array;
  private readonly names: readonly Address[];
  private readonly spelling: string;
  private spelled: Map<number, string> | null = null;

  constructor(
    file: string,
    number: number,
    kinds: Uint8Array,
    args: Uint8Array,
    names: readonly Address[],
    spelling: string,
  ) {
    this.file = file;
    this.number = number;
    this.kinds = kinds;
    this.args = args;
    this.names = names;
    this.spelling = spelling;
  }

  argument(unit: number): number {
    const at = 4 * unit;
    const { args } = this;
    return (args[at] ?? 0) | ((args[at + 1] ?? 0) << 8) | ((args[at + 2] ?? 0) << 16);
  }

  /** The n-th name of the code: a str, as an address. */
  name(n: number): Address {
    return this.names[n] ?? 0;
  }

  /** How the source spells what the instruction touches (or, for `-unit`, what a call is assigned to); '' if unknown. */
  spell(unit: number): string {
    this.spelled ??= new Map(
      this.spelling.split('\n').map((line) => {
        const space = line.indexOf(' ');
        return [Number(line.slice(0, space)), line.slice(space + 1)];
      }),
    );
    return this.spelled.get(unit) ?? '';
  }
}

/** What makes locks for itself: the learner made a Thread there, and no lock that he could name or see. */
const INTERNAL = new Set(['Thread', 'Timer', '_DummyThread', 'local']);

export class Codes {
  private readonly py: CPython;
  private readonly objects: Objects;
  private readonly frames: Frames;
  private known = new Map<Address, Code>();
  private makers = new Map<Address, string>();
  /** Where a suspended task is, noted when it was suspended. */
  private places = new Map<TaskId, Place | null>();

  constructor(py: CPython, objects: Objects, frames: Frames) {
    this.py = py;
    this.objects = objects;
    this.frames = frames;
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

  watch(code: Address, kinds: Uint8Array, args: Uint8Array, filename: string, name: string, spelling: string): void {
    const file = inHome(filename);
    const number = fnv1a(`${file} ${name} ${kinds.length} ${kinds.join('')}`);
    this.known.set(code, new Code(file, number, kinds, args, this.namesOf(code), spelling));
  }

  get(code: Address): Code | undefined {
    return this.known.get(code);
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

  /** The variable that what a frame is calling will be assigned to, null if the source does not say. */
  target(frame: Address): string | null {
    const code = this.known.get(this.frames.code(frame));
    return code?.spell(-(this.frames.offset(frame) >> 1)) || null;
  }

  /** What the learner is making (`Lock`, `Queue` …) and where, when a native makes a lock. */
  making(): Making {
    const { place, frame, outermost } = this.walk();
    const name = outermost === 0 ? 'lock' : this.qualifiedName(this.frames.code(outermost));
    const made = name.split('.')[0] ?? name;
    if (made === 'lock' || made === 'allocate_lock') return { made: 'Lock', place, part: 0, frame };
    if (made === 'RLock') return { made, place, part: 0, frame };
    const part = outermost === 0 ? 0 : this.frames.firstLocal(outermost);
    return { made, place: INTERNAL.has(made) ? null : place, part, frame };
  }

  /** Walks outwards to the learner's code; `outermost` is the frame of library code that it called, 0 if none. */
  private walk(): { place: Place | null; frame: Address; outermost: Address } {
    const { frames } = this;
    let outermost: Address = 0;
    for (let frame = frames.innermost; frame !== 0; frame = frames.outer(frame)) {
      const known = this.known.get(frames.code(frame));
      if (known) return { place: { file: known.file, line: frames.line(frame) }, frame, outermost };
      outermost = frame;
    }
    return { place: null, frame: 0, outermost };
  }

  private qualifiedName(code: Address): string {
    const seen = this.makers.get(code);
    if (seen !== undefined) return seen;
    const value = this.attribute(code, 'co_qualname');
    const name = value === 0 ? '' : this.objects.string(value);
    if (value !== 0) this.py._Py_DecRef(value);
    this.makers.set(code, name);
    return name;
  }

  /** The code keeps them alive. */
  private namesOf(code: Address): Address[] {
    const tuple = this.attribute(code, 'co_names');
    if (tuple === 0) return [];
    const names = Array.from(
      { length: this.py._PyTuple_Size(tuple) },
      (_, n) => this.py._PyTuple_GetItem(tuple, n) >>> 0,
    );
    this.py._Py_DecRef(tuple);
    return names;
  }

  private attribute(code: Address, name: string): Address {
    const attribute = this.objects.cString(name);
    const value: Address = this.py._PyObject_GetAttrString(code, attribute) >>> 0;
    this.py._free(attribute);
    return value;
  }
}
