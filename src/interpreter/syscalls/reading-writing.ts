/** Bytes from and to open files: `read`, `write`, their forms with an offset, `lseek`, `close`, `fsync`. */
import { failed } from '../../kernel/errno.ts';
import { answer, type Call, type Calls, type Machine } from './calls.ts';
import { type Buffer, type Memory, MOST_BUFFERS } from './memory.ts';

/** One call moves no more, so that none makes JavaScript copy the whole memory a thousand times; C goes on. */
const MOST_BYTES = 64 * 1024 * 1024;

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

function sizeOf(buffers: readonly Buffer[]): number {
  return buffers.reduce((sum, { length }) => sum + length, 0);
}

/** A copy of what is in the buffers, up to the most that one call moves. */
function gather(memory: Memory, buffers: readonly Buffer[]): Uint8Array {
  const bytes = new Uint8Array(Math.min(sizeOf(buffers), MOST_BYTES));
  let at = 0;
  for (const { address, length } of buffers) {
    const size = Math.min(length, bytes.length - at);
    bytes.set(memory.bytes(address, size), at);
    at += size;
  }
  return bytes;
}

function scatter(memory: Memory, buffers: readonly Buffer[], bytes: Uint8Array): void {
  let at = 0;
  for (const { address, length } of buffers) {
    memory.write(address, bytes.subarray(at, at + length));
    at += length;
    if (at >= bytes.length) return;
  }
}
