/** Puts a memory back to what it was in the snapshot, byte for byte, without touching what cannot have changed. */
import type { CPython } from './cpython.ts';

/** Memory is looked at in pages of so many bytes. */
const PAGE = 65_536;
/**
 * Deeper than this below its base no C stack can have been: CPython stops at a quarter of it (see C_STACK), and whatever
 * gets past that costs the instance.
 */
const DEEPEST = 1024 * 1024;

export class ExactReset {
  private readonly py: CPython;
  private readonly memory: Uint8Array;
  /** Parts [from, to) that are not zero. */
  private readonly filled: readonly (readonly [number, number])[];
  /** Parts that are zero, without the depths of the stack. */
  private readonly empty: readonly (readonly [number, number])[];

  constructor(py: CPython, memory: Uint8Array) {
    this.py = py;
    this.memory = memory;
    const { filled, empty } = partsOf(memory);
    const [end, base] = [py._emscripten_stack_get_end() >>> 0, py._emscripten_stack_get_base() >>> 0];
    const depths = [end, base - DEEPEST] as const;
    this.filled = filled;
    this.empty = empty.flatMap(([from, to]) => [
      ...(from < depths[0] ? [[from, Math.min(to, depths[0])] as const] : []),
      ...(to > depths[1] ? [[Math.max(from, depths[1]), to] as const] : []),
    ]);
  }

  restore(): void {
    const { memory } = this;
    const heap = this.py.HEAPU8;
    for (const [from, to] of this.filled) heap.set(memory.subarray(from, to), from);
    for (const [from, to] of this.empty) heap.fill(0, from, to);
    if (heap.length > memory.length) heap.fill(0, memory.length);
  }
}

function partsOf(memory: Uint8Array) {
  const filled: [number, number][] = [];
  const empty: [number, number][] = [];
  const words = new Float64Array(memory.buffer, memory.byteOffset, memory.byteLength >> 3);
  for (let from = 0; from < memory.length; from += PAGE) {
    const to = Math.min(from + PAGE, memory.length);
    // As a float -0 would pass for 0, and NaN for nothing: every bit counts.
    const isEmpty = words.subarray(from >> 3, to >> 3).every((word) => Object.is(word, 0));
    const parts = isEmpty ? empty : filled;
    const last = parts.at(-1);
    if (last && last[1] === from) last[1] = to;
    else parts.push([from, to]);
  }
  return { filled, empty };
}
