/** A seeded random walk: at each switch point the current task goes on or, with a chance fixed for the run, another. */
import type { RunConfig, Scheduler, SwitchPoint, TaskId } from '../kernel/types.ts';
import { Prng } from './prng.ts';

/** One run in this many switch points is preempted. Rare switches find bugs that need long undisturbed stretches. */
const RARITIES = [2, 4, 8, 16, 3];

export class RandomWalk implements Scheduler {
  private readonly seed: number;
  private readonly prng: Prng;
  /** The program's own chance is a stream apart: a replay knows the seed, but draws nothing to choose tasks. */
  private readonly chance: Prng;
  private readonly rarity: number;
  private done = false;

  constructor(seed: number) {
    this.seed = seed >>> 0;
    this.prng = new Prng(this.seed);
    this.chance = new Prng(this.seed);
    this.rarity = RARITIES[this.seed % RARITIES.length] as number;
  }

  nextRun(): RunConfig | null {
    if (this.done) return null;
    this.done = true;
    return { seed: this.seed, name: `seed ${this.seed}` };
  }

  nextTask(runnable: readonly TaskId[], current: TaskId | null, why: SwitchPoint): TaskId {
    if (current !== null && (why === 'step' || why === 'call')) {
      if (this.prng.below(this.rarity) !== 0) return current;
      // The current task is the last of the list.
      return runnable[this.prng.below(runnable.length - 1)] as TaskId;
    }
    return runnable[this.prng.below(runnable.length)] as TaskId;
  }

  nextInt(bound: number): number {
    return this.chance.below(bound);
  }
}
