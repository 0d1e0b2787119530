/** Descriptors: numbers, what they share, and what children get of them. */
import { describe, expect, test } from 'vitest';
import { isFailed } from '../errno.ts';
import { MOST_OPEN } from './descriptors.ts';
import { boot, bytesOf, newSystem, now, textOf } from './sample-machine.ts';
import { O } from './types.ts';

const fail = (errno: string) => ({ errno });

function setUp() {
  const system = newSystem({ file: 'abcdef' });
  const files = boot(system);
  return { system, files, calls: files.calls, fd: now(files.calls.open(null, 'file', O.RDWR, 0)) };
}

describe('numbers', () => {
  test('the lowest free one is taken', () => {
    const { calls, fd } = setUp();
    expect(fd).toBe(3);
    expect(calls.duplicate(fd, 0, false)).toBe(4);
    expect(calls.duplicate(fd, 10, true)).toBe(10);
    expect(calls.closeOnExec(10)).toBe(true);
    calls.close(1);
    expect(calls.duplicate(fd, 0, false)).toBe(1);
    expect(calls.close(77)).toEqual(fail('EBADF'));
    expect(calls.duplicate(77, 0, false)).toEqual(fail('EBADF'));
    for (const least of [-1, MOST_OPEN, 0.5, Number.NaN])
      expect(calls.duplicate(fd, least, false)).toEqual(fail('EINVAL'));
  });

  test('dup2 closes what was there, and nothing if both are one', () => {
    const { calls, fd } = setUp();
    const [read, write] = now(calls.pipe(0));
    expect(calls.duplicateTo(fd, write, false)).toBe(write);
    expect(now(calls.read(read, 1, null))).toHaveLength(0);
    expect(calls.duplicateTo(fd, fd, false)).toBe(fd);
    for (const to of [-1, MOST_OPEN, 2 ** 31, 1.5]) expect(calls.duplicateTo(fd, to, false)).toEqual(fail('EBADF'));
    expect(calls.duplicateTo(77, 5, false)).toEqual(fail('EBADF'));
  });

  test('are at most 1,024', () => {
    const { calls, fd } = setUp();
    for (let n = fd + 1; n < MOST_OPEN - 1; n++) expect(calls.duplicate(fd, 0, false)).toBe(n);
    expect(calls.pipe(0)).toEqual(fail('EMFILE'));
    now(calls.duplicate(fd, 0, false));
    expect(calls.duplicate(fd, 0, false)).toEqual(fail('EMFILE'));
    expect(calls.open(null, 'new', O.CREAT, 0o666)).toEqual(fail('EMFILE'));
    expect(calls.stat(null, 'new', true)).toEqual(fail('ENOENT'));
    calls.close(500);
    expect(calls.open(null, 'file', O.RDONLY, 0)).toBe(500);
  });
});

describe('sharing', () => {
  test('duplicates have one offset and one set of flags, another open has its own', () => {
    const { calls, fd } = setUp();
    const twin = now(calls.duplicate(fd, 0, false));
    const own = now(calls.open(null, 'file', O.RDWR, 0));
    expect(textOf(now(calls.read(fd, 2, null)))).toBe('ab');
    expect(textOf(now(calls.read(twin, 2, null)))).toBe('cd');
    expect(textOf(now(calls.read(own, 2, null)))).toBe('ab');
    calls.setFlags(twin, O.APPEND | O.WRONLY | O.CREAT);
    expect(calls.flags(fd)).toBe(O.RDWR | O.APPEND);
    expect(calls.flags(own)).toBe(O.RDWR);
  });

  test('a forked child shares offsets, not numbers, folder or mask', () => {
    const { files, calls, fd } = setUp();
    const child = files.fork(43);
    now(calls.read(fd, 4, null));
    expect(textOf(now(child.calls.read(fd, 9, null)))).toBe('ef');
    child.calls.close(fd);
    child.calls.changeFolder('/tmp');
    child.calls.setMask(0);
    expect(calls.currentFolder()).toBe('/home/learner');
    expect(calls.setMask(0)).toBe(0o022);
    expect(calls.seek(fd, 0, 1)).toBe(6);
  });

  test('a pipe ends when the last process has closed it', () => {
    const { files, calls } = setUp();
    const [read, write] = now(calls.pipe(0));
    const child = files.fork(43);
    calls.close(write);
    expect('possible' in (calls.read(read, 1, null) as object)).toBe(true);
    child.end();
    expect(now(calls.read(read, 1, null))).toHaveLength(0);
  });

  test('exec closes what is to be closed', () => {
    const { files, calls, fd } = setUp();
    const other = now(calls.open(null, 'file', O.CLOEXEC, 0));
    calls.setCloseOnExec(0, true);
    files.exec();
    expect(calls.statOpen(other)).toEqual(fail('EBADF'));
    expect(calls.statOpen(0)).toEqual(fail('EBADF'));
    expect(calls.statOpen(fd)).toMatchObject({ size: 6 });
  });
});

describe('a child with a program of its own', () => {
  test('gets all that is not close-on-exec, or what was named', () => {
    const { files, calls, fd } = setUp();
    const hidden = now(calls.open(null, 'file', O.CLOEXEC, 0));
    const all = files.spawn(43, { folder: null, moved: [], inherited: 'all' });
    const some = files.spawn(44, { folder: '/tmp', moved: [[fd, 1]], inherited: [hidden] });
    if (isFailed(all) || isFailed(some)) throw new Error('refused');
    expect(all.descriptors.numbers).toEqual([0, 1, 2, fd]);
    expect(some.descriptors.numbers).toEqual([0, 1, 2, hidden]);
    expect(some.calls.closeOnExec(hidden)).toBe(false);
    now(some.calls.write(1, bytesOf('AB'), null));
    expect(textOf(now(calls.read(fd, 9, null)))).toBe('cdef');
    expect(some.calls.currentFolder()).toBe('/tmp');
  });

  test('numbers may change places', () => {
    const { files, calls, fd } = setUp();
    const [read, write] = now(calls.pipe(0));
    const child = files.spawn(43, {
      folder: null,
      moved: [
        [read, write],
        [write, read],
      ],
      inherited: [],
    });
    if (isFailed(child)) throw new Error('refused');
    now(child.calls.write(read, bytesOf('x'), null));
    expect(textOf(now(calls.read(read, 9, null)))).toBe('x');
    expect(child.calls.statOpen(fd)).toEqual(fail('EBADF'));
  });

  test('is refused where it cannot be', () => {
    const { files } = setUp();
    const ask = (folder: string | null, from: number) => files.spawn(43, { folder, moved: [[from, 0]], inherited: [] });
    expect(ask('none', 1)).toEqual(fail('ENOENT'));
    expect(ask('file', 1)).toEqual(fail('ENOTDIR'));
    expect(ask(null, 99)).toEqual(fail('EBADF'));
  });
});

test('calls tell what they look at and change', () => {
  const { system, calls, fd } = setUp();
  const { inode } = now(calls.statOpen(fd));
  system.touched.length = 0;
  now(calls.read(fd, 1, null));
  expect(new Set(system.touched)).toEqual(new Set(['looks at -42', `changes ${inode}`]));
  system.touched.length = 0;
  calls.remove(null, 'file', false);
  expect(system.touched).toEqual(['changes 0', `changes ${inode}`]);
  system.touched.length = 0;
  calls.close(fd);
  expect(system.touched).toContain('changes -42');
});
