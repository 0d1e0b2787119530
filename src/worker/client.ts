/** Drives sealed engines from outside: boots ahead, keeps a spare, owns time-outs, and stops by destroying the worker. */
import * as Comlink from 'comlink';
import type { Pid, RunRecord } from '../kernel/types.ts';
import type { EngineClient, EngineProgress, Job, RunEvents, RunHandle } from './client-types.ts';
import { RUN_OPTIONS, SILENCE } from './limits.ts';
import type {
  DriveState,
  EngineApi,
  EngineEvent,
  Minimised,
  Program,
  RunOptions,
  ScheduleRequest,
  SearchPart,
} from './protocol.ts';

/** Milliseconds of quiet before a spare boots: until then the page needs the processor for what it has to show. */
const SPARE_DELAY = 500;

/** Workers of one run, and how many boot before it asks for them. */
const MOST_WORKERS = 32;
const BOOTED_AHEAD = 2;

/** A running engine, wherever it lives. */
export interface Placement {
  readonly endpoint: Comlink.Endpoint;
  /** Ends it at once, whatever it is doing. */
  terminate(): void;
  /** Calls back if it dies by itself. */
  onDeath(listener: (why: string) => void): void;
}

/** Starts an engine; reports how much of it has arrived. Rejects with a sentence for the reader. */
export type Place = (progress: (loaded: number, total: number) => void) => Promise<Placement>;

interface Engine {
  readonly placement: Placement;
  readonly api: Comlink.Remote<EngineApi>;
  onEvent: (event: EngineEvent) => void;
  onDeath: (why: string) => void;
}

/** The engine cannot run here at all, and never will: this browser lacks what it needs. */
export class Unsupported extends Error {}

/** `spares`: engines kept booted beside the one in use; `silence`: seconds without a sign of life that a run may take. */
export function createClient(place: Place, spares: number, silence = SILENCE): EngineClient {
  let progress: EngineProgress = { loaded: 0, total: 0, phase: 'idle' };
  const listeners = new Set<(progress: EngineProgress) => void>();
  let ready: Promise<Engine>[] = [];
  const living = new Set<Engine>();
  /** Where an engine stands in `ready`, so that one that dies while nobody uses it can be taken out. */
  const places = new WeakMap<Engine, Promise<Engine>>();
  let disposed = false;
  /** Engines in somebody's hands. */
  let used = 0;
  let later: ReturnType<typeof setTimeout> | undefined;

  function tell(next: Partial<EngineProgress>): void {
    progress = { ...progress, ...next };
    for (const listener of listeners) listener(progress);
  }

  async function boot(): Promise<Engine> {
    if (progress.phase === 'idle') tell({ phase: 'loading' });
    const placement = await place((loaded, total) => {
      if (progress.phase === 'loading') tell({ loaded, total, phase: loaded < total ? 'loading' : 'booting' });
    });
    if (disposed) {
      placement.terminate();
      throw new Error('disposed');
    }
    const engine: Engine = {
      placement,
      api: Comlink.wrap<EngineApi>(placement.endpoint),
      onEvent: () => {},
      onDeath: () => {},
    };
    living.add(engine);
    placement.onDeath((why) => engine.onDeath(why));
    await new Promise<void>((resolve, reject) => {
      engine.onDeath = (why) => reject(new Error(why));
      placement.endpoint.addEventListener('message', ((message: MessageEvent<EngineEvent>) => {
        const { data } = message;
        if (data?.event === 'ready') resolve();
        else if (data?.event === 'fatal') engine.onDeath(data.message);
        else if (data?.event) engine.onEvent(data);
      }) as EventListener);
      placement.endpoint.start?.();
    });
    engine.onDeath = () => drop(engine);
    tell({ phase: 'ready', loaded: progress.total });
    return engine;
  }

  function keep(count: number): void {
    while (!disposed && ready.length < count) {
      const booting = boot();
      booting.then(
        (engine) => places.set(engine, booting),
        (error: Error) => {
          ready = ready.filter((other) => other !== booting);
          tell({ phase: error instanceof Unsupported ? 'unsupported' : 'failed', reason: error.message });
        },
      );
      ready.push(booting);
    }
  }

  /** Boots the spares later: two engines that boot at once delay the first Run, and one that boots at its end its output. */
  function keepSpares(): void {
    clearTimeout(later);
    if (spares > 0 && !disposed) later = setTimeout(() => keep(1 + spares - used), SPARE_DELAY);
  }

  /** The engine that has been ready longest. It goes back by `giveBack`, or dies by `drop`. */
  function take(): Promise<Engine> {
    keep(1);
    const engine = ready.shift() as Promise<Engine>;
    return engine;
  }

  function giveBack(engine: Engine): void {
    engine.onEvent = () => {};
    if (disposed) {
      drop(engine);
      return;
    }
    const place = Promise.resolve(engine);
    places.set(engine, place);
    ready.unshift(place);
    keepSpares();
  }

  function drop(engine: Engine): void {
    if (!living.delete(engine)) return;
    ready = ready.filter((other) => other !== places.get(engine));
    engine.placement.terminate();
    keep(1);
  }

  /** Calls an engine and owns what may go wrong: `stop`, silence (an endless loop inside C), a dying worker. */
  function use<T>(
    work: (engine: Engine, heard: () => void) => Promise<T>,
    onEvent: (event: EngineEvent) => void,
    onSilence: () => T,
    silence: number,
  ): { done: Promise<T | null>; stop(): void; engine: () => Engine | null } {
    let engine: Engine | null = null;
    let stopped = false;
    let finish: (result: T | null) => void = () => {};
    const stop = () => {
      stopped = true;
      finish(null);
    };
    const done = (async () => {
      const taken = await take();
      engine = taken;
      used++;
      if (stopped) {
        used--;
        giveBack(taken);
        return null;
      }
      let timer: ReturnType<typeof setTimeout> | undefined;
      try {
        return await new Promise<T | null>((resolve, reject) => {
          const watch = (seconds: number) => {
            clearTimeout(timer);
            if (seconds === Number.POSITIVE_INFINITY) return;
            timer = setTimeout(() => {
              drop(taken);
              engine = null;
              resolve(onSilence());
            }, seconds * 1000);
          };
          finish = (result) => {
            drop(taken);
            engine = null;
            resolve(result);
          };
          taken.onDeath = (why) => {
            drop(taken);
            engine = null;
            reject(new Error(why));
          };
          taken.onEvent = (event) => {
            if (event.event === 'awaiting-input') clearTimeout(timer);
            else watch(silence + (event.event === 'sleeping' ? event.seconds : 0));
            onEvent(event);
          };
          watch(silence);
          work(taken, () => watch(silence)).then(resolve, reject);
        });
      } finally {
        used--;
        clearTimeout(timer);
        // From here on `stop` has nothing to stop: the engine may be somebody else's already.
        finish = () => {};
        taken.onDeath = () => drop(taken);
        if (engine) giveBack(taken);
        engine = null;
      }
    })();
    return { done, stop, engine: () => engine };
  }

  /** The workers of a parallel run's processes: each hears its run, the run hears each, and all of them end with it. */
  function workersOf(hub: () => Engine | null) {
    const workers = new Map<Pid, Promise<Engine>>();
    // What a run that was destroyed has said before may come after.
    let over = false;
    const place = (pid: Pid) => {
      // No honest run asks for so many: interpreter.ts has refused the process before.
      if (workers.size >= MOST_WORKERS) return;
      const taken = take();
      // Programs begin several at a time.
      keep(BOOTED_AHEAD);
      workers.set(pid, taken);
      taken.then(
        (engine) => {
          engine.onEvent = (event) => {
            if (event.event === 'say') void hub()?.api.hear(pid, event.message);
          };
          engine.onDeath = () => {
            drop(engine);
            void hub()?.api.hear(pid, null);
          };
        },
        () => void hub()?.api.hear(pid, null),
      );
    };
    const displace = (pid: Pid) => {
      void workers.get(pid)?.then(drop, () => {});
      workers.delete(pid);
    };
    return {
      hear(event: EngineEvent): void {
        if (over) return;
        if (event.event === 'place') place(event.pid);
        else if (event.event === 'displace') displace(event.pid);
        else if (event.event === 'tell')
          void workers.get(event.pid)?.then(
            (engine) => engine.api.serve(event.message),
            () => {},
          );
      },
      end(): void {
        over = true;
        for (const pid of [...workers.keys()]) displace(pid);
      },
    };
  }

  /** A job that has nothing to tell before it is done. */
  function quietly<T>(work: (api: Comlink.Remote<EngineApi>) => Promise<T>, onSilence: () => T): Job<T> {
    return use<T>(
      (engine) => work(engine.api),
      () => {},
      onSilence,
      silence,
    );
  }

  return {
    warm() {
      keep(1);
      ready[0]?.then(keepSpares, () => {});
    },
    get progress() {
      return progress;
    },
    onProgress(listener) {
      listeners.add(listener);
      listener(progress);
      return () => void listeners.delete(listener);
    },
    run(
      program: Program,
      schedule: ScheduleRequest,
      options: Partial<RunOptions>,
      events: RunEvents,
      interactive,
      acts,
    ): RunHandle {
      const full = { ...RUN_OPTIONS, ...options };
      const output: { stdout: string; stderr: string } = { stdout: '', stderr: '' };
      /** What came before an engine was there. */
      const early: ((api: Comlink.Remote<EngineApi>) => void)[] = [];
      const tell = (what: (api: Comlink.Remote<EngineApi>) => void) => {
        const engine = job.engine();
        if (engine) what(engine.api);
        else early.push(what);
      };
      const workers = workersOf(() => job.engine());
      // Processes that compute on processors of their own tell the run nothing meanwhile: whoever is tired of it stops it.
      const patience = schedule.kind === 'parallel' ? Number.POSITIVE_INFINITY : silence;
      const job = use<RunRecord>(
        (engine) => {
          const result = engine.api.run({ program, schedule, options: full, interactive, ...(acts && { acts }) });
          for (const what of early.splice(0)) what(engine.api);
          return result;
        },
        (event) => {
          workers.hear(event);
          if (event.event === 'output') {
            output[event.fd === 1 ? 'stdout' : 'stderr'] += event.text;
            events.output?.(event.fd, event.text, event.terminal);
          }
          if (event.event === 'awaiting-input') events.awaitingInput?.();
          if (event.event === 'terminal') events.terminal?.(event.terminal, event.code);
          if (event.event === 'host') events.host?.(event.host, event.up);
        },
        () => silent(output, silence),
        patience,
      );
      return {
        done: job.done.finally(() => workers.end()),
        stop: job.stop,
        input: (text, terminal) => tell((api) => void api.input(text, terminal)),
        act: (act) => tell((api) => void api.act(act)),
      };
    },
    search(request, onPart, onProgress): Job<SearchPart> {
      return use<SearchPart>(
        async (engine, heard) => {
          let part = await engine.api.search(request);
          for (;;) {
            // Short parts end before the engine has given another sign of life.
            heard();
            const wanted = onPart(part);
            if (wanted <= 0 || part.end !== null || part.unrepeatable) return part;
            part = await engine.api.more(wanted);
          }
        },
        (event) => {
          if (event.event === 'explored') onProgress?.(event.done);
        },
        () => silentPart(onPart, silence),
        silence,
      );
    },
    minimise: (request): Job<Minimised> =>
      quietly(
        (api) => api.minimise(request),
        () => ({ record: silent(NO_OUTPUT, silence), unrepeatable: null }),
      ),
    drive: (request): Job<DriveState> =>
      quietly(
        (api) => api.drive(request),
        () => ({ record: silent(NO_OUTPUT, silence), choices: [], refused: null }),
      ),
    dispose() {
      disposed = true;
      clearTimeout(later);
      for (const engine of living) engine.placement.terminate();
      living.clear();
      ready = [];
    },
  };
}

const NO_OUTPUT = { stdout: '', stderr: '' };

/** A search in which some run gave no sign of life: that run is what it found last. */
function silentPart(onPart: (part: SearchPart) => number, bound: number): SearchPart {
  const part: SearchPart = {
    records: [silent(NO_OUTPUT, bound)],
    explored: 0,
    steps: 0,
    end: 'seconds',
    covered: -1,
    unbounded: false,
    inexact: false,
    unrepeatable: null,
  };
  onPart(part);
  return part;
}

/** The record of a run that gave no sign of life: it was inside C code, and had to be destroyed. */
function silent(output: { stdout: string; stderr: string }, bound: number): RunRecord {
  return {
    schedule: '',
    name: 'stopped',
    outcome: { kind: 'limit', limit: 'wall time', bound },
    ...output,
    clock: 0,
    steps: 0,
    trace: { processes: [], tasks: [], locks: [], things: [], variables: [], events: [], truncated: false },
  };
}
