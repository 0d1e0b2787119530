/** The working folder, and what is in folders. */
import { failed, isFailed } from '../../kernel/errno.ts';
import type { Entry, FileKind } from '../../kernel/files/types.ts';
import type { Calls, Machine } from './calls.ts';
import { ERANGE } from './errno-numbers.ts';
import { encode, type Memory } from './memory.ts';

/** Bytes of a `struct dirent`. Emscripten's C library knows no shorter ones. */
const DIRENT = 280;
const LONGEST_NAME = 255;
/** d_type. */
const TYPES: Readonly<Record<FileKind, number>> = { fifo: 1, device: 2, folder: 4, file: 8, link: 10, socket: 12 };
const CURRENT = 1;

export function folders({ memory, files }: Machine): Calls {
  return {
    __syscall_chdir: (path: number) => files().changeFolder(memory.string(path)),
    __syscall_fchdir: (fd: number) => files().changeFolderOpen(fd),
    __syscall_getcwd: (buffer: number, size: number) => {
      const folder = files().currentFolder();
      if (isFailed(folder)) return folder;
      const bytes = encode(`${folder}\0`);
      if (size >>> 0 === 0) return failed('EINVAL');
      if (size >>> 0 < bytes.length) return -ERANGE;
      memory.write(buffer, bytes);
      return bytes.length;
    },
    __syscall_getdents64: (fd: number, buffer: number, size: number) => {
      const most = Math.floor((size >>> 0) / DIRENT);
      if (most === 0) return failed('EINVAL');
      memory.check(buffer, most * DIRENT);
      const before = files().seek(fd, 0, CURRENT);
      const entries = files().list(fd, most);
      if (isFailed(entries)) return entries;
      const first = isFailed(before) ? 0 : before;
      entries.forEach((entry, n) => {
        writeEntry(memory, buffer + n * DIRENT, entry, first + n + 1);
      });
      return entries.length * DIRENT;
    },
  };
}

/** `next`: the position behind the entry, for `telldir` and `seekdir`. */
function writeEntry(memory: Memory, address: number, entry: Entry, next: number): void {
  const name = encode(entry.name).subarray(0, LONGEST_NAME);
  memory.writeFields(address, DIRENT, (view) => {
    view.setBigInt64(0, BigInt(entry.inode), true);
    view.setBigInt64(8, BigInt(next), true);
    view.setUint16(16, DIRENT, true);
    view.setUint8(18, TYPES[entry.kind]);
    new Uint8Array(view.buffer, view.byteOffset).set(name, 19);
  });
}
