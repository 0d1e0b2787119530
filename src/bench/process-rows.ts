/** What processes cost, as rows of the benchmark's table. */
import { middle } from './engine-figures.ts';
import type { ProcessFigures } from './process-figures.ts';
import { goal, type Row, ratio, seconds } from './rows.ts';

export function processRows({ spawn, switchCost, pool, speedUp }: ProcessFigures, where: string): Row[] {
  const share = switchCost.processes / switchCost.threads;
  const times = middle(speedUp);
  return [
    [
      `start a process, ${where}`,
      `${spawn.warm.toFixed(1)} ms; the first one ${middle(spawn.cold).toFixed(0)} ms`,
      goal(spawn.warm <= 50 && middle(spawn.cold) <= 250, '≤ 50 ms, ≤ 250 ms'),
      'context `spawn`, started and joined; the first one of an engine: its Python has to be made',
    ],
    [
      `switch between processes / between threads, ${where}`,
      `${switchCost.processes.toFixed(1)} / ${switchCost.threads.toFixed(1)} µs, ${ratio(share)}`,
      goal(share <= 3, '≤ 3x'),
      'two that call `time.sleep(0)` in turn',
    ],
    [
      `a pool of four whose jobs sleep up to 3 s, ${where}`,
      seconds(pool),
      goal(middle(pool) <= 2000, '≤ 2 s'),
      'six jobs, virtual clock, wall time of the whole program',
    ],
    [
      `two processes on two processors, ${where}`,
      `${times.toFixed(2)} times as fast as one (${speedUp.map((one) => one.toFixed(2)).join(', ')})`,
      goal(times >= 1.8, '≥ 1.8'),
      '`Pool(2)` against `Pool(1)`, two pieces of a loop, real clock',
    ],
  ];
}
