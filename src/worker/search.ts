/** One search through a program's schedules: its strategy, its budget, and what it has found so far. */
import type { Place, RunRecord, Scheduler } from '../kernel/types.ts';
import { Exhaustive } from '../schedulers/exhaustive.ts';
import { Pct } from '../schedulers/pct.ts';
import { RandomWalk } from '../schedulers/random.ts';
import { RoundRobin } from '../schedulers/round-robin.ts';
import type { Host } from './host.ts';
import type { Known } from './identity.ts';
import type { RunOptions, SearchPart, SearchRequest, Strategy } from './protocol.ts';

export class Search {
  readonly known: Known;
  readonly scheduler: Scheduler;
  readonly options: RunOptions;
  private readonly request: SearchRequest;
  private readonly host: Host;
  private readonly startedAt: number;
  private readonly seen = new Set<string>();
  explored = 0;
  private steps = 0;
  private exhausted = false;

  constructor(known: Known, request: SearchRequest, host: Host, here: () => Place | null) {
    this.known = known;
    this.request = request;
    this.options = request.options;
    this.scheduler = schedulerFor(request.strategy, here);
    this.host = host;
    this.startedAt = host.now();
  }

  /** Counts a run (null: the strategy has no more); whether its record is to be answered. */
  takes(record: RunRecord | null): boolean {
    if (!record) {
      this.exhausted = true;
      return false;
    }
    this.explored++;
    this.steps += record.steps;
    if (!this.request.distinct) return true;
    const signature = signatureOf(record);
    if (this.seen.has(signature)) return false;
    this.seen.add(signature);
    return true;
  }

  /** Why the search is over, null while it is not. */
  end(): SearchPart['end'] {
    const { schedules, steps, seconds } = this.request.budget;
    if (this.exhausted) return 'complete';
    if (this.explored >= schedules) return 'schedules';
    if (this.steps >= steps) return 'steps';
    return seconds !== null && this.host.now() - this.startedAt >= seconds ? 'seconds' : null;
  }

  part(records: readonly RunRecord[]): SearchPart {
    const { scheduler } = this;
    const search = scheduler instanceof Exhaustive ? scheduler : null;
    return {
      records,
      explored: this.explored,
      steps: this.steps,
      end: this.end(),
      unbounded: search?.unbounded ?? false,
      inexact: search?.inexact ?? false,
      unrepeatable: search?.departure ?? null,
    };
  }
}

/** What two runs have in common that a reader would call the same result. */
export function signatureOf({ outcome, value, stdout, stderr, clock, races, tampered }: RunRecord): string {
  return JSON.stringify([outcome, value, stdout, stderr, clock, races, tampered]);
}

function schedulerFor(strategy: Strategy, here: () => Place | null): Scheduler {
  switch (strategy.kind) {
    case 'round-robin':
      return new RoundRobin();
    case 'random':
      return new RandomWalk(strategy.seed);
    case 'pct':
      return new Pct(strategy.depth, strategy.seed);
    case 'exhaustive':
      return new Exhaustive(strategy.preemptions, strategy.reduced, here);
  }
}
