/** What an interpreter is made from, what it is told to run, and what it answers. */

import type { ActRecord, World, WorldEvent } from '../kernel/hosts/types.ts';
import type { Kernel, KernelOptions } from '../kernel/kernel.ts';
import type { LockId, Outcome, Pid, RunConfig, Scheduler } from '../kernel/types.ts';
import type { Guarded } from './natives.ts';
import type { Address } from './objects.ts';
import type { ToOutpost } from './parallel/messages.ts';
import type { Foundations } from './tampering.ts';

/** A frozen interpreter: the library imported over our shims. Made by src/build/, valid for one build of CPython. */
export interface Snapshot {
  readonly memory: Uint8Array;
  /** Addresses inside it. */
  readonly disable: Address;
  readonly main: Address;
  readonly carry: Address;
  readonly slot: number;
  readonly guarded: readonly Guarded[];
  /** errors.py's table. */
  readonly errors: Address;
  readonly foundations: Foundations;
  /** The library's locks whose critical sections commute: see KernelOptions. */
  readonly commuting: readonly LockId[];
  /** The packages beside Python's library: the texts of their files, by path. */
  readonly site: Readonly<Record<string, string>>;
}

/** Workers for the processes of one run, one each. */
export interface Workers {
  /** One is wanted for this process; what is sent to it before it is there, it gets later. */
  place(pid: Pid): void;
  /** It has ended, whatever it is doing. */
  displace(pid: Pid): void;
  send(pid: Pid, message: ToOutpost): void;
}

/** What boot.py must run, as JSON; `terminals`: nothing, all is on the terminals of the world. */
export interface Task {
  readonly kind: 'script' | 'module' | 'call' | 'terminals';
  readonly file?: string;
  readonly module?: string;
  readonly function?: string;
  readonly args: readonly unknown[];
}

export interface Execution {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly task: Task;
  readonly scheduler: Scheduler;
  readonly config: RunConfig;
  readonly options: Omit<KernelOptions, 'commuting'>;
  readonly stdin: string;
  /**
   * Keep the interpreter's state if the run ends cleanly: the next run is probably of the same program. Then `life` must
   * be equal too: it names program and model, and a run of another one starts from an exact reset.
   */
  readonly again: boolean;
  readonly life: string;
  /** Set: each process that runs Python does so in a worker of its own; null: all of them here, one at a time. */
  readonly workers: Workers | null;
  /** Objects get other addresses than usual, in another order: only a program that depends on them does anything else. */
  readonly shuffled: boolean;
  /** Several machines; null: one. Throws BadWorld if it is none (kernel/hosts/check.ts). */
  readonly world: World | null;
  /** What a reader did to the world of the run that is repeated; null: it is none. */
  readonly acts: readonly ActRecord[] | null;
  /** `terminal`: where in the world it is shown; null: on the run's own. */
  output(fd: 1 | 2, text: string, terminal: string | null): void;
  /** Something happens to the world. */
  happens(what: WorldEvent): void;
  /** Every task waits: for input (null), or for so many real seconds. */
  waiting(seconds: number | null): void;
  /** Called often while Python runs. */
  alive(): void;
}

export interface Ended {
  readonly outcome: Outcome;
  readonly value?: unknown;
  readonly kernel: Kernel;
  readonly stdout: string;
  readonly stderr: string;
  /** What of the library or the engine the program changed. */
  readonly tampered: string | null;
}

/** The host's clock and timers, handed in: nothing here reaches for a global one. */
export interface Host {
  /** Seconds, monotonic. */
  now(): number;
  /** Seconds since 1970. */
  date(): number;
  /** Processors. */
  readonly cores: number;
  after(seconds: number, then: () => void): () => void;
}

/** The program wants what only a run from an exact reset can do: to copy a process that earlier runs have left traces in. */
export class Stale extends Error {}
