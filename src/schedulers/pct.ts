/**
 * Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010): every task has a random
 * priority, the highest that can run does, and at `depth - 1` random steps the running one falls to the bottom. A bug of
 * that depth in a program of n tasks and k steps shows in one run with a chance of at least 1 / (n * k ** (depth - 1)).
 */
import type { RunConfig, Scheduler, SwitchPoint, TaskId } from '../kernel/types.ts';
import { Accidents } from './accidents.ts';
import { Prng } from './prng.ts';

/** Steps that the first run is taken to have. */
const FIRST_GUESS = 100;

export class Pct implements Scheduler {
  private readonly depth: number;
  private seed: number;
  private length = FIRST_GUESS;
  private step = 0;
  private prng = new Prng(0);
  private chance = new Prng(0);
  private priorities = new Map<TaskId, number>();
  private falls = new Set<number>();
  private lowest = 0;
  private readonly accidents = new Accidents();

  constructor(depth: number, seed: number) {
    this.depth = depth;
    this.seed = seed - 1;
  }

  nextRun(): RunConfig {
    this.length = Math.max(this.step, 1) === 1 ? this.length : this.step;
    this.seed = (this.seed + 1) >>> 0;
    this.step = 0;
    this.prng = new Prng(this.seed);
    this.chance = new Prng(this.seed);
    this.priorities = new Map();
    this.accidents.begin(this.prng);
    this.lowest = 0;
    this.falls = new Set(Array.from({ length: this.depth - 1 }, () => this.prng.below(this.length)));
    return { seed: this.seed, name: `pct ${this.seed}` };
  }

  nextTask(all: readonly TaskId[], current: TaskId | null, why: SwitchPoint): TaskId {
    const { fault, tasks: runnable } = this.accidents.decides(all);
    if (fault !== null) return fault;
    // A task that yields, or spins through its time slice, waits for others: at the top it would keep them away for ever.
    if (current !== null && (this.falls.has(this.step) || why === 'yield')) this.priorities.set(current, --this.lowest);
    this.step++;
    let best = runnable[0] as TaskId;
    for (const task of runnable) if (this.priority(task) > this.priority(best)) best = task;
    return best;
  }

  fault(task: TaskId): void {
    this.accidents.add(task);
  }

  nextInt(bound: number): number {
    return this.chance.below(bound);
  }

  private priority(task: TaskId): number {
    let priority = this.priorities.get(task);
    if (priority === undefined) {
      priority = 1 + this.prng.below(2 ** 30);
      this.priorities.set(task, priority);
    }
    return priority;
  }
}
