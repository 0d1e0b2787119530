/** What files are: `stat` and its relatives, access, owners, times. */
import { type Failed, failed, isFailed } from '../../kernel/errno.ts';
import { LEARNER } from '../../kernel/files/inode.ts';
import type { FileKind, Stat } from '../../kernel/files/types.ts';
import { type Calls, folderOf, type Machine } from './calls.ts';
import { EOVERFLOW } from './errno-numbers.ts';
import type { Memory } from './memory.ts';

/** AT_SYMLINK_NOFOLLOW and AT_EMPTY_PATH. */
const [NO_FOLLOW, EMPTY_PATH] = [0x100, 0x1000] as const;

/** S_IFMT's bits. */
const KINDS: Readonly<Record<FileKind, number>> = {
  fifo: 0o010000,
  device: 0o020000,
  folder: 0o040000,
  file: 0o100000,
  link: 0o120000,
  socket: 0o140000,
};
/** WASI's kinds; it has none for pipes: unknown. */
const WASI_KINDS: Readonly<Record<FileKind, number>> = { fifo: 0, device: 2, folder: 3, file: 4, socket: 6, link: 7 };

const BLOCK = 4096;
/** Blocks of the machine's disk: 64 MiB, a quarter of it the machine's own. How many are free, nobody is told: the rest. */
const BLOCKS = 16_384;
const FREE = 12_288;
const NAMES = 20_000;

/** In `struct timespec`: now, and leave it as it is. */
const [NOW, OMIT] = [0x3fffffff, 0x3ffffffe] as const;

export function status({ memory, files, now }: Machine): Calls {
  const put = (address: number, stat: Stat | Failed) => {
    if (isFailed(stat)) return stat;
    writeStat(memory, address, stat);
    return 0;
  };

  const statAt = (at: number | null, path: string, flags: number): Stat | Failed => {
    if (path === '' && flags & EMPTY_PATH) return at === null ? files().stat(null, '.', true) : files().statOpen(at);
    return files().stat(at, path, (flags & NO_FOLLOW) === 0);
  };

  /** Nobody but root may give a file away. */
  const own = (stat: Stat | Failed, ...asked: readonly number[]) => {
    if (isFailed(stat)) return stat;
    return asked.every((one) => one === -1 || (one === stat.owner && one === LEARNER)) ? 0 : failed('EPERM');
  };

  const time = (address: number): number | null | Failed => {
    const nanoseconds = memory.i32(address + 8);
    if (nanoseconds === NOW) return now();
    if (nanoseconds === OMIT) return null;
    if (nanoseconds < 0 || nanoseconds >= 1e9) return failed('EINVAL');
    return Number(memory.i64(address)) + nanoseconds / 1e9;
  };

  return {
    __syscall_stat64: (path: number, result: number) => put(result, files().stat(null, memory.string(path), true)),
    __syscall_lstat64: (path: number, result: number) => put(result, files().stat(null, memory.string(path), false)),
    __syscall_fstat64: (fd: number, result: number) => put(result, files().statOpen(fd)),
    __syscall_newfstatat: (fd: number, path: number, result: number, flags: number) =>
      put(result, statAt(folderOf(fd), memory.string(path), flags)),
    fd_fdstat_get: (fd: number, result: number) => {
      const stat = files().statOpen(fd);
      if (isFailed(stat)) return stat;
      memory.writeFields(result, 24, (view) => view.setUint8(0, WASI_KINDS[stat.kind]));
      return 0;
    },
    __syscall_statfs64: (path: number, _size: number, result: number) => {
      const stat = files().stat(null, memory.string(path), true);
      return isFailed(stat) ? stat : writeDisk(memory, result);
    },
    __syscall_fstatfs64: (fd: number, _size: number, result: number) => {
      const stat = files().statOpen(fd);
      return isFailed(stat) ? stat : writeDisk(memory, result);
    },
    __syscall_faccessat: (fd: number, path: number, bits: number) => {
      if (bits & ~7) return failed('EINVAL');
      return files().access(folderOf(fd), memory.string(path), bits);
    },
    __syscall_fchmod: (fd: number, mode: number) => files().setModeOpen(fd, mode & 0o7777),
    __syscall_fchown32: (fd: number, owner: number, group: number) => own(files().statOpen(fd), owner, group),
    __syscall_fchownat: (fd: number, path: number, owner: number, group: number, flags: number) =>
      own(statAt(folderOf(fd), memory.string(path), flags), owner, group),
    __syscall_getuid32_js: () => LEARNER,
    __syscall_utimensat: (fd: number, path: number, times: number, flags: number) => {
      const at = folderOf(fd);
      const name = path === 0 ? null : memory.string(path);
      const accessed = times === 0 ? now() : time(times);
      const modified = times === 0 ? now() : time(times + 16);
      if (isFailed(accessed)) return accessed;
      if (isFailed(modified)) return modified;
      const link = name !== null && flags & NO_FOLLOW ? files().stat(at, name, false) : null;
      if (link && isFailed(link)) return link;
      // A link keeps no times of its own.
      return link?.kind === 'link' ? 0 : files().setTimes(at, name, accessed, modified);
    },
    __syscall_ftruncate64: (fd: number, size: bigint) => files().truncateOpen(fd, Number(size)),
    __syscall_fallocate: (fd: number, mode: number, offset: bigint, size: bigint) => {
      if (mode !== 0) return failed('EOPNOTSUPP');
      const end = Number(offset + size);
      if (offset < 0 || size <= 0) return failed('EINVAL');
      if (!Number.isSafeInteger(end)) return -EOVERFLOW;
      const stat = files().statOpen(fd);
      if (isFailed(stat)) return stat;
      if (stat.kind !== 'file') return failed('ESPIPE');
      // Also when it is long enough: the file may be open for reading only.
      return files().truncateOpen(fd, Math.max(end, stat.size));
    },
    __syscall_fadvise64: (fd: number) => {
      const stat = files().statOpen(fd);
      if (isFailed(stat)) return stat;
      return stat.kind === 'fifo' || stat.kind === 'socket' ? failed('ESPIPE') : 0;
    },
  };
}

/** `struct stat` of 96 bytes. */
export function writeStat(memory: Memory, address: number, stat: Stat): void {
  memory.writeFields(address, 96, (view) => {
    view.setUint32(0, 1, true); // st_dev
    view.setUint32(4, KINDS[stat.kind] | stat.mode, true);
    view.setUint32(8, stat.links, true);
    view.setUint32(12, stat.owner, true);
    view.setUint32(16, stat.owner, true);
    // st_rdev, at 20: 0.
    view.setBigInt64(24, BigInt(stat.size), true);
    view.setInt32(32, BLOCK, true);
    view.setInt32(36, Math.ceil(stat.size / BLOCK) * (BLOCK / 512), true);
    [stat.accessed, stat.modified, stat.changed].forEach((time, n) => {
      const [seconds, nanoseconds] = timespec(time);
      view.setBigInt64(40 + 16 * n, seconds, true);
      view.setInt32(48 + 16 * n, nanoseconds, true);
    });
    view.setBigInt64(88, BigInt(stat.inode), true);
  });
}

/** To the microsecond: about what a number of seconds since 1970 can hold. */
function timespec(time: number): readonly [seconds: bigint, nanoseconds: number] {
  const seconds = Math.floor(time);
  const micros = Math.round((time - seconds) * 1e6);
  return micros === 1e6 ? [BigInt(seconds + 1), 0] : [BigInt(seconds), micros * 1000];
}

/** `struct statfs` of 88 bytes. */
function writeDisk(memory: Memory, address: number): number {
  memory.writeFields(address, 88, (view) => {
    view.setUint32(4, BLOCK, true);
    view.setBigInt64(8, BigInt(BLOCKS), true);
    for (const at of [16, 24]) view.setBigInt64(at, BigInt(FREE), true);
    for (const at of [32, 40]) view.setBigInt64(at, BigInt(NAMES), true);
    view.setUint32(56, 255, true); // f_namelen
    view.setUint32(60, BLOCK, true); // f_frsize
  });
  return 0;
}
