/** The calls on sockets as C makes them: structs in a memory, over the kernel's real sockets. */
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../kernel/files/sample-machine.ts';
import { local, named, newHost } from '../../kernel/sockets/sample-host.ts';
import { AF, SOCK } from '../../kernel/sockets/types.ts';
import { handler, type Waiting } from './calls.ts';
import { Memory } from './memory.ts';
import { SocketNames } from './socket-names.ts';
import { sockets } from './sockets.ts';

/** Where things are put in the memory. */
const [ADDRESS, LENGTH, DATA, MESSAGE, IOV, CONTROL, RESULT] = [64, 96, 128, 256, 320, 384, 512] as const;
const [EAFNOSUPPORT, EFAULT, EINVAL, ECONNREFUSED, ENOTCONN, ENOTSOCK] = [5, 21, 28, 14, 53, 57];

function newMachine() {
  const HEAPU8 = new Uint8Array(1024);
  const memory = new Memory(() => ({ HEAPU8 }));
  const host = newHost();
  const names = new SocketNames();
  const calls = sockets({ memory, names: () => names, sockets: () => host.sockets });
  const call = (name: string, ...args: number[]) => {
    const made = calls[name];
    if (!made) throw new Error(`no call ${name}`);
    return handler(made, -1)(...args);
  };
  /** `struct sockaddr_in`. */
  const address = (bytes: readonly number[], port: number) => {
    memory.write(ADDRESS, Uint8Array.from([AF.INET, 0, port >> 8, port & 255, ...bytes, 0, 0, 0, 0, 0, 0, 0, 0]));
    memory.writeI32(LENGTH, 16);
  };
  /** The bytes of an address that was answered. */
  const answered = () => [...memory.bytes(ADDRESS, 8)];
  const message = (size: number, room: number) => {
    memory.writeFields(MESSAGE, 28, (view) => {
      for (const [at, word] of [
        [8, IOV],
        [12, 1],
        [16, CONTROL],
        [20, room],
      ] as const)
        view.setInt32(at, word, true);
    });
    memory.writeI32(IOV, DATA);
    memory.writeI32(IOV + 4, size);
  };
  return { ...host, memory, names, call, address, answered, message };
}

const text = (memory: Memory, size: number) => String.fromCharCode(...memory.bytes(DATA, size));

describe('addresses', () => {
  test('of the internet: bind, getsockname, connect, accept, getpeername', () => {
    const { call, address, answered } = newMachine();
    const listening = call('__syscall_socket', AF.INET, SOCK.STREAM, 0) as number;
    address([0, 0, 0, 0], 5_000);
    expect(call('__syscall_bind', listening, ADDRESS, 16)).toBe(0);
    expect(call('__syscall_listen', listening, 5)).toBe(0);
    const client = call('__syscall_socket', AF.INET, SOCK.STREAM, 0) as number;
    address([127, 0, 0, 1], 5_001);
    expect(call('__syscall_connect', client, ADDRESS, 16)).toBe(-ECONNREFUSED);
    address([127, 0, 0, 1], 5_000);
    expect(call('__syscall_connect', client, ADDRESS, 16)).toBe(0);
    const server = call('__syscall_accept4', listening, ADDRESS, LENGTH, 0) as number;
    expect(answered()).toEqual([2, 0, 0x80, 1, 127, 0, 0, 1]);
    expect(call('__syscall_getsockname', server, ADDRESS, LENGTH)).toBe(0);
    expect(answered()).toEqual([2, 0, 5_000 >> 8, 5_000 & 255, 127, 0, 0, 1]);
    expect(call('__syscall_getpeername', listening, ADDRESS, LENGTH)).toBe(-ENOTCONN);
  });

  test('names of files pass as numbers', () => {
    const { call, address, names, memory, sockets: kernel, stream } = newMachine();
    const fd = stream(AF.UNIX);
    address([0, 0, 0, names.numberOf('/tmp/x')], 0);
    expect(call('__syscall_bind', fd, ADDRESS, 16)).toBe(0);
    expect(kernel.name(fd)).toEqual(named('/tmp/x'));
    expect(call('__syscall_getsockname', fd, ADDRESS, LENGTH)).toBe(0);
    expect(names.nameOf(memory.u8(ADDRESS + 7))).toBe('/tmp/x');
  });

  test('garbage: EFAULT, EINVAL, EAFNOSUPPORT, ENOTSOCK', () => {
    const { call, address, stream } = newMachine();
    const fd = stream();
    address([127, 0, 0, 1], 1);
    for (const at of [0, 1_020, -1]) expect(call('__syscall_bind', fd, at, 16)).toBe(-EFAULT);
    for (const length of [-1, 0, 15]) expect(call('__syscall_connect', fd, ADDRESS, length)).toBe(-EINVAL);
    expect(call('__syscall_bind', 0, ADDRESS, 16)).toBe(-ENOTSOCK);
    expect(call('__syscall_bind', fd, DATA, 16)).toBe(-EAFNOSUPPORT);
    for (const name of ['recvfrom', 'sendto']) expect(call(`__syscall_${name}`, fd, 1_000, 100, 0, 0, 0)).toBe(-EFAULT);
    for (const name of ['recvmsg', 'sendmsg']) expect(call(`__syscall_${name}`, fd, 1_000, 0)).toBe(-EFAULT);
  });
});

describe('messages', () => {
  test('recvfrom waits, and writes what comes and who sent it', () => {
    const { call, memory, datagram, sockets: kernel, answered } = newMachine();
    const [one, other] = [datagram(), datagram()];
    kernel.bind(other, local(5_000));
    memory.writeI32(LENGTH, 16);
    const waiting = call('__syscall_recvfrom', other, DATA, 100, 0, ADDRESS, LENGTH) as Waiting;
    kernel.send(one, { bytes: bytesOf('hello'), to: local(5_000), files: [] }, 0);
    expect(waiting.finish(waiting.later.complete())).toBe(5);
    expect(text(memory, 5)).toBe('hello');
    expect(answered()).toEqual([2, 0, 0x80, 0, 127, 0, 0, 1]);
    expect(waiting.finish({ errno: 'EINVAL' })).toBe(-EINVAL);
  });

  test('sendmsg and recvmsg carry open files', () => {
    const { call, memory, message, pair, files } = newMachine();
    const [one, other] = pair();
    memory.write(DATA, bytesOf('x'));
    message(1, 20);
    [20, 1, 1, one, other].forEach((word, n) => void memory.writeI32(CONTROL + 4 * n, word));
    expect(call('__syscall_sendmsg', one, MESSAGE, 0)).toBe(1);
    message(10, 64);
    expect(call('__syscall_recvmsg', other, MESSAGE, 0)).toBe(1);
    const words = [0, 1, 2, 3, 4].map((n) => memory.i32(CONTROL + 4 * n));
    expect(words).toEqual([20, 1, 1, other + 1, other + 2]);
    expect(memory.i32(MESSAGE + 20)).toBe(20);
    expect(files.calls.flags(other + 2)).toBe(files.calls.flags(other));
    message(1, 20);
    memory.writeI32(CONTROL, 4);
    expect(call('__syscall_sendmsg', one, MESSAGE, 0)).toBe(-EINVAL);
  });

  test('shutdown and SO_ERROR', () => {
    const { call, memory, stream, pair } = newMachine();
    const [one] = pair();
    expect(call('_try_shutdown', one, 2, RESULT)).toBe(1);
    expect(memory.i32(RESULT)).toBe(0);
    expect(call('_try_shutdown', stream(), 2, RESULT)).toBe(1);
    expect(memory.i32(RESULT)).toBe(-ENOTCONN);
    memory.writeI32(LENGTH, 4);
    expect(call('__syscall_getsockopt', one, 1, 3, RESULT, LENGTH)).toBe(0);
    expect(memory.i32(RESULT)).toBe(SOCK.STREAM);
  });
});
