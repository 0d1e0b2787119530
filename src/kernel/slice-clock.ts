/** Counts a program's own progress into time: so many eval-breaker checks are so many microseconds. */
import type { Process } from './process.ts';
import { SWITCH_INTERVAL } from './process.ts';

/** Eval-breaker checks that make 5 ms of CPython's time, its default switch interval. */
export const SLICE = 10_000;
/** The end of a slice is some Python too, whose checks must not make up the next one. In microseconds. */
const SHORTEST_SLICE = 10;
const CHECKS_PER_MICROSECOND = SLICE / SWITCH_INTERVAL;
/** So many `sleep(0)` in a row are worth a time slice. */
const YIELDS = 1_000;
/** What one look at the clock counts towards the slice. */
const CLOCK_READ = 100;

export class SliceClock {
  /** One full slice, in seconds. */
  static readonly slice = SWITCH_INTERVAL / 1e6;
  private checks = 0;
  /** How long the current task has run, as far as it is on the clock, in microseconds. */
  private held = 0;
  private yielded = 0;

  passes(checks: number): void {
    this.checks += checks;
  }

  readsClock(): void {
    this.checks += CLOCK_READ;
  }

  /** A `sleep(0)`; true if that makes a slice. */
  yields(): boolean {
    return ++this.yielded % YIELDS === 0;
  }

  /** Another task runs; `anew`: not because it has preempted the one before. */
  begins(anew: boolean): void {
    if (anew) this.checks = 0;
    this.held = 0;
  }

  isOver(process: Process): boolean {
    return this.checks >= quantum(process);
  }

  /** The seconds that have passed since the last time. */
  take(process: Process): number {
    const passed = Math.floor(this.checks / quantum(process)) * (quantum(process) / CHECKS_PER_MICROSECOND);
    this.checks = 0;
    this.held += passed;
    return passed / 1e6;
  }

  /** Whether the task has had its turn, which it then begins anew. */
  holds({ interval }: Process): boolean {
    if (this.held < interval) return false;
    this.held = 0;
    return true;
  }
}

/** Checks after which the clock moves: a short switch interval, or a part of a long one. */
function quantum({ interval }: Process): number {
  return Math.min(Math.max(interval, SHORTEST_SLICE), SWITCH_INTERVAL) * CHECKS_PER_MICROSECOND;
}
