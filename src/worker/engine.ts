/** The sealed side: runs programs on a pool of one interpreter and answers with records. Knows nothing of expectations. */

import type { Assets } from '../interpreter/cpython.ts';
import { type Host, type Snapshot, Stale, type Workers } from '../interpreter/execution.ts';
import { Interpreter } from '../interpreter/interpreter.ts';
import type { FromOutpost, ToOutpost } from '../interpreter/parallel/messages.ts';
import type { ActRecord, Typed, World, WorldAct } from '../kernel/hosts/types.ts';
import type { RunRecord, Scheduler } from '../kernel/types.ts';
import { Manual } from '../schedulers/manual.ts';
import { Minimiser } from '../schedulers/minimise.ts';
import { RandomWalk } from '../schedulers/random.ts';
import { Recording } from '../schedulers/recording.ts';
import { Divergence, Replay } from '../schedulers/replay.ts';
import { RoundRobin } from '../schedulers/round-robin.ts';
import { BadSchedule, decode, encode } from '../schedulers/schedule.ts';
import { checkAct, checkActs } from './acts.ts';
import { Batch } from './batch.ts';
import { identify, type Known, taskOf } from './identity.ts';
import type { EngineApi, EngineEvent, RunOptions, ScheduleRequest, SearchPart } from './protocol.ts';
import { failureOf, Search } from './search.ts';
import { Spent } from './spent.ts';

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
  const interpreter = await Interpreter.boot(assets, snapshot, host);
  let busy = false;
  /** When the last sign of life was given. */
  let pulse = host.now();
  let searching: Search | null = null;
  /** Of the program that runs, or ran last. */
  let world: World | null = null;

  function alive(batch?: Batch): void {
    const now = host.now();
    if (now - pulse < PULSE) return;
    pulse = now;
    batch?.flush();
    emit({ event: 'alive' });
  }

  /** Runs a scheduler's next schedule; null if it has none. */
  async function next(known: Known, scheduler: Scheduler, options: RunOptions, mode: Mode): Promise<RunRecord | null> {
    const { program, identity, print } = known;
    const recording = new Recording(scheduler);
    const config = recording.nextRun();
    if (!config) return null;
    const { model, observe } = options;
    const batch = new Batch(emit, mode.stream);
    let due: (() => void) | null = null;
    /** Processes elsewhere give no signs of life here, at which their output could go out. */
    const flushSoon = () => {
      due ??= host.after(PULSE / 10, () => {
        due = null;
        batch.flush();
      });
    };
    alive();
    const ended = await interpreter.run({
      files: program.files,
      task: taskOf(program.entry),
      scheduler: recording,
      config,
      options: { ...options, interactive: mode.interactive },
      stdin: program.stdin ?? '',
      again: mode.again,
      shuffled: mode.shuffled,
      // All of the program, not its fingerprint: who finds two programs with one fingerprint must not gain from it.
      life: `${model} ${observe} ${identity}`,
      workers: mode.parallel ? workers : null,
      world: program.world ?? null,
      acts: mode.acts,
      output: (fd, text, terminal) => {
        batch.add(fd, text, terminal);
        if (mode.parallel) flushSoon();
      },
      happens: (what) => {
        batch.flush();
        if (mode.stream) emit('host' in what ? { event: 'host', ...what } : { event: 'terminal', ...what });
      },
      waiting: (until) => {
        batch.flush();
        emit(until === null ? { event: 'awaiting-input' } : { event: 'sleeping', seconds: until });
      },
      alive: () => alive(batch),
    });
    (due as (() => void) | null)?.();
    batch.flush();
    const { kernel } = ended;
    const { seed, name } = config;
    return {
      schedule: encode({ model, observed: observe, seed, fingerprint: print, deviations: recording.deviations }),
      name,
      outcome: ended.outcome,
      ...(ended.tampered !== null && { tampered: ended.tampered }),
      ...('value' in ended && { value: ended.value }),
      stdout: ended.stdout,
      stderr: ended.stderr,
      clock: round(kernel.time),
      steps: kernel.steps,
      trace: kernel.trace(),
      ...(kernel.races && { races: kernel.races }),
      ...(kernel.acts.length > 0 && { acts: kernel.acts }),
      ...(kernel.terminals && { terminals: kernel.terminals }),
    };
  }

  const workers: Workers = {
    place: (pid) => emit({ event: 'place', pid }),
    displace: (pid) => emit({ event: 'displace', pid }),
    send: (pid, message) => emit({ event: 'tell', pid, message }),
  };

  async function one(known: Known, request: ScheduleRequest, options: RunOptions, mode: Mode): Promise<RunRecord> {
    if (request.kind === 'parallel') {
      const real = { ...options, ...PARALLEL };
      const record = (await next(known, new RoundRobin(), real, { ...mode, parallel: true })) as RunRecord;
      return { ...record, schedule: '', name: 'parallel', trace: { ...record.trace, parallel: true } };
    }
    const prepared = prepare(request, options, known.print);
    const record = (await next(known, prepared.scheduler, prepared.options, mode)) as RunRecord;
    if (prepared.replay && record.outcome.kind !== 'limit') prepared.replay.finish();
    return record;
  }

  function act(wanted: WorldAct | Typed): void {
    const checked = world && checkAct(wanted, world);
    if (checked) interpreter.act(checked);
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

  async function portion(search: Search, runs: number): Promise<SearchPart> {
    const records: RunRecord[] = [];
    let told = host.now();
    for (let n = 0; n < runs && !search.over; n++) {
      try {
        const record = await next(search.known, search.scheduler, search.options, modeOf(search));
        if (search.takes(record)) records.push(record as RunRecord);
      } catch (error) {
        if (!(error instanceof Stale)) throw error;
        search.isStale();
      }
      if (host.now() - told > PULSE) {
        told = host.now();
        emit({ event: 'explored', done: search.explored });
      }
    }
    return search.part(records);
  }

  return {
    run: ({ program, schedule, options, interactive, acts }) =>
      alone(() => {
        const known = identify(program);
        world = program.world ?? null;
        const again = acts && world ? checkActs(acts, world) : null;
        if (acts && !again) throw new BadRequest('what is to be done again does not fit this world');
        return one(known, schedule, options, { ...ALONE, interactive, stream: true, acts: again });
      }),
    hear: (pid, message) => interpreter.hear(pid, (message ?? GONE) as FromOutpost),
    serve(relayed) {
      const message = relayed as ToOutpost;
      if (message.kind !== 'begin') interpreter.told(message);
      else void interpreter.serve(message, { post: (said) => emit({ event: 'say', message: said }), alive });
    },
    search: (request) =>
      alone(() => {
        searching = new Search(identify(request.program), request, host, () => interpreter.place);
        return portion(searching, request.portion);
      }),
    more: (runs) =>
      alone(async () => {
        if (!searching) throw new BadRequest('there is no search to go on with');
        return portion(searching, runs);
      }),
    minimise: ({ program, schedule, options, budget }) =>
      alone(async () => {
        const known = identify(program);
        // Both ends from an exact reset, as whoever replays them will run them.
        const again = (text: string) => one(known, { kind: 'replay', schedule: text }, options, ALONE);
        let first: RunRecord;
        try {
          first = await again(schedule);
        } catch (error) {
          if (!(error instanceof Divergence)) throw error;
          const { decision } = error;
          return { record: null, unrepeatable: { cause: 'earlier runs', decision, first: null, second: null } };
        }
        if (budget.schedules === 0) return { record: first, unrepeatable: null };
        const { scheduler, options: same } = prepare({ kind: 'replay', schedule }, options, known.print);
        const minimiser = new Minimiser(scheduler, failureOf(first), failureOf);
        const spent = new Spent(budget, host);
        for (let mode = ALONE; spent.bound === null; mode = isSingle(first) ? EXPLORING : ALONE) {
          const record = await next(known, minimiser, same, mode);
          if (!record) break;
          minimiser.judge(record);
          spent.add(record);
        }
        const last = await again(minimiser.best.schedule);
        return { record: failureOf(last) === failureOf(first) ? last : first, unrepeatable: null };
      }),
    drive: ({ program, options, moves, stop }) =>
      alone(async () => {
        const known = identify(program);
        const manual = new Manual(moves, stop, interpreter.threads);
        const record = (await next(known, manual, options, ALONE)) as RunRecord;
        manual.finish();
        const choices = manual.choices.map((task) => ({
          task,
          name: record.trace.tasks.find(({ id }) => id === task)?.name ?? `task ${task}`,
          at: interpreter.threads.place(task),
        }));
        return { record, choices, refused: manual.refused };
      }),
    input: (text, terminal) => (terminal === undefined ? interpreter.feed(text) : act({ act: 'type', terminal, text })),
    act,
  };
}

/** What a run hears of a process whose worker has died. */
const GONE: FromOutpost = {
  kind: 'ended',
  outcome: { kind: 'exception', type: 'SystemError', message: 'the worker of a process has died', at: null },
  report: null,
  tampered: null,
  steps: 0,
};

/** What goes without saying when processes run on processors of their own. */
const PARALLEL = { clock: 'real', model: 'blocking-only', observe: false } as const;

interface Mode {
  readonly interactive: boolean;
  readonly again: boolean;
  readonly stream: boolean;
  readonly shuffled: boolean;
  readonly parallel: boolean;
  /** Of a run that is repeated: what its reader did. */
  readonly acts: readonly ActRecord[] | null;
}

/** Nobody waits for the output, and the next run is of the same program. */
const EXPLORING: Mode = {
  interactive: false,
  again: true,
  stream: false,
  shuffled: false,
  parallel: false,
  acts: null,
};
const ALONE: Mode = { interactive: false, again: false, stream: false, shuffled: false, parallel: false, acts: null };

/** The next run of a search is mostly of the same program as the last one. */
function modeOf(search: Search): Mode {
  const { exact, shuffled } = search.next;
  return exact ? { ...ALONE, shuffled } : EXPLORING;
}

/** The scheduler for one schedule; a recorded one brings its switch model, and whether it was observed, along. */
function prepare(
  request: Exclude<ScheduleRequest, { kind: 'parallel' }>,
  options: RunOptions,
  print: string,
): { scheduler: Scheduler; options: RunOptions; replay: Replay | null } {
  if (request.kind === 'round-robin') return { scheduler: new RoundRobin(), options, replay: null };
  if (request.kind === 'random') return { scheduler: new RandomWalk(request.seed), options, replay: null };
  const schedule = decode(request.schedule);
  if (schedule.fingerprint !== print) {
    throw new BadSchedule('this schedule was recorded for another program, or by another version of the engine');
  }
  const replay = new Replay(schedule);
  const { model } = schedule;
  const observe = model === 'every-bytecode' ? options.observe : schedule.observed;
  return { scheduler: replay, options: { ...options, model, observe }, replay };
}

/** Whether the program stayed one process: only then can runs follow each other in one life. */
function isSingle({ trace }: RunRecord): boolean {
  return trace.processes.length === 1;
}

/** Virtual times are sums of decimal fractions, and of moments in which somebody only looked: say 0.3, not 0.300000001. */
function round(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}
