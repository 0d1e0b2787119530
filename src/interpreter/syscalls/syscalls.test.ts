/** The C library's system calls against the kernel's files, as the WebAssembly makes them: numbers in, bytes in memory out. */
import { describe, expect, test } from 'vitest';
import { failed } from '../../kernel/errno.ts';
import { O, POLL } from '../../kernel/files/types.ts';
import { HOME, Machine, NOW, succeeded } from './fixtures/machine.ts';
import type { Mapping } from './index.ts';

const [EACCES, EBADF, EEXIST, EFAULT, EINTR] = [2, 8, 20, 21, 27];
const [EINVAL, EISDIR, ENODEV, ENOENT, ENOTTY, EPERM, ERANGE, EROFS, ESPIPE] = [28, 31, 43, 44, 59, 63, 68, 69, 70];
const AT_FDCWD = -100;

const pipe = (machine: Machine): [read: number, write: number] => {
  const result = machine.take(8);
  expect(machine.call('__syscall_pipe', result)).toBe(0);
  return [machine.memory.i32(result), machine.memory.i32(result + 4)];
};

describe('reading and writing', () => {
  test('several buffers are written, and filled one after the other', () => {
    const m = new Machine();
    const fd = m.open('notes');
    const result = m.take(4);
    const parts = m.iov([m.put('three '), 6], [0, 0], [m.put('words here'), 10]);
    expect(m.call('fd_write', fd, parts, 3, result)).toBe(0);
    expect(m.memory.i32(result)).toBe(16);
    const at = m.take(8);
    expect(m.call('fd_seek', fd, -10n, 1, at)).toBe(0);
    expect(m.memory.i64(at)).toBe(6n);
    const [a, b] = [m.take(4), m.take(100)];
    expect(m.call('fd_read', fd, m.iov([a, 4], [b, 100]), 2, result)).toBe(0);
    expect([m.memory.i32(result), m.text(a, 4), m.text(b, 6)]).toEqual([10, 'word', 's here']);
    expect(m.call('fd_pread', fd, m.iov([a, 4]), 1, 1n, result)).toBe(0);
    expect(m.text(a, 4)).toBe('hree');
    expect(m.call('fd_pwrite', fd, m.iov([m.put('T'), 1]), 1, 0n, result)).toBe(0);
    expect(m.call('fd_seek', fd, 0n, 1, at)).toBe(0);
    expect(m.memory.i64(at)).toBe(16n);
  });

  test('a bad address is EFAULT, and nothing is taken from the pipe', () => {
    const m = new Machine();
    const [from, to] = pipe(m);
    const result = m.take(4);
    expect(m.call('fd_write', to, m.iov([m.put('four'), 4]), 1, result)).toBe(0);
    const end = m.module.HEAPU8.length;
    for (const [address, length] of [
      [0, 4],
      [end - 2, 4],
      [-8, 4],
      [end, 1],
    ] as const) {
      expect(m.call('fd_read', from, m.iov([address, length]), 1, result)).toBe(EFAULT);
    }
    expect(m.call('fd_read', from, m.iov([m.take(4), 4]), 1, end - 2)).toBe(EFAULT);
    expect(m.call('fd_read', from, end - 4, 1, result)).toBe(EFAULT);
    expect(m.call('fd_read', from, m.take(8), 1_000_000_000, result)).toBe(EINVAL);
    expect(m.call('fd_read', from, m.take(8), -1, result)).toBe(EINVAL);
    const buffer = m.take(9);
    expect(m.call('fd_read', from, m.iov([buffer, 9]), 1, result)).toBe(0);
    expect(m.text(buffer, 4)).toBe('four');
  });

  test('one call copies no more than it may, however often a buffer is named', () => {
    const m = new Machine();
    const whole = [...Array(1024)].flatMap(() => [8, m.module.HEAPU8.length - 8]);
    const result = m.take(4);
    const fd = m.open('/dev/null', O.WRONLY);
    expect(m.call('fd_write', fd, m.words(...whole), 1024, result)).toBe(0);
    expect(m.memory.i32(result)).toBe(64 * 1024 * 1024);
  });

  test('a read of an empty pipe waits; the bytes are written when they have come', () => {
    const m = new Machine();
    const [from, to] = pipe(m);
    const [buffer, result] = [m.take(10), m.take(4)];
    const { later, finish } = m.wait('fd_read', from, m.iov([buffer, 10]), 1, result);
    expect(later.possible()).toBe(false);
    expect(m.calls.write(to, new TextEncoder().encode('at last'), null)).toBe(7);
    expect(later.possible()).toBe(true);
    const answer = later.complete();
    expect(m.memory.i32(result)).toBe(0);
    expect(finish(answer)).toBe(0);
    expect([m.memory.i32(result), m.text(buffer, 7)]).toEqual([7, 'at last']);
    expect(m.wait('fd_read', from, m.iov([buffer, 10]), 1, result).finish(failed('EINTR'))).toBe(EINTR);
  });

  test('what a waiting call was asked to write is what was there when it was called', () => {
    const m = new Machine();
    const [from, to] = pipe(m);
    expect(m.calls.write(to, new Uint8Array(65536), null)).toBe(65536);
    const [text, result] = [m.put('old'), m.take(4)];
    const { later, finish } = m.wait('fd_write', to, m.iov([text, 3]), 1, result);
    m.memory.write(text, new TextEncoder().encode('new'));
    expect(m.calls.read(from, 65536, null)).toHaveLength(65536);
    expect(finish(later.complete())).toBe(0);
    expect(m.calls.read(from, 9, null)).toEqual(new TextEncoder().encode('old'));
  });

  test('errors: of fd_ calls positive', () => {
    const m = new Machine();
    const [fd, [from]] = [m.open('f', O.CREAT | O.WRONLY), pipe(m)];
    const [iov, result] = [m.iov([m.take(4), 4]), m.take(8)];
    expect(m.call('fd_read', fd, iov, 1, result)).toBe(EBADF);
    expect(m.call('fd_pread', from, iov, 1, 0n, result)).toBe(ESPIPE);
    expect(m.call('fd_seek', from, 0n, 0, result)).toBe(ESPIPE);
    expect(m.call('fd_seek', fd, -1n, 0, result)).toBe(EINVAL);
    expect(m.call('fd_seek', fd, -(2n ** 63n), 1, result)).toBe(EINVAL);
    expect(m.call('fd_pread', fd, iov, 1, -1n, result)).toBe(EINVAL);
    expect(m.call('fd_sync', from)).toBe(EINVAL);
    expect(m.call('fd_sync', fd)).toBe(0);
    expect(m.call('__syscall_fdatasync', 99)).toBe(-EBADF);
    expect(m.call('fd_close', fd)).toBe(0);
    expect(m.call('fd_close', fd)).toBe(EBADF);
    expect(m.call('fd_close', -1)).toBe(EBADF);
  });
});

describe('paths', () => {
  test('made, renamed, linked, removed', () => {
    const m = new Machine({ 'data/a.txt': 'abc' });
    expect(m.call('__syscall_mkdirat', AT_FDCWD, m.put('made'), 0o755)).toBe(0);
    expect(m.call('__syscall_mkdirat', AT_FDCWD, m.put('made'), 0o755)).toBe(-EEXIST);
    const folder = m.open('data', O.DIRECTORY);
    expect(m.call('__syscall_renameat', folder, m.put('a.txt'), AT_FDCWD, m.put('made/b'))).toBe(0);
    expect(m.call('__syscall_symlinkat', m.put('made/b'), AT_FDCWD, m.put('short'))).toBe(0);
    const buffer = m.put('........');
    expect(m.call('__syscall_readlinkat', AT_FDCWD, m.put('short'), buffer, 4)).toBe(4);
    expect(m.text(buffer, 8)).toBe('made....');
    expect(m.call('__syscall_unlinkat', AT_FDCWD, m.put('made'), 0)).toBe(-EISDIR);
    expect(m.call('__syscall_unlinkat', AT_FDCWD, m.put('short'), 0)).toBe(0);
    expect(m.call('__syscall_unlinkat', AT_FDCWD, m.put('made/b'), 0)).toBe(0);
    expect(m.call('__syscall_unlinkat', AT_FDCWD, m.put('made'), 0x200)).toBe(0);
    expect(m.call('__syscall_rmdir', m.put('data'))).toBe(0);
    expect(m.call('__syscall_rmdir', m.put('data'))).toBe(-ENOENT);
  });

  test('the mode and the mask of new files', () => {
    const m = new Machine();
    expect(m.call('__syscall_umask_js', 0o077)).toBe(0o022);
    m.open('mine');
    const mode = (path: string) => succeeded(m.calls.stat(null, path, true)).mode;
    expect(mode('mine')).toBe(0o600);
    expect(m.call('__syscall_chmod', m.put('mine'), 0o100751)).toBe(0);
    expect(mode('mine')).toBe(0o751);
    expect(m.call('__syscall_chmod', m.put('/lib/old.txt'), 0o777)).toBe(-EROFS);
    expect(m.call('__syscall_mknodat', AT_FDCWD, m.put('fifo'), 0o010666, 0)).toBe(0);
    expect(m.calls.stat(null, 'fifo', true)).toMatchObject({ kind: 'fifo' });
    expect(m.call('__syscall_mknodat', AT_FDCWD, m.put('plain'), 0o100644, 0)).toBe(0);
    expect(m.call('__syscall_mknodat', AT_FDCWD, m.put('disk'), 0o060644, 0)).toBe(-EPERM);
  });

  test('opening a fifo waits for its other end', () => {
    const m = new Machine();
    succeeded(m.calls.makeFifo(null, 'fifo', 0o666));
    const { later, finish } = m.wait('__syscall_openat', AT_FDCWD, m.put('fifo'), O.RDONLY, 0);
    expect(later.possible()).toBe(false);
    const writer = m.wait('__syscall_openat', AT_FDCWD, m.put('fifo'), O.WRONLY, 0);
    for (const queue of writer.later.queues) queue.add({ changed: () => {} });
    expect(later.possible()).toBe(true);
    expect(finish(later.complete())).toBe(3);
    expect(writer.finish(writer.later.complete())).toBe(4);
  });

  test('a path that is no C string in memory is EFAULT; one without an end is refused', () => {
    const m = new Machine();
    const end = m.module.HEAPU8.length;
    m.module.HEAPU8.fill(97, end - 8);
    for (const path of [0, end - 4, end, -1]) {
      expect(m.call('__syscall_stat64', path, m.take(96))).toBe(-EFAULT);
    }
    expect(m.call('__syscall_chdir', m.put('a/'.repeat(5000)))).toBe(-37);
    expect(m.call('__syscall_openat', AT_FDCWD, m.put('new'), O.CREAT | O.RDWR, end)).toBe(-EFAULT);
  });

  test('names are UTF-8, and nothing of them is left out', () => {
    const m = new Machine();
    for (const name of ['é😀', '\ufeffmarked']) {
      m.open(name);
      expect(m.calls.stat(null, name, true)).toMatchObject({ kind: 'file' });
    }
  });

  test('the working folder', () => {
    const m = new Machine({ 'data/a': '' });
    const buffer = m.put('.'.repeat(40));
    expect(m.call('__syscall_getcwd', buffer, 40)).toBe(HOME.length + 1);
    expect(m.text(buffer, HOME.length + 2)).toBe(`${HOME}\0.`);
    expect(m.call('__syscall_getcwd', buffer, HOME.length)).toBe(-ERANGE);
    expect(m.call('__syscall_getcwd', buffer, 0)).toBe(-EINVAL);
    expect(m.call('__syscall_fchdir', m.open('data', O.DIRECTORY))).toBe(0);
    expect(m.call('__syscall_getcwd', buffer, 40)).toBe(HOME.length + 6);
    expect(m.call('__syscall_chdir', m.put('..'))).toBe(0);
    expect(m.calls.currentFolder()).toBe(HOME);
  });
});

describe('status', () => {
  test('times: given, now, as they were', () => {
    const m = new Machine({ f: 'abc' });
    const path = m.put('f');
    const times = m.words(1000, 0, 500_000_000, 0, 2000, 1, 0, 0);
    expect(m.call('__syscall_utimensat', AT_FDCWD, path, times, 0)).toBe(0);
    expect(m.calls.stat(null, 'f', true)).toMatchObject({ accessed: 1000.5, modified: 2 ** 32 + 2000, changed: NOW });
    const [now, omit] = [0x3fffffff, 0x3ffffffe];
    expect(m.call('__syscall_utimensat', AT_FDCWD, path, m.words(0, 0, omit, 0, 0, 0, now, 0), 0)).toBe(0);
    expect(m.calls.stat(null, 'f', true)).toMatchObject({ accessed: 1000.5, modified: NOW });
    expect(m.call('__syscall_utimensat', m.open('f'), 0, 0, 0)).toBe(0);
    expect(m.calls.stat(null, 'f', true)).toMatchObject({ accessed: NOW, modified: NOW });
    expect(m.call('__syscall_utimensat', AT_FDCWD, path, m.words(0, 0, -1, 0, 0, 0, 0, 0), 0)).toBe(-EINVAL);
    const link = m.put('/lib/link');
    expect(m.call('__syscall_utimensat', AT_FDCWD, link, 0, 0x100)).toBe(0);
    expect(m.call('__syscall_utimensat', AT_FDCWD, link, 0, 0)).toBe(-EROFS);
  });

  test('access, owners and sizes', () => {
    const m = new Machine({ f: 'abc' });
    expect(m.call('__syscall_faccessat', AT_FDCWD, m.put('f'), 6, 0)).toBe(0);
    expect(m.call('__syscall_faccessat', AT_FDCWD, m.put('f'), 1, 0)).toBe(-EACCES);
    expect(m.call('__syscall_faccessat', AT_FDCWD, m.put('f'), 8, 0)).toBe(-EINVAL);
    expect(m.call('__syscall_fchownat', AT_FDCWD, m.put('f'), -1, 1000, 0)).toBe(0);
    expect(m.call('__syscall_fchown32', m.open('f'), 0, -1)).toBe(-EPERM);
    const fd = m.open('f');
    expect(m.call('__syscall_ftruncate64', fd, 5n)).toBe(0);
    expect(m.call('__syscall_fallocate', fd, 0, 4n, 3n)).toBe(0);
    expect(m.calls.stat(null, 'f', true)).toMatchObject({ size: 7 });
    expect(m.call('__syscall_fallocate', fd, 0, 0n, 3n)).toBe(0);
    expect(m.calls.stat(null, 'f', true)).toMatchObject({ size: 7 });
    expect(m.call('__syscall_truncate64', m.put('f'), 2n)).toBe(0);
    expect(m.calls.read(fd, 9, 0)).toEqual(new TextEncoder().encode('ab'));
    expect(m.call('__syscall_truncate64', m.put('f'), -1n)).toBe(-EINVAL);
    expect(m.call('__syscall_ftruncate64', fd, 2n ** 62n)).toBe(-EINVAL);
    expect(m.call('__syscall_fadvise64', pipe(m)[0], 0n, 0n, 0)).toBe(-ESPIPE);
  });
});

describe('descriptors', () => {
  const [F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW, F_DUPFD_CLOEXEC] = [
    0, 1, 2, 3, 4, 12, 13, 14, 1030,
  ];

  test('copies and flags', () => {
    const m = new Machine();
    const fd = m.open('f');
    const control = (command: number, argument = 0, of = fd) =>
      m.call('__syscall_fcntl64', of, command, m.words(argument));
    expect(control(F_DUPFD, 10)).toBe(10);
    expect(control(F_DUPFD_CLOEXEC, 10)).toBe(11);
    expect([control(F_GETFD, 0, 10), control(F_GETFD, 0, 11)]).toEqual([0, 1]);
    expect(control(F_SETFD, 0, 11)).toBe(0);
    expect(control(F_GETFD, 0, 11)).toBe(0);
    expect(control(F_SETFL, O.NONBLOCK | 0x8000)).toBe(0);
    expect(control(F_GETFL, 0, 11)).toBe(O.RDWR | O.NONBLOCK);
    expect(control(F_GETLK, m.take(32))).toBe(-EINVAL);
    expect(control(F_GETFD, 0, 99)).toBe(-EBADF);
    expect(control(99, 0, 99)).toBe(-EBADF);
    expect(control(F_DUPFD, -1)).toBe(-EINVAL);
    expect(m.call('__syscall_dup', fd)).toBe(4);
    expect(m.call('__syscall_dup3', fd, 20, O.CLOEXEC)).toBe(20);
    expect(control(F_GETFD, 0, 20)).toBe(1);
    expect(m.call('__syscall_dup3', fd, fd, 0)).toBe(-EINVAL);
    expect(m.call('__syscall_dup3', fd, 5000, 0)).toBe(-EBADF);
    expect(m.call('__syscall_fcntl64', fd, F_DUPFD, -4)).toBe(-EFAULT);
  });

  test('pipes are closed on exec, and none is made if nobody would learn its numbers', () => {
    const m = new Machine();
    const ends = pipe(m);
    expect(ends).toEqual([3, 4]);
    expect(ends.map((fd) => m.calls.closeOnExec(fd))).toEqual([true, true]);
    expect(m.call('__syscall_pipe', m.module.HEAPU8.length - 4)).toBe(-EFAULT);
    expect(m.open('next')).toBe(5);
  });

  test('record locks wait for another process', () => {
    const m = new Machine({ f: 'abcdef' });
    const fd = m.open('f');
    const flock = (type: number, whence: number, start: number, length: number) =>
      m.words(type | (whence << 16), 0, start, start >> 31, length, length >> 31, 0, 0);
    const lock = (...fields: [number, number, number, number]) =>
      m.call('__syscall_fcntl64', fd, F_SETLK, m.words(flock(...fields)));
    const asked: unknown[] = [];
    Object.assign(m.calls, { lock: (_: number, request: unknown) => asked.push(request) && 0 });
    succeeded(m.calls.seek(fd, 2, 0));
    expect([lock(0, 0, 1, 2), lock(1, 1, 1, 0), lock(2, 2, 0, -4)]).toEqual([0, 0, 0]);
    const common = { wait: false, whole: false };
    expect(asked).toEqual([
      { ...common, kind: 'shared', start: 1, end: 3 },
      { ...common, kind: 'exclusive', start: 3, end: null },
      { ...common, kind: 'unlock', start: 2, end: 6 },
    ]);
    expect([lock(3, 0, 0, 0), lock(0, 3, 0, 0), lock(0, 0, -1, 0), lock(0, 0, 1, -2)]).toEqual(Array(4).fill(-EINVAL));
    const later = { queues: [], waiting: { on: 'sleep' }, possible: () => true };
    Object.assign(m.calls, { lock: () => later });
    const waiting = m.wait('__syscall_fcntl64', fd, F_SETLKW, m.words(flock(1, 0, 0, 0)));
    expect([waiting.later, waiting.finish(0), waiting.finish(failed('EINTR'))]).toEqual([later, 0, -EINTR]);
  });

  test('questions to terminals and others', () => {
    const m = new Machine();
    const ask = (fd: number, request: number, argument: number) =>
      m.call('__syscall_ioctl', fd, request, m.words(argument));
    const size = m.take(8);
    expect(ask(0, 0x5413, size)).toBe(0);
    expect([m.memory.i16(size), m.memory.i16(size + 2)]).toEqual([24, 80]);
    const file = m.open('f');
    expect([ask(file, 0x5413, size), ask(99, 0x5413, size), ask(0, 12345, size)]).toEqual([-ENOTTY, -EBADF, -ENOTTY]);
    const [from, to] = pipe(m);
    expect(m.calls.write(to, new Uint8Array(5), null)).toBe(5);
    const count = m.take(4);
    expect(ask(from, 0x541b, count)).toBe(0);
    expect(m.memory.i32(count)).toBe(5);
    expect(ask(from, 0x5421, m.words(1))).toBe(0);
    expect(m.calls.flags(from)).toBe(O.NONBLOCK);
    expect(ask(from, 0x5421, m.words(0))).toBe(0);
    expect(m.calls.flags(from)).toBe(0);
    expect([ask(from, 0x5450, 0), m.calls.closeOnExec(from)]).toEqual([0, false]);
    expect([ask(from, 0x5451, 0), m.calls.closeOnExec(from)]).toEqual([0, true]);
  });
});

describe('poll', () => {
  const READ_NORMAL = 0x40;

  test('answers what holds, for each question', () => {
    const m = new Machine();
    const [from, to] = pipe(m);
    const questions = m.words(from, POLL.IN, to, POLL.OUT | 0x100, -1, POLL.IN, 99, POLL.IN);
    expect(m.call('__syscall_poll', questions, 4, -1)).toBe(2);
    const answers = [0, 1, 2, 3].map((n) => m.memory.i16(questions + 8 * n + 6));
    expect(answers).toEqual([0, POLL.OUT | 0x100, 0, POLL.NVAL]);
  });

  test('waits for one, at most so long', () => {
    const m = new Machine();
    const [from, to] = pipe(m);
    const questions = m.words(from, READ_NORMAL | (77 << 16));
    const { later, finish } = m.wait('__syscall_poll', questions, 1, 1500);
    expect(later).toMatchObject({ timeout: 1.5 });
    expect(finish(later.expired())).toBe(0);
    expect(m.memory.i16(questions + 6)).toBe(0);
    expect(m.wait('__syscall_poll', questions, 1, -1).later.timeout).toBe(null);
    expect(m.call('__syscall_poll', questions, 1, 0)).toBe(0);
    succeeded(m.calls.write(to, new Uint8Array(1), null) as number);
    expect(finish(later.complete())).toBe(1);
    expect(m.memory.i16(questions + 6)).toBe(READ_NORMAL);
  });

  test('no more questions than there can be descriptors, all of them in memory', () => {
    const m = new Machine();
    expect(m.call('__syscall_poll', 4096, 1025, 0)).toBe(-EINVAL);
    expect(m.call('__syscall_poll', 4096, -1, 0)).toBe(-EINVAL);
    expect(m.call('__syscall_poll', m.module.HEAPU8.length - 8, 2, 0)).toBe(-EFAULT);
  });
});

describe('mapping', () => {
  test('a file in whole pages of memory, and whoever keeps it equal hears of it', () => {
    const heard: unknown[] = [];
    const m = new Machine(
      { f: 'hello' },
      {
        known: () => 0,
        mapped: (mapping: Mapping) => {
          heard.push(mapping);
          return 0;
        },
        synchronised: (...range) => {
          heard.push(range);
          return 0;
        },
        unmapped: () => failed('EBADF'),
      },
    );
    const fd = m.open('f');
    const [allocated, result] = [m.take(4), m.take(4)];
    const allocations: number[] = [];
    m.memory.onAllocate = (size) => allocations.push(size);
    m.module.HEAPU8.fill(1, 65536);
    expect(m.call('_mmap_js', 100, 3, 1, fd, 0n, allocated, result)).toBe(0);
    const address = m.memory.u32(result);
    expect([m.memory.i32(allocated), address % 65536, allocations]).toEqual([0, 0, [100]]);
    expect(m.text(address, 7)).toBe('hello\0\0');
    expect(
      m.memory
        .bytes(address, 65536)
        .subarray(5)
        .every((byte) => byte === 0),
    ).toBe(true);
    expect(m.call('_msync_js', address, 100, 3, 1, fd, 0n)).toBe(0);
    expect(m.call('_munmap_js', address, 100, 3, 1, fd, 0n)).toBe(-EBADF);
    expect(heard).toEqual([
      { fd, inode: expect.any(Number), offset: 0, address, length: 100, shared: true, writable: true },
      [address, 100],
    ]);
  });

  test('what cannot be mapped', () => {
    const m = new Machine({ f: 'hello' });
    const map = (fd: number, length = 10, protection = 1, kind = 2, offset = 0n) =>
      m.call('_mmap_js', length, protection, kind, fd, offset, m.take(4), m.take(4));
    const [readable, writable] = [m.open('f', O.RDONLY), m.open('f', O.WRONLY)];
    expect([map(99), map(writable), map(readable, 10, 3, 1)]).toEqual([-EBADF, -EACCES, -EACCES]);
    expect([map(readable, 0), map(readable, 10, 1, 2, -1n)]).toEqual([-EINVAL, -EINVAL]);
    expect([map(pipe(m)[0]), map(m.open('/tmp', O.DIRECTORY))]).toEqual([-ENODEV, -ENODEV]);
    expect(map(readable, -1)).toBe(-48);
  });
});

test('every write to memory is told of, with what makes it happen again', () => {
  const m = new Machine({ f: 'hello' });
  const before = m.memory.bytes(8, m.module.HEAPU8.length - 8);
  const copy = new Machine();
  const [buffer, result, fd] = [m.take(200), m.take(8), m.open('f')];
  const iov = m.iov([buffer, 3], [buffer + 50, 10]);
  const snapshot = m.memory.bytes(8, before.length);
  copy.module.HEAPU8.set(snapshot, 8);
  m.memory.onWrite = (address, bytes) => copy.memory.write(address, bytes.slice());
  expect(m.call('fd_read', fd, iov, 2, result)).toBe(0);
  expect(m.call('__syscall_fstat64', fd, buffer + 64)).toBe(0);
  expect(m.call('__syscall_pipe', result)).toBe(0);
  expect(m.memory.bytes(8, before.length)).not.toEqual(snapshot);
  expect(copy.memory.bytes(8, before.length)).toEqual(m.memory.bytes(8, before.length));
});

test('an error that is not the program’s own fault is not hidden', () => {
  const m = new Machine();
  Object.assign(m.calls, {
    close: () => {
      throw new RangeError('a mistake of ours');
    },
  });
  expect(() => m.call('fd_close', 0)).toThrow('a mistake of ours');
});
