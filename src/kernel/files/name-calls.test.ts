/** Names: made, moved, linked and removed by POSIX's rules. */
import { expect, test } from 'vitest';
import { boot, bytesOf, later, newSystem, now, textOf } from './sample-machine.ts';
import { O } from './types.ts';

const fail = (errno: string) => ({ errno });

function setUp() {
  const files = boot(newSystem({ file: 'one', other: 'two', 'full/inner': 'x' }));
  files.calls.makeFolder(null, 'empty', 0o777);
  return files.calls;
}

test('open makes, refuses and empties files as its flags say', () => {
  const calls = setUp();
  expect(calls.open(null, 'none', O.RDONLY, 0)).toEqual(fail('ENOENT'));
  expect(calls.open(null, 'file', O.CREAT | O.EXCL, 0o666)).toEqual(fail('EEXIST'));
  expect(calls.open(null, 'new/', O.CREAT, 0o666)).toEqual(fail('EISDIR'));
  expect(calls.open(null, 'empty', O.WRONLY, 0)).toEqual(fail('EISDIR'));
  expect(calls.open(null, 'empty', O.CREAT, 0)).toEqual(fail('EISDIR'));
  expect(calls.open(null, 'file', O.DIRECTORY, 0)).toEqual(fail('ENOTDIR'));
  expect(calls.open(null, 'file', O.ACCMODE, 0)).toEqual(fail('EINVAL'));
  expect(calls.open(99, 'file', O.RDONLY, 0)).toEqual(fail('EBADF'));
  const file = now(calls.open(null, 'file', O.RDWR | O.TRUNC, 0));
  expect(calls.statOpen(file)).toMatchObject({ size: 0 });
  expect(calls.open(file, 'other', O.RDONLY, 0)).toEqual(fail('ENOTDIR'));
  const folder = now(calls.open(null, 'full', O.RDONLY | O.DIRECTORY, 0));
  expect(textOf(now(calls.read(now(calls.open(folder, 'inner', O.RDONLY, 0)), 9, null)))).toBe('x');
});

test('a symbolic link is followed, or not, and made through', () => {
  const calls = setUp();
  expect(calls.symlink('file', null, 'link')).toBe(0);
  expect(calls.symlink('later', null, 'dangling')).toBe(0);
  expect(calls.readLink(null, 'link')).toBe('file');
  expect(calls.readLink(null, 'file')).toEqual(fail('EINVAL'));
  expect(calls.stat(null, 'link', false)).toMatchObject({ kind: 'link', size: 4 });
  expect(calls.stat(null, 'link', true)).toMatchObject({ kind: 'file', size: 3 });
  expect(calls.stat(null, 'dangling', true)).toEqual(fail('ENOENT'));
  expect(calls.open(null, 'link', O.NOFOLLOW, 0)).toEqual(fail('ELOOP'));
  expect(calls.open(null, 'dangling', O.CREAT | O.EXCL, 0o666)).toEqual(fail('EEXIST'));
  now(calls.open(null, 'dangling', O.CREAT, 0o666));
  expect(calls.stat(null, 'later', true)).toMatchObject({ kind: 'file' });
  calls.symlink('loop', null, 'loop');
  expect(calls.stat(null, 'loop', true)).toEqual(fail('ELOOP'));
  calls.symlink('full', null, 'way');
  expect(calls.stat(null, 'way/inner', true)).toMatchObject({ size: 1 });
  expect(calls.remove(null, 'way/', true)).toEqual(fail('ENOTDIR'));
  expect(calls.symlink('', null, 'x')).toEqual(fail('ENOENT'));
  expect(calls.symlink('x'.repeat(4096), null, 'x')).toEqual(fail('ENAMETOOLONG'));
});

test('forty links in a path, and no more', () => {
  const calls = setUp();
  calls.symlink('file', null, 'l1');
  for (let n = 2; n <= 41; n++) calls.symlink(`l${n - 1}`, null, `l${n}`);
  expect(calls.stat(null, 'l40', true)).toMatchObject({ kind: 'file' });
  expect(calls.stat(null, 'l41', true)).toEqual(fail('ELOOP'));
});

test('folders are made and removed', () => {
  const calls = setUp();
  expect(calls.makeFolder(null, 'empty', 0o777)).toEqual(fail('EEXIST'));
  expect(calls.makeFolder(null, 'a/b', 0o777)).toEqual(fail('ENOENT'));
  expect(calls.makeFolder(null, 'a/', 0o777)).toBe(0);
  expect(calls.makeFolder(null, '.', 0o777)).toEqual(fail('EEXIST'));
  expect(calls.stat(null, 'a', true)).toMatchObject({ mode: 0o755, links: 2 });
  expect(calls.stat(null, '.', true)).toMatchObject({ links: 5 });
  expect(calls.remove(null, 'full', true)).toEqual(fail('ENOTEMPTY'));
  expect(calls.remove(null, 'file', true)).toEqual(fail('ENOTDIR'));
  expect(calls.remove(null, 'empty', false)).toEqual(fail('EISDIR'));
  expect(calls.remove(null, 'a/.', true)).toEqual(fail('EINVAL'));
  expect(calls.remove(null, 'a/..', true)).toEqual(fail('ENOTEMPTY'));
  expect(calls.remove(null, '/', true)).toEqual(fail('EBUSY'));
  expect(calls.remove(null, 'none', true)).toEqual(fail('ENOENT'));
  expect(calls.remove(null, 'a', true)).toBe(0);
  expect(calls.stat(null, 'a', true)).toEqual(fail('ENOENT'));
});

test('a working folder that was removed is nowhere', () => {
  const calls = setUp();
  expect(calls.changeFolder('file')).toEqual(fail('ENOTDIR'));
  expect(calls.changeFolder('empty')).toBe(0);
  expect(calls.currentFolder()).toBe('/home/learner/empty');
  expect(calls.remove(null, '../empty', true)).toBe(0);
  expect(calls.currentFolder()).toEqual(fail('ENOENT'));
  expect(calls.open(null, 'x', O.CREAT, 0o666)).toEqual(fail('ENOENT'));
  const home = now(calls.open(null, '/home/learner', O.RDONLY, 0));
  expect(calls.changeFolderOpen(home)).toBe(0);
  expect(calls.currentFolder()).toBe('/home/learner');
});

test('rename replaces what may be replaced', () => {
  const calls = setUp();
  expect(calls.rename(null, 'file', null, 'other')).toBe(0);
  expect(calls.stat(null, 'file', true)).toEqual(fail('ENOENT'));
  expect(calls.stat(null, 'other', true)).toMatchObject({ size: 3 });
  expect(calls.rename(null, 'none', null, 'x')).toEqual(fail('ENOENT'));
  expect(calls.rename(null, 'other', null, 'empty')).toEqual(fail('EISDIR'));
  expect(calls.rename(null, 'other', null, 'x/')).toEqual(fail('ENOTDIR'));
  expect(calls.rename(null, 'empty', null, 'other')).toEqual(fail('ENOTDIR'));
  expect(calls.rename(null, 'empty', null, 'full')).toEqual(fail('ENOTEMPTY'));
  expect(calls.rename(null, 'full', null, 'full/deeper')).toEqual(fail('EINVAL'));
  expect(calls.rename(null, 'full/.', null, 'x')).toEqual(fail('EBUSY'));
  expect(calls.rename(null, 'full', null, 'empty')).toBe(0);
  expect(calls.stat(null, 'empty/inner', true)).toMatchObject({ size: 1 });
  expect(calls.rename(null, 'empty', null, '/tmp/moved/')).toBe(0);
  calls.changeFolder('/tmp/moved');
  expect(calls.currentFolder()).toBe('/tmp/moved');
  expect(calls.stat(null, '..', true)).toEqual(calls.stat(null, '/tmp', true));
});

test('a hard link is the same file under another name, and renaming one to the other does nothing', () => {
  const calls = setUp();
  expect(calls.link(null, 'file', null, 'twin')).toBe(0);
  expect(calls.link(null, 'full', null, 'x')).toEqual(fail('EPERM'));
  expect(calls.link(null, 'file', null, 'other')).toEqual(fail('EEXIST'));
  expect(calls.stat(null, 'file', true)).toMatchObject({ links: 2 });
  expect(calls.rename(null, 'file', null, 'twin')).toBe(0);
  expect(calls.stat(null, 'file', true)).toEqual(calls.stat(null, 'twin', true));
  calls.remove(null, 'file', false);
  expect(calls.stat(null, 'twin', true)).toMatchObject({ links: 1, size: 3 });
});

test('an unlinked file lives until it is closed', () => {
  const calls = setUp();
  const fd = now(calls.open(null, 'file', O.RDWR, 0));
  calls.remove(null, 'file', false);
  expect(calls.statOpen(fd)).toMatchObject({ links: 0, size: 3 });
  now(calls.write(fd, bytesOf('ONE and more'), null));
  expect(textOf(now(calls.read(fd, 99, 0)))).toBe('ONE and more');
});

test('permissions are the owner’s, under the umask', () => {
  const calls = setUp();
  expect(calls.setMask(0o077)).toBe(0o022);
  now(calls.open(null, 'secret', O.CREAT, 0o666));
  expect(calls.stat(null, 'secret', true)).toMatchObject({ mode: 0o600 });
  expect(calls.setMode(null, 'secret', 0o200, true)).toBe(0);
  expect(calls.open(null, 'secret', O.RDONLY, 0)).toEqual(fail('EACCES'));
  expect(calls.open(null, 'secret', O.RDWR, 0)).toEqual(fail('EACCES'));
  const fd = now(calls.open(null, 'secret', O.WRONLY, 0));
  expect(calls.setModeOpen(fd, 0o400)).toBe(0);
  expect(calls.open(null, 'secret', O.WRONLY, 0)).toEqual(fail('EACCES'));
  expect(calls.truncate('secret', 0)).toEqual(fail('EACCES'));
  expect(calls.write(fd, bytesOf('still'), null)).toBe(5);
  expect(calls.access(null, 'secret', 4)).toBe(0);
  expect(calls.access(null, 'secret', 1)).toEqual(fail('EACCES'));
  calls.setMode(null, 'full', 0o600, true);
  expect(calls.stat(null, 'full/inner', true)).toEqual(fail('EACCES'));
  expect(calls.changeFolder('full')).toEqual(fail('EACCES'));
  calls.setMode(null, 'full', 0o500, true);
  expect(calls.remove(null, 'full/inner', false)).toEqual(fail('EACCES'));
  expect(calls.makeFifo(null, 'full/fifo', 0o666)).toEqual(fail('EACCES'));
});

test('times are set, and move with what happens', () => {
  const calls = setUp();
  expect(calls.setTimes(null, 'file', 5, 7)).toBe(0);
  expect(calls.stat(null, 'file', true)).toMatchObject({ accessed: 5, modified: 7 });
  expect(calls.setTimes(null, 'file', Number.NaN, null)).toEqual(fail('EINVAL'));
  const fd = now(calls.open(null, 'file', O.RDWR, 0));
  now(calls.read(fd, 1, null));
  const read = now(calls.statOpen(fd));
  expect(read.accessed).toBeGreaterThan(7);
  now(calls.write(fd, bytesOf('x'), null));
  expect(now(calls.statOpen(fd)).modified).toBeGreaterThan(read.accessed);
  expect(calls.setTimes(fd, null, null, 9)).toBe(0);
  expect(calls.statOpen(fd)).toMatchObject({ modified: 9 });
});

test('a folder is listed in portions; what is removed meanwhile hides no other, what is added ends', () => {
  const calls = setUp();
  const fd = now(calls.open(null, '.', O.RDONLY, 0));
  const names = () => now(calls.list(fd, 2)).map(({ name }) => name);
  expect(names()).toEqual(['.', '..']);
  expect(names()).toEqual(['file', 'other']);
  calls.remove(null, 'file', false);
  expect(names()).toEqual(['full', 'empty']);
  expect(names()).toEqual([]);
  expect(calls.seek(fd, 3, 0)).toBe(3);
  expect(names()).toEqual(['full', 'empty']);
  calls.seek(fd, 0, 0);
  let rounds = 0;
  for (let found = names(); found.length > 0; found = names(), rounds++) calls.makeFolder(null, `more${rounds}`, 0o777);
  expect(rounds).toBeLessThan(10);
  expect(calls.list(0, 2)).toEqual(fail('ENOTDIR'));
  expect(calls.read(fd, 5, null)).toEqual(fail('EISDIR'));
});

test('open descriptors are files in /dev/fd', () => {
  const calls = setUp();
  const fd = now(calls.open(null, 'file', O.RDONLY, 0));
  now(calls.read(fd, 2, null));
  const again = now(calls.open(null, `/dev/fd/${fd}`, O.RDONLY, 0));
  expect(textOf(now(calls.read(again, 9, null)))).toBe('one');
  expect(calls.stat(null, `/proc/self/fd/${fd}`, true)).toEqual(calls.statOpen(fd));
  expect(calls.stat(null, '/dev/fd/77', true)).toEqual(fail('ENOENT'));
  const out = now(calls.open(null, '/dev/stdout', O.WRONLY, 0));
  expect(calls.isTerminal(out)).toBe(true);
  expect(calls.isTerminal(now(calls.open(null, '/dev/tty', O.RDWR, 0)))).toBe(true);
  expect(calls.isTerminal(fd)).toBe(false);
  const listing = now(calls.open(null, '/dev/fd', O.RDONLY, 0));
  expect(now(calls.list(listing, 99)).map(({ name }) => name)).toContain(`${again}`);
  const [, write] = now(calls.pipe(0));
  const twin = now(calls.open(null, `/dev/fd/${write}`, O.WRONLY, 0));
  expect(calls.statOpen(twin)).toEqual(calls.statOpen(write));
});

test('a link into a fifo waits as the fifo does', () => {
  const calls = setUp();
  calls.makeFifo(null, 'fifo', 0o666);
  calls.symlink('fifo', null, 'link');
  expect(later(calls.open(null, 'link', O.RDONLY, 0)).possible()).toBe(false);
});
