/** Stands where the browser's storage stands, for one student in one package: what is put there, the platform keeps. */
import { BadLink, base64url, fromBase64url, pack, unpack } from '../../worker/packed-text.ts';

type Items = Readonly<Record<string, string>>;

export interface Saved {
  /** Milliseconds since 1970, by the clock of the browser that saved it. */
  readonly at: number;
  readonly items: Items;
}

/** Characters of `cmi.suspend_data` that every platform of SCORM 2004, 4th edition, has room for. */
export const MOST_CHARACTERS = 64_000;

const PACKED = 'z:';
const PLAIN = 'p:';
/** Characters that may come out of that. */
const MOST_UNPACKED = 20_000_000;

export class PackageStorage {
  readonly #items: Map<string, string>;
  readonly #changed: () => void;

  /** `changed` is called after each change. */
  constructor(items: Items, changed: () => void) {
    this.#items = new Map(Object.entries(items));
    this.#changed = changed;
  }

  get length(): number {
    return this.#items.size;
  }

  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.#items.get(key) === value) return;
    this.#items.set(key, String(value));
    this.#changed();
  }

  removeItem(key: string): void {
    if (this.#items.delete(key)) this.#changed();
  }

  clear(): void {
    this.#items.clear();
    this.#changed();
  }

  /** What is the course's, but for one key. */
  items(but: string): Items {
    return Object.fromEntries([...this.#items].filter(([key]) => key.startsWith('hb:') && key !== but));
  }
}

/** null if it does not fit. */
export async function packSaved(saved: Saved): Promise<string | null> {
  try {
    return PACKED + (await pack(JSON.stringify(saved), Math.floor(((MOST_CHARACTERS - PACKED.length) * 3) / 4) - 2));
  } catch (error) {
    if (error instanceof BadLink) return null;
    throw error;
  }
}

/** The same at once, for when the page is about to go; null if it does not fit. */
export function plainSaved(saved: Saved): string | null {
  const text = anyLength(saved);
  return text.length <= MOST_CHARACTERS ? text : null;
}

/** For the browser, which has more room. */
export function anyLength(saved: Saved): string {
  // Not as it is: platforms have been seen to trip over quotes and backslashes.
  return PLAIN + base64url(new TextEncoder().encode(JSON.stringify(saved)));
}

/** null for whatever is not what one of these has made. */
export async function readSaved(text: string): Promise<Saved | null> {
  try {
    const plain = text.startsWith(PLAIN) && fromBase64url(text.slice(PLAIN.length));
    if (plain) return checked(JSON.parse(new TextDecoder().decode(plain)));
    if (!text.startsWith(PACKED)) return null;
    return checked(JSON.parse(await unpack(text, PACKED, 'saved work', MOST_UNPACKED)));
  } catch {
    return null;
  }
}

function checked(json: { at?: unknown; items?: unknown } | null): Saved | null {
  if (typeof json?.at !== 'number' || typeof json.items !== 'object' || json.items === null) return null;
  const items = Object.entries(json.items).filter(([key, value]) => key.startsWith('hb:') && typeof value === 'string');
  return { at: json.at, items: Object.fromEntries(items) };
}
