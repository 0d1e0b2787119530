/** Does again what a schedule string says, and raises when the program no longer fits it. */
import type { RunConfig, Scheduler, SwitchPoint, TaskId } from '../kernel/types.ts';
import { Prng } from './prng.ts';
import { turn } from './round-robin.ts';
import type { Schedule } from './schedule.ts';

/** The program did something else than when the schedule was written. */
export class Divergence extends Error {
  /** Which decision did not fit, from 1. */
  readonly decision: number;

  constructor(decision: number, detail: string) {
    super(`the program left the schedule at decision ${decision}: ${detail}`);
    this.decision = decision;
  }
}

export class Replay implements Scheduler {
  private readonly schedule: Schedule;
  private readonly prng: Prng;
  private done = false;
  private decision = 0;
  private next = 0;
  private gap = 0;

  constructor(schedule: Schedule) {
    this.schedule = schedule;
    this.prng = new Prng(schedule.seed);
  }

  nextRun(): RunConfig | null {
    if (this.done) return null;
    this.done = true;
    return { seed: this.schedule.seed, name: 'replay' };
  }

  nextTask(runnable: readonly TaskId[], current: TaskId | null, why: SwitchPoint): TaskId {
    this.decision++;
    const usual = turn(runnable, current, why);
    const deviation = this.schedule.deviations[this.next];
    if (!deviation || this.gap < deviation.gap) {
      this.gap++;
      return usual;
    }
    const chosen = runnable[deviation.choice];
    if (chosen === undefined) {
      throw new Divergence(
        this.decision,
        `task ${deviation.choice + 1} of ${runnable.length} was to run, but there is none`,
      );
    }
    this.next++;
    this.gap = 0;
    return chosen;
  }

  nextInt(bound: number): number {
    return this.prng.below(bound);
  }

  /** Call when the run has ended: a schedule that was not used up was written for another program. */
  finish(): void {
    const left = this.schedule.deviations.length - this.next;
    if (left > 0)
      throw new Divergence(this.decision, `the program ended with ${left} switches of the schedule still to come`);
  }
}
