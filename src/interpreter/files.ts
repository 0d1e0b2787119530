/** The machine's files: the learner's folder and /tmp, put back before each run; the library, which nobody can change. */
import type { CPython } from './cpython.ts';

export const HOME = '/home/learner';
const SCRATCH = [HOME, '/tmp'];
/** Emscripten's errno for "read-only file system" and "invalid argument". */
const EROFS = 69;
/** All program files together; more is somebody's mistake or attack. */
export const MOST_BYTES = 32 * 1024 * 1024;

/** A path that a program's file may not have. The message is for the reader. */
export class BadPath extends Error {}

/** Throws BadPath unless `path` is relative, normal and inside the learner's folder. */
export function checkPath(path: string): void {
  const parts = path.split('/');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is being refused
  const odd = path === '' || path.length > 255 || /[\0-\x1f\\]/.test(path);
  if (odd || parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new BadPath(`"${path.slice(0, 80)}" is not a path inside the program's folder`);
  }
}

/** Makes /lib immutable and removes the sources of chance that Emscripten put into /dev. Once an instance. */
export function protect(py: CPython, randomByte: () => number): void {
  const { FS } = py;
  const refuse = () => {
    throw new FS.ErrnoError(EROFS);
  };
  const seal = (path: string) => {
    const node = FS.lookupPath(path).node;
    const changing = { setattr: refuse, mknod: refuse, rename: refuse, unlink: refuse, rmdir: refuse, symlink: refuse };
    node.node_ops = { ...node.node_ops, ...changing };
    node.stream_ops = { ...node.stream_ops, write: refuse, allocate: refuse, mmap: refuse };
    if (FS.isDir(node.mode)) {
      for (const name of FS.readdir(path)) if (name !== '.' && name !== '..') seal(`${path}/${name}`);
    }
  };
  seal('/lib');
  // Nobody's terminal: `input()` must read through sys.stdin, where a thread can wait.
  for (const fd of [0, 1, 2]) FS.getStream(fd).tty = null;
  for (const device of ['/dev/random', '/dev/urandom']) {
    if (FS.analyzePath(device).exists) FS.unlink(device);
    FS.createDevice('/dev', device.slice(5), randomByte);
  }
}

/** Closes what the last run left open, empties the scratch folders and writes the program's files. */
export function lay(py: CPython, files: Readonly<Record<string, string | Uint8Array>>): void {
  const { FS } = py;
  FS.chdir('/');
  for (const stream of FS.streams) if (stream && stream.fd > 2) FS.close(stream);
  for (const name of FS.readdir('/')) {
    if (!['.', '..', 'lib', 'dev', 'proc', 'home', 'tmp'].includes(name)) remove(py, `/${name}`);
  }
  for (const folder of SCRATCH) {
    if (FS.analyzePath(folder).exists) remove(py, folder);
    FS.mkdirTree(folder);
  }
  FS.chdir(HOME);
  let total = 0;
  for (const [path, contents] of Object.entries(files)) {
    checkPath(path);
    total += contents.length;
    if (total > MOST_BYTES) throw new BadPath('the program is larger than 32 MB');
    const at = path.lastIndexOf('/');
    if (at > 0) FS.mkdirTree(`${HOME}/${path.slice(0, at)}`);
    FS.writeFile(`${HOME}/${path}`, contents);
  }
}

function remove(py: CPython, path: string): void {
  const { FS } = py;
  const { mode } = FS.lstat(path);
  if (!FS.isDir(mode)) {
    FS.unlink(path);
    return;
  }
  FS.chmod(path, 0o777);
  for (const name of FS.readdir(path)) if (name !== '.' && name !== '..') remove(py, `${path}/${name}`);
  FS.rmdir(path);
}
