/** Any scheduler, with its answers written down as a schedule that replays the run. */
import type { RunConfig, Scheduler, SwitchPoint, TaskId } from '../kernel/types.ts';
import { turn } from './round-robin.ts';
import { type Deviation, Writer } from './schedule.ts';

export class Recording implements Scheduler {
  private readonly inner: Scheduler;
  private writer = new Writer();

  constructor(inner: Scheduler) {
    this.inner = inner;
  }

  /** The schedule of the run that is going on, or has just ended. */
  get deviations(): readonly Deviation[] {
    return this.writer.deviations;
  }

  nextRun(): RunConfig | null {
    this.writer = new Writer();
    return this.inner.nextRun();
  }

  nextTask(runnable: readonly TaskId[], current: TaskId | null, why: SwitchPoint): TaskId {
    const chosen = this.inner.nextTask(runnable, current, why);
    this.writer.note(runnable, turn(runnable, current, why), chosen);
    return chosen;
  }

  nextInt(bound: number): number {
    return this.inner.nextInt(bound);
  }
}
