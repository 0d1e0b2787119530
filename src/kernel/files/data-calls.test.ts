/** Bytes in files and devices, and waiting for them. */
import { describe, expect, test } from 'vitest';
import { boot, bytesOf, later, newSystem, now, textOf } from './sample-machine.ts';
import { O, POLL } from './types.ts';

const fail = (errno: string) => ({ errno });

function setUp() {
  const { calls } = boot(newSystem({ file: 'abcdef' }));
  return { calls, open: (path: string, flags: number) => now(calls.open(null, path, flags, 0o666)) };
}

describe('regular files', () => {
  test('are read to their end, from where one stands or from anywhere', () => {
    const { calls, open } = setUp();
    const fd = open('file', O.RDONLY);
    expect(textOf(now(calls.read(fd, 4, null)))).toBe('abcd');
    expect(textOf(now(calls.read(fd, 2, 1)))).toBe('bc');
    expect(calls.available(fd)).toBe(2);
    expect(textOf(now(calls.read(fd, 1e12, null)))).toBe('ef');
    expect(textOf(now(calls.read(fd, 4, null)))).toBe('');
    for (const size of [-1, Number.NaN]) expect(calls.read(fd, size, null)).toEqual(fail('EINVAL'));
    for (const offset of [-1, 0.5, Number.NaN, 2 ** 60]) expect(calls.read(fd, 1, offset)).toEqual(fail('EINVAL'));
  });

  test('are read and written only as they were opened', () => {
    const { calls, open } = setUp();
    expect(calls.write(open('file', O.RDONLY), bytesOf('x'), null)).toEqual(fail('EBADF'));
    expect(calls.read(open('file', O.WRONLY), 1, null)).toEqual(fail('EBADF'));
    expect(calls.read(99, 1, null)).toEqual(fail('EBADF'));
    expect(calls.write(-1, bytesOf('x'), null)).toEqual(fail('EBADF'));
  });

  test('have zeros where nothing was written', () => {
    const { calls, open } = setUp();
    const fd = open('file', O.RDWR);
    expect(calls.seek(fd, 2, 2)).toBe(8);
    now(calls.write(fd, bytesOf('z'), null));
    expect(textOf(now(calls.read(fd, 99, 0)))).toBe('abcdef\0\0z');
    expect(calls.truncateOpen(fd, 3)).toBe(0);
    expect(calls.truncateOpen(fd, 5)).toBe(0);
    expect(textOf(now(calls.read(fd, 99, 0)))).toBe('abc\0\0');
    expect(calls.seek(fd, 100, 0)).toBe(100);
    expect(now(calls.read(fd, 1, null))).toHaveLength(0);
  });

  test('opened to append are written at the end, wherever that is', () => {
    const { calls, open } = setUp();
    const end = open('file', O.RDWR | O.APPEND);
    const other = open('file', O.WRONLY | O.APPEND);
    now(calls.write(end, bytesOf('1'), null));
    now(calls.write(other, bytesOf('2'), null));
    now(calls.write(end, bytesOf('3'), null));
    expect(textOf(now(calls.read(end, 99, 0)))).toBe('abcdef123');
    expect(calls.seek(end, 0, 1)).toBe(9);
  });

  test('know where one stands, and refuse to stand nowhere', () => {
    const { calls, open } = setUp();
    const fd = open('file', O.RDONLY);
    expect(calls.seek(fd, 4, 0)).toBe(4);
    expect(calls.seek(fd, -3, 1)).toBe(1);
    expect(calls.seek(fd, -1, 2)).toBe(5);
    expect(calls.seek(fd, -9, 2)).toEqual(fail('EINVAL'));
    expect(calls.seek(fd, Number.NaN, 0)).toEqual(fail('EINVAL'));
    expect(calls.seek(fd, 0, 3)).toEqual(fail('EINVAL'));
    expect(calls.seek(0, 0, 0)).toEqual(fail('ESPIPE'));
    expect(calls.truncateOpen(fd, 1)).toEqual(fail('EINVAL'));
    expect(calls.truncate('file', -1)).toEqual(fail('EINVAL'));
    expect(calls.truncate('/tmp', 1)).toEqual(fail('EISDIR'));
  });

  test('grow line by line', () => {
    const { calls, open } = setUp();
    const fd = open('log', O.RDWR | O.CREAT);
    for (let line = 0; line < 3_000; line++) now(calls.write(fd, bytesOf(`${line}\n`), null));
    const text = textOf(now(calls.read(fd, 1e6, 0)));
    expect(text.split('\n')).toEqual([...Array(3_000).keys(), ''].map(String));
  });
});

describe('devices', () => {
  test('give and take', () => {
    const { calls, open } = setUp();
    const nothing = open('/dev/null', O.RDWR);
    expect(now(calls.read(nothing, 9, null))).toHaveLength(0);
    expect(calls.write(nothing, bytesOf('gone'), null)).toBe(4);
    expect(calls.seek(nothing, 7, 0)).toBe(0);
    expect(now(calls.read(open('/dev/zero', O.RDONLY), 3, null))).toEqual(new Uint8Array(3));
    expect(now(calls.read(open('/dev/zero', O.RDONLY), 1e12, null)).length).toBeLessThan(2e6);
    expect(now(calls.read(open('/dev/urandom', O.RDONLY), 2, null))).toEqual(Uint8Array.of(255, 255));
    expect(calls.write(open('/dev/full', O.WRONLY), bytesOf('x'), null)).toEqual(fail('ENOSPC'));
    expect(calls.open(null, '/dev/null', O.WRONLY | O.CREAT | O.TRUNC, 0o666)).toBeGreaterThan(2);
  });

  test('the terminal is waited for', () => {
    const { calls } = setUp();
    expect(later(calls.read(0, 9, null)).waiting).toEqual({ on: 'stdin' });
    expect(calls.write(1, bytesOf('shown'), null)).toBe(5);
    expect(calls.available(0)).toEqual(fail('ENOTTY'));
  });
});

describe('poll', () => {
  test('answers at once what holds, or that the time is over', () => {
    const { calls, open } = setUp();
    const fd = open('file', O.RDWR);
    const [read] = now(calls.pipe(0));
    const ask = (at: number, events: number) => [{ fd: at, events }];
    expect(calls.poll(ask(fd, POLL.IN | POLL.OUT), null)).toEqual([POLL.IN | POLL.OUT]);
    expect(calls.poll(ask(fd, POLL.OUT), null)).toEqual([POLL.OUT]);
    expect(calls.poll(ask(99, POLL.IN), null)).toEqual([POLL.NVAL]);
    expect(calls.poll([...ask(-1, POLL.IN), ...ask(fd, POLL.IN)], null)).toEqual([0, POLL.IN]);
    expect(calls.poll(ask(read, POLL.IN), 0)).toEqual([0]);
    expect(calls.poll([], 0)).toEqual([]);
    expect(calls.poll(Array(1_025).fill({ fd, events: 1 }), 0)).toEqual(fail('EINVAL'));
  });

  test('waits for the first of many', () => {
    const { calls } = setUp();
    const [a] = now(calls.pipe(0));
    const [b, toB] = now(calls.pipe(0));
    const questions = [a, b].map((fd) => ({ fd, events: POLL.IN }));
    const waiting = later(calls.poll(questions, 2.5));
    expect(waiting).toMatchObject({ timeout: 2.5, waiting: { on: 'poll', what: 'pipe 1, pipe 2' } });
    expect(waiting.possible()).toBe(false);
    expect(waiting.expired()).toEqual([0, 0]);
    now(calls.write(toB, bytesOf('x'), null));
    expect(waiting.possible()).toBe(true);
    expect(waiting.complete()).toEqual([0, POLL.IN]);
    const typed = later(calls.poll([...questions.slice(0, 1), { fd: 0, events: POLL.IN }], -1));
    expect(typed).toMatchObject({ timeout: null, waiting: { on: 'stdin' } });
    expect(later(calls.poll([], 1)).possible()).toBe(false);
  });
});
