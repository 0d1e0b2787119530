/** Descriptors themselves: copies of them, their flags, record locks, pipes. */
import { type Failed, failed, isFailed } from '../../kernel/errno.ts';
import { type LockRequest, O } from '../../kernel/files/types.ts';
import { answer, type Calls, type Machine } from './calls.ts';

/** fcntl's commands; F_GETLK, 12, is refused: the kernel does not tell who holds a lock. */
const DUPLICATE = 0;
const GET_DESCRIPTOR_FLAGS = 1;
const SET_DESCRIPTOR_FLAGS = 2;
const GET_FLAGS = 3;
const SET_FLAGS = 4;
const SET_LOCK = 13;
const SET_LOCK_AND_WAIT = 14;
const DUPLICATE_CLOSING = 1030;
const SET_PIPE_SIZE = 1031;
const GET_PIPE_SIZE = 1032;
/** FD_CLOEXEC. */
const CLOSING = 1;

/** l_type, and l_whence. */
const LOCKS = ['shared', 'exclusive', 'unlock'] as const;
const [FROM_START, FROM_CURRENT, FROM_END] = [0, 1, 2] as const;

export function descriptors({ memory, files }: Machine): Calls {
  /** Where a lock's range is counted from. */
  const origin = (fd: number, whence: number): number | Failed => {
    if (whence === FROM_START) return 0;
    if (whence === FROM_CURRENT) return files().seek(fd, 0, FROM_CURRENT);
    if (whence !== FROM_END) return failed('EINVAL');
    const stat = files().statOpen(fd);
    return isFailed(stat) ? stat : stat.size;
  };

  /** Of a `struct flock`: l_type, l_whence, l_start at 8, l_len at 16. */
  const requestAt = (fd: number, address: number, wait: boolean): LockRequest | Failed => {
    const kind = LOCKS[memory.i16(address)];
    const from = origin(fd, memory.i16(address + 2));
    if (isFailed(from)) return from;
    const [start, length] = [from + Number(memory.i64(address + 8)), Number(memory.i64(address + 16))];
    // A negative length: the bytes before the start.
    const [first, end] = length < 0 ? [start + length, start] : [start, length === 0 ? null : start + length];
    if (kind === undefined || first < 0 || !Number.isSafeInteger(end ?? first)) return failed('EINVAL');
    return { kind, wait, whole: false, start: first, end };
  };

  const control = (fd: number, command: number, varargs: number) => {
    const argument = () => memory.i32(varargs);
    switch (command) {
      case DUPLICATE:
      case DUPLICATE_CLOSING:
        return files().duplicate(fd, argument(), command === DUPLICATE_CLOSING);
      case GET_DESCRIPTOR_FLAGS: {
        const closes = files().closeOnExec(fd);
        return isFailed(closes) ? closes : closes ? CLOSING : 0;
      }
      case SET_DESCRIPTOR_FLAGS:
        return files().setCloseOnExec(fd, (argument() & CLOSING) !== 0);
      case GET_FLAGS:
        return files().flags(fd);
      case SET_FLAGS:
        return files().setFlags(fd, argument());
      case SET_LOCK:
      case SET_LOCK_AND_WAIT: {
        const request = requestAt(fd, argument(), command === SET_LOCK_AND_WAIT);
        return isFailed(request) ? request : answer(files().lock(fd, request), () => 0);
      }
      case SET_PIPE_SIZE:
        return files().pipeSize(fd, argument());
      case GET_PIPE_SIZE:
        return files().pipeSize(fd, null);
      default: {
        const flags = files().flags(fd);
        return isFailed(flags) ? flags : failed('EINVAL');
      }
    }
  };

  return {
    __syscall_dup: (fd: number) => files().duplicate(fd, 0, false),
    __syscall_dup3: (fd: number, to: number, flags: number) => {
      if (fd === to || flags & ~O.CLOEXEC) return failed('EINVAL');
      return files().duplicateTo(fd, to, flags !== 0);
    },
    __syscall_fcntl64: control,
    __syscall_pipe: (result: number) => {
      memory.check(result, 8);
      // This C library's pipe2 forgets O_CLOEXEC, and nobody calls pipe but Python, which always wants it.
      const ends = files().pipe(O.CLOEXEC);
      if (isFailed(ends)) return ends;
      const [read, write] = ends;
      memory.writeI32(result, read);
      memory.writeI32(result + 4, write);
      return 0;
    },
  };
}
