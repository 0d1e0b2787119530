/** The wires of a world, tied to the clock and the chance of its run, and to whoever searches it. */
import type { Dispatcher } from '../dispatcher.ts';
import { hostObject, NETWORK, READ, WRITE } from '../touch.ts';
import type { World } from './types.ts';
import { Wires } from './wires.ts';

/** The field of the network that is no host's. */
const ALL_HOSTS = 1_000;

/** `moved`: what was to happen to the next datagram may happen to another now. */
export function wiringOf(
  { links, faults }: World,
  dispatcher: Dispatcher,
  chance: (bound: number) => number,
  moved: () => void,
): Wires {
  /** Something may happen to a host's next datagram: then it matters which one that is. */
  const picks = faults?.of.some(({ kind }) => kind === 'lose' || kind === 'duplicate');
  return new Wires(links, {
    get now() {
      return dispatcher.time;
    },
    at: (time, ring) => dispatcher.at(time, ring),
    chance,
    passes: (from, to) => {
      if (!dispatcher.faults) return;
      dispatcher.touch(hostObject(from.index), READ);
      dispatcher.touch(hostObject(to.index), READ);
      dispatcher.touch(NETWORK, READ, ALL_HOSTS);
    },
    throws: (from) => {
      if (!dispatcher.faults || !picks) return;
      dispatcher.touch(NETWORK, WRITE, from.index + 1);
      moved();
    },
  });
}
