/** Makes a failing schedule smaller: fewer preemptions first, then an earlier return to round-robin, then fewer steps. */
import type { RunConfig, RunRecord, Scheduler, SwitchPoint, TaskId } from '../kernel/types.ts';
import { couldGoOn } from './preemption.ts';
import { Prng } from './prng.ts';
import { turn } from './round-robin.ts';

/** This task was chosen so often in a row. */
interface Stretch {
  readonly task: TaskId;
  readonly choices: number;
}

interface Attempt {
  readonly stretches: readonly Stretch[];
  readonly preemptions: number;
  /** Decisions up to the last that round-robin would not have made. */
  readonly length: number;
  /** How many tasks those decisions chose. */
  readonly tasks: number;
}

export class Minimiser implements Scheduler {
  private readonly first: Scheduler;
  private readonly signatureOf: (record: RunRecord) => string;
  private config: RunConfig = { seed: 0, name: '' };
  private readonly wanted: string;
  private readonly mostRuns: number;
  private found: { readonly record: RunRecord; readonly attempt: Attempt } | null = null;
  /** Candidates made of the best attempt that have not been run yet. */
  private candidates: Stretch[][] = [];
  private runs = 0;
  // ---- of the run that goes on ----
  private chance = new Prng(0);
  private guide: Stretch[] | null = null;
  private at = 0;
  private used = 0;
  private stretches: { task: TaskId; choices: number }[] = [];
  private preemptions = 0;
  private decisions = 0;
  private length = 0;
  private chosen = new Set<TaskId>();

  /** `first` runs the schedule that fails; runs with the signature `wanted` fail in the same way. */
  constructor(first: Scheduler, wanted: string, signatureOf: (record: RunRecord) => string, mostRuns: number) {
    this.first = first;
    this.wanted = wanted;
    this.mostRuns = mostRuns;
    this.signatureOf = signatureOf;
  }

  /** The smallest run so far. */
  get best(): RunRecord {
    if (!this.found) throw new Error('nothing has been run');
    return this.found.record;
  }

  nextRun(): RunConfig | null {
    if (this.runs === 0) {
      const config = this.first.nextRun();
      if (!config) return null;
      this.config = config;
      this.guide = null;
    } else {
      this.guide = this.candidates.shift() ?? null;
      if (!this.guide || this.runs >= this.mostRuns) return null;
    }
    // The program's chance is part of what it does: every candidate has the same.
    this.chance = new Prng(this.config.seed);
    this.runs++;
    this.at = this.used = this.preemptions = this.decisions = this.length = 0;
    this.stretches = [];
    this.chosen = new Set();
    return { ...this.config, name: 'minimised' };
  }

  nextTask(runnable: readonly TaskId[], current: TaskId | null, why: SwitchPoint): TaskId {
    const chosen = this.guide
      ? this.follow(this.guide, runnable, current, why)
      : this.first.nextTask(runnable, current, why);
    this.decisions++;
    if (couldGoOn(current, why) && chosen !== current) this.preemptions++;
    if (chosen !== turn(runnable, current, why)) {
      this.length = this.decisions;
      this.chosen.add(chosen);
    }
    const last = this.stretches.at(-1);
    if (last?.task === chosen) last.choices++;
    else this.stretches.push({ task: chosen, choices: 1 });
    return chosen;
  }

  nextInt(bound: number): number {
    return this.chance.below(bound);
  }

  /** Tells how the last run ended: it is the new best if it failed in the same way and is smaller. */
  judge(record: RunRecord): void {
    const attempt = {
      stretches: this.stretches,
      preemptions: this.preemptions,
      length: this.length,
      tasks: this.chosen.size,
    };
    const signature = this.signatureOf(record);
    if (signature !== this.wanted || (this.found && !smaller(attempt, this.found.attempt))) return;
    this.found = { record, attempt };
    this.candidates = candidatesOf(attempt.stretches);
  }

  /** As far as it goes: a task that cannot run is passed over, and after the last stretch round-robin goes on. */
  private follow(guide: Stretch[], runnable: readonly TaskId[], current: TaskId | null, why: SwitchPoint): TaskId {
    for (; this.at < guide.length; this.at++, this.used = 0) {
      const { task, choices } = guide[this.at] as Stretch;
      if (this.used >= choices || !runnable.includes(task)) continue;
      this.used++;
      return task;
    }
    return turn(runnable, current, why);
  }
}

function smaller(a: Attempt, b: Attempt): boolean {
  if (a.preemptions !== b.preemptions) return a.preemptions < b.preemptions;
  if (a.length !== b.length) return a.length < b.length;
  return a.tasks < b.tasks;
}

/** Without one stretch (the one before goes on instead), or with nothing after one. */
function candidatesOf(stretches: readonly Stretch[]): Stretch[][] {
  const candidates: Stretch[][] = [];
  for (let n = 1; n < stretches.length; n++) candidates.push(stretches.slice(0, n));
  for (let n = 1; n < stretches.length; n++) {
    const before = stretches[n - 1] as Stretch;
    const after = stretches[n + 1];
    const merged = after?.task === before.task ? before.choices + after.choices : Number.POSITIVE_INFINITY;
    const rest = stretches.slice(after?.task === before.task ? n + 2 : n + 1);
    candidates.push([...stretches.slice(0, n - 1), { task: before.task, choices: merged }, ...rest]);
  }
  return candidates;
}
