/** The C library's system calls on files, by the names of the imports through which WebAssembly makes them. */
import type { FileCalls } from '../../kernel/files/types.ts';
import type { SocketCalls } from '../../kernel/sockets/types.ts';
import { type Calls, type Handler, handler, type Machine } from './calls.ts';
import { descriptors } from './descriptors.ts';
import { folders } from './folders.ts';
import { type Mappings, mapping } from './mapping.ts';
import type { Memory } from './memory.ts';
import { opening } from './opening.ts';
import { polling } from './polling.ts';
import { readingAndWriting } from './reading-writing.ts';
import type { SocketNames } from './socket-names.ts';
import { sockets } from './sockets.ts';
import { status } from './status.ts';
import { terminals } from './terminals.ts';

export type { Handler, Waiting } from './calls.ts';
export type { Mapping, Mappings } from './mapping.ts';
export { SIGNATURES } from './signatures.ts';

/** What the calls are answered by: the process that runs, and its machine. */
export interface Surroundings {
  files(): FileCalls;
  sockets(): SocketCalls;
  names(): SocketNames;
  /** Seconds since 1970. */
  now(): number;
  readonly mappings: Mappings;
}

/** All handlers. */
export function syscalls(memory: Memory, around: Surroundings): Record<string, Handler> {
  const machine: Machine = { memory, files: () => around.files(), now: () => around.now() };
  const calls: Calls = {
    ...readingAndWriting(machine),
    ...opening(machine),
    ...status(machine),
    ...folders(machine),
    ...descriptors(machine),
    ...terminals(machine),
    ...polling(machine),
    ...mapping(machine, around.mappings),
    ...sockets({ memory, sockets: () => around.sockets(), names: () => around.names() }),
  };
  return Object.fromEntries(
    // WASI's calls answer an error's number, Linux's minus that.
    Object.entries(calls).map(([name, call]) => [name, handler(call, name.startsWith('fd_') ? 1 : -1)]),
  );
}
