/** The process's linear memory as system calls see it: every address that C passes is checked. */
import type { CPython } from '../cpython.ts';

/** The part of Emscripten's module object that is needed; its views are replaced when the memory grows. */
export type Module = Pick<CPython, 'HEAPU8'> & {
  _emscripten_builtin_memalign?(alignment: number, size: number): number;
  _free?(address: number): void;
};

/** C passed an address outside the memory: EFAULT. */
export class Fault extends Error {}

/** One entry of an iovec: a buffer to be filled or emptied. */
export interface Buffer {
  readonly address: number;
  readonly length: number;
}

/** IOV_MAX. */
export const MOST_BUFFERS = 1024;
/** PATH_MAX. What is longer, the kernel would refuse anyway. */
const LONGEST_STRING = 4096;
const PAGE = 65536;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

export class Memory {
  /** Hears of every write, so that it can be done again in a copy of the process. */
  onWrite: ((address: number, bytes: Uint8Array) => void) | null = null;
  /** Hears of every successful `allocate`: in a copy of the process it has to be done again, before the writes. */
  onAllocate: ((size: number) => void) | null = null;
  /** Hears of every `free`. */
  onFree: ((address: number) => void) | null = null;
  private readonly module: () => Module;

  constructor(module: () => Module) {
    this.module = module;
  }

  // ---- looking -------------------------------------------------------------------------------------------------

  u8(address: number): number {
    return this.view(address, 1).getUint8(0);
  }

  i16(address: number): number {
    return this.view(address, 2).getInt16(0, true);
  }

  i32(address: number): number {
    return this.view(address, 4).getInt32(0, true);
  }

  u32(address: number): number {
    return this.view(address, 4).getUint32(0, true);
  }

  i64(address: number): bigint {
    return this.view(address, 8).getBigInt64(0, true);
  }

  /** A copy. */
  bytes(address: number, length: number): Uint8Array {
    const start = this.check(address, length);
    return this.module().HEAPU8.slice(start, start + length);
  }

  /** A C string, UTF-8; what is longer than a path can be is cut where no path would be found any more. */
  string(address: number): string {
    const heap = this.module().HEAPU8;
    const start = this.check(address, 1);
    const most = Math.min(start + LONGEST_STRING + 1, heap.length);
    let end = start;
    while (end < most && heap[end] !== 0) end++;
    if (end === heap.length) throw new Fault();
    return decoder.decode(heap.slice(start, end));
  }

  /** The buffers of an iovec, in memory all of them. */
  buffers(address: number, count: number): Buffer[] {
    const buffers: Buffer[] = [];
    for (let n = 0; n < count; n++) {
      const length = this.u32(address + 8 * n + 4);
      buffers.push({ address: this.check(this.u32(address + 8 * n), length), length });
    }
    return buffers;
  }

  /** Faults unless all of it is in memory: before a call that cannot be undone. Answers the address, unsigned. */
  check(address: number, length: number): number {
    const start = address >>> 0;
    const size = this.module().HEAPU8.length;
    // Address 0 is in memory, but no object is.
    if (length > 0 && (start === 0 || start + length > size)) throw new Fault();
    return start;
  }

  // ---- writing -------------------------------------------------------------------------------------------------

  write(address: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const start = this.check(address, bytes.length);
    this.module().HEAPU8.set(bytes, start);
    this.onWrite?.(start, bytes);
  }

  writeI16(address: number, value: number): void {
    this.writeFields(address, 2, (view) => view.setInt16(0, value, true));
  }

  writeI32(address: number, value: number): void {
    this.writeFields(address, 4, (view) => view.setInt32(0, value, true));
  }

  writeI64(address: number, value: bigint): void {
    this.writeFields(address, 8, (view) => view.setBigInt64(0, value, true));
  }

  /** A whole struct: what `fill` does not set is zero. */
  writeFields(address: number, size: number, fill: (view: DataView) => void): void {
    const start = this.check(address, size);
    const heap = this.module().HEAPU8;
    heap.fill(0, start, start + size);
    fill(new DataView(heap.buffer, start, size));
    this.onWrite?.(start, heap.slice(start, start + size));
  }

  // --------------------------------------------------------------------------------------------------------------

  /** Whole zeroed pages of the C library's heap, which C frees; 0: there is no room. */
  allocate(size: number): number {
    const pages = Math.ceil(size / PAGE) * PAGE;
    const address = (this.module()._emscripten_builtin_memalign?.(PAGE, pages) ?? 0) >>> 0;
    if (address === 0) return 0;
    this.module().HEAPU8.fill(0, address, address + pages);
    this.onAllocate?.(size);
    return address;
  }

  /** Gives back what `allocate` took. */
  free(address: number): void {
    this.module()._free?.(address);
    this.onFree?.(address);
  }

  private view(address: number, length: number): DataView {
    const { buffer } = this.module().HEAPU8;
    return new DataView(buffer, this.check(address, length), length);
  }
}

/** UTF-8, as C has it. */
export function encode(text: string): Uint8Array {
  return encoder.encode(text);
}
