/** One search through a program's schedules: its strategy, its budget, and what it has found so far. */
import type { Host } from '../interpreter/execution.ts';
import type { Outcome, Place, RunRecord, Scheduler, SwitchModel } from '../kernel/types.ts';
import { Exhaustive } from '../schedulers/exhaustive.ts';
import { Pct } from '../schedulers/pct.ts';
import { RandomWalk } from '../schedulers/random.ts';
import { RoundRobin } from '../schedulers/round-robin.ts';
import type { Known } from './identity.ts';
import type { RunOptions, SearchPart, SearchRequest, Strategy, Unrepeatable } from './protocol.ts';
import { Spent } from './spent.ts';

export class Search {
  readonly known: Known;
  readonly scheduler: Scheduler;
  readonly options: RunOptions;
  private readonly request: SearchRequest;
  private readonly exhaustive: Exhaustive | null;
  private readonly spent: Spent;
  private readonly seen = new Set<string>();
  private exhausted = false;
  private unrepeatable: Unrepeatable | null = null;
  /**
   * The first run's result, while that run is made a second time with its objects at other addresses: what is to be
   * proved of a program must not depend on them.
   */
  private repeating: string | null = null;
  /** Where its objects are decides what the program does, though not with which result. */
  private placed = false;

  constructor(known: Known, request: SearchRequest, host: Host, here: () => Place | null) {
    this.known = known;
    this.request = request;
    this.options = request.options;
    this.scheduler = schedulerFor(request.strategy, request.options.model, here);
    this.exhaustive = this.scheduler instanceof Exhaustive ? this.scheduler : null;
    this.spent = new Spent(request.budget, host);
  }

  /** How the next run is to be made. */
  get next(): { readonly exact: boolean; readonly shuffled: boolean } {
    const shuffled = this.repeating !== null;
    return { exact: this.request.exact || shuffled || this.explored === 0, shuffled };
  }

  get explored(): number {
    return this.spent.schedules;
  }

  get over(): boolean {
    return this.end() !== null || this.unrepeatable !== null;
  }

  /** Counts a run (null: the strategy has no more); whether its record is to be answered. */
  takes(record: RunRecord | null): boolean {
    if (!record) {
      this.exhausted = true;
      return false;
    }
    if (this.repeating !== null) {
      this.compare(record, this.repeating);
      return false;
    }
    this.spent.add(record);
    const departure = this.exhaustive?.departure;
    if (departure) this.unrepeatable = { cause: this.request.exact ? 'unknown' : 'earlier runs', ...departure };
    const signature = signatureOf(record);
    // To repeat a run that had to be ended says nothing more, and takes as long.
    if (this.exhaustive && this.explored === 1 && record.outcome.kind !== 'limit') {
      this.repeating = signature;
      this.exhaustive.repeat();
    }
    if (!this.request.distinct) return true;
    if (this.seen.has(signature)) return false;
    this.seen.add(signature);
    return true;
  }

  /** A run wanted what only one from an exact reset can do. */
  isStale(): void {
    this.unrepeatable = { cause: 'earlier runs', decision: null, first: null, second: null };
  }

  part(records: readonly RunRecord[]): SearchPart {
    return {
      records,
      explored: this.explored,
      steps: this.spent.steps,
      end: this.end(),
      covered: this.request.strategy.kind === 'exhaustive' ? (this.exhaustive?.covered ?? -1) : -1,
      unbounded: this.exhaustive?.unbounded ?? false,
      inexact: (this.exhaustive?.inexact ?? false) || this.placed,
      unrepeatable: this.unrepeatable,
    };
  }

  /** Why the search is over, null while it is not. */
  private end(): SearchPart['end'] {
    return this.exhausted ? 'complete' : this.spent.bound;
  }

  /** Takes the repetition, which nobody could replay: what it shows is only that the program does not repeat itself. */
  private compare(record: RunRecord, first: string): void {
    this.repeating = null;
    const departure = this.exhaustive?.endRepetition() ?? null;
    const other = signatureOf(record) !== first;
    if (other) this.unrepeatable = { cause: 'addresses', decision: null, first: null, second: null, ...departure };
    // Locks taken in the order of id() are right wherever the objects are. What is shown then is shown for one place.
    else if (departure && this.request.exact) this.placed = true;
    else if (departure) this.unrepeatable = { cause: 'earlier runs', ...departure };
  }
}

/** What two runs have in common that a reader would call the same failure. */
export function failureOf({ outcome, value, stdout, stderr, tampered, terminals }: RunRecord): string {
  const parts = [withoutNumbers(outcome), value, stdout, stderr, tampered];
  return JSON.stringify(terminals ? [...parts, terminals.map(({ output, code }) => [output, code])] : parts);
}

/** Locks are numbered on from run to run: who waits where says the same. */
function withoutNumbers(outcome: Outcome): unknown {
  if (outcome.kind !== 'deadlock') return outcome;
  return outcome.stuck.map(({ task, waiting, at, holds }) => {
    const whom = waiting.on === 'lock' ? waiting.owner : waiting.on === 'join' ? waiting.task : null;
    return [task, waiting.on, whom, at, holds.length];
  });
}

/** What two runs have in common that a reader would call the same result. */
export function signatureOf(record: RunRecord): string {
  return JSON.stringify([failureOf(record), record.clock, record.races]);
}

function schedulerFor(strategy: Strategy, model: SwitchModel, here: () => Place | null): Scheduler {
  // Only at every bytecode is it known what a step touches.
  const exhaustive = (counts: 'preemptions' | 'delays', most: number, reduced: boolean) =>
    new Exhaustive(counts, most, reduced && model === 'every-bytecode', 'everyFault' in strategy, here);
  switch (strategy.kind) {
    case 'round-robin':
      return new RoundRobin();
    case 'random':
      return new RandomWalk(strategy.seed);
    case 'pct':
      return new Pct(strategy.depth, strategy.seed);
    case 'exhaustive':
      return exhaustive('preemptions', strategy.preemptions, strategy.reduced);
    case 'delays':
      return exhaustive('delays', strategy.delays, true);
  }
}
