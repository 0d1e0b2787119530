/**
 * Memory that processes share: parts of files that are mapped into each one's own memory. Only one process runs at a time;
 * when another is about to, what this one has written goes into the file, and what is in the file into the other's memory.
 */
import { type Failed, isFailed } from '../kernel/errno.ts';
import type { CPython } from './cpython.ts';

/** Where a part of a file is when it is in nobody's memory. */
export interface SharedFile {
  stat(): { readonly size: number };
  read(size: number, offset: number): Uint8Array | Failed;
  write(bytes: Uint8Array, offset: number): unknown;
}

export interface Region {
  readonly file: SharedFile;
  readonly inode: number;
  readonly offset: number;
  readonly address: number;
  readonly length: number;
  readonly writable: boolean;
  /** How often it is mapped. */
  readonly holders: number;
}

export class SharedRegions {
  private readonly py: CPython;
  regions: readonly Region[];

  constructor(py: CPython, regions: readonly Region[] = []) {
    this.py = py;
    this.regions = regions;
  }

  /** The same parts of the same files at the same addresses, in the memory of a copied process. */
  copyFor(py: CPython): SharedRegions {
    return new SharedRegions(py, this.regions);
  }

  get none(): boolean {
    return this.regions.length === 0;
  }

  add(region: Region): void {
    this.regions = [...this.regions, region];
  }

  /** Where this part of a file is mapped already, and now once more; 0: nowhere. */
  share(inode: number, offset: number, length: number, writable: boolean): number {
    const known = this.regions.find(
      (region) => region.inode === inode && region.offset === offset && region.length >= length,
    );
    if (known) this.hold({ ...known, writable: known.writable || writable }, 1);
    return known?.address ?? 0;
  }

  /** One mapping less; true if it was the last: the memory is free. */
  drop(address: number): boolean {
    const known = this.regions.find((region) => region.address === address);
    if (!known) return false;
    this.push();
    this.hold(known, -1);
    return known.holders === 1;
  }

  private hold(region: Region, more: number): void {
    const holders = region.holders + more;
    this.regions = this.regions.flatMap((other) => {
      if (other.address !== region.address) return [other];
      return holders > 0 ? [{ ...region, holders }] : [];
    });
  }

  /** What this process has written is for all to see. */
  push(): void {
    for (const { file, offset, address, length, writable } of this.regions) {
      // The file may have been cut: what is mapped beyond its end is nobody else's.
      const size = Math.min(length, file.stat().size - offset);
      if (writable && size > 0) file.write(this.py.HEAPU8.slice(address, address + size), offset);
    }
  }

  /** This process sees what others have written; `came` hears what that is. */
  pull(came: (address: number, bytes: Uint8Array) => void): void {
    const { HEAPU8 } = this.py;
    for (const { file, offset, address, length } of this.regions) {
      const bytes = file.read(length, offset);
      if (isFailed(bytes)) continue;
      let [first, end] = [0, bytes.length];
      while (first < end && bytes[first] === HEAPU8[address + first]) first++;
      while (end > first && bytes[end - 1] === HEAPU8[address + end - 1]) end--;
      if (first === end) continue;
      const changed = bytes.slice(first, end);
      HEAPU8.set(changed, address + first);
      came(address + first, changed);
    }
  }
}
