/** The keys of one database: what they hold, and until when. */
import { wrongType } from './errors.ts';
import { empty, isEmpty, type Kind, type OfKind, type Value } from './values.ts';

/** When a key expires, in milliseconds since 1970; null: it does not; 'same': as before. */
export type Lifetime = number | null | 'same';

interface Entry {
  value: Value;
  /** Milliseconds since 1970; null: it does not expire. */
  expires: number | null;
  /** Counts keys as they are made: what SCAN's cursors are. */
  readonly born: number;
}

/** What a database needs of its server. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether keys may be deleted because their time has passed: not while a file is loaded. */
  readonly expires: boolean;
  /** A key's time has passed, and it is gone. */
  expired(db: Database, key: string): void;
  /** A key was made that was not there. */
  made(db: Database, key: string, kind: Kind): void;
}

export class Database {
  readonly index: number;
  private readonly surroundings: Surroundings;
  private entries = new Map<string, Entry>();
  private born = 0;
  /** Keys that expire, and no later than which time the next one does. */
  private readonly mortal = new Set<string>();
  private next = Infinity;

  constructor(index: number, surroundings: Surroundings) {
    this.index = index;
    this.surroundings = surroundings;
  }

  get size(): number {
    return this.entries.size;
  }

  /** How many of them expire. */
  get expiring(): number {
    return this.mortal.size;
  }

  /** In the order in which they were made. */
  keys(): Iterable<string> {
    return this.entries.keys();
  }

  all(): Iterable<readonly [string, Readonly<Entry>]> {
    return this.entries;
  }

  /** Whether it is there, be its time past. */
  has(key: string): boolean {
    return this.entries.has(key);
  }

  find(key: string): Value | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    const { now, expires } = this.surroundings;
    if (entry.expires === null || entry.expires > now || !expires) return entry.value;
    this.delete(key);
    this.surroundings.expired(this, key);
    return undefined;
  }

  /** What a key holds, which must be of this kind. */
  get<K extends Kind>(key: string, kind: K): OfKind<K> | undefined {
    const value = this.find(key);
    if (value && value.kind !== kind) throw wrongType();
    return value as OfKind<K> | undefined;
  }

  /** The same; if it is not there it is made. */
  make<K extends Kind>(key: string, kind: K): OfKind<K> {
    const found = this.get(key, kind);
    if (found) return found;
    const value = empty(kind);
    this.put(key, value);
    return value;
  }

  put(key: string, value: Value, expires: Lifetime = null): void {
    const entry = this.entries.get(key);
    if (entry) entry.value = value;
    else this.entries.set(key, { value, expires: null, born: this.born++ });
    if (expires !== 'same') this.expire(key, expires);
    this.surroundings.made(this, key, value.kind);
  }

  delete(key: string): boolean {
    this.mortal.delete(key);
    return this.entries.delete(key);
  }

  /** After something was taken out of it. */
  deleteIfEmpty(key: string): void {
    const value = this.entries.get(key)?.value;
    if (value && isEmpty(value)) this.delete(key);
  }

  expiry(key: string): number | null {
    return this.entries.get(key)?.expires ?? null;
  }

  expire(key: string, at: number | null): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    entry.expires = at;
    if (at === null) this.mortal.delete(key);
    else {
      this.mortal.add(key);
      this.next = Math.min(this.next, at);
    }
  }

  /** When the next key expires; null: none does. */
  nextExpiry(): number | null {
    if (this.mortal.size === 0) return null;
    return this.next;
  }

  /** Drops all keys whose time has passed. Redis does so ten times a second, about; who looks cannot tell. */
  dropExpired(): void {
    if (this.next > this.surroundings.now) return;
    this.next = Infinity;
    for (const key of [...this.mortal]) {
      if (this.find(key)) this.next = Math.min(this.next, this.expiry(key) as number);
    }
  }

  clear(): void {
    this.entries = new Map();
    this.mortal.clear();
    this.next = Infinity;
  }

  /** Changes places with another's keys. */
  swap(other: Database): void {
    const mine = [this.entries, [...this.mortal], this.next, this.born] as const;
    this.take(other.entries, [...other.mortal], other.next, other.born);
    other.take(...mine);
  }

  private take(entries: Map<string, Entry>, mortal: readonly string[], next: number, born: number): void {
    this.entries = entries;
    this.mortal.clear();
    for (const key of mortal) this.mortal.add(key);
    this.next = next;
    this.born = born;
  }
}
