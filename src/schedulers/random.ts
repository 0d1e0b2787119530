/** A seeded random walk: at each switch point the current task goes on or, with a chance fixed for the run, another. */
import type { RunConfig, Scheduler, SwitchPoint, TaskId } from '../kernel/types.ts';
import { Accidents } from './accidents.ts';
import { couldGoOn } from './preemption.ts';
import { Prng } from './prng.ts';

/** One run in this many switch points is preempted. Rare switches find bugs that need long undisturbed stretches. */
const RARITIES = [2, 4, 8, 16, 3];

export class RandomWalk implements Scheduler {
  private seed: number;
  private prng = new Prng(0);
  /** The program's own chance is a stream apart: a replay knows the seed, but draws nothing to choose tasks. */
  private chance = new Prng(0);
  private rarity = 2;
  private readonly accidents = new Accidents();

  /** One walk after the other, with the seeds from `seed` on. */
  constructor(seed: number) {
    this.seed = seed - 1;
  }

  nextRun(): RunConfig {
    this.seed = (this.seed + 1) >>> 0;
    this.prng = new Prng(this.seed);
    this.chance = new Prng(this.seed);
    this.accidents.begin(this.prng);
    this.rarity = RARITIES[this.seed % RARITIES.length] as number;
    return { seed: this.seed, name: `seed ${this.seed}` };
  }

  nextTask(all: readonly TaskId[], current: TaskId | null, why: SwitchPoint): TaskId {
    const { fault, tasks: runnable } = this.accidents.decides(all);
    if (fault !== null) return fault;
    if (couldGoOn(current, why)) {
      if (this.prng.below(this.rarity) !== 0) return current;
      // The current task is the last of the list.
      return runnable[this.prng.below(runnable.length - 1)] as TaskId;
    }
    return runnable[this.prng.below(runnable.length)] as TaskId;
  }

  fault(task: TaskId): void {
    this.accidents.add(task);
  }

  nextInt(bound: number): number {
    return this.chance.below(bound);
  }
}
