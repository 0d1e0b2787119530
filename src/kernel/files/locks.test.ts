/** File locks: who shares, who waits, and when they are gone. */
import { describe, expect, test } from 'vitest';
import { isFailed } from '../errno.ts';
import { boot, later, newSystem, now } from './sample-machine.ts';
import { type LockRequest, O } from './types.ts';

const fail = (errno: string) => ({ errno });
const request = (kind: LockRequest['kind'], more: Partial<LockRequest> = {}): LockRequest => ({
  kind,
  wait: false,
  whole: false,
  start: 0,
  end: null,
  ...more,
});

/** Two processes, each with the file open for itself. */
function setUp() {
  const files = boot(newSystem({ file: 'x'.repeat(100) }));
  const child = files.fork(43);
  const open = (calls: typeof files.calls, flags: number = O.RDWR) => now(calls.open(null, 'file', flags, 0));
  return { files, child, a: files.calls, b: child.calls, open, fdA: open(files.calls), fdB: open(child.calls) };
}

describe('flock', () => {
  const exclusive = request('exclusive', { whole: true });
  const shared = request('shared', { whole: true });

  test('belongs to the open file, also in a child, until its last descriptor is closed', () => {
    const { files, a, b, fdA, fdB } = setUp();
    expect(a.lock(fdA, exclusive)).toBe(0);
    expect(a.lock(fdA, exclusive)).toBe(0);
    const grandchild = files.fork(44);
    expect(grandchild.calls.lock(fdA, exclusive)).toBe(0);
    expect(b.lock(fdB, shared)).toEqual(fail('EAGAIN'));
    const waiting = later(b.lock(fdB, { ...exclusive, wait: true }));
    expect(waiting.waiting).toEqual({ on: 'file lock', what: 'file' });
    a.close(fdA);
    expect(waiting.possible()).toBe(false);
    grandchild.end();
    expect(waiting.possible()).toBe(true);
    expect(waiting.complete()).toBe(0);
  });

  test('is for one process and another alike: two opens of one process exclude each other', () => {
    const { a, fdA, open } = setUp();
    const own = open(a, O.RDONLY);
    expect(a.lock(own, exclusive)).toBe(0);
    expect(a.lock(fdA, exclusive)).toEqual(fail('EAGAIN'));
    expect(a.lock(own, request('unlock', { whole: true }))).toBe(0);
    expect(a.lock(fdA, exclusive)).toBe(0);
  });

  test('is shared by readers; who wants it alone gives it up and waits', () => {
    const { a, b, fdA, fdB } = setUp();
    expect(a.lock(fdA, shared)).toBe(0);
    expect(b.lock(fdB, shared)).toBe(0);
    const waiting = later(a.lock(fdA, { ...exclusive, wait: true }));
    expect(b.lock(fdB, exclusive)).toBe(0);
    expect(waiting.possible()).toBe(false);
  });
});

describe('fcntl', () => {
  test('locks parts of a file, for a process', () => {
    const { a, b, fdA, fdB, open } = setUp();
    expect(a.lock(fdA, request('exclusive', { start: 10, end: 20 }))).toBe(0);
    expect(a.lock(open(a), request('exclusive', { start: 10, end: 20 }))).toBe(0);
    expect(b.lock(fdB, request('shared', { start: 19, end: 30 }))).toEqual(fail('EAGAIN'));
    expect(b.lock(fdB, request('shared', { start: 20 }))).toBe(0);
    expect(a.lock(fdA, request('exclusive'))).toEqual(fail('EAGAIN'));
    expect(a.lock(fdA, request('shared'))).toBe(0);
  });

  test('unlocks the middle of what is locked', () => {
    const { a, b, fdA, fdB } = setUp();
    now(a.lock(fdA, request('exclusive')));
    expect(a.lock(fdA, request('unlock', { start: 10, end: 20 }))).toBe(0);
    expect(b.lock(fdB, request('exclusive', { start: 10, end: 20 }))).toBe(0);
    expect(b.lock(fdB, request('exclusive', { start: 9, end: 10 }))).toEqual(fail('EAGAIN'));
    expect(b.lock(fdB, request('exclusive', { start: 20, end: 21 }))).toEqual(fail('EAGAIN'));
  });

  test('is gone when its process closes any descriptor of the file, or ends; a child has none', () => {
    const { files, a, b, fdA, fdB, open } = setUp();
    now(a.lock(fdA, request('exclusive')));
    const waiting = later(b.lock(fdB, request('exclusive', { wait: true })));
    files.fork(44).end();
    expect(waiting.possible()).toBe(false);
    a.close(open(a, O.RDONLY));
    expect(waiting.possible()).toBe(true);
    now(a.lock(fdA, request('exclusive')));
    expect(waiting.possible()).toBe(false);
    files.end();
    expect(waiting.complete()).toBe(0);
  });

  test('needs a file that can be read or written so, and a range', () => {
    const { a, open } = setUp();
    const read = open(a, O.RDONLY);
    const write = open(a, O.WRONLY);
    expect(a.lock(read, request('exclusive'))).toEqual(fail('EBADF'));
    expect(a.lock(write, request('shared'))).toEqual(fail('EBADF'));
    expect(a.lock(99, request('shared'))).toEqual(fail('EBADF'));
    expect(a.lock(0, request('shared'))).toEqual(fail('EINVAL'));
    for (const range of [{ start: -1 }, { start: 5, end: 5 }, { start: Number.NaN }, { start: 0, end: Number.NaN }])
      expect(a.lock(read, request('shared', range))).toEqual(fail('EINVAL'));
  });

  test('does not see flock, nor flock it', () => {
    const { a, b, fdA, fdB } = setUp();
    expect(a.lock(fdA, request('exclusive'))).toBe(0);
    expect(b.lock(fdB, request('exclusive', { whole: true }))).toBe(0);
  });

  test('is one of a bounded number', () => {
    const { a, fdA } = setUp();
    let made = 0;
    while (made < 20_000 && !isFailed(a.lock(fdA, request('shared', { start: 2 * made, end: 2 * made + 1 })))) made++;
    expect(made).toBe(2_000);
    expect(a.lock(fdA, request('shared', { start: 50_000 }))).toEqual(fail('ENOLCK'));
    expect(a.lock(fdA, request('unlock'))).toBe(0);
    expect(a.lock(fdA, request('shared', { start: 50_000 }))).toBe(0);
  });
});
