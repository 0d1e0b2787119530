/** The words of the file system: what a file is, what a descriptor refers to, and the calls that a process can make. */
import type { Failed } from '../errno.ts';
import type { Answered, WaitQueue } from '../later.ts';
import type { WaitsFor } from '../types.ts';

/** Number of an open file in its process. */
export type Fd = number;

/** Flags of `open` and `fcntl(F_SETFL)`: Linux's numbers, which Emscripten's C library shares. */
export const O = {
  RDONLY: 0,
  WRONLY: 1,
  RDWR: 2,
  ACCMODE: 3,
  CREAT: 0o100,
  EXCL: 0o200,
  TRUNC: 0o1000,
  APPEND: 0o2000,
  NONBLOCK: 0o4000,
  DIRECTORY: 0o200000,
  NOFOLLOW: 0o400000,
  CLOEXEC: 0o2000000,
} as const;

/** What `poll` asks and answers: Linux's bits. */
export const POLL = { IN: 1, PRI: 2, OUT: 4, ERR: 8, HUP: 16, NVAL: 32, RDHUP: 0x2000 } as const;

export type FileKind = 'file' | 'folder' | 'link' | 'device' | 'fifo' | 'socket';

export interface Stat {
  readonly kind: FileKind;
  readonly inode: number;
  /** Permission bits without the kind. */
  readonly mode: number;
  readonly links: number;
  /** 0 root, 1000 the learner; group alike. */
  readonly owner: number;
  readonly size: number;
  /** Seconds since 1970. */
  readonly accessed: number;
  readonly modified: number;
  readonly changed: number;
}

export interface Entry {
  readonly name: string;
  readonly kind: FileKind;
  readonly inode: number;
}

/**
 * What descriptors refer to: one `open`, `pipe` or `socket`. Shared by what `dup`, `fork` and a child's inheritance made
 * of it, with its offset. A call that could wait is asked `poll` first, and made when it need not.
 */
export interface OpenFile {
  /** `O`'s bits: access mode, APPEND, NONBLOCK. */
  flags: number;
  /** Changes whenever `poll` may answer otherwise. */
  readonly changes: WaitQueue;
  /** For deadlock reports: what somebody waits for who waits for it: `pipe 3`, `the terminal`. */
  readonly name: string;
  /** What somebody waits for who waits to read it, if that has a word of its own. */
  readonly waitsFor?: WaitsFor;
  readonly terminal?: boolean;
  stat(): Stat;
  /** POLL's bits that hold now. */
  poll(): number;
  /** Whether a read or write of so many bytes would be answered at once, where `poll` is not the exact answer. */
  ready?(how: 'read' | 'write', size: number): boolean;
  /** A number that grows when something comes that can be read, though there was something before. */
  arrived?(): number;
  /** Bytes that could be read now, if that can be said (FIONREAD). */
  available?(): number;
  /** At most `size` bytes from `offset` (null: the file's own, which moves); none: its end. */
  read(size: number, offset: number | null): Uint8Array | Failed;
  /** How many bytes were taken: at least one, unless there are none. */
  write(bytes: Uint8Array, offset: number | null): number | Failed;
  /** The last descriptor of it is gone. */
  close(): void;
}

/** One question of `poll`. */
export interface Polled {
  readonly fd: Fd;
  readonly events: number;
}

/** fcntl's record lock and flock alike; `whole` is flock's, which belongs to the open file and not to the process. */
export interface LockRequest {
  readonly kind: 'shared' | 'exclusive' | 'unlock';
  readonly wait: boolean;
  readonly whole: boolean;
  /** Bytes [start, end); end null: to the end of the file and beyond. Ignored if `whole`. */
  readonly start: number;
  readonly end: number | null;
}

/**
 * The calls on files that one process makes: all in the words of POSIX, with Linux's errors. `at` is a folder's
 * descriptor, or null: the working directory.
 */
export interface FileCalls {
  /** Waits only for the other end of a fifo. */
  open(at: Fd | null, path: string, flags: number, mode: number): Answered<Fd>;
  close(fd: Fd): 0 | Failed;
  read(fd: Fd, size: number, offset: number | null): Answered<Uint8Array>;
  /** As Linux: to a pipe that waits, all of it is written; EPIPE when nobody can read any more. */
  write(fd: Fd, bytes: Uint8Array, offset: number | null): Answered<number>;
  /** whence 0 start, 1 current, 2 end. Answers the new offset. */
  seek(fd: Fd, offset: number, whence: number): number | Failed;
  stat(at: Fd | null, path: string, follow: boolean): Stat | Failed;
  statOpen(fd: Fd): Stat | Failed;
  /** Folder entries from the open folder's own position on, at most `most`; moves it. Begins with `.` and `..`. */
  list(fd: Fd, most: number): readonly Entry[] | Failed;
  truncate(path: string, size: number): 0 | Failed;
  truncateOpen(fd: Fd, size: number): 0 | Failed;
  makeFolder(at: Fd | null, path: string, mode: number): 0 | Failed;
  makeFifo(at: Fd | null, path: string, mode: number): 0 | Failed;
  /** `folder`: as rmdir does. */
  remove(at: Fd | null, path: string, folder: boolean): 0 | Failed;
  rename(at: Fd | null, from: string, to: Fd | null, path: string): 0 | Failed;
  link(at: Fd | null, from: string, to: Fd | null, path: string): 0 | Failed;
  symlink(target: string, at: Fd | null, path: string): 0 | Failed;
  readLink(at: Fd | null, path: string): string | Failed;
  /** `bits`: R 4, W 2, X 1, or 0: whether it exists. */
  access(at: Fd | null, path: string, bits: number): 0 | Failed;
  setMode(at: Fd | null, path: string, mode: number, follow: boolean): 0 | Failed;
  setModeOpen(fd: Fd, mode: number): 0 | Failed;
  /** Seconds since 1970; null: leave it. `path` null: the open file `at` itself. */
  setTimes(at: Fd | null, path: string | null, accessed: number | null, modified: number | null): 0 | Failed;
  changeFolder(path: string): 0 | Failed;
  changeFolderOpen(fd: Fd): 0 | Failed;
  currentFolder(): string | Failed;
  setMask(mask: number): number;
  /** The lowest free number from `least` on. */
  duplicate(fd: Fd, least: number, closeOnExec: boolean): Fd | Failed;
  duplicateTo(fd: Fd, to: Fd, closeOnExec: boolean): Fd | Failed;
  /** [to read from, to write to]. */
  pipe(flags: number): readonly [Fd, Fd] | Failed;
  flags(fd: Fd): number | Failed;
  setFlags(fd: Fd, flags: number): 0 | Failed;
  closeOnExec(fd: Fd): boolean | Failed;
  setCloseOnExec(fd: Fd, on: boolean): 0 | Failed;
  /** How many bytes a pipe holds (F_GETPIPE_SZ); with a size, after it was changed to at least that (F_SETPIPE_SZ). */
  pipeSize(fd: Fd, size: number | null): number | Failed;
  /** Bytes that could be read now (FIONREAD). */
  available(fd: Fd): number | Failed;
  isTerminal(fd: Fd): boolean | Failed;
  lock(fd: Fd, request: LockRequest): Answered<0>;
  /** For each question the bits that hold; waits until one does, `timeout` seconds (null: for ever). */
  poll(questions: readonly Polled[], timeout: number | null): Answered<readonly number[]>;
  /** `closeOnExec` is all that can be said of a new one. */
  epoll(closeOnExec: boolean): Fd | Failed;
  /** CONTROL's operations, EPOLL's and POLL's bits. */
  epollControl(fd: Fd, operation: number, target: Fd, events: number): 0 | Failed;
  /** Pairs, one after the other, of a number and the bits that hold: at most so many. Waits as `poll` does. */
  epollWait(fd: Fd, most: number, timeout: number | null): Answered<readonly number[]>;
}
