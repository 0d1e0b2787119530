/** When faults strike in runs that are chosen by chance: of each fault that can, about once in two runs. */
import type { TaskId } from '../kernel/types.ts';
import type { Prng } from './prng.ts';

/** Decisions that the first run is taken to have. */
const FIRST_GUESS = 100;

export class Accidents {
  private readonly faults = new Set<TaskId>();
  private prng: Prng | null = null;
  /** Decisions of the last run, and of the one that goes on. */
  private length = FIRST_GUESS;
  private decisions = 0;

  /** A new run, with its chance. */
  begin(prng: Prng): void {
    if (this.decisions > 0) this.length = this.decisions;
    this.decisions = 0;
    this.prng = prng;
    this.faults.clear();
  }

  add(fault: TaskId): void {
    this.faults.add(fault);
  }

  /** The fault that strikes now, null if none does; and who else can run. */
  decides(runnable: readonly TaskId[]): { readonly fault: TaskId | null; readonly tasks: readonly TaskId[] } {
    this.decisions++;
    if (this.faults.size === 0 || !this.prng) return { fault: null, tasks: runnable };
    const tasks = runnable.filter((task) => !this.faults.has(task));
    const able = runnable.slice(tasks.length);
    const strikes = able.length > 0 && this.prng.below(2 * this.length) < able.length;
    return { fault: strikes ? (able[this.prng.below(able.length)] as TaskId) : null, tasks };
  }
}
