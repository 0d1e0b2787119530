/**
 * What a hub and its outposts say to each other. The hub has the kernel of a run; each outpost is a worker that runs one
 * process of it, on a processor of its own. All data; nothing that comes from an outpost is trusted.
 */
import type { Limits, Outcome, Pid, Place, SwitchModel } from '../../kernel/types.ts';
import type { Told } from '../history.ts';
import type { Report } from '../report.ts';
import type { Region } from '../shared-regions.ts';

/** Whose call it is: what a process has of its own, or the machine. */
export type Target = 'files' | 'sockets' | 'calls' | 'semaphores' | 'network' | 'kernel';

/** Bytes of memory that processes share: [which part, where in it, what]. */
export type Patches = readonly (readonly [share: number, offset: number, bytes: Uint8Array])[];

/** A part of a file that a process has in its memory. */
export interface Share extends Omit<Region, 'file'> {
  readonly share: number;
}

/** One lock of a process that is copied; `owner`: the number of the thread that holds it, 0: nobody. */
export interface HeldLock {
  readonly number: number;
  readonly owner: number;
  readonly depth: number;
  readonly made: string;
  readonly madeAt: Place | null;
}

/** All that a process is copied from. */
export interface Past {
  readonly history: Told;
  /** Which thread calls `fork`. */
  readonly thread: number;
  readonly nextThread: number;
  readonly locks: readonly HeldLock[];
  readonly nextLock: number;
  readonly interval: number;
  readonly shares: readonly Share[];
}

/** What an outpost needs to begin. */
export interface Beginning {
  readonly pid: Pid;
  readonly origin: { readonly kind: 'program'; readonly spec: string } | { readonly kind: 'copy'; readonly past: Past };
  /** Paths of the learner's files. */
  readonly files: readonly string[];
  readonly model: SwitchModel;
  readonly limits: Limits;
  /** Seconds since 1970 when the run began. */
  readonly born: number;
  /** For its random numbers. */
  readonly seed: number;
}

export type ToOutpost =
  | { readonly kind: 'begin'; readonly beginning: Beginning; readonly patches: Patches }
  /** What a call answers. */
  | { readonly kind: 'answer'; readonly call: number; readonly answer: unknown; readonly patches: Patches }
  /** A call has to wait: other threads of the process may run. */
  | { readonly kind: 'waits'; readonly call: number }
  /** For the program's handlers. */
  | { readonly kind: 'signal'; readonly signal: number };

/** A thread that waits for something which only its own process can bring about. */
export interface Resting {
  readonly thread: number;
  readonly at: Place | null;
  /** Null: for anything else, with a time-out. */
  readonly on:
    | {
        readonly kind: 'lock';
        readonly lock: number;
        /** Who holds it; 0: nobody. */
        readonly owner: number;
        readonly made: string;
        readonly madeAt: Place | null;
      }
    | { readonly kind: 'join'; readonly thread: number }
    | null;
}

export type FromOutpost =
  | {
      readonly kind: 'call';
      readonly call: number;
      readonly thread: number;
      readonly target: Target;
      readonly method: string;
      readonly args: readonly unknown[];
      readonly patches: Patches;
      readonly at: Place | null;
    }
  /** From now on a part of the file that is open under this number is in the process's memory. */
  | {
      readonly kind: 'share';
      readonly share: number;
      readonly fd: number;
      readonly offset: number;
      readonly length: number;
    }
  /** The program gives a thread a name. */
  | { readonly kind: 'named'; readonly thread: number; readonly name: string }
  /** No thread can run, and none will before one of its calls is answered. `heard`: how much it had been told by then. */
  | { readonly kind: 'rests'; readonly heard: number; readonly resting: readonly Resting[] }
  | {
      readonly kind: 'ended';
      readonly outcome: Outcome;
      readonly report: Report | null;
      readonly tampered: string | null;
      /** Eval-breaker checks. */
      readonly steps: number;
    };
