/** A stream: entries by ID, and the consumer groups that read it. */

/** Milliseconds in the upper 64 bits, a sequence number in the lower. */
export type StreamId = bigint;

export const LAST_ID: StreamId = 2n ** 128n - 1n;
const LOW = 2n ** 64n - 1n;

export interface StreamEntry {
  readonly id: StreamId;
  /** Field, value, field, value … */
  readonly fields: readonly string[];
}

/** An entry that was delivered to a consumer and not acknowledged. */
export interface Pending {
  readonly id: StreamId;
  consumer: Consumer;
  /** Milliseconds since 1970. */
  delivered: number;
  count: number;
}

export interface Consumer {
  readonly name: string;
  seen: number;
  readonly pending: Ordered<Pending>;
}

export interface Group {
  readonly name: string;
  /** The last entry that was delivered. */
  last: StreamId;
  /** How many entries the group has read; null: unknown. */
  read: number | null;
  readonly pending: Ordered<Pending>;
  readonly consumers: Map<string, Consumer>;
}

/** Things with IDs, in their order. */
export class Ordered<T extends { readonly id: StreamId }> {
  readonly all: T[] = [];

  /** The index of the first one that is not below `id`. */
  from(id: StreamId): number {
    const { all } = this;
    let low = 0;
    let high = all.length;
    // Most are added at the end.
    if (high > 0 && (all[high - 1] as T).id < id) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((all[middle] as T).id >= id) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  get(id: StreamId): T | undefined {
    const found = this.all[this.from(id)];
    return found?.id === id ? found : undefined;
  }

  add(one: T): void {
    this.all.splice(this.from(one.id), 0, one);
  }

  delete(id: StreamId): boolean {
    const at = this.from(id);
    if (this.all[at]?.id !== id) return false;
    this.all.splice(at, 1);
    return true;
  }
}

export class Stream {
  readonly kind = 'stream';
  readonly entries = new Ordered<StreamEntry>();
  readonly groups = new Map<string, Group>();
  last: StreamId = 0n;
  /** The highest ID that XDEL has deleted. */
  deleted: StreamId = 0n;
  /** Entries ever added. */
  added = 0;
  bytes = 0;

  add(id: StreamId, fields: readonly string[]): void {
    this.entries.all.push({ id, fields });
    this.last = id;
    this.added++;
    this.bytes += weight(fields);
  }

  delete(id: StreamId): boolean {
    const entry = this.entries.get(id);
    if (!entry) return false;
    this.entries.delete(id);
    this.bytes -= weight(entry.fields);
    if (id > this.deleted) this.deleted = id;
    return true;
  }

  /** Drops entries from the beginning. */
  drop(count: number): void {
    for (const { fields } of this.entries.all.splice(0, count)) this.bytes -= weight(fields);
  }

  get first(): StreamId {
    return this.entries.all[0]?.id ?? 0n;
  }

  copy(): Stream {
    const other = new Stream();
    other.entries.all.push(...this.entries.all);
    Object.assign(other, { last: this.last, deleted: this.deleted, added: this.added, bytes: this.bytes });
    for (const [name, group] of this.groups) {
      const made: Group = { ...group, pending: new Ordered(), consumers: new Map() };
      for (const { name: who, seen } of group.consumers.values()) {
        made.consumers.set(who, { name: who, seen, pending: new Ordered() });
      }
      for (const pending of group.pending.all) {
        const consumer = made.consumers.get(pending.consumer.name) as Consumer;
        const copied = { ...pending, consumer };
        made.pending.all.push(copied);
        consumer.pending.all.push(copied);
      }
      other.groups.set(name, made);
    }
    return other;
  }

  /**
   * How many entries a group that has read up to `last` has still to read, and how many it has read; null: who knows.
   * As streamEstimateDistanceFromFirstEverEntry has it.
   */
  readUntil(last: StreamId): number | null {
    const { added, entries, first } = this;
    const { length } = entries.all;
    if (added === 0) return 0;
    if ((length === 0 && last <= this.last) || last === this.last) return added;
    if (last > this.last) return null;
    if (this.deleted !== 0n && this.deleted >= first) return null;
    if (last < first) return added - length;
    return last === first ? added - length + 1 : null;
  }

  /** Whether an entry after `start` was deleted. */
  deletedWithin(start: StreamId): boolean {
    if (this.entries.all.length === 0 || this.deleted === 0n) return false;
    return start <= this.deleted;
  }

  lag(group: Group): number | null {
    if (this.added === 0) return 0;
    if (group.read !== null && !this.deletedWithin(group.last)) return this.added - group.read;
    const read = this.readUntil(group.last);
    return read === null ? null : this.added - read;
  }
}

function weight(fields: readonly string[]): number {
  let size = 100;
  for (const text of fields) size += text.length + 24;
  return size;
}

export function makeId(milliseconds: bigint, sequence: bigint): StreamId {
  return (milliseconds << 64n) | sequence;
}

export function millisecondsOf(id: StreamId): bigint {
  return id >> 64n;
}

export function spellId(id: StreamId): string {
  return `${id >> 64n}-${id & LOW}`;
}

const LARGEST = 2n ** 64n - 1n;

/** `5-3`, or `5` with the sequence number `missing`; null: it is none. */
export function parseId(text: string, missing: bigint): StreamId | null {
  const match = /^(\d{1,20})(?:-(\d{1,20}))?$/.exec(text);
  if (!match) return null;
  const milliseconds = BigInt(match[1] as string);
  const sequence = match[2] === undefined ? missing : BigInt(match[2]);
  return milliseconds > LARGEST || sequence > LARGEST ? null : makeId(milliseconds, sequence);
}
