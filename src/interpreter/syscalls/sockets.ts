/** Sockets: addresses, messages and open files that travel with them, in musl's layouts. */

import { type Failed, failed, isFailed } from '../../kernel/errno.ts';
import { type Address, AF, MSG, type Received, type SocketCalls } from '../../kernel/sockets/types.ts';
import { gather, MOST_BYTES, scatter, sizeOf } from './buffers.ts';
import { answer, type Calls, type Machine } from './calls.ts';
import { numberOf } from './errno-numbers.ts';
import { type Buffer, type Memory, MOST_BUFFERS } from './memory.ts';
import type { SocketNames } from './socket-names.ts';

export interface SocketMachine extends Pick<Machine, 'memory'> {
  /** Of the process that runs. */
  sockets(): SocketCalls;
  /** Of the machine. */
  names(): SocketNames;
}

const SOL_SOCKET = 1;
const SCM_RIGHTS = 1;
/** `struct sockaddr_in`. */
const ADDRESS = 16;
/** `struct cmsghdr`. */
const HEADER = 12;
/** SCM_MAX_FD. */
const MOST_FILES = 253;
const MOST_CONTROL = 64 * 1024;

/** Where the fields of a `struct msghdr` are. */
const MESSAGE = { name: 0, nameLength: 4, buffers: 8, count: 12, control: 16, controlLength: 20, flags: 24, size: 28 };

export function sockets({ memory, sockets: calls, names }: SocketMachine): Calls {
  /** What C passes: an address, or a number in the place of a name. */
  const read = (fd: number, at: number, length: number): Address | Failed => {
    if (length < ADDRESS) return failed('EINVAL');
    const bytes = memory.bytes(at, ADDRESS);
    const view = new DataView(bytes.buffer);
    if (view.getUint16(0, true) !== AF.INET) return failed('EAFNOSUPPORT');
    const [port, host] = [view.getUint16(2), view.getUint32(4)];
    const own = calls().name(fd);
    if (isFailed(own)) return own;
    return own.family === 'unix' ? { family: 'unix', path: names().nameOf(host) } : { family: 'inet', host, port };
  };

  /** Writes as much of it as there is room for, and how long it is. */
  const write = (address: Address | null, at: number, lengthAt: number) => {
    if (at === 0 || lengthAt === 0) return;
    if (address === null) {
      memory.writeI32(lengthAt, 0);
      return;
    }
    const bytes = new Uint8Array(ADDRESS);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, AF.INET, true);
    if (address.family === 'inet') view.setUint16(2, address.port);
    view.setUint32(4, address.family === 'inet' ? address.host : names().numberOf(address.path));
    memory.write(at, bytes.subarray(0, Math.max(memory.i32(lengthAt), 0)));
    memory.writeI32(lengthAt, ADDRESS);
  };

  const told = (ask: (fd: number) => Address | Failed) => (fd: number, at: number, lengthAt: number) => {
    const address = ask(fd);
    if (isFailed(address)) return address;
    memory.check(lengthAt, 4);
    write(address, at, lengthAt);
    return 0;
  };

  const buffersOf = (message: number): Buffer[] | Failed => {
    const count = memory.i32(message + MESSAGE.count);
    if (count < 0 || count > MOST_BUFFERS) return failed('EMSGSIZE');
    return memory.buffers(memory.u32(message + MESSAGE.buffers), count);
  };

  const send = (fd: number, bytes: Uint8Array, at: number, length: number, files: readonly number[], flags: number) => {
    const to = at === 0 || length === 0 ? null : read(fd, at, length);
    if (isFailed(to)) return to;
    return answer(calls().send(fd, { bytes, to, files }, flags), (sent) => sent);
  };

  return {
    __syscall_socket: (family: number, type: number, protocol: number) => calls().socket(family, type, protocol),
    __syscall_bind: (fd: number, at: number, length: number) => {
      const address = read(fd, at, length);
      return isFailed(address) ? address : calls().bind(fd, address);
    },
    __syscall_connect: (fd: number, at: number, length: number) => {
      const address = read(fd, at, length);
      return isFailed(address) ? address : answer(calls().connect(fd, address), () => 0);
    },
    __syscall_listen: (fd: number, backlog: number) => calls().listen(fd, backlog),
    __syscall_accept4: (fd: number, at: number, lengthAt: number, flags: number) => {
      if (at !== 0) memory.check(lengthAt, 4);
      return answer(calls().accept(fd, flags), (accepted) => {
        const peer = calls().peer(accepted);
        // It may have been cut off already.
        write(isFailed(peer) ? { family: 'inet', host: 0, port: 0 } : peer, at, lengthAt);
        return accepted;
      });
    },
    __syscall_getsockname: told((fd) => calls().name(fd)),
    __syscall_getpeername: told((fd) => calls().peer(fd)),
    __syscall_getsockopt: (fd: number, level: number, name: number, at: number, lengthAt: number) => {
      const length = memory.i32(lengthAt);
      if (length < 0) return failed('EINVAL');
      const value = calls().option(fd, level, name);
      if (isFailed(value)) {
        if (level !== SOL_SOCKET || name !== 4) return value;
        // SO_ERROR: the error is the answer, unless it is the descriptor's.
        if (value.errno === 'EBADF' || value.errno === 'ENOTSOCK') return value;
      }
      const words = isFailed(value) ? [numberOf(value.errno)] : value;
      const bytes = new Uint8Array(Int32Array.from(words).buffer).subarray(0, length);
      memory.write(at, bytes);
      memory.writeI32(lengthAt, bytes.length);
      return 0;
    },
    __syscall_sendto: (fd: number, at: number, size: number, flags: number, to: number, length: number) =>
      send(fd, memory.bytes(at, Math.min(size >>> 0, MOST_BYTES)), to, length, [], flags),
    __syscall_recvfrom: (fd: number, at: number, size: number, flags: number, from: number, lengthAt: number) => {
      const most = Math.min(size >>> 0, MOST_BYTES);
      memory.check(at, most);
      if (from !== 0) memory.check(lengthAt, 4);
      return answer(calls().receive(fd, most, 0, flags), (received) => {
        memory.write(at, received.bytes);
        write(received.from, from, lengthAt);
        return lengthOf(received, flags);
      });
    },
    __syscall_sendmsg: (fd: number, message: number, flags: number) => {
      memory.check(message, MESSAGE.size);
      const buffers = buffersOf(message);
      if (isFailed(buffers)) return buffers;
      const files = filesIn(memory, memory.u32(message + MESSAGE.control), memory.u32(message + MESSAGE.controlLength));
      if (isFailed(files)) return files;
      const [at, length] = [memory.u32(message + MESSAGE.name), memory.i32(message + MESSAGE.nameLength)];
      return send(fd, gather(memory, buffers), at, length, files, flags);
    },
    __syscall_recvmsg: (fd: number, message: number, flags: number) => {
      memory.check(message, MESSAGE.size);
      const buffers = buffersOf(message);
      if (isFailed(buffers)) return buffers;
      const size = Math.min(sizeOf(buffers), MOST_BYTES);
      const [control, room] = [memory.u32(message + MESSAGE.control), memory.u32(message + MESSAGE.controlLength)];
      if (control !== 0) memory.check(control, room);
      const files = control === 0 ? 0 : Math.min(Math.max(Math.floor((room - HEADER) / 4), 0), MOST_FILES);
      return answer(calls().receive(fd, size, files, flags), (received) => {
        scatter(memory, buffers, received.bytes);
        write(received.from, memory.u32(message + MESSAGE.name), message + MESSAGE.nameLength);
        if (received.files.length > 0) writeFiles(memory, control, received.files);
        const length = received.files.length > 0 ? HEADER + 4 * received.files.length : 0;
        memory.writeI32(message + MESSAGE.controlLength, length);
        memory.writeI32(message + MESSAGE.flags, received.flags);
        return lengthOf(received, flags);
      });
    },
    // Pyodide's own doors before the C library's: `shutdown` has no other. 1: done, with this result.
    _try_shutdown: (fd: number, how: number, resultAt: number) => {
      const result = calls().shutdown(fd, how);
      memory.writeI32(resultAt, isFailed(result) ? -numberOf(result.errno) : result);
      return 1;
    },
    _try_fcntl64: () => 0,
  };
}

/** `null` has Pyodide's wrappers make the plain calls. */
export const NO_PROMISE = {
  _maybe_connect_async: () => null,
  _maybe_recvfrom_async: () => null,
  _maybe_sendto_async: () => null,
  _maybe_poll_async: () => null,
};

function lengthOf({ bytes, length, flags }: Received, asked: number): number {
  return asked & MSG.TRUNC && flags & MSG.TRUNC ? length : bytes.length;
}

/** The descriptors in a message's control part: SCM_RIGHTS, and nothing else is known. */
function filesIn(memory: Memory, control: number, length: number): readonly number[] | Failed {
  const files: number[] = [];
  if (control === 0) return files;
  if (length > MOST_CONTROL) return failed('ENOBUFS');
  memory.check(control, length);
  for (let at = 0; at + HEADER <= length; ) {
    const size = memory.u32(control + at);
    const [level, type] = [memory.i32(control + at + 4), memory.i32(control + at + 8)];
    if (size < HEADER || at + size > length || level !== SOL_SOCKET || type !== SCM_RIGHTS) return failed('EINVAL');
    for (let file = HEADER; file + 4 <= size; file += 4) files.push(memory.i32(control + at + file));
    at += (size + 3) & ~3;
  }
  return files;
}

function writeFiles(memory: Memory, control: number, files: readonly number[]): void {
  memory.writeFields(control, HEADER + 4 * files.length, (view) => {
    [HEADER + 4 * files.length, SOL_SOCKET, SCM_RIGHTS, ...files].forEach((word, n) => {
      view.setInt32(4 * n, word, true);
    });
  });
}
