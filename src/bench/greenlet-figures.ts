/** What greenlets cost: a switch, the imports, a turn of gevent's hub. */
import type { EngineClient } from '../worker/client-types.ts';
import { RUN_OPTIONS } from '../worker/limits.ts';
import { median } from './engine-figures.ts';

export interface GreenletFigures {
  /** `switch` calls a second between two greenlets, the kernel's record of each included. */
  readonly switchesPerSecond: number;
  /** Greenlets that gevent's hub lets go on a second, 100 of them that `sleep(0)`. */
  readonly turnsPerSecond: number;
  /** Milliseconds that an import takes. */
  readonly importing: Readonly<Record<'greenlet' | 'gevent', number>>;
}

const SWITCHES = 100_000;
const TURNS = 300;
const GREENLETS = 100;

const SWITCHING = `
import greenlet
main = greenlet.getcurrent()
def back():
    while True: main.switch()
there = greenlet.greenlet(back)
for _ in range(N): there.switch()
`;
const TURNING = `
import gevent
def turn():
    for _ in range(N): gevent.sleep(0)
gevent.joinall([gevent.spawn(turn) for _ in range(${GREENLETS})])
`;

export async function measureGreenlets(engine: EngineClient): Promise<GreenletFigures> {
  const time = (source: string, n = 0) => median(5, () => run(engine, source.replace('(N)', `(${n})`)));
  await time('import gevent');
  const nothing = await time('pass');
  const switched = (await time(SWITCHING, SWITCHES / 2)) - (await time(SWITCHING));
  const turned = (await time(TURNING, TURNS)) - (await time(TURNING));
  return {
    switchesPerSecond: (SWITCHES / switched) * 1000,
    turnsPerSecond: ((TURNS * GREENLETS) / turned) * 1000,
    importing: {
      greenlet: (await time('import greenlet')) - nothing,
      gevent: (await time('import gevent')) - nothing,
    },
  };
}

/** Milliseconds of one run. */
async function run(engine: EngineClient, source: string): Promise<number> {
  const started = performance.now();
  const program = { files: { 'main.py': source }, entry: { kind: 'script', file: 'main.py' } } as const;
  const options = { ...RUN_OPTIONS, model: 'blocking-only', trace: false } as const;
  const record = await engine.run(program, { kind: 'round-robin' }, options, {}, false).done;
  if (record?.outcome.kind !== 'exit') throw new Error(`a benchmark's program failed: ${record?.stderr}`);
  return performance.now() - started;
}
