/** A storage area in memory, with a capacity: what the tests of everything that stores run on. */
import type { StorageArea } from './store.ts';

export class MapArea implements StorageArea {
  readonly #map = new Map<string, string>();
  readonly #capacity: number;

  /** `capacity` counts characters of keys and values together. */
  constructor(capacity = Number.POSITIVE_INFINITY) {
    this.#capacity = capacity;
  }

  get length(): number {
    return this.#map.size;
  }

  key(index: number): string | null {
    return [...this.#map.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#map.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    let used = key.length + value.length;
    for (const [k, v] of this.#map) if (k !== key) used += k.length + v.length;
    if (used > this.#capacity) throw new DOMException('full', 'QuotaExceededError');
    this.#map.set(key, value);
  }

  removeItem(key: string): void {
    this.#map.delete(key);
  }
}
