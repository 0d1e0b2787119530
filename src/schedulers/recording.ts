/** Any scheduler, with its answers written down as a schedule that replays the run. */
import type { Touches } from '../kernel/touch.ts';
import { PAUSE, type RunConfig, type Scheduler, type SwitchPoint, type TaskId } from '../kernel/types.ts';
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
    if (runnable.length > 1 && chosen !== PAUSE) this.writer.note(runnable, turn(runnable, current, why), chosen);
    return chosen;
  }

  nextInt(bound: number): number {
    return this.inner.nextInt(bound);
  }

  touch(task: TaskId, touches: Touches, site: number): void {
    this.inner.touch?.(task, touches, site);
  }

  spawn(parent: TaskId, child: TaskId): void {
    this.inner.spawn?.(parent, child);
  }

  fault(task: TaskId, touches: Touches): void {
    this.inner.fault?.(task, touches);
  }

  get usual(): boolean {
    return this.inner.usual ?? false;
  }

  get alone(): boolean {
    return this.inner.alone ?? false;
  }
}
