/** The machine's files: the learner's folder and /tmp, put back before each run; the library, which nobody can change. */
import type { CPython } from './cpython.ts';
import { EPOCH, HOME } from './origin.ts';

const SCRATCH = [HOME, '/tmp'];
/** Emscripten's errno for "read-only file system" and "invalid argument". */
const EROFS = 69;
/** Everything in the machine was made at this moment (milliseconds): the host's clock is none of a program's business. */
const BORN = EPOCH * 1000;
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

/** The machine's files in one interpreter: `lay` puts them as a program must find them. */
export interface Files {
  lay(files: Readonly<Record<string, string | Uint8Array>>): void;
}

/**
 * Makes everything outside the learner's folder and /tmp immutable and removes the sources of chance that Emscripten
 * put into /dev. Once an instance.
 */
export function protect(py: CPython, randomByte: () => number): Files {
  const { FS } = py;
  const refuse = () => {
    throw new FS.ErrnoError(EROFS);
  };
  const seal = (path: string, deep: boolean) => {
    const { node } = FS.lookupPath(path);
    const changing = { setattr: refuse, mknod: refuse, rename: refuse, unlink: refuse, rmdir: refuse, symlink: refuse };
    node.node_ops = { ...node.node_ops, ...changing };
    node.atime = node.mtime = node.ctime = BORN;
    if (FS.isFile(node.mode)) {
      // Below Python too: opened for writing, a file of the library is not there.
      node.mode &= ~0o222;
      node.stream_ops = { ...node.stream_ops, write: refuse, allocate: refuse, mmap: refuse, msync: refuse };
    }
    if (deep && FS.isDir(node.mode)) for (const name of entries(py, path)) seal(`${path}/${name}`, true);
  };
  // Nobody's terminal: `input()` must read through sys.stdin, where a thread can wait.
  for (const fd of [0, 1, 2]) FS.getStream(fd).tty = null;
  for (const device of ['/dev/random', '/dev/urandom']) {
    if (FS.analyzePath(device).exists) FS.unlink(device);
    FS.createDevice('/dev', device.slice(5), randomByte);
  }
  for (const name of entries(py, '/'))
    if (!['lib', 'dev', 'proc', 'home', 'tmp'].includes(name)) remove(py, `/${name}`);
  for (const folder of SCRATCH) FS.mkdirTree(folder);
  for (const name of entries(py, '/dev')) {
    const { node } = FS.lookupPath(`/dev/${name}`, { follow: false });
    node.atime = node.mtime = node.ctime = BORN;
  }
  for (const path of ['/', '/home', '/dev', '/proc']) seal(path, false);
  seal('/lib', true);
  const standard = [0, 1, 2].map((fd) => FS.streams[fd]);
  const firstInode = FS.nextInode;
  return {
    lay(files) {
      for (const stream of [...FS.streams]) if (stream && !standard.includes(stream)) FS.close(stream);
      FS.streams.length = 0;
      FS.streams.push(...standard);
      standard.forEach((stream, fd) => {
        stream.fd = fd;
      });
      for (const folder of SCRATCH) {
        const { node } = FS.lookupPath(folder);
        node.mode = (node.mode & ~0o7777) | 0o777;
        for (const name of entries(py, folder)) remove(py, `${folder}/${name}`);
        node.atime = node.mtime = node.ctime = BORN;
      }
      // A file's number must not tell how many programs ran before this one.
      FS.nextInode = firstInode;
      FS.chdir(HOME);
      write(py, files);
    },
  };
}

function write(py: CPython, files: Readonly<Record<string, string | Uint8Array>>): void {
  const { FS } = py;
  let total = 0;
  for (const [path, contents] of Object.entries(files)) {
    checkPath(path);
    total += contents.length;
    if (total > MOST_BYTES) throw new BadPath('the program is larger than 32 MB');
    const at = path.lastIndexOf('/');
    if (at > 0) FS.mkdirTree(`${HOME}/${path.slice(0, at)}`);
    try {
      FS.writeFile(`${HOME}/${path}`, contents);
    } catch {
      throw new BadPath(`"${path}" cannot be both a file and a folder`);
    }
  }
}

function entries(py: CPython, folder: string): string[] {
  return py.FS.readdir(folder).filter((name: string) => name !== '.' && name !== '..');
}

function remove(py: CPython, path: string): void {
  const { FS } = py;
  const { node } = FS.lookupPath(path, { follow: false });
  if (!FS.isDir(node.mode)) {
    FS.unlink(path);
    return;
  }
  node.mode |= 0o777;
  for (const name of entries(py, path)) remove(py, `${path}/${name}`);
  FS.rmdir(path);
}
