/** What crosses between a page (or the command line) and the sealed engine. Types only. */
import type { ActRecord, World, WorldAct } from '../kernel/hosts/types.ts';
import type { ClockKind, Limits, Pid, Place, RunRecord, SwitchModel, TaskId } from '../kernel/types.ts';

/** What the engine must run. All data; nothing of it is trusted, on either side. */
export interface Program {
  /** Path (relative, `/`-separated) to bytes or text. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly entry: Entry;
  readonly stdin?: string;
  /** Several machines; else the program has one for itself. */
  readonly world?: World;
}

export type Entry =
  /** Run a file as `__main__`, with `sys.argv[1:]` = args. */
  | { readonly kind: 'script'; readonly file: string; readonly args?: readonly string[] }
  /** Run a module as `__main__` (`python -m`). */
  | { readonly kind: 'module'; readonly module: string; readonly args?: readonly string[] }
  /** Import a file and call one of its functions with JSON values; its return value must be JSON too. */
  | { readonly kind: 'call'; readonly file: string; readonly function: string; readonly args: readonly unknown[] }
  /** Only what is on the terminals of the program's world. */
  | { readonly kind: 'terminals' };

/** Which schedule to run. */
export type ScheduleRequest =
  | { readonly kind: 'round-robin' }
  | { readonly kind: 'random'; readonly seed: number }
  | { readonly kind: 'replay'; readonly schedule: string }
  /** None: each process has a worker, and so a processor, of its own. The clock is real, and no run repeats another. */
  | { readonly kind: 'parallel' };

export interface RunOptions {
  readonly model: SwitchModel;
  readonly clock: ClockKind;
  readonly limits: Limits;
  /** Record a trace (costs memory; a grader that looks at traces asks for it). */
  readonly trace: boolean;
  /** Record lines, shared variables and their values too, and look for data races. About twice as slow. */
  readonly observe: boolean;
}

export interface RunRequest {
  readonly program: Program;
  readonly schedule: ScheduleRequest;
  readonly options: RunOptions;
  /** Standard input arrives by `input`; when false, it is `program.stdin` and then ends. */
  readonly interactive: boolean;
  /** What a reader did to the run that is repeated: it is done again at the same steps, and nothing else is heard. */
  readonly acts?: readonly ActRecord[];
}

/** How to look for schedules. */
export type Strategy =
  | { readonly kind: 'round-robin' }
  /** Random walks, one for each seed from `seed` on; never complete. */
  | { readonly kind: 'random'; readonly seed: number }
  /** Probabilistic concurrency testing: a bug of this depth is found with a known least probability. Never complete. */
  | { readonly kind: 'pct'; readonly depth: number; readonly seed: number }
  /**
   * Schedules that leave round-robin at most so often, the rarest first (delay-bounded scheduling; Emmi, Qadeer and
   * Rakamarić, POPL 2011). For programs with so many tasks that those without a preemption are too many already.
   */
  | { readonly kind: 'delays'; readonly delays: number; readonly everyFault?: true }
  /**
   * Every schedule with at most so many preemptions; `reduced` leaves out those that only repeat another. Here and above,
   * `everyFault` has what may happen to a world happen everywhere, and not only where it makes a difference: the
   * results are the same (fault-reduction.test.ts).
   */
  | {
      readonly kind: 'exhaustive';
      readonly preemptions: number;
      readonly reduced: boolean;
      readonly everyFault?: true;
    };

/** A search ends when its strategy is complete, or with the first of these bounds. */
export interface Budget {
  readonly schedules: number;
  /** Switch points and system calls of all runs together. */
  readonly steps: number;
  /** Wall time; null: none. Whoever wants the same answer on every machine sets none. */
  readonly seconds: number | null;
}

export interface SearchRequest {
  readonly program: Program;
  readonly strategy: Strategy;
  readonly options: RunOptions;
  readonly budget: Budget;
  /** True: one record for each distinct result (outcome, value, output, clock, races), not for each run. */
  readonly distinct: boolean;
  /** Every run starts from an exact reset: slower, and right also for a program that leaves something behind. */
  readonly exact: boolean;
  /** Runs until the first answer; `more` asks for the next. */
  readonly portion: number;
}

/** What a part of a search found. */
export interface SearchPart {
  readonly records: readonly RunRecord[];
  /** Runs and steps so far, over all parts. */
  readonly explored: number;
  readonly steps: number;
  /** null: there is more. `complete`: every schedule of the strategy was covered. Else the bound that was reached. */
  readonly end: null | 'complete' | keyof Budget;
  /** Every schedule with at most so many preemptions was covered; -1: not even those without one, or nobody knows. */
  readonly covered: number;
  /** Complete, and no schedule has more preemptions than were searched: proved for all schedules whatever. */
  readonly unbounded: boolean;
  /**
   * Some run used up a time slice, so what the clock says depends on the schedule in ways that the search cannot follow;
   * or what the program does depends on the addresses of its objects. Then `complete` is no proof.
   */
  readonly inexact: boolean;
  /** Set, and the search over, if the program did not do the same again under the same schedule: where it first differed. */
  readonly unrepeatable: Unrepeatable | null;
}

/** The same program, the same schedule, and yet a different run. */
export interface Unrepeatable {
  /**
   * What it depends on beside the schedule. `earlier runs`: on what they left behind, since the search was not `exact`.
   * `addresses`: on where objects are in memory (`id()`, the order of a set). `unknown`: on nothing we know of.
   */
  readonly cause: 'earlier runs' | 'addresses' | 'unknown';
  /** Which decision of the schedule, from 1; null: all were the same, and yet the result was not. */
  readonly decision: number | null;
  /** Where the two runs were then; null: at their ends, or outside the learner's code. */
  readonly first: Place | null;
  readonly second: Place | null;
}

/** One move of a driven run: this thread goes on, so far. */
export interface Move {
  /** A thread's name, or its number (the main thread is 1). */
  readonly thread: string | TaskId;
  readonly until:
    | { readonly kind: 'step'; readonly count: number }
    /** Just before it executes this line (of its own file if none is named). */
    | { readonly kind: 'line'; readonly line: number; readonly file?: string }
    | { readonly kind: 'next-line' }
    /** Until it cannot go on: it waits, or has ended. */
    | { readonly kind: 'wait' };
}

/** A run in which the reader is the scheduler. Always from the start: to undo a move is to leave it out. */
export interface DriveRequest {
  readonly program: Program;
  readonly options: RunOptions;
  readonly moves: readonly Move[];
  /** After the last move: true, the run pauses and its outcome is `paused`; false, round-robin goes on to the end. */
  readonly stop: boolean;
}

export interface DriveState {
  /** Its schedule replays the run so far; what comes after it follows round-robin. */
  readonly record: RunRecord;
  /** Who can take the next step, and the line that it would run; empty if the program has ended. */
  readonly choices: readonly { readonly task: TaskId; readonly name: string; readonly at: Place | null }[];
  /** The first move (from 0) that could not be made, and why; the moves after it were not tried. */
  readonly refused: { readonly move: number; readonly why: string } | null;
}

/** Makes a failing schedule smaller: fewer faults, then fewer preemptions, then closer to round-robin. */
export interface MinimiseRequest {
  readonly program: Program;
  readonly schedule: string;
  readonly options: RunOptions;
  /** Of all runs together; a long schedule is only made as small as that allows. No schedules: it is just replayed. */
  readonly budget: Budget;
}

export interface Minimised {
  /** The smallest run found with the same outcome, value and output; null: the schedule does not even replay. */
  readonly record: RunRecord | null;
  readonly unrepeatable: Unrepeatable | null;
}

/** Between a parallel run and its workers (interpreter/parallel/messages.ts); whoever passes it on does not look inside. */
export type Relayed = object;

/** The engine's methods, called through Comlink. One call at a time. */
export interface EngineApi {
  run(request: RunRequest): Promise<RunRecord>;
  search(request: SearchRequest): Promise<SearchPart>;
  /** Goes on with the last search, for so many runs. */
  more(portion: number): Promise<SearchPart>;
  minimise(request: MinimiseRequest): Promise<Minimised>;
  drive(request: DriveRequest): Promise<DriveState>;
  /** Of a parallel run: a process's worker says something; null: it has died. */
  hear(pid: Pid, message: Relayed | null): void;
  /** This engine runs one process of another's parallel run, until it is destroyed. */
  serve(message: Relayed): void;
  /** A line for a running program's standard input, newline included; null ends the input. In a world: at which terminal. */
  input(text: string | null, terminal?: string): void;
  /** What the reader does to the running world; refuses what that has not (worker/acts.ts). */
  act(act: WorldAct): void;
}

/** What the engine pushes on its own, beside Comlink's replies, on the same port. */
export type EngineEvent =
  | { readonly event: 'ready' }
  | { readonly event: 'fatal'; readonly message: string }
  /** `terminal`: where it is shown; null: on the run's own. */
  | { readonly event: 'output'; readonly fd: 1 | 2; readonly text: string; readonly terminal: string | null }
  /** A terminal's command begins (`code` null), or has ended with this exit code. */
  | { readonly event: 'terminal'; readonly terminal: string; readonly code: number | null }
  /** A host has lost its power, or has it again. */
  | { readonly event: 'host'; readonly host: string; readonly up: boolean }
  /** The program still runs. */
  | { readonly event: 'alive' }
  /** Every task waits for the real clock, at least so long. */
  | { readonly event: 'sleeping'; readonly seconds: number }
  /** Every task waits for standard input. */
  | { readonly event: 'awaiting-input' }
  | { readonly event: 'explored'; readonly done: number }
  /** A parallel run wants a worker for a process, tells it something, wants it no more. */
  | { readonly event: 'place'; readonly pid: Pid }
  | { readonly event: 'tell'; readonly pid: Pid; readonly message: Relayed }
  | { readonly event: 'displace'; readonly pid: Pid }
  /** Such a worker says something to its run. */
  | { readonly event: 'say'; readonly message: Relayed };

/** The files that make an engine, as `npm run engine` writes them. */
export type EngineFileName =
  | 'pyodide.asm.mjs'
  | 'pyodide.asm.wasm.gz'
  | 'python_stdlib.zip'
  | 'memory.bin.gz'
  | 'addresses.json';

/** How the page hands one to a worker: through its port, before anything else goes there. */
export interface EngineFile {
  readonly file: EngineFileName;
  readonly bytes: ArrayBuffer;
}
