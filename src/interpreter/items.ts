/** Which item of a list or dict an index or key stands for, found without running a line of the learner's code. */
import type { CPython } from './cpython.ts';
import { SIZE } from './layout.ts';
import type { Address, Objects } from './objects.ts';
import type { Types } from './types.ts';

/** Larger dicts are taken as a whole. */
const MOST_KEYS = 32;

export class Items {
  private readonly py: CPython;
  private readonly objects: Objects;
  private readonly types: Types;

  constructor(py: CPython, objects: Objects, types: Types) {
    this.py = py;
    this.objects = objects;
    this.types = types;
  }

  /** A number for the item, the same as long as the item is there; 0: there is none, or it is not known. */
  find(container: Address, key: Address): number {
    const { name } = this.types.of(container);
    if (name === 'list') return this.inList(container, key);
    return name === 'dict' ? this.inDict(container, key) : 0;
  }

  private inList(list: Address, key: Address): number {
    if (!this.objects.isInt(key)) return 0;
    const size = this.py.HEAPU32[(list + SIZE) >>> 2] as number;
    const asked = this.objects.number(key);
    const index = asked < 0 ? asked + size : asked;
    return index >= 0 && index < size ? index + 1 : 0;
  }

  /** The key that the dict itself holds. */
  private inDict(dict: Address, key: Address): number {
    const { name } = this.types.of(key);
    if (name !== 'str' && name !== 'int') return 0;
    const contents = this.types.contents(dict, this.types.of(dict), 2 * MOST_KEYS);
    if (contents === null) return 0;
    for (let n = 0; n < contents.length; n += 2) if (contents[n] === key) return key;
    const wanted = this.text(key, name);
    for (let n = 0; n < contents.length; n += 2) {
      const held = contents[n] as Address;
      if (this.types.of(held).name === name && this.text(held, name) === wanted) return held;
    }
    return 0;
  }

  private text(key: Address, type: 'str' | 'int'): string {
    return type === 'str' ? this.objects.string(key) : this.objects.decimal(key);
  }
}
