/** Whether tasks do the same over and over: looked for when a run is about to end at a limit, to say more than that. */
import type { TaskId } from './types.ts';

/** Steps that are kept. Two threads that spin take a time slice each, some fifty thousand steps. */
export const WINDOW = 400_000;
/** So often they must have come again. */
const TIMES = 3;

export class Repetition {
  private readonly tasks: TaskId[] = [];
  private readonly steps: number[] = [];

  /** A step: which instruction, and a number for what it writes (NaN: something that is never the same again). */
  note(task: TaskId, site: number, written: number): void {
    if (this.steps.length >= WINDOW) return;
    this.tasks.push(task);
    this.steps.push(Number.isNaN(written) ? Number.NaN : hash(task, site, written));
  }

  /** What was repeated up to the end, by at least two tasks; null: nothing was. */
  find(): { readonly tasks: TaskId[]; readonly steps: number } | null {
    const steps = period(this.steps);
    if (steps === 0 || this.steps.length < TIMES * steps) return null;
    const tasks = [...new Set(this.tasks.slice(-steps))].sort((a, b) => a - b);
    return tasks.length > 1 ? { tasks, steps } : null;
  }
}

/** The least period of the last two thirds, what came before being the way there; 0: none. Knuth, Morris and Pratt, 1977. */
function period(all: readonly number[]): number {
  const steps = all.slice(Math.floor(all.length / 3));
  const borders = new Uint32Array(steps.length);
  let length = 0;
  for (let n = 1; n < steps.length; n++) {
    while (length > 0 && steps[n] !== steps[length]) length = borders[length - 1] as number;
    if (steps[n] === steps[length]) length++;
    borders[n] = length;
  }
  const found = steps.length - (borders.at(-1) ?? 0);
  return found < steps.length ? found : 0;
}

function hash(task: TaskId, site: number, written: number): number {
  const low = Math.imul(site | 0, 0x9e3779b1) ^ Math.imul(task + 1, 0x85ebca6b);
  return (Math.imul(low ^ (site / 2 ** 32), 0xc2b2ae35) ^ Math.imul(written | 0, 0x27d4eb2f)) >>> 0;
}
