/** One process as the kernel sees it. */

import type { ProcessFiles } from './files/process-files.ts';
import type { Computer } from './hosts/computer.ts';
import type { Console } from './hosts/console.ts';
import { WaitQueue } from './later.ts';
import { LockTable } from './lock-table.ts';
import type { ProcessCalls } from './processes/process-calls.ts';
import type { Disposition, Program, Signal } from './processes/types.ts';
import type { SocketCalls } from './sockets/types.ts';
import type { Task } from './task.ts';
import type { Pid } from './types.ts';

export interface Process {
  readonly pid: Pid;
  /** Counts processes from 0: keeps apart what two of them give the same number. */
  readonly index: number;
  /** Where it runs. */
  readonly host: Computer;
  /** At which it was begun, by itself or by one of its forebears; null: it never runs. */
  readonly console: Console | null;
  parent: Process | null;
  readonly children: Process[];
  group: Pid;
  session: Pid;
  program: Program;
  /** `stopped`: by SIGSTOP. `zombie`: it has ended, and its parent has not waited for it. */
  state: 'running' | 'stopped' | 'zombie' | 'gone';
  /** Linux's wait status once it has ended. */
  status: number;
  /** Its threads, those that have ended too, by the number that the program knows them by. */
  readonly tasks: Map<number, Task>;
  /** How many of them have not ended. */
  live: number;
  main: Task | null;
  nextNumber: number;
  readonly locks: LockTable;
  /** Set as soon as it is made, as are its calls; those that never run have none. */
  files: ProcessFiles;
  sockets: SocketCalls;
  calls: ProcessCalls;
  /** Arrived, and not yet told to the program. */
  readonly pending: Signal[];
  /** Arrived while they were blocked. */
  readonly deferred: Set<Signal>;
  /** `pthread_sigmask`: not to be delivered for now. */
  blocked: ReadonlySet<Signal>;
  readonly dispositions: Map<Signal, Disposition>;
  /** The program has set a handler: its main thread may be interrupted by it at any step. */
  handles: boolean;
  /** Those who wait for a child of this one, or for a signal. */
  readonly changes: WaitQueue;
  /** It computes on a core of its own until then, in kernel seconds; other processes run meanwhile. */
  busyUntil: number;
  /** Seconds of processor time. */
  used: number;
  readonly started: number;
  /** How long a thread may run while others of its process could: `sys.setswitchinterval`, in microseconds. */
  interval: number;
}

/** The switch interval that a program starts with, in microseconds. */
export const SWITCH_INTERVAL = 5_000;

/** Lock numbers of different processes are this far apart. */
export const APART = 2 ** 32;

export function newProcess(
  pid: Pid,
  index: number,
  host: Computer,
  console: Console | null,
  parent: Process | null,
  program: Program,
  started: number,
  firstLock: number,
): Process {
  return {
    pid,
    index,
    host,
    console,
    parent,
    children: [],
    group: parent?.group ?? pid,
    session: parent?.session ?? pid,
    program,
    state: 'running',
    status: 0,
    tasks: new Map(),
    live: 0,
    main: null,
    nextNumber: 1,
    locks: new LockTable(firstLock, index * APART),
    files: undefined as never,
    sockets: undefined as never,
    calls: undefined as never,
    pending: [],
    deferred: new Set(),
    blocked: new Set(),
    dispositions: new Map(),
    handles: false,
    changes: new WaitQueue(),
    busyUntil: 0,
    used: 0,
    started,
    interval: SWITCH_INTERVAL,
  };
}

/** Whether it has not ended. */
export function isLive(process: Process): boolean {
  return process.state === 'running' || process.state === 'stopped';
}
