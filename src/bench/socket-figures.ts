/** What many sockets and many tasks cost: the same code measures under Node and in Chromium's page. */
import type { EngineClient } from '../worker/client-types.ts';
import type { Program } from '../worker/protocol.ts';
import { middle } from './engine-figures.ts';
import { asyncioClients, sleepingTasks, streamEchoes, threadEchoes, threadedClients } from './socket-programs.ts';

export interface SocketFigures {
  /** Milliseconds of wall time of 1,000 sockets that are open at once: 500 clients of an asyncio server. */
  readonly thousandSockets: readonly number[];
  /** Milliseconds for 200 clients, each of them a thread, of a server with a thread for each. */
  readonly threadEach: readonly number[];
  /** Milliseconds for 10,000 tasks that sleep at the same time. */
  readonly sleepingTasks: readonly number[];
  /** There and back over a connection, in a second: between two threads, and between two tasks with streams. */
  readonly roundTrips: { readonly threads: number; readonly streams: number };
}

const CLIENTS = 500;
const THREADS = 200;
const TASKS = 10_000;
const ECHOES = 2_000;

/** Three times each; the first is that of an engine that has run nothing like it. */
export async function measureSockets(open: () => EngineClient): Promise<SocketFigures> {
  const engine = open();
  try {
    const thrice = async (program: Program) => [
      await timed(engine, program),
      await timed(engine, program),
      await timed(engine, program),
    ];
    /** What is the same however often it goes there and back does not count. */
    const perSecond = async (program: (n: number) => Program) => {
      const [none, all] = [middle(await thrice(program(0))), middle(await thrice(program(ECHOES)))];
      return ECHOES / ((all - none) / 1000);
    };
    return {
      thousandSockets: await thrice(asyncioClients(CLIENTS)),
      threadEach: await thrice(threadedClients(THREADS)),
      sleepingTasks: await thrice(sleepingTasks(TASKS)),
      roundTrips: { threads: await perSecond(threadEchoes), streams: await perSecond(streamEchoes) },
    };
  } finally {
    engine.dispose();
  }
}

async function timed(engine: EngineClient, program: Program): Promise<number> {
  const started = performance.now();
  const record = await engine.run(program, { kind: 'round-robin' }, { trace: false }, {}, false).done;
  if (record?.outcome.kind !== 'exit')
    throw new Error(`a benchmark ended with ${record?.outcome.kind}: ${record?.stderr}`);
  return performance.now() - started;
}
