/** Figures of one engine, wherever it lives: the same code measures under Node and inside Chromium's page. */
import type { SwitchModel } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import type { Program, RunOptions, SearchRequest } from '../worker/protocol.ts';
import { cpuBound, handOvers, LOST_UPDATE } from './programs.ts';

export interface EngineFigures {
  /** Complete schedules a second of the lost-update program, random seeds, at any bytecode. */
  readonly schedulesPerSecond: number;
  /** The same with a trace of each run, as the grader has it. */
  readonly tracedPerSecond: number;
  /** Different final balances that were seen: shows that the schedules really differ. */
  readonly balances: readonly number[];
  /** Microseconds for one hand-over between two threads. */
  readonly switchCost: number;
  /** Milliseconds of a loop without shared variables, by switch model. */
  readonly loop: Readonly<Record<SwitchModel, number>>;
}

/** Iterations of the loop whose cost is measured. */
export const LOOP_LENGTH = 2_000_000;
const HAND_OVERS = 10_000;
const SCHEDULES = 2000;
const PORTION = 500;

export async function measureEngine(engine: EngineClient): Promise<EngineFigures> {
  await explore(engine, 200, false); // warms the engine's code
  const balances = new Set<number>();
  const schedulesPerSecond = await median(3, () => explore(engine, SCHEDULES, false, balances));
  const tracedPerSecond = await median(3, () => explore(engine, SCHEDULES, true));
  const empty = await median(5, () => run(engine, handOvers(0), { model: 'blocking-only', trace: false }));
  const handed = await median(5, () => run(engine, handOvers(HAND_OVERS), { model: 'blocking-only', trace: false }));
  const loop = { cpython: 0, 'every-bytecode': 0, 'blocking-only': 0 };
  for (const model of Object.keys(loop) as SwitchModel[]) {
    const nothing = await median(3, () => run(engine, cpuBound(0), { model, trace: false }));
    loop[model] = (await median(5, () => run(engine, cpuBound(LOOP_LENGTH), { model, trace: false }))) - nothing;
  }
  return {
    schedulesPerSecond,
    tracedPerSecond,
    balances: [...balances].sort((a, b) => a - b),
    switchCost: ((handed - empty) / (2 * HAND_OVERS)) * 1000,
    loop,
  };
}

async function explore(engine: EngineClient, count: number, trace: boolean, seen = new Set<number>()): Promise<number> {
  const started = performance.now();
  const request: SearchRequest = {
    program: LOST_UPDATE,
    strategy: { kind: 'random', seed: 1 },
    options: { ...DEFAULTS, model: 'every-bytecode', trace },
    budget: { schedules: count, steps: Number.POSITIVE_INFINITY, seconds: null },
    distinct: false,
    exact: false,
    portion: PORTION,
  };
  const search = engine.search(request, ({ records }) => {
    for (const record of records) seen.add(record.value as number);
    return PORTION;
  });
  await search.done;
  return count / ((performance.now() - started) / 1000);
}

const DEFAULTS: RunOptions = {
  model: 'every-bytecode',
  clock: 'virtual',
  limits: {
    steps: 200_000_000,
    output: 1_000_000,
    tasks: 512,
    processes: 200,
    memory: 512 * 1024 * 1024,
    time: 86_400,
  },
  trace: false,
  observe: false,
};

/** Milliseconds of one run. */
async function run(engine: EngineClient, program: Program, options: Partial<RunOptions>): Promise<number> {
  const started = performance.now();
  const record = await engine.run(program, { kind: 'round-robin' }, { ...DEFAULTS, ...options }, {}, false).done;
  if (record?.outcome.kind !== 'exit') throw new Error(`a benchmark's program failed: ${record?.stderr}`);
  return performance.now() - started;
}

export async function median(times: number, measure: () => Promise<number>): Promise<number> {
  return middle(await repeat(times, measure));
}

export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}

async function repeat(times: number, measure: () => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  for (let i = 0; i < times; i++) values.push(await measure());
  return values;
}
