/** What crosses between a page (or the command line) and the sealed engine. Types only. */
import type { ClockKind, Limits, RunRecord, SwitchModel } from '../kernel/types.ts';

/** What the engine must run. All data; nothing of it is trusted, on either side. */
export interface Program {
  /** Path (relative, `/`-separated) to bytes or text. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly entry: Entry;
  readonly stdin?: string;
}

export type Entry =
  /** Run a file as `__main__`, with `sys.argv[1:]` = args. */
  | { readonly kind: 'script'; readonly file: string; readonly args?: readonly string[] }
  /** Run a module as `__main__` (`python -m`). */
  | { readonly kind: 'module'; readonly module: string; readonly args?: readonly string[] }
  /** Import a file and call one of its functions with JSON values; its return value must be JSON too. */
  | { readonly kind: 'call'; readonly file: string; readonly function: string; readonly args: readonly unknown[] };

/** Which schedules to run, in this order. */
export type ScheduleRequest =
  | { readonly kind: 'round-robin' }
  | { readonly kind: 'random'; readonly seed: number }
  | { readonly kind: 'replay'; readonly schedule: string };

export interface RunOptions {
  readonly model: SwitchModel;
  readonly clock: ClockKind;
  readonly limits: Limits;
  /** Record a trace (costs memory; a grader that looks at traces asks for it). */
  readonly trace: boolean;
}

export interface RunRequest {
  readonly program: Program;
  readonly schedule: ScheduleRequest;
  readonly options: RunOptions;
  /** Standard input arrives by `input`; when false, it is `program.stdin` and then ends. */
  readonly interactive: boolean;
}

/** Runs the same program once for each schedule. */
export interface ExploreRequest {
  readonly program: Program;
  readonly schedules: readonly ScheduleRequest[];
  readonly options: RunOptions;
}

/** The engine's methods, called through Comlink. One call at a time. */
export interface EngineApi {
  run(request: RunRequest): Promise<RunRecord>;
  explore(request: ExploreRequest): Promise<RunRecord[]>;
  /** A line for a running program's standard input, newline included; null ends the input. */
  input(text: string | null): void;
}

/** What the engine pushes on its own, beside Comlink's replies, on the same port. */
export type EngineEvent =
  | { readonly event: 'ready' }
  | { readonly event: 'fatal'; readonly message: string }
  | { readonly event: 'output'; readonly fd: 1 | 2; readonly text: string }
  /** The program still runs. */
  | { readonly event: 'alive' }
  /** Every task waits for the real clock, at least so long. */
  | { readonly event: 'sleeping'; readonly seconds: number }
  /** Every task waits for standard input. */
  | { readonly event: 'awaiting-input' }
  | { readonly event: 'explored'; readonly done: number; readonly of: number };

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
