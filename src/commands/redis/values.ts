/** What a key can hold. */
import { SortedSet } from './sorted-set.ts';
import { Stream } from './stream.ts';

export type Value =
  | { readonly kind: 'string'; text: string }
  | { readonly kind: 'list'; readonly items: string[] }
  | { readonly kind: 'hash'; readonly fields: Map<string, string> }
  | { readonly kind: 'set'; readonly members: Set<string> }
  | SortedSet
  | Stream;

export type Kind = Value['kind'];
export type OfKind<K extends Kind> = Extract<Value, { readonly kind: K }>;

/** A new, empty one. */
export function empty<K extends Kind>(kind: K): OfKind<K> {
  return MAKE[kind]() as OfKind<K>;
}

const MAKE: { readonly [K in Kind]: () => Value } = {
  string: () => ({ kind: 'string', text: '' }),
  list: () => ({ kind: 'list', items: [] }),
  hash: () => ({ kind: 'hash', fields: new Map() }),
  set: () => ({ kind: 'set', members: new Set() }),
  zset: () => new SortedSet(),
  stream: () => new Stream(),
};

/** A key whose list, hash or set has lost its last member is gone; an empty string or stream is not. */
export function isEmpty(value: Value): boolean {
  if (value.kind === 'list') return value.items.length === 0;
  if (value.kind === 'hash') return value.fields.size === 0;
  if (value.kind === 'set') return value.members.size === 0;
  return value.kind === 'zset' && value.size === 0;
}

/** Bytes, about: each item has some 64 beside its own. */
export function sizeOf(value: Value): number {
  const sum = (texts: Iterable<string>) => {
    let size = 0;
    for (const text of texts) size += text.length + 64;
    return size;
  };
  if (value.kind === 'string') return value.text.length;
  if (value.kind === 'list') return sum(value.items);
  if (value.kind === 'hash') return sum(value.fields.keys()) + sum(value.fields.values());
  if (value.kind === 'set') return sum(value.members);
  if (value.kind === 'zset') return sum(value.members());
  return value.bytes;
}

export function copyOf(value: Value): Value {
  if (value.kind === 'string') return { kind: 'string', text: value.text };
  if (value.kind === 'list') return { kind: 'list', items: [...value.items] };
  if (value.kind === 'hash') return { kind: 'hash', fields: new Map(value.fields) };
  if (value.kind === 'set') return { kind: 'set', members: new Set(value.members) };
  return value.copy();
}
