/** Everyone in turn: a task runs until it waits, ends or has used up its time slice; then whoever waited longest. */
import type { RunConfig, Scheduler, SwitchPoint, TaskId } from '../kernel/types.ts';
import { Prng } from './prng.ts';

/** The choice that every schedule string is written against: a schedule lists only where it differs from this. */
export function turn(runnable: readonly TaskId[], current: TaskId | null, why: SwitchPoint): TaskId {
  if (current !== null && why !== 'yield') return current;
  return runnable[0] as TaskId;
}

export class RoundRobin implements Scheduler {
  readonly usual = true;
  private readonly chance = new Prng(0);
  private done = false;

  nextRun(): RunConfig | null {
    if (this.done) return null;
    this.done = true;
    return { seed: 0, name: 'round-robin' };
  }

  nextTask(runnable: readonly TaskId[], current: TaskId | null, why: SwitchPoint): TaskId {
    return turn(runnable, current, why);
  }

  nextInt(bound: number): number {
    return this.chance.below(bound);
  }
}
