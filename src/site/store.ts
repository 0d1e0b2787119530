/** The browser's local storage as the site sees it: never throws, says when it is full or forbidden, tells of changes. */

/** `full`: the last write did not fit. `forbidden`: the browser gives this page no storage at all. */
export type StoreHealth = 'ok' | 'full' | 'forbidden';

/** What a `Storage` needs for us; a Map-backed fake satisfies it in tests. */
export type StorageArea = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export class Store {
  readonly #area: StorageArea | null;
  readonly #listeners = new Set<() => void>();
  #health: StoreHealth = 'ok';

  /** `open` may throw (as `window.localStorage` does when cookies are blocked). */
  constructor(open: () => StorageArea | null) {
    let area: StorageArea | null = null;
    try {
      area = open();
    } catch {
      // Falls through to `forbidden`: the page works on, and says that nothing is kept.
    }
    this.#area = area;
    if (area === null) this.#health = 'forbidden';
  }

  get health(): StoreHealth {
    return this.#health;
  }

  get(key: string): string | null {
    try {
      return this.#area?.getItem(key) ?? null;
    } catch {
      this.#setHealth('forbidden');
      return null;
    }
  }

  /** False if the value could not be kept; `health` then says why. */
  set(key: string, value: string): boolean {
    if (this.#area === null) return false;
    try {
      if (this.#area.getItem(key) !== value) this.#area.setItem(key, value);
    } catch (error) {
      this.#setHealth(isSecurityError(error) ? 'forbidden' : 'full');
      return false;
    }
    this.#health = 'ok';
    this.changed();
    return true;
  }

  remove(key: string): void {
    try {
      this.#area?.removeItem(key);
    } catch {
      this.#setHealth('forbidden');
      return;
    }
    this.changed();
  }

  keys(prefix: string): string[] {
    const found: string[] = [];
    try {
      for (let index = 0; index < (this.#area?.length ?? 0); index += 1) {
        const key = this.#area?.key(index);
        if (key?.startsWith(prefix)) found.push(key);
      }
    } catch {
      this.#setHealth('forbidden');
    }
    return found.sort();
  }

  /** Called after each change, in this tab or (through `changed`) in another. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** To be called when another tab has written. */
  changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #setHealth(health: StoreHealth): void {
    if (this.#health === health) return;
    this.#health = health;
    this.changed();
  }
}

function isSecurityError(error: unknown): boolean {
  return error instanceof Error && error.name === 'SecurityError';
}

let shared: Store | null = null;

/** The one store of this page; on the server, one that keeps nothing. */
export function pageStore(): Store {
  if (shared === null) {
    shared = new Store(() => (typeof window === 'undefined' ? null : window.localStorage));
    if (typeof window !== 'undefined') {
      const store = shared;
      window.addEventListener('storage', () => store.changed());
    }
  }
  return shared;
}
