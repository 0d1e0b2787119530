/** Which instructions touch what another task touches too: learnt from runs, and only ever more. */
import { conflict, EVERYTHING, type Touches } from '../kernel/touch.ts';
import type { TaskId } from '../kernel/types.ts';

interface Toucher {
  readonly task: TaskId;
  readonly field: number;
  readonly how: number;
  readonly site: number;
}

export class Sharing {
  private readonly sites = new Set<number>();
  /** Something touched everything: from then on all instructions count. */
  private all = false;
  /** Whether anything was learnt since `settle`. */
  grown = false;
  // ---- of the run that goes on ----
  private alone = true;
  private touchers = new Map<number, Toucher[]>();
  /** The instruction that each task is in; what the kernel does for it is part of that. */
  private last = new Map<TaskId, number>();

  begin(): void {
    this.alone = true;
    this.touchers = new Map();
    this.last = new Map();
  }

  settle(): void {
    this.grown = false;
  }

  /** Whether it matters who goes first here; a step outside the learner's code (0) is taken to. */
  shared(site: number): boolean {
    return this.all || site === 0 || this.sites.has(site);
  }

  /** What was done while there was one task only is past: nobody can come before it. */
  spawn(): void {
    if (!this.alone) return;
    this.alone = false;
    this.touchers = new Map();
  }

  touch(task: TaskId, touches: Touches, site: number): void {
    if (site !== 0) this.last.set(task, site);
    if (this.alone) return;
    const here = site || (this.last.get(task) ?? 0);
    for (let i = 0; i < touches.length; i += 3) {
      const [object = 0, field = 0, how = 0] = [touches[i], touches[i + 1], touches[i + 2]];
      if (object === EVERYTHING) {
        // The clock moves on when nobody can run: that is nobody's choice.
        if (task !== 0 && !this.all) this.all = this.grown = true;
        continue;
      }
      const touchers = this.touchers.get(object);
      if (!touchers) {
        this.touchers.set(object, [{ task, field, how, site: here }]);
        continue;
      }
      let known = false;
      for (const other of touchers) {
        if (other.task === task) known ||= other.field === field && other.how === how && other.site === here;
        else if (conflict(object, field, how, object, other.field, other.how)) {
          this.learn(here);
          this.learn(other.site);
        }
      }
      if (!known) touchers.push({ task, field, how, site: here });
    }
  }

  private learn(site: number): void {
    if (site === 0 || this.sites.has(site)) return;
    this.sites.add(site);
    this.grown = true;
  }
}
