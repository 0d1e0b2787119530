/** The words of processes: what one is, how it begins and ends, and the calls that it can make about itself and others. */
import type { Failed } from '../errno.ts';
import type { Fd } from '../files/types.ts';
import type { Answered } from '../later.ts';
import type { Pid } from '../types.ts';

/** Linux's numbers, which Emscripten's C library shares. */
export const SIGNALS = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGURG: 23,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGVTALRM: 26,
  SIGPROF: 27,
  SIGWINCH: 28,
  SIGIO: 29,
} as const;

/** A number of SIGNALS, or any other up to 64. */
export type Signal = number;

/** What a process does about a signal. `handle`: its program is told. */
export type Disposition = 'default' | 'ignore' | 'handle';

/** What `wait` answers for a child that has ended: Linux's wait status, `code << 8`, or the signal that killed it. */
export interface Ended {
  readonly pid: Pid;
  readonly status: number;
}

/** A program to run: what execve takes. */
export interface Program {
  /** Absolute, or relative to the working folder. */
  readonly path: string;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface SpawnRequest extends Program {
  /** The child's working folder; null: the parent's. */
  readonly folder: string | null;
  /** Descriptors of the child's that are the parent's under another number: [the parent's, the child's]. */
  readonly moved: readonly (readonly [Fd, Fd])[];
  /** Beside `moved`: the parent's that are not close-on-exec; or none but 0, 1 and 2 and those named. */
  readonly inherited: 'all' | readonly Fd[];
  readonly newSession: boolean;
  /** -1: the parent's group; 0: one of its own; else that group. */
  readonly group: number;
  /** Signals to set back to default that the parent ignores. */
  readonly restoreSignals: boolean;
}

/** `R` runs or could, `S` waits, `T` was stopped, `Z` has ended and nobody has waited for it. */
export type ProcessState = 'R' | 'S' | 'T' | 'Z';

export interface ProcessStatus {
  readonly pid: Pid;
  readonly parent: Pid;
  readonly group: Pid;
  readonly session: Pid;
  readonly state: ProcessState;
  /** As `ps` shows it: argv, joined. */
  readonly command: string;
  /** Kernel seconds when it began, and seconds of virtual processor time that it has used. */
  readonly started: number;
  readonly used: number;
  readonly threads: number;
}

export interface ProcessCalls {
  pid(): Pid;
  parentPid(): Pid;
  /** 0: the caller. */
  group(pid: Pid): Pid | Failed;
  setGroup(pid: Pid, group: Pid): 0 | Failed;
  session(pid: Pid): Pid | Failed;
  newSession(): Pid | Failed;
  /** Begins a process with a program of its own: fork and exec in one. ENOENT, EACCES, ENOEXEC, EAGAIN (too many). */
  spawn(request: SpawnRequest): Pid | Failed;
  /** Linux's waitpid: `who` > 0 that child, -1 any, 0 any of the caller's group, < -1 any of that group; null: none yet. */
  wait(who: number, options: { readonly noHang: boolean; readonly leave: boolean }): Answered<Ended | null>;
  /** Linux's kill: `who` > 0 that process, 0 the caller's group, -1 everybody else, < -1 that group; signal 0 only asks. */
  kill(who: number, signal: Signal): 0 | Failed;
  setDisposition(signal: Signal, disposition: Disposition): 0 | Failed;
  /** Seconds until SIGALRM, repeated every `interval` (0: once); 0: none. Answers what was left of the one before. */
  setAlarm(seconds: number, interval: number): readonly [number, number];
  processes(): readonly ProcessStatus[];
  /** Kernel seconds; in a run's virtual time. */
  clock(): number;
  sleep(seconds: number): Answered<0>;
  environment(): Readonly<Record<string, string>>;
}
