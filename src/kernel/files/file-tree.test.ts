/** The tree of a run: the image below it, paths, bounds, and that runs do not see each other. */
import { describe, expect, test } from 'vitest';
import { readAt } from './contents.ts';
import { pathOf, resolve } from './paths.ts';
import { MOST_BYTES, MOST_NAMES } from './room.ts';
import { BORN, base, boot, bytesOf, newSystem, now, textOf } from './sample-machine.ts';
import { O } from './types.ts';
import { utf8Length } from './utf8.ts';

const { tree } = newSystem({ 'main.py': 'print()', 'pack/mod.py': bytesOf('x = 1') });
const at = (path: string, follow: 'all' | 'none' = 'all') => {
  const inode = tree.lookup(path, tree.home, follow);
  return 'errno' in inode ? inode.errno : inode.kind;
};

describe('paths', () => {
  test.each([
    ['main.py', 'file'],
    ['/home/learner/main.py', 'file'],
    ['./pack/../main.py', 'file'],
    ['pack', 'folder'],
    ['pack/', 'folder'],
    ['/', 'folder'],
    ['/..', 'folder'],
    ['//lib//library.zip', 'file'],
    ['../../tmp', 'folder'],
    ['/bin/dir', 'file'],
    ['/dev/null', 'device'],
    ['', 'ENOENT'],
    ['nothing', 'ENOENT'],
    ['nothing/more', 'ENOENT'],
    ['main.py/', 'ENOTDIR'],
    ['main.py/x', 'ENOTDIR'],
    ['main.py/..', 'ENOTDIR'],
    ['a\0b', 'ENOENT'],
    ['x'.repeat(255), 'ENOENT'],
    ['x'.repeat(256), 'ENAMETOOLONG'],
    ['é'.repeat(128), 'ENAMETOOLONG'],
    ['./'.repeat(2047), 'folder'],
    ['./'.repeat(2048), 'ENAMETOOLONG'],
  ])('%s is %s', (path, kind) => {
    expect(at(path)).toBe(kind);
  });

  test('a link is followed in the middle, and at the end only when asked', () => {
    expect(at('/bin/dir', 'none')).toBe('link');
    expect(resolve(tree, tree.home, '/bin/dir', 'all')).toMatchObject({ name: 'ls' });
  });

  test('a folder knows its path', () => {
    expect(pathOf(tree.home)).toBe('/home/learner');
    expect(pathOf(tree.root)).toBe('/');
  });

  test('bytes are counted as UTF-8 has them', () => {
    for (const text of ['', 'abc', 'é', '漢', '🐍', 'a🐍é漢']) {
      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
    }
  });
});

describe('runs', () => {
  test('do not see each other, and number their inodes alike', () => {
    const numbers = [1, 2].map(() => {
      const { calls } = boot(newSystem({ 'main.py': 'x' }));
      expect(calls.stat(null, 'made', true)).toEqual({ errno: 'ENOENT' });
      const fd = now(calls.open(null, 'made', O.WRONLY | O.CREAT, 0o666));
      now(calls.write(fd, bytesOf('more'), null));
      now(calls.pipe(0));
      calls.makeFolder(null, '/tmp/here', 0o777);
      return ['main.py', 'made', '/tmp/here', '/lib/library.zip'].map(
        (path) => now(calls.stat(null, path, true)).inode,
      );
    });
    expect(numbers[0]).toEqual(numbers[1]);
    expect(new Set(numbers[0]).size).toBe(4);
  });

  test('begin with files as old as the machine', () => {
    const { calls } = boot(newSystem({ 'a/b.py': 'x' }));
    for (const path of ['a', 'a/b.py', '/lib', '/tmp'])
      expect(calls.stat(null, path, true)).toMatchObject({ accessed: BORN, modified: BORN, changed: BORN });
  });

  test("never change the program's bytes, nor the image's", () => {
    const bytes = bytesOf('before');
    const { calls } = boot(newSystem({ data: bytes }));
    const fd = now(calls.open(null, 'data', O.RDWR, 0));
    now(calls.write(fd, bytesOf('AFTER'), null));
    expect(textOf(now(calls.read(fd, 9, 0)))).toBe('AFTERe');
    expect(textOf(bytes)).toBe('before');
    const library = now(calls.open(null, '/lib/library.zip', O.RDONLY, 0));
    now(calls.read(library, 3, null)).fill(0);
    expect(textOf(now(calls.read(library, 7, 0)))).toBe('library');
  });

  test('cannot change the image in any way', () => {
    const { calls } = boot();
    const readOnly = { errno: 'EROFS' };
    expect(calls.open(null, '/lib/library.zip', O.WRONLY, 0)).toEqual(readOnly);
    expect(calls.open(null, '/lib/library.zip', O.RDONLY | O.TRUNC, 0)).toEqual(readOnly);
    expect(calls.open(null, '/lib/new', O.WRONLY | O.CREAT, 0o666)).toEqual(readOnly);
    expect(calls.truncate('/lib/library.zip', 0)).toEqual(readOnly);
    expect(calls.remove(null, '/lib/library.zip', false)).toEqual(readOnly);
    expect(calls.remove(null, '/tmp', true)).toEqual(readOnly);
    expect(calls.rename(null, '/bin', null, '/tmp/bin')).toEqual(readOnly);
    expect(calls.rename(null, '/tmp', null, '/tmp2')).toEqual(readOnly);
    expect(calls.makeFolder(null, '/new', 0o777)).toEqual(readOnly);
    expect(calls.symlink('x', null, '/lib/x')).toEqual(readOnly);
    expect(calls.link(null, '/bin/ls', null, 'ls')).toEqual({ errno: 'EXDEV' });
    expect(calls.setMode(null, '/bin/ls', 0o777, true)).toEqual(readOnly);
    expect(calls.setTimes(null, '/bin/ls', 0, 0)).toEqual(readOnly);
    expect(calls.access(null, '/bin/ls', 2)).toEqual(readOnly);
    expect(calls.access(null, '/bin/ls', 5)).toBe(0);
    expect(calls.access(null, '/lib/library.zip', 1)).toEqual({ errno: 'EACCES' });
    expect(calls.makeFolder(null, '/lib', 0o777)).toEqual({ errno: 'EEXIST' });
    expect([...base.root.entries.keys()]).toEqual(['bin', 'usr', 'lib', 'etc', 'dev', 'proc', 'home', 'tmp']);
  });

  test('throw if a program has a path that is both a file and a folder', () => {
    expect(() => newSystem({ a: 'x', 'a/b': 'y' })).toThrow('both');
    expect(() => newSystem({ 'a/b': 'x', a: 'y' })).toThrow('both');
  });
});

describe('bounds', () => {
  test('bytes: the run is full at 64 MiB, and what is removed makes room', () => {
    const { calls } = boot(newSystem({ small: 'x' }));
    const fd = now(calls.open(null, 'large', O.RDWR | O.CREAT, 0o666));
    expect(calls.truncateOpen(fd, MOST_BYTES)).toEqual({ errno: 'ENOSPC' });
    expect(calls.truncateOpen(fd, MOST_BYTES - 1)).toBe(0);
    const other = now(calls.open(null, 'other', O.RDWR | O.CREAT, 0o666));
    expect(calls.write(other, bytesOf('x'), null)).toEqual({ errno: 'ENOSPC' });
    expect(calls.write(other, bytesOf('x'), 2 ** 52)).toEqual({ errno: 'ENOSPC' });
    expect(calls.symlink('x', null, 'link')).toEqual({ errno: 'ENOSPC' });
    calls.remove(null, 'large', false);
    expect(calls.write(other, bytesOf('x'), null)).toEqual({ errno: 'ENOSPC' });
    calls.close(fd);
    expect(calls.write(other, bytesOf('x'), null)).toBe(1);
  });

  test('names: hard links count too', () => {
    const { calls } = boot(newSystem({ file: 'x' }));
    for (let n = 1; n < MOST_NAMES; n++) expect(calls.link(null, 'file', null, `/tmp/${n}`)).toBe(0);
    expect(calls.makeFolder(null, 'd', 0o777)).toEqual({ errno: 'ENOSPC' });
    expect(calls.open(null, 'f', O.CREAT, 0o666)).toEqual({ errno: 'ENOSPC' });
    expect(calls.rename(null, 'file', null, 'renamed')).toBe(0);
    expect(calls.remove(null, '/tmp/7', false)).toBe(0);
    expect(calls.makeFolder(null, 'd', 0o777)).toBe(0);
  });
});

test('bytes past the end are none', () => {
  const file = tree.newFile(0o644);
  expect(readAt(file, 10, 5)).toHaveLength(0);
});
