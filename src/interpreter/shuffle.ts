/** Leaves CPython's allocator with its free blocks in no order, so that new objects get other addresses than usual. */
import type { CPython } from './cpython.ts';

/** obmalloc's size classes: multiples of 8 up to 512 bytes. */
const CLASS = 8;
const LARGEST = 512;
const BLOCKS = 60;
/** Prime to BLOCKS: steps through all of them. */
const STRIDE = 37;

/** To be called while Python runs. A third of the blocks stays in use, until the next exact reset. */
export function shuffleFreeBlocks(py: CPython): void {
  for (let size = CLASS; size <= LARGEST; size += CLASS) {
    const blocks = Array.from({ length: BLOCKS }, () => py._PyObject_Malloc(size));
    for (let n = 0; n < BLOCKS; n++) {
      const block = (n * STRIDE) % BLOCKS;
      if (block % 3 !== 0) py._PyObject_Free(blocks[block]);
    }
  }
}
