/** What of a budget is used up. */
import type { Host } from '../interpreter/execution.ts';
import type { RunRecord } from '../kernel/types.ts';
import type { Budget } from './protocol.ts';

export class Spent {
  private readonly budget: Budget;
  private readonly host: Host;
  private readonly startedAt: number;
  schedules = 0;
  steps = 0;

  constructor(budget: Budget, host: Host) {
    this.budget = budget;
    this.host = host;
    this.startedAt = host.now();
  }

  add(run: RunRecord): void {
    this.schedules++;
    this.steps += run.steps;
  }

  /** The bound that was reached first, null: none yet. */
  get bound(): keyof Budget | null {
    const { schedules, steps, seconds } = this.budget;
    if (this.schedules >= schedules) return 'schedules';
    if (this.steps >= steps) return 'steps';
    return seconds !== null && this.host.now() - this.startedAt >= seconds ? 'seconds' : null;
  }
}
