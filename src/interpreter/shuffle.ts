/** Leaves CPython's allocator with its free blocks in no order, so that new objects get other addresses than usual. */
import type { CPython } from './cpython.ts';

/** obmalloc's size classes: multiples of 8 up to 512 bytes. */
const CLASS = 8;
const LARGEST = 512;
const BLOCKS = 128;
/** Prime to BLOCKS: steps through all of them. */
const STRIDE = 75;

/** CPython keeps so many lists, dicts and the like that nobody uses, and takes new ones from there first. */
const KEPT = 100;

/** To be called while Python runs. A third of the blocks stays in use, until the next exact reset. */
export function shuffleFreeBlocks(py: CPython): void {
  for (let n = 0; n < KEPT; n++) for (const make of [py._PyList_New, py._PyTuple_New, py._PyFloat_FromDouble]) make(1);
  for (let n = 0; n < KEPT; n++) py._PyDict_New();
  for (let size = CLASS; size <= LARGEST; size += CLASS) {
    const blocks = Array.from({ length: BLOCKS }, () => py._PyObject_Malloc(size));
    for (let n = 0; n < BLOCKS; n++) {
      const block = (n * STRIDE) % BLOCKS;
      if (block % 3 !== 0) py._PyObject_Free(blocks[block]);
    }
  }
}
