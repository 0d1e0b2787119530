/** What processes cost, and what several processors bring: the same code measures under Node and in Chromium's page. */
import type { EngineClient } from '../worker/client-types.ts';
import type { Program, ScheduleRequest } from '../worker/protocol.ts';
import { middle } from './engine-figures.ts';
import { handOvers, POOL_OF_FOUR, processHandOvers, SPEED_UP, spawns } from './programs.ts';

export interface ProcessFigures {
  /** Milliseconds to start and join a process that is made from nothing: the first of its engine, and one of many. */
  readonly spawn: { readonly cold: readonly number[]; readonly warm: number };
  /** Microseconds for one hand-over between two threads, and between two processes. */
  readonly switchCost: { readonly threads: number; readonly processes: number };
  /** Milliseconds of wall time of a pool whose jobs sleep. */
  readonly pool: readonly number[];
  /** How many times as fast two processes on processors of their own are as one. */
  readonly speedUp: readonly number[];
}

const WARM = 20;
const HAND_OVERS = 5_000;
const TOGETHER: ScheduleRequest = { kind: 'round-robin' };

/** `open`: a new engine. */
export async function measureProcesses(open: () => EngineClient): Promise<ProcessFigures> {
  const cold: number[] = [];
  for (let i = 0; i < 3; i++) {
    const engine = open();
    await timed(engine, spawns(0));
    const nothing = await timed(engine, spawns(0));
    cold.push((await timed(engine, spawns(1))) - nothing);
    engine.dispose();
  }
  const engine = open();
  try {
    await timed(engine, spawns(2));
    const warm = ((await median(engine, spawns(WARM))) - (await median(engine, spawns(0)))) / WARM;
    const pool: number[] = [];
    for (let i = 0; i < 3; i++) pool.push(await timed(engine, POOL_OF_FOUR));
    const said = (await engine.run(SPEED_UP, { kind: 'parallel' }, {}, {}, false).done)?.stdout ?? '';
    return {
      spawn: { cold, warm },
      switchCost: {
        threads: await switchCost(engine, handOvers),
        processes: await switchCost(engine, processHandOvers),
      },
      pool,
      speedUp: said.trim().split('\n').map(Number),
    };
  } finally {
    engine.dispose();
  }
}

async function switchCost(engine: EngineClient, program: (n: number) => Program): Promise<number> {
  const empty = await median(engine, program(0));
  return ((await median(engine, program(HAND_OVERS))) - empty) / ((2 * HAND_OVERS) / 1000);
}

async function median(engine: EngineClient, program: Program): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 5; i++) times.push(await timed(engine, program));
  return middle(times);
}

async function timed(engine: EngineClient, program: Program): Promise<number> {
  const started = performance.now();
  const options = { model: 'blocking-only', trace: false } as const;
  const record = await engine.run(program, TOGETHER, options, {}, false).done;
  if (record?.outcome.kind !== 'exit')
    throw new Error(`a benchmark ended with ${record?.outcome.kind}: ${record?.stderr}`);
  return performance.now() - started;
}
