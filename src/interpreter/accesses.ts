/**
 * Which objects an instruction of the learner's touches, read from the evaluation stack just before it runs.
 *
 * Two uses with different needs. A search leaves out schedules whose steps commute: for it, what is not known must be
 * assumed (`EVERYTHING`). The trace and the race detector speak of variables: for them, only what is exact counts.
 * What counts as the same object: an attribute is (object, name); a global (module, name); a closure's variable its cell;
 * an item that is there already (list, index) or (dict, key), and any other use of a container all of it; an object handed
 * to a function written in C, or to a library's, is touched as a whole, with all that it contains. An object that only
 * the evaluation stack or one local variable refers to cannot be touched by another thread: it does not count.
 */
import { EVERYTHING, READ, SHARED_MEMORY, THREADS, type Touches, WRITE } from '../kernel/touch.ts';
import type { Code } from './codes.ts';
import type { CPython } from './cpython.ts';
import type { Frames } from './frames.ts';
import { Items } from './items.ts';
import {
  C_FUNCTION,
  CODE,
  COROUTINE,
  DESCRIPTOR,
  FRAME,
  FUNCTION,
  GENERATOR,
  ITERATOR,
  METHOD,
  MODULE,
  REFERENCES,
  UNTAG,
} from './layout.ts';
import type { Address, Objects } from './objects.ts';
import type { Types } from './types.ts';

/** The same names and numbers as in python/monitor.py. */
const [
  NOTHING,
  LOAD_ATTR,
  STORE_ATTR,
  DELETE_ATTR,
  LOAD_NAME,
  STORE_NAME,
  LOAD_CELL,
  STORE_CELL,
  LOAD_ITEM,
  STORE_ITEM,
  DELETE_ITEM,
  LOAD_SLICE,
  STORE_SLICE,
  READ_TOP,
  CALL,
  CALL_KW,
  CALL_EX,
  ITERATE,
  SEND,
  OPERATE,
  COMPARE,
  TEST,
  ANYTHING,
  ENTER,
] = Array.from({ length: 24 }, (_, n) => n) as [
  0,
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  9,
  10,
  11,
  12,
  13,
  14,
  15,
  16,
  17,
  18,
  19,
  20,
  21,
  22,
  23,
];

/** A variable, attribute or container that is touched for certain. */
export interface Exact {
  readonly object: Address;
  readonly field: Address;
  readonly kind: 'global' | 'attribute' | 'closure' | 'container';
  readonly how: 'read' | 'write';
  /** `reads`, `writes`, or the method of the container that is called. */
  readonly operation: string;
  /** What is written, 0 if that is not known before it is done. */
  readonly value: Address;
  /** For an item of a container: the index or key that it was asked for by; else 0. */
  readonly key: Address;
}

/** A method of a synchronisation object that is about to be called. */
export interface Use {
  readonly object: Address;
  readonly operation: string;
}

/** More objects than these inside one argument count as everything. */
const MOST_INSIDE = 500;

/** Methods of containers that only look. */
const LOOKS = new Set(
  '__contains__ __eq__ __getitem__ __iter__ __len__ copy count get index items keys values isdisjoint issubset issuperset union intersection difference'.split(
    ' ',
  ),
);
/** Methods that store or remove their arguments without looking into them. */
const SHALLOW = new Set(
  'append appendleft add discard remove insert pop popleft popitem clear get setdefault reverse rotate __setitem__ __getitem__ __delitem__'.split(
    ' ',
  ),
);
/** Windows into memory that other processes may share. */
const VIEWS = new Set(['memoryview', 'mmap.mmap', 'mmap']);
/** Functions written in C that touch nothing but what is theirs. */
const HARMLESS = new Set(
  'id isinstance issubclass callable chr ord abs iter monotonic time perf_counter monotonic_ns time_ns perf_counter_ns process_time thread_time __build_class__'.split(
    ' ',
  ),
);
const ATTRIBUTE_FUNCTIONS: Readonly<Record<string, number>> = {
  getattr: READ,
  hasattr: READ,
  setattr: WRITE,
  delattr: WRITE,
};
/** Coroutines and generators of asyncio's that touch nothing. */
const SLEEPS = new Set(['sleep', '__sleep0']);
/** Functions of asyncio's that touch nothing that is shared. */
const OWN_FIBER = new Set(['current_task', 'get_running_loop', 'get_event_loop']);
/** threading's functions that look at the list of all threads, and those that do not look at anything shared. */
const THREAD_LISTS = new Set(['enumerate', 'active_count']);
const OWN_THREAD = new Set(['current_thread', 'main_thread', 'get_ident', 'get_native_id', 'currentThread']);

export class Accesses {
  private readonly py: CPython;
  private readonly objects: Objects;
  private readonly types: Types;
  private readonly items: Items;
  private readonly frames: Frames;
  /** What the instruction that each frame was last seen at touches: it may be one that calls back. */
  private open = new Map<Address, { readonly touches: Touches; readonly actor: number }>();
  private readonly isLearners: (code: Address) => boolean;
  /** What the last `look` found. */
  touches: Touches = [];
  exact: Exact | null = null;
  use: Use | null = null;
  private codeNames = new Map<Address, string>();
  /** What looks at the frames around C code have cost since somebody took note, in steps. */
  effort = 0;

  constructor(py: CPython, objects: Objects, types: Types, frames: Frames, isLearners: (code: Address) => boolean) {
    this.py = py;
    this.objects = objects;
    this.types = types;
    this.frames = frames;
    this.items = new Items(py, objects, types);
    this.isLearners = isLearners;
  }

  /** A new run: frames are others. */
  begin(): void {
    this.open = new Map();
    this.codeNames = new Map();
    this.effort = 0;
  }

  /**
   * Looks at the instruction of `code` at this code unit, in this frame, on behalf of this task or fiber. `never`: it cannot touch anything that others
   * see, neither now nor, as far as types repeat, later; `no`: not this time; `yes`: `touches`, `exact` and `use` say what.
   */
  look(frame: Address, code: Code, unit: number, actor: number): 'yes' | 'no' | 'never' {
    const kind = code.kinds[unit] as number;
    if (kind === NOTHING) return 'never';
    this.touches = [];
    this.exact = null;
    this.use = null;
    const found = kind === ENTER ? 'yes' : this.see(kind, frame, code, unit);
    if (found !== 'yes') return found;
    const own = this.touches.length;
    this.around(frame, actor);
    if (kind === ENTER && this.touches.length === 0) return 'no';
    // A copy: whoever takes the step adds to what it touches, and a process that does it again has nobody to do so.
    this.open.set(frame, { touches: this.touches.slice(0, own), actor });
    return 'yes';
  }

  /** What was taken for one step and is none, since this code runs within it: a sort calls its key, a generator goes on. */
  private around(frame: Address, actor: number): void {
    let seen = 0;
    this.frames.aroundC(frame, (outer) => {
      seen++;
      const around = this.open.get(outer);
      // What runs a fiber is no step of the fiber's.
      if (around?.actor === actor) this.touches.push(...around.touches);
    });
    const generator = this.frames.generator(frame);
    if (generator !== 0) this.touch(generator, 0, WRITE);
    // Few frames are part of a step; of many, each also has touches that whoever compares steps must read.
    this.effort += seen ** 2 / 1024;
  }

  private see(kind: number, frame: Address, code: Code, unit: number): 'yes' | 'no' | 'never' {
    const argument = code.argument(unit);
    const top = (this.word(frame + FRAME.stackPointer) as Address) - 4;
    const stack = (depth: number) => (this.word(top - 4 * depth) & UNTAG) >>> 0;
    switch (kind) {
      case LOAD_ATTR:
        this.attribute(stack(0), code.name(argument), READ, 0);
        break;
      case STORE_ATTR:
        this.attribute(stack(0), code.name(argument), WRITE, stack(1));
        break;
      case DELETE_ATTR:
        this.attribute(stack(0), code.name(argument), WRITE, 0);
        break;
      case LOAD_NAME:
      case STORE_NAME: {
        const write = kind === STORE_NAME;
        const value = write ? stack(0) : 0;
        this.mark('global', this.word(frame + FRAME.globals), code.name(argument), write ? WRITE : READ, value);
        break;
      }
      case LOAD_CELL:
      case STORE_CELL: {
        const cell = (this.word(frame + FRAME.locals + 4 * argument) & UNTAG) >>> 0;
        this.mark('closure', cell, 0, kind === STORE_CELL ? WRITE : READ, kind === STORE_CELL ? stack(0) : 0);
        break;
      }
      case LOAD_ITEM:
        this.item(stack(1), stack(0), READ, 0, 'reads');
        break;
      case STORE_ITEM:
        this.item(stack(1), stack(0), WRITE, stack(2), 'writes');
        break;
      case DELETE_ITEM:
        this.container(stack(1), WRITE, 'deletes from');
        break;
      case LOAD_SLICE:
        this.container(stack(2), READ, 'reads');
        break;
      case STORE_SLICE:
        this.container(stack(2), WRITE, 'writes');
        break;
      case READ_TOP:
        this.inside(stack(0), READ);
        break;
      case CALL: {
        const own = stack(argument);
        const given = Array.from({ length: argument }, (_, n) => stack(argument - 1 - n));
        this.call(stack(argument + 1), own === 0 ? given : [own, ...given]);
        break;
      }
      case CALL_KW: {
        const own = stack(argument + 1);
        const given = Array.from({ length: argument }, (_, n) => stack(argument - n));
        this.call(stack(argument + 2), own === 0 ? given : [own, ...given]);
        break;
      }
      case CALL_EX: {
        const given = this.types.contents(stack(1), this.types.of(stack(1)), MOST_INSIDE);
        if (given === null) this.everything();
        else this.call(stack(3), stack(0) === 0 ? given : [...given, stack(0)]);
        break;
      }
      case ITERATE:
        this.iterator(stack(0));
        break;
      case SEND:
        this.awaited(stack(1));
        break;
      case OPERATE:
        return this.operate(stack(1), stack(0), argument === 1);
      case COMPARE:
        return this.operate(stack(1), stack(0), false);
      case TEST:
        return this.test(stack(0));
      case ANYTHING:
        this.everything();
        break;
    }
    return 'yes';
  }

  // ---- kinds of instructions -----------------------------------------------------------------------------------

  private attribute(owner: Address, name: Address, how: number, value: Address): void {
    const type = this.types.of(owner);
    if (type.name === 'module') {
      const dict = this.word(owner + MODULE.dict);
      this.mark('global', dict, name, how, value);
      return;
    }
    this.mark('attribute', owner, name, how, value);
    // A class's attribute can be read through its instances.
    const classes = type.isMeta ? this.types.classes(owner) : this.types.classes(this.types.addressOf(owner));
    for (const one of classes) if (one !== owner) this.touch(one, name, READ);
  }

  private container(object: Address, how: number, operation: string): void {
    const type = this.types.of(object);
    if (type.shape === 'scalar' || type.shape === 'tuple') return;
    // `a[b]` on an instance calls its method, which has its own steps if it is the learner's.
    if (type.shape === 'instance') {
      if (type.origin !== 'learner') this.touch(object, 0, WRITE);
      return;
    }
    if (type.shape === 'other') this.inside(object, WRITE);
    else this.mark('container', object, 0, how, 0, operation);
  }

  /** `container[key]`. */
  private item(container: Address, key: Address, how: number, value: Address, operation: string): void {
    const field = this.items.find(container, key);
    if (field === 0) this.container(container, how, operation);
    else this.mark('container', container, field, how, value, operation, key);
  }

  private operate(left: Address, right: Address, inPlace: boolean): 'yes' | 'no' | 'never' {
    const [a, b] = [this.types.of(left), this.types.of(right)];
    if (a.shape === 'scalar' && b.shape === 'scalar') return 'never';
    if (inPlace && (a.shape === 'list' || a.shape === 'dict' || a.shape === 'set' || a.shape === 'container')) {
      this.mark('container', left, 0, WRITE, 0, 'adds to');
    } else this.inside(left, READ);
    this.inside(right, READ);
    return this.touches.length > 0 ? 'yes' : 'no';
  }

  private test(object: Address): 'yes' | 'no' | 'never' {
    const { shape } = this.types.of(object);
    if (shape === 'scalar') return 'never';
    if (shape === 'list' || shape === 'dict' || shape === 'set' || shape === 'container')
      this.mark('container', object, 0, READ, 0, 'reads');
    this.inside(object, READ);
    return this.touches.length > 0 ? 'yes' : 'no';
  }

  /** `held`: by something that others may see. */
  private iterator(object: Address, held = false): void {
    const { name } = this.types.of(object);
    if (name === 'range_iterator' || name === 'longrange_iterator') return;
    const shared = held || !this.isPrivate(object);
    if (shared) this.touches.push(object, 0, WRITE);
    // What a generator does it does in steps of its own.
    if (name === 'generator' || name === 'tuple_iterator' || name.startsWith('str_') || name.startsWith('bytes_'))
      return;
    if (name === 'list_iterator' || name === 'list_reverseiterator')
      this.walk(this.word(object + ITERATOR.list), shared);
    else if (name.startsWith('dict_')) this.walk(this.word(object + ITERATOR.dict), shared);
    else if (name === 'set_iterator') this.walk(this.word(object + ITERATOR.set), shared);
    else if (name === 'enumerate') this.iterator(this.word(object + ITERATOR.enumerated), shared);
    else this.everything();
  }

  /** What `await` and `yield from` go on with: a coroutine, a generator, any iterator. */
  private awaited(object: Address): void {
    const { name } = this.types.of(object);
    if (name !== 'coroutine' && name !== 'generator') {
      this.iterator(object);
      return;
    }
    const frame = object + GENERATOR.frame;
    const code = this.frames.code(frame);
    // What it does it does in steps of its own.
    if (this.isLearners(code)) {
      this.touch(object, 0, WRITE);
      return;
    }
    const self = (this.word(frame + FRAME.locals) & UNTAG) >>> 0;
    if (self !== 0 && this.types.of(self).forFibers) this.touch(self, 0, WRITE);
    else if (!SLEEPS.has(this.codeName(code))) this.everything();
  }

  /** A container that an iterator refers to; as private as that, if nobody else does. */
  private walk(container: Address, shared: boolean): void {
    if (container === 0) return;
    if (shared && this.isPrivate(container)) this.touches.push(container, 0, READ);
    else this.mark('container', container, 0, READ, 0, 'iterates over');
  }

  // ---- calls -----------------------------------------------------------------------------------------------------

  private call(callable: Address, args: readonly Address[]): void {
    const type = this.types.of(callable);
    switch (type.name) {
      case 'function':
        this.callFunction(callable, args);
        return;
      case 'method':
        this.call(this.word(callable + METHOD.function), [this.word(callable + METHOD.self), ...args]);
        return;
      case 'builtin_function_or_method':
        this.callC(this.nameOfC(callable), this.word(callable + C_FUNCTION.self), args);
        return;
      case 'method_descriptor': {
        const [self = 0, ...rest] = args;
        this.callMethod(this.objects.string(this.word(callable + DESCRIPTOR.name)), self, rest);
        return;
      }
      default:
        if (type.isMeta) {
          this.create(callable, args);
          return;
        }
        // An instance with __call__: the learner's own has its own steps; `time.sleep` and its like ask the kernel.
        if (type.origin !== 'learner' && type.origin !== 'synchronised') this.everything();
    }
  }

  private callFunction(callable: Address, args: readonly Address[]): void {
    const code: Address = this.py._PyFunction_GetCode(callable) >>> 0;
    if (this.isLearners(code)) return;
    const [self = 0, ...rest] = args;
    const receiver = self === 0 ? null : this.types.of(self);
    if (receiver?.origin === 'synchronised') {
      this.touch(self, 0, WRITE);
      this.use = { object: self, operation: this.nameOf(callable) };
      return;
    }
    const module = this.moduleOf(callable);
    if (module === 'threading') {
      const name = this.nameOf(callable);
      if (THREAD_LISTS.has(name)) this.touch(THREADS, 0, READ);
      if (THREAD_LISTS.has(name) || OWN_THREAD.has(name)) return;
    }
    if (module === 'asyncio' || module === '_asyncio' || module.startsWith('asyncio.')) {
      // To call a coroutine function is only to make a coroutine. All others share one loop, and who knows what else.
      const makes = ((this.word(code + CODE.flags) as number) & COROUTINE) !== 0;
      if (!makes && !OWN_FIBER.has(this.nameOf(callable))) this.everything();
      return;
    }
    // What stands where CPython has C functions asks the kernel, which tells what it touches.
    if (module.startsWith('<hb:') || module === '_thread') return;
    this.touch(this.word(callable + FUNCTION.globals), 0, WRITE);
    for (const object of [self, ...rest]) this.inside(object, WRITE);
  }

  private create(callable: Address, args: readonly Address[]): void {
    const type = this.types.type(callable);
    if (type.origin === 'learner' || type.origin === 'synchronised') return;
    for (const object of args) this.inside(object, type.origin === 'library' ? WRITE : READ);
  }

  private callC(name: string, self: Address, args: readonly Address[]): void {
    if (self !== 0 && this.types.of(self).name !== 'module') {
      this.callMethod(name, self, args);
      return;
    }
    if (HARMLESS.has(name)) return;
    const attribute = ATTRIBUTE_FUNCTIONS[name];
    if (attribute !== undefined && args.length >= 2) {
      this.attribute(args[0] as Address, args[1] as Address, attribute, 0);
      return;
    }
    if (name === 'next') this.iterator(args[0] as Address);
    else if (name === 'len' && args.length === 1) this.container(args[0] as Address, READ, 'reads');
    else if (/^(vars|globals|locals|exec|eval|__import__|dir|input)$/.test(name)) this.everything();
    else for (const object of args) this.inside(object, READ);
  }

  private callMethod(name: string, self: Address, args: readonly Address[]): void {
    const type = self === 0 ? null : this.types.of(self);
    if (type === null) {
      this.everything();
      return;
    }
    if (type.shape === 'list' || type.shape === 'dict' || type.shape === 'set' || type.shape === 'container') {
      const operation = `${type.name.replace(/^.*\./, '')}.${name}`;
      const [key = 0] = args;
      if (name === 'get' && key !== 0) this.item(self, key, READ, 0, operation);
      else this.mark('container', self, 0, LOOKS.has(name) ? READ : WRITE, 0, operation);
      if (!SHALLOW.has(name)) for (const object of args) this.inside(object, READ);
    } else {
      // The method of something else that is written in C may do what it likes with it and with its arguments.
      if (type.shape !== 'scalar' && type.shape !== 'tuple') this.touch(self, 0, WRITE);
      for (const object of args) this.inside(object, type.shape === 'scalar' ? READ : WRITE);
    }
  }

  private nameOf(callable: Address): string {
    return this.objects.string(this.word(callable + FUNCTION.name));
  }

  private codeName(code: Address): string {
    const known = this.codeNames.get(code);
    if (known !== undefined) return known;
    const name = this.objects.string(this.word(code + CODE.name));
    this.codeNames.set(code, name);
    return name;
  }

  private moduleOf(callable: Address): string {
    const name: Address = this.py._PyFunction_GetModule(callable) >>> 0;
    return name === 0 ? '' : this.objects.string(name);
  }

  private nameOfC(callable: Address): string {
    const definition = this.word(callable + C_FUNCTION.definition);
    let at = this.word(definition);
    let text = '';
    for (; text.length < 60 && this.py.HEAPU8[at] !== 0; at++)
      text += String.fromCharCode(this.py.HEAPU8[at] as number);
    return text;
  }

  // ---- what was found --------------------------------------------------------------------------------------------

  private mark(
    kind: Exact['kind'],
    object: Address,
    field: Address,
    how: number,
    value: Address,
    operation = '',
    key: Address = 0,
  ): void {
    if (this.isPrivate(object)) return;
    this.touches.push(object, field, how);
    this.exact = {
      key,
      object,
      field,
      kind,
      how: how === READ ? 'read' : 'write',
      operation: operation || (how === READ ? 'reads' : 'writes'),
      value,
    };
  }

  /** An object that the evaluation stack refers to, or something of the kernel's. */
  private touch(object: number, field: number, how: number): void {
    if (object > 0 && VIEWS.has(this.types.of(object).name)) this.touches.push(SHARED_MEMORY, 0, how);
    if (object < 0 || !this.isPrivate(object)) this.touches.push(object, field, how);
  }

  /** Whether the evaluation stack, or the local variable that was put there, is all that refers to it. */
  private isPrivate(object: Address): boolean {
    return this.word(object + REFERENCES) === 1;
  }

  private everything(): void {
    this.touch(EVERYTHING, 0, WRITE);
  }

  /** An object and all that can be reached through containers from it. What only private containers hold is private. */
  private inside(object: Address, how: number): void {
    const seen = new Set<Address>();
    const waiting: [object: Address, held: boolean][] = [[object, false]];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [one, held] = next;
      if (one === 0 || seen.has(one)) continue;
      const type = this.types.of(one);
      if (type.shape === 'scalar') continue;
      seen.add(one);
      if (seen.size > MOST_INSIDE) {
        this.everything();
        return;
      }
      if (VIEWS.has(type.name)) this.touches.push(SHARED_MEMORY, 0, how);
      const shared = held || !this.isPrivate(one);
      if (shared && type.shape !== 'tuple') this.touches.push(one, 0, how);
      const contents = this.types.contents(one, type, MOST_INSIDE);
      if (contents === null) {
        this.everything();
        return;
      }
      for (const content of contents) waiting.push([content, shared]);
    }
  }

  private word(at: Address): number {
    return this.py.HEAPU32[at >>> 2] as number;
  }
}
