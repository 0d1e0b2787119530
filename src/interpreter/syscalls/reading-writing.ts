/** Bytes from and to open files: `read`, `write`, their forms with an offset, `lseek`, `close`, `fsync`. */
import { failed } from '../../kernel/errno.ts';
import { gather, MOST_BYTES, scatter, sizeOf } from './buffers.ts';
import { answer, type Call, type Calls, type Machine } from './calls.ts';
import { MOST_BUFFERS } from './memory.ts';

export function readingAndWriting({ memory, files }: Machine): Calls {
  const read = (fd: number, iov: number, count: number, offset: number | null, result: number) => {
    if (count < 0 || count > MOST_BUFFERS || (offset !== null && offset < 0)) return failed('EINVAL');
    const buffers = memory.buffers(iov, count);
    memory.check(result, 4);
    return answer(files().read(fd, Math.min(sizeOf(buffers), MOST_BYTES), offset), (bytes) => {
      scatter(memory, buffers, bytes);
      memory.writeI32(result, bytes.length);
      return 0;
    });
  };

  const write = (fd: number, iov: number, count: number, offset: number | null, result: number) => {
    if (count < 0 || count > MOST_BUFFERS || (offset !== null && offset < 0)) return failed('EINVAL');
    const bytes = gather(memory, memory.buffers(iov, count));
    memory.check(result, 4);
    return answer(files().write(fd, bytes, offset), (written) => {
      memory.writeI32(result, written);
      return 0;
    });
  };

  const synchronise: Call = (fd: number) => {
    const stat = files().statOpen(fd);
    if ('errno' in stat) return stat;
    return stat.kind === 'fifo' || stat.kind === 'socket' ? failed('EINVAL') : 0;
  };

  return {
    fd_read: (fd: number, iov: number, count: number, result: number) => read(fd, iov, count, null, result),
    fd_write: (fd: number, iov: number, count: number, result: number) => write(fd, iov, count, null, result),
    fd_pread: (fd: number, iov: number, count: number, offset: bigint, result: number) =>
      read(fd, iov, count, Number(offset), result),
    fd_pwrite: (fd: number, iov: number, count: number, offset: bigint, result: number) =>
      write(fd, iov, count, Number(offset), result),
    fd_seek: (fd: number, offset: bigint, whence: number, result: number) => {
      memory.check(result, 8);
      return answer(files().seek(fd, Number(offset), whence), (at) => {
        memory.writeI64(result, BigInt(at));
        return 0;
      });
    },
    fd_close: (fd: number) => files().close(fd),
    fd_sync: synchronise,
    __syscall_fdatasync: synchronise,
  };
}
