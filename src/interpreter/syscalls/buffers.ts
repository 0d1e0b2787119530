/** The buffers of an iovec taken as one: how much they hold, what is in them, and filling them. */
import type { Buffer, Memory } from './memory.ts';

/** One call moves no more, so that none makes JavaScript copy the whole memory a thousand times; C goes on. */
export const MOST_BYTES = 64 * 1024 * 1024;

export function sizeOf(buffers: readonly Buffer[]): number {
  return buffers.reduce((sum, { length }) => sum + length, 0);
}

/** A copy of what is in the buffers, up to the most that one call moves. */
export function gather(memory: Memory, buffers: readonly Buffer[]): Uint8Array {
  const bytes = new Uint8Array(Math.min(sizeOf(buffers), MOST_BYTES));
  let at = 0;
  for (const { address, length } of buffers) {
    const size = Math.min(length, bytes.length - at);
    bytes.set(memory.bytes(address, size), at);
    at += size;
  }
  return bytes;
}

export function scatter(memory: Memory, buffers: readonly Buffer[], bytes: Uint8Array): void {
  let at = 0;
  for (const { address, length } of buffers) {
    memory.write(address, bytes.subarray(at, at + length));
    at += length;
    if (at >= bytes.length) return;
  }
}
