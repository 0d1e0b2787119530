/** Python's types as seen from linear memory: what an object is, and whether its contents can change. */
import type { CPython } from './cpython.ts';
import {
  DICT_SUBCLASS,
  HEAP_TYPE,
  IMMUTABLE_SUBCLASS,
  LIST_SUBCLASS,
  SIZE,
  TUPLE_SUBCLASS,
  TYPE,
  TYPE_OBJECT,
  TYPE_SUBCLASS,
} from './layout.ts';
import type { Address, Objects } from './objects.ts';

/** Whose a class is: the learner's, a library's, or a library's whose methods guard all they share by kernel locks. */
export type Origin = 'learner' | 'library' | 'synchronised' | 'builtin';

export interface Type {
  /** `list`, `collections.deque`, `Account`. */
  readonly name: string;
  readonly origin: Origin;
  /** Of asyncio or gevent: it orders the fibers of one thread, not threads. */
  readonly forFibers: boolean;
  /** Its instances are classes. */
  readonly isMeta: boolean;
  /**
   * `scalar`: nothing inside it ever changes. `container`: list, dict, set, deque and the like, written in C.
   * `instance`: made by a class statement. `other`: everything else that is written in C.
   */
  readonly shape: 'scalar' | 'tuple' | 'list' | 'dict' | 'set' | 'container' | 'instance' | 'other';
}

const SCALARS = new Set(
  'int bool float complex str bytes NoneType range slice ellipsis NotImplementedType function builtin_function_or_method method code type module property classmethod staticmethod method_descriptor wrapper_descriptor generator coroutine'.split(
    ' ',
  ),
);
const CONTAINERS = new Set(['bytearray', 'collections.deque', 'array.array', 'memoryview']);
/** Modules whose classes may be called from any thread: what their methods share, they guard by locks of the kernel. */
const SYNCHRONISED = /^(threading|queue|_thread|concurrent\.futures.*|_threading_local)$/;
/** Of these nobody else can come between the steps: fibers of one thread go on only where they wait. */
const FOR_FIBERS = /^(asyncio\.(locks|queues)|gevent\.(event|lock|pool|queue|thread))$/;

export class Types {
  private readonly py: CPython;
  private readonly objects: Objects;
  private readonly isLearnersModule: (name: string) => boolean;
  private known = new Map<Address, Type>();
  private scratch = 0;

  constructor(py: CPython, objects: Objects, isLearnersModule: (name: string) => boolean) {
    this.py = py;
    this.objects = objects;
    this.isLearnersModule = isLearnersModule;
  }

  /** A new life: addresses mean nothing any more. */
  forget(): void {
    this.known = new Map();
    this.scratch = 0;
  }

  addressOf(object: Address): Address {
    return this.py.HEAPU32[(object + TYPE) >>> 2] as Address;
  }

  of(object: Address): Type {
    return this.type(this.addressOf(object));
  }

  type(address: Address): Type {
    const known = this.known.get(address);
    if (known) return known;
    const type = this.read(address);
    this.known.set(address, type);
    return type;
  }

  /** The classes made by class statements among a class's ancestors, itself included. */
  classes(type: Address): Address[] {
    const mro = this.py.HEAPU32[(type + TYPE_OBJECT.mro) >>> 2] as Address;
    if (mro === 0) return [];
    const classes: Address[] = [];
    const size = this.py.HEAPU32[(mro + SIZE) >>> 2] as number;
    for (let i = 0; i < size; i++) {
      const one: Address = this.py._PyTuple_GetItem(mro, i) >>> 0;
      if (this.type(one).origin !== 'builtin') classes.push(one);
    }
    return classes;
  }

  /** What a tuple, list, dict or set holds directly; null if that is more than `most`. */
  contents(object: Address, type: Type, most: number): Address[] | null {
    const { py } = this;
    const found: Address[] = [];
    if (type.shape === 'tuple' || type.shape === 'list') {
      const size = py.HEAPU32[(object + SIZE) >>> 2] as number;
      if (size > most) return null;
      for (let i = 0; i < size; i++)
        found.push((type.shape === 'tuple' ? py._PyTuple_GetItem(object, i) : py._PyList_GetItem(object, i)) >>> 0);
    } else if (type.shape === 'dict' || type.shape === 'set') {
      this.scratch ||= py._malloc(16) >>> 0;
      const { scratch } = this;
      py.HEAPU32[scratch >>> 2] = 0;
      const next = () =>
        type.shape === 'dict'
          ? py._PyDict_Next(object, scratch, scratch + 4, scratch + 8)
          : py.__PySet_NextEntry(object, scratch, scratch + 4, scratch + 8);
      while (next() !== 0) {
        if (found.length > most) return null;
        found.push(py.HEAPU32[(scratch + 4) >>> 2] as Address);
        if (type.shape === 'dict') found.push(py.HEAPU32[(scratch + 8) >>> 2] as Address);
      }
    }
    return found;
  }

  private read(address: Address): Type {
    const { HEAPU32 } = this.py;
    const flags = HEAPU32[(address + TYPE_OBJECT.flags) >>> 2] as number;
    const isMeta = (flags & TYPE_SUBCLASS) !== 0;
    const name = this.text(HEAPU32[(address + TYPE_OBJECT.name) >>> 2] as Address);
    if ((flags & HEAP_TYPE) !== 0 && !name.includes('.')) {
      const module = this.moduleOf(address);
      const forFibers = FOR_FIBERS.test(module);
      const guarded = forFibers || SYNCHRONISED.test(module);
      const origin = guarded ? 'synchronised' : this.isLearnersModule(module) ? 'learner' : 'library';
      const shape = flags & DICT_SUBCLASS ? 'dict' : flags & LIST_SUBCLASS ? 'list' : 'instance';
      return { name, origin, forFibers, isMeta, shape };
    }
    return { name, origin: 'builtin', forFibers: false, isMeta, shape: shapeOf(name, flags) };
  }

  /** Out of the class's own dict: an attribute look-up could run the learner's code. */
  private moduleOf(type: Address): string {
    const dict = this.py.HEAPU32[(type + TYPE_OBJECT.dict) >>> 2] as Address;
    const key = this.objects.interned('__module__');
    const value: Address = dict === 0 ? 0 : this.py._PyDict_GetItem(dict, key) >>> 0;
    return value !== 0 && this.of(value).name === 'str' ? this.objects.string(value) : '';
  }

  /** A zero-terminated C string. */
  private text(at: Address): string {
    const { HEAPU8 } = this.py;
    let text = '';
    for (let i = at; text.length < 100 && HEAPU8[i] !== 0; i++) text += String.fromCharCode(HEAPU8[i] as number);
    return text;
  }
}

function shapeOf(name: string, flags: number): Type['shape'] {
  if (SCALARS.has(name)) return 'scalar';
  if (flags & TUPLE_SUBCLASS || name === 'frozenset') return name === 'frozenset' ? 'set' : 'tuple';
  if (flags & LIST_SUBCLASS) return 'list';
  if (flags & DICT_SUBCLASS) return 'dict';
  if (name === 'set') return 'set';
  if (flags & IMMUTABLE_SUBCLASS) return 'scalar';
  return CONTAINERS.has(name) ? 'container' : 'other';
}
