/** What the page and the command line hold in their hands: a client that owns time-outs and termination. Types only. */
import type { ActRecord, WorldAct } from '../kernel/hosts/types.ts';
import type { RunRecord } from '../kernel/types.ts';
import type {
  DriveRequest,
  DriveState,
  Minimised,
  MinimiseRequest,
  Program,
  RunOptions,
  ScheduleRequest,
  SearchPart,
  SearchRequest,
} from './protocol.ts';

/** How much of the engine has arrived; `ready` once an interpreter is booted and waiting. */
export interface EngineProgress {
  readonly loaded: number;
  readonly total: number;
  readonly phase: 'idle' | 'loading' | 'booting' | 'ready' | 'unsupported' | 'failed';
  /** For `unsupported` and `failed`: one sentence for the reader. */
  readonly reason?: string;
}

export interface RunEvents {
  /** `terminal`: of the program's world; null: the run's own. */
  output?(fd: 1 | 2, text: string, terminal: string | null): void;
  /** The program waits for a line of standard input. */
  awaitingInput?(): void;
  /** A terminal's command begins (null), or has ended with this exit code. */
  terminal?(terminal: string, code: number | null): void;
  /** A host has lost its power, or has it again. */
  host?(host: string, up: boolean): void;
}

export interface RunHandle {
  /** Sends a line (newline included) or, with null, the end of standard input. In a world: at which terminal. */
  input(text: string | null, terminal?: string): void;
  /** Does something to the running world. What it has not is refused without a word. */
  act(act: WorldAct): void;
  /** Stops at once; `done` resolves to null. */
  stop(): void;
  /** The run's record; null when stopped. Rejects only if the engine itself is broken. */
  readonly done: Promise<RunRecord | null>;
}

/** Something that takes a while and can be stopped. */
export interface Job<T> {
  /** Stops at once; `done` resolves to null. */
  stop(): void;
  /** Rejects only if the engine itself is broken, or refuses the request. */
  readonly done: Promise<T | null>;
}

export interface EngineClient {
  /** Starts loading and booting ahead; safe to call often. */
  warm(): void;
  readonly progress: EngineProgress;
  /** Calls back on each change, and once at once; returns the unsubscriber. */
  onProgress(listener: (progress: EngineProgress) => void): () => void;
  run(
    program: Program,
    schedule: ScheduleRequest,
    options: Partial<RunOptions>,
    events: RunEvents,
    /** True: standard input arrives through `input`; false: it is `program.stdin`, then ends. */
    interactive: boolean,
    /** Of the run that is repeated. */
    acts?: readonly ActRecord[],
  ): RunHandle;
  /**
   * Searches part by part: `onPart` sees each and answers how many runs the next shall have, 0 for no more. `done` is the
   * last part. `onProgress` hears of the runs so far, several times a second.
   */
  search(
    request: SearchRequest,
    onPart: (part: SearchPart) => number,
    onProgress?: (explored: number) => void,
  ): Job<SearchPart>;
  minimise(request: MinimiseRequest): Job<Minimised>;
  drive(request: DriveRequest): Job<DriveState>;
  /** Stops everything and drops the workers. */
  dispose(): void;
}
