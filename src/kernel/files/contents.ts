/** The bytes of a file: read, written and resized in place. */
import { type Failed, failed } from '../errno.ts';
import type { FileInode } from './inode.ts';
import type { Room } from './room.ts';

const NONE = new Uint8Array(0);

/** A copy of at most `size` bytes from `at`. */
export function readAt(file: FileInode, at: number, size: number): Uint8Array {
  return at >= file.size ? NONE : file.bytes.slice(at, Math.min(at + size, file.size));
}

/** Writes all of it, or nothing; what lies between the old end and `at` is zero. */
export function writeAt(file: FileInode, at: number, bytes: Uint8Array, room: Room): number | Failed {
  if (bytes.length === 0) return 0;
  const end = at + bytes.length;
  const size = Math.max(end, file.size);
  if (!room.takeBytes(size - file.size)) return failed('ENOSPC');
  reserve(file, size);
  file.bytes.set(bytes, at);
  file.size = size;
  return bytes.length;
}

export function resize(file: FileInode, size: number, room: Room): 0 | Failed {
  if (!room.takeBytes(size - file.size)) return failed('ENOSPC');
  if (size === 0) {
    file.bytes = NONE;
    file.borrowed = false;
  } else {
    reserve(file, size);
    if (size < file.size) file.bytes.fill(0, size, file.size);
  }
  file.size = size;
  return 0;
}

/** Makes the bytes the file's own, and enough. */
function reserve(file: FileInode, size: number): void {
  const { bytes } = file;
  if (size > bytes.length || file.borrowed) {
    // Twice as many as there were: a file that grows line by line is not copied for each.
    file.bytes = new Uint8Array(size <= bytes.length ? bytes.length : Math.max(size, 2 * bytes.length, 256));
    file.bytes.set(bytes.subarray(0, file.size));
    file.borrowed = false;
  }
}
