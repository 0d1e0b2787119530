/** The browser's local storage as the site sees it: never throws, says when it is full or forbidden, tells of changes. */

/** `full`: the last write did not fit. `forbidden`: the browser gives this page no storage at all. */
export type StoreHealth = 'ok' | 'full' | 'forbidden';

/** What a `Storage` needs for us; a Map-backed fake satisfies it in tests. */
export type StorageArea = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export class Store {
  readonly #area: StorageArea | null;
  readonly #listeners = new Set<() => void>();
  /** What could not be kept: it lasts as long as the page, so that nothing is lost on the way from one view to another. */
  readonly #unkept = new Map<string, string>();
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
    const unkept = this.#unkept.get(key);
    if (unkept !== undefined) return unkept;
    try {
      return this.#area?.getItem(key) ?? null;
    } catch {
      this.#setHealth('forbidden');
      return null;
    }
  }

  /** False if the value could not be kept beyond this page's life; `health` then says why. */
  set(key: string, value: string): boolean {
    try {
      if (this.#area === null) return this.#keepHere(key, value);
      if (this.#area.getItem(key) !== value) this.#area.setItem(key, value);
    } catch (error) {
      this.#health = isSecurityError(error) ? 'forbidden' : 'full';
      return this.#keepHere(key, value);
    }
    this.#unkept.delete(key);
    this.#health = 'ok';
    this.changed();
    return true;
  }

  remove(key: string): void {
    this.#unkept.delete(key);
    try {
      this.#area?.removeItem(key);
    } catch {
      this.#setHealth('forbidden');
      return;
    }
    this.changed();
  }

  keys(prefix: string): string[] {
    const found = new Set([...this.#unkept.keys()].filter((key) => key.startsWith(prefix)));
    try {
      for (let index = 0; index < (this.#area?.length ?? 0); index += 1) {
        const key = this.#area?.key(index);
        if (key?.startsWith(prefix)) found.add(key);
      }
    } catch {
      this.#setHealth('forbidden');
    }
    return [...found].sort();
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

  #keepHere(key: string, value: string): false {
    this.#unkept.set(key, value);
    this.changed();
    return false;
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
