/** The words of the machine's commands: what a command is, and what it is given. */
import type { Failed } from '../kernel/errno.ts';
import type { FileCalls } from '../kernel/files/types.ts';
import type { Answered, Later } from '../kernel/later.ts';
import type { ProcessCalls, Program, Signal } from '../kernel/processes/types.ts';
import type { SocketCalls } from '../kernel/sockets/types.ts';

/**
 * Code that makes system calls. It yields what a call that others can see answers, be that final or a `Later`, and gets
 * the final answer back from the yield; where it computes for long without a call it yields null. So each yield is a
 * place where another process may go first, and no command runs for long without one.
 */
export type Calling<T> = Generator<unknown, T, unknown>;

/** What the virtual name server knows of one name. */
export interface NameRecord {
  /** The name that this one is only another name for. */
  readonly alias?: string;
  /** IPv4 and IPv6 addresses, as text. */
  readonly addresses: readonly string[];
  readonly mail?: readonly { readonly preference: number; readonly host: string }[];
}

/** The virtual DNS: the server's own address, and lower-case names without a final dot. */
export interface NameTable {
  readonly server: string;
  readonly records: ReadonlyMap<string, NameRecord>;
  /** In a world: the host that asks. */
  readonly host?: string;
}

/** What a command is given: the process that it is. */
export interface CommandProcess {
  readonly calls: FileCalls & ProcessCalls;
  /** Without this, what needs a network says that there is none. */
  readonly sockets?: SocketCalls;
  readonly argv: readonly string[];
  readonly names: NameTable;
  /** Seconds since 1970 when the kernel's clock stood at 0. */
  readonly epoch: number;
  /**
   * The oldest signal with the disposition `handle` that has come and has not been asked for; null: none. A call that
   * waits when one comes answers EINTR. Without this, `trap` knows EXIT only.
   */
  caught?(): Signal | null;
  /**
   * execve: the process becomes another program, and this generator is dropped at its next yield; or why not. Without
   * this, the shell starts a child instead and ends as it does.
   */
  execute?(program: Program): Failed | Later<never>;
}

/**
 * A small program that runs as a process of its own. It never throws because of what its user did: it writes to
 * descriptor 2 and answers an exit code.
 */
export type Command = (process: CommandProcess) => Calling<number>;

export type { Answered, Failed, Later };
