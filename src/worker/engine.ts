/** The sealed side: runs programs on a pool of one interpreter and answers with records. Knows nothing of expectations. */

import type { Assets } from '../interpreter/cpython.ts';
import { type Host, Interpreter, type Snapshot, type Task } from '../interpreter/interpreter.ts';
import type { RunRecord, Scheduler, SwitchModel } from '../kernel/types.ts';
import { RandomWalk } from '../schedulers/random.ts';
import { Recording } from '../schedulers/recording.ts';
import { Replay } from '../schedulers/replay.ts';
import { RoundRobin } from '../schedulers/round-robin.ts';
import { BadSchedule, decode, encode, fingerprint } from '../schedulers/schedule.ts';
import type {
  EngineApi,
  EngineEvent,
  Entry,
  ExploreRequest,
  Program,
  RunOptions,
  RunRequest,
  ScheduleRequest,
} from './protocol.ts';

/** Part of every program's fingerprint: a schedule of another engine may not fit. Raise it when steps change. */
export const ENGINE_VERSION = '1';
/** An interpreter that has grown beyond this is replaced instead of reset: WebAssembly memory never shrinks. */
const LARGEST_RESET = 128 * 1024 * 1024;
/** Output is sent when this many characters have come together, or when the program waits or ends. */
const OUTPUT_BATCH = 4096;
/** Seconds between two signs of life. */
const PULSE = 0.25;

/** A request that cannot be run at all; the message is for the reader. */
export class BadRequest extends Error {}

export async function createEngine(
  assets: Assets,
  snapshot: Snapshot,
  host: Host,
  emit: (event: EngineEvent) => void,
): Promise<EngineApi> {
  let interpreter = await Interpreter.boot(assets, snapshot, host);
  let busy = false;

  async function fresh(): Promise<Interpreter> {
    const spent = interpreter.fatal || interpreter.memory > LARGEST_RESET;
    if (spent) interpreter = await Interpreter.boot(assets, snapshot, host);
    return interpreter;
  }

  async function one(known: Known, request: ScheduleRequest, options: RunOptions, mode: Mode): Promise<RunRecord> {
    const { program, identity, print } = known;
    const { scheduler, model, replay } = prepare(request, options.model, print);
    const recording = new Recording(scheduler);
    const config = recording.nextRun();
    if (!config) throw new BadRequest('this schedule has no run in it');
    const batch = new Batch(emit, mode.stream);
    const machine = await fresh();
    let pulse = host.now();
    const ended = await machine.run({
      files: program.files,
      task: taskOf(program.entry),
      scheduler: recording,
      config,
      options: { ...options, model, interactive: mode.interactive },
      stdin: program.stdin ?? '',
      again: mode.again,
      // All of the program, not its fingerprint: who finds two programs with one fingerprint must not gain from it.
      life: `${model} ${identity}`,
      output: (fd, text) => batch.add(fd, text),
      waiting: (until) => {
        batch.flush();
        emit(until === null ? { event: 'awaiting-input' } : { event: 'sleeping', seconds: until });
      },
      alive: () => {
        const now = host.now();
        if (now - pulse < PULSE) return;
        pulse = now;
        batch.flush();
        emit({ event: 'alive' });
      },
    });
    batch.flush();
    if (replay && ended.outcome.kind !== 'limit') replay.finish();
    const { kernel } = ended;
    return {
      schedule: encode({ model, seed: config.seed, fingerprint: print, deviations: recording.deviations }),
      name: config.name,
      outcome: ended.outcome,
      ...(ended.tampered !== null && { tampered: ended.tampered }),
      ...('value' in ended && { value: ended.value }),
      stdout: ended.stdout,
      stderr: ended.stderr,
      clock: round(kernel.time),
      steps: kernel.steps,
      trace: kernel.trace(),
    };
  }

  async function alone<T>(work: () => Promise<T>): Promise<T> {
    if (busy) throw new BadRequest('the engine is busy');
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
    }
  }

  return {
    run: ({ program, schedule, options, interactive }: RunRequest) =>
      alone(() => one(identify(program), schedule, options, { interactive, again: false, stream: true })),
    explore: ({ program, schedules, options }: ExploreRequest) =>
      alone(async () => {
        const known = identify(program);
        const records: RunRecord[] = [];
        let told = host.now();
        for (const schedule of schedules) {
          records.push(await one(known, schedule, options, { interactive: false, again: true, stream: false }));
          if (host.now() - told > PULSE) {
            told = host.now();
            emit({ event: 'explored', done: records.length, of: schedules.length });
          }
        }
        return records;
      }),
    input: (text) => interpreter.feed(text),
  };
}

/** A program and what tells it from others, computed once however often it runs. */
interface Known {
  readonly program: Program;
  readonly identity: string;
  readonly print: string;
}

interface Mode {
  readonly interactive: boolean;
  readonly again: boolean;
  readonly stream: boolean;
}

function prepare(request: ScheduleRequest, model: SwitchModel, print: string) {
  if (request.kind === 'round-robin') return { scheduler: new RoundRobin() as Scheduler, model, replay: null };
  if (request.kind === 'random') return { scheduler: new RandomWalk(request.seed) as Scheduler, model, replay: null };
  const schedule = decode(request.schedule);
  if (schedule.fingerprint !== print) {
    throw new BadSchedule('this schedule was recorded for another program, or by another version of the engine');
  }
  const replay = new Replay(schedule);
  return { scheduler: replay as Scheduler, model: schedule.model, replay };
}

function identify(program: Program): Known {
  const files = Object.keys(program.files)
    .sort()
    .map((path) => [path, program.files[path]] as const)
    .map(([path, contents]) => [path, typeof contents === 'string' ? contents : Array.from(contents ?? [])]);
  const identity = JSON.stringify([ENGINE_VERSION, files, program.entry, program.stdin ?? '']);
  return { program, identity, print: fingerprint(identity) };
}

function taskOf(entry: Entry): Task {
  switch (entry.kind) {
    case 'script':
      return { kind: 'script', file: entry.file, args: entry.args ?? [] };
    case 'module':
      return { kind: 'module', module: entry.module, args: entry.args ?? [] };
    case 'call':
      return { kind: 'call', file: entry.file, function: entry.function, args: entry.args };
  }
}

/** Virtual times are sums of decimal fractions: say 0.3, not 0.30000000000000004. */
function round(seconds: number): number {
  return Math.round(seconds * 1e9) / 1e9;
}

class Batch {
  private readonly emit: (event: EngineEvent) => void;
  private readonly streaming: boolean;
  private fd: 1 | 2 = 1;
  private parts: string[] = [];
  private size = 0;

  constructor(emit: (event: EngineEvent) => void, streaming: boolean) {
    this.emit = emit;
    this.streaming = streaming;
  }

  add(fd: 1 | 2, text: string): void {
    if (!this.streaming) return;
    if (fd !== this.fd) this.flush();
    this.fd = fd;
    this.parts.push(text);
    this.size += text.length;
    if (this.size >= OUTPUT_BATCH) this.flush();
  }

  flush(): void {
    if (this.size === 0) return;
    this.emit({ event: 'output', fd: this.fd, text: this.parts.join('') });
    this.parts = [];
    this.size = 0;
  }
}
