/** Paths: opening, making, removing and renaming what they name. */
import { type Failed, failed, isFailed } from '../../kernel/errno.ts';
import { O } from '../../kernel/files/types.ts';
import { answer, type Calls, folderOf, type Machine } from './calls.ts';
import { encode } from './memory.ts';

/** AT_REMOVEDIR. */
const REMOVE_FOLDER = 0x200;
/** AT_SYMLINK_NOFOLLOW. */
const NO_FOLLOW = 0x100;
/** S_IFMT, and the kinds that can be made: S_IFIFO, S_IFREG. */
const [KIND, FIFO, FILE] = [0o170000, 0o010000, 0o100000] as const;
const PERMISSIONS = 0o7777;
/** The flags that mean something here: C also passes O_LARGEFILE and the like. */
const FLAGS = Object.values(O).reduce<number>((all, flag) => all | flag, 0);

export function opening({ memory, files }: Machine): Calls {
  const path = (address: number) => memory.string(address);

  const makeNode = (at: number | null, name: string, mode: number): number | Failed => {
    const kind = mode & KIND;
    if (kind === FIFO) return files().makeFifo(at, name, mode & PERMISSIONS);
    // Devices are root's to make.
    if (kind !== FILE && kind !== 0) return failed('EPERM');
    const fd = files().open(at, name, O.CREAT | O.EXCL | O.WRONLY, mode & PERMISSIONS);
    return typeof fd === 'number' ? files().close(fd) : (fd as Failed);
  };

  return {
    __syscall_openat: (fd: number, name: number, flags: number, varargs: number) => {
      const mode = flags & O.CREAT ? memory.u32(varargs) & PERMISSIONS : 0;
      return answer(files().open(folderOf(fd), path(name), flags & FLAGS, mode), (opened) => opened);
    },
    __syscall_mkdirat: (fd: number, name: number, mode: number) =>
      files().makeFolder(folderOf(fd), path(name), mode & PERMISSIONS),
    __syscall_mknodat: (fd: number, name: number, mode: number) => makeNode(folderOf(fd), path(name), mode),
    __syscall_unlinkat: (fd: number, name: number, flags: number) => {
      if (flags & ~REMOVE_FOLDER) return failed('EINVAL');
      return files().remove(folderOf(fd), path(name), flags !== 0);
    },
    __syscall_rmdir: (name: number) => files().remove(null, path(name), true),
    __syscall_renameat: (from: number, name: number, to: number, newName: number) =>
      files().rename(folderOf(from), path(name), folderOf(to), path(newName)),
    __syscall_symlinkat: (target: number, fd: number, name: number) =>
      files().symlink(path(target), folderOf(fd), path(name)),
    __syscall_readlinkat: (fd: number, name: number, buffer: number, size: number) => {
      if (size <= 0) return failed('EINVAL');
      const target = files().readLink(folderOf(fd), path(name));
      if (isFailed(target)) return target;
      const bytes = encode(target).subarray(0, size);
      memory.write(buffer, bytes);
      return bytes.length;
    },
    __syscall_truncate64: (name: number, size: bigint) => files().truncate(path(name), Number(size)),
    __syscall_chmod: (name: number, mode: number) => files().setMode(null, path(name), mode & PERMISSIONS, true),
    __syscall_fchmodat2: (fd: number, name: number, mode: number, flags: number) =>
      files().setMode(folderOf(fd), path(name), mode & PERMISSIONS, (flags & NO_FOLLOW) === 0),
    __syscall_umask_js: (mask: number) => files().setMask(mask & 0o777),
  };
}
