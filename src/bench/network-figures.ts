/** What waiting for much at once and what several machines cost: sockets, tasks, greenlets, the broker, faults. */
import type { EngineClient } from '../worker/client-types.ts';
import { type FaultFigures, measureFaults } from './fault-figures.ts';
import { type GreenletFigures, measureGreenlets } from './greenlet-figures.ts';
import { redisCommandsPerSecond } from './redis-figures.ts';
import { measureSockets, type SocketFigures } from './socket-figures.ts';

export interface NetworkFigures {
  readonly sockets: SocketFigures;
  readonly greenlets: GreenletFigures;
  readonly redisCommands: number;
  readonly faults: FaultFigures;
}

/** `open`: a new engine. */
export async function measureNetwork(open: () => EngineClient): Promise<NetworkFigures> {
  const sockets = await measureSockets(open);
  const engine = open();
  try {
    return {
      sockets,
      greenlets: await measureGreenlets(engine),
      redisCommands: await redisCommandsPerSecond(engine),
      faults: await measureFaults(engine),
    };
  } finally {
    engine.dispose();
  }
}
