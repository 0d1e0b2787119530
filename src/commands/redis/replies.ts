/** The half of the Redis protocol that goes out: replies as values, and how RESP2 and RESP3 write them. */
import { formatDouble } from './numbers.ts';

/** A string is a bulk string, a number an integer, null RESP2's null bulk string. */
export type Reply =
  | string
  | number
  | bigint
  | null
  | readonly Reply[]
  | { readonly status: string }
  /** Code first: `ERR syntax error`. */
  | { readonly error: string }
  /** A flat array in RESP2. */
  | { readonly map: readonly (readonly [Reply, Reply])[] }
  | { readonly set: readonly Reply[] }
  /** A bulk string in RESP2. */
  | { readonly double: number }
  | { readonly verbatim: string }
  /** RESP2: a null array. */
  | { readonly nothing: true }
  /** What the client has not asked for; an array in RESP2. */
  | { readonly push: readonly Reply[] }
  /** Several replies to one command, or none. */
  | { readonly replies: readonly Reply[] };

export type Protocol = 2 | 3;

export const OK: Reply = { status: 'OK' };
export const NOTHING: Reply = { nothing: true };
export const SILENCE: Reply = { replies: [] };

export function isError(reply: Reply): reply is { readonly error: string } {
  return typeof reply === 'object' && reply !== null && 'error' in reply;
}

/** Takes the pieces of a reply; false: no more, there are too many. */
export type Sink = (piece: string) => boolean;

/** Writes a reply; false if the sink is full. A reply may hold one long string many times: it goes out in pieces. */
export function write(reply: Reply, protocol: Protocol, sink: Sink): boolean {
  if (typeof reply === 'string') return sink(`$${reply.length}\r\n${reply}\r\n`);
  if (typeof reply === 'number' || typeof reply === 'bigint') return sink(`:${reply}\r\n`);
  if (reply === null) return sink(protocol === 3 ? '_\r\n' : '$-1\r\n');
  if (isList(reply)) return aggregate('*', reply, protocol, sink);
  if ('status' in reply) return sink(`+${reply.status}\r\n`);
  if ('error' in reply) return sink(`-${reply.error.replace(/[\r\n]/g, ' ')}\r\n`);
  if ('replies' in reply) return reply.replies.every((one) => write(one, protocol, sink));
  if ('nothing' in reply) return sink(protocol === 3 ? '_\r\n' : '*-1\r\n');
  if ('map' in reply) {
    if (!sink(protocol === 3 ? `%${reply.map.length}\r\n` : `*${reply.map.length * 2}\r\n`)) return false;
    return reply.map.every(([key, value]) => write(key, protocol, sink) && write(value, protocol, sink));
  }
  if ('set' in reply) return aggregate(protocol === 3 ? '~' : '*', reply.set, protocol, sink);
  if ('push' in reply) return aggregate(protocol === 3 ? '>' : '*', reply.push, protocol, sink);
  if ('double' in reply) {
    const text = formatDouble(reply.double);
    return protocol === 3 ? sink(`,${text}\r\n`) : write(text, protocol, sink);
  }
  if (protocol === 3) return sink(`=${reply.verbatim.length + 4}\r\ntxt:${reply.verbatim}\r\n`);
  return write(reply.verbatim, protocol, sink);
}

function aggregate(mark: string, items: readonly Reply[], protocol: Protocol, sink: Sink): boolean {
  return sink(`${mark}${items.length}\r\n`) && items.every((item) => write(item, protocol, sink));
}

export function isList(reply: Reply): reply is readonly Reply[] {
  return Array.isArray(reply);
}
