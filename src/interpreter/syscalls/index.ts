/** The C library's system calls on files, by the names of the imports through which WebAssembly makes them. */
import type { FileCalls } from '../../kernel/files/types.ts';
import { type Calls, type Handler, handler, type Machine } from './calls.ts';
import { descriptors } from './descriptors.ts';
import { folders } from './folders.ts';
import { type Mappings, mapping } from './mapping.ts';
import type { Memory } from './memory.ts';
import { opening } from './opening.ts';
import { polling } from './polling.ts';
import { readingAndWriting } from './reading-writing.ts';
import { status } from './status.ts';
import type { Signature } from './suspendable.ts';
import { terminals } from './terminals.ts';

export type { Handler, Waiting } from './calls.ts';
export type { Mapping, Mappings } from './mapping.ts';

/** Calls that may have to wait, and how the WebAssembly calls them. All others are answered at once. */
export const BLOCKING: Readonly<Record<string, Signature>> = {
  fd_read: 'iiii',
  fd_write: 'iiii',
  fd_pread: 'iiiji',
  fd_pwrite: 'iiiji',
  __syscall_openat: 'iiii',
  __syscall_fcntl64: 'iii',
  __syscall_poll: 'iii',
};

/** Nobody else sees what is written to a mapping. */
const PRIVATE: Mappings = { known: () => 0, mapped: () => 0, unmapped: () => 0, synchronised: () => 0 };

/** All handlers; `files` are the calls of the process that runs, `now` is its clock: seconds since 1970. */
export function syscalls(
  memory: Memory,
  files: () => FileCalls,
  now: () => number,
  mappings: Mappings = PRIVATE,
): Record<string, Handler> {
  const machine: Machine = { memory, files, now };
  const calls: Calls = {
    ...readingAndWriting(machine),
    ...opening(machine),
    ...status(machine),
    ...folders(machine),
    ...descriptors(machine),
    ...terminals(machine),
    ...polling(machine),
    ...mapping(machine, mappings),
  };
  return Object.fromEntries(
    // WASI's calls answer an error's number, Linux's minus that.
    Object.entries(calls).map(([name, call]) => [name, handler(call, name.startsWith('fd_') ? 1 : -1)]),
  );
}
