/** Makes a failing schedule smaller: fewer preemptions first, then an earlier return to round-robin, then fewer steps. */
import type { Touches } from '../kernel/touch.ts';
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
  /** Up to the last decision that round-robin would not have made. */
  readonly stretches: readonly Stretch[];
  /** With what happened to the world. */
  readonly preemptions: number;
  /** Decisions up to there. */
  readonly length: number;
  /** How many tasks those decisions chose. */
  readonly tasks: number;
}

export class Minimiser implements Scheduler {
  private readonly first: Scheduler;
  private readonly signatureOf: (record: RunRecord) => string;
  private config: RunConfig = { seed: 0, name: '' };
  private readonly wanted: string;
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
  /** Stretches up to the last decision that round-robin would not have made. */
  private deviating = 0;
  private chosen = new Set<TaskId>();
  private readonly faults = new Set<TaskId>();

  /** `first` runs the schedule that fails; runs with the signature `wanted` fail in the same way. */
  constructor(first: Scheduler, wanted: string, signatureOf: (record: RunRecord) => string) {
    this.first = first;
    this.wanted = wanted;
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
      if (!this.guide) return null;
    }
    // The program's chance is part of what it does: every candidate has the same.
    this.chance = new Prng(this.config.seed);
    this.runs++;
    this.at = this.used = this.preemptions = this.decisions = this.length = this.deviating = 0;
    this.stretches = [];
    this.chosen = new Set();
    this.faults.clear();
    return { ...this.config, name: 'minimised' };
  }

  nextTask(runnable: readonly TaskId[], current: TaskId | null, why: SwitchPoint): TaskId {
    const chosen = this.guide
      ? this.follow(this.guide, runnable, current, why)
      : this.first.nextTask(runnable, current, why);
    this.decisions++;
    // What happens to the world counts as much wherever it does.
    if (this.faults.has(chosen) || (couldGoOn(current, why) && chosen !== current)) this.preemptions++;
    const last = this.stretches.at(-1);
    if (last?.task === chosen) last.choices++;
    else this.stretches.push({ task: chosen, choices: 1 });
    if (chosen !== turn(runnable, current, why)) {
      this.length = this.decisions;
      this.deviating = this.stretches.length;
      this.chosen.add(chosen);
    }
    return chosen;
  }

  fault(task: TaskId, touches: Touches): void {
    this.faults.add(task);
    if (this.guide === null) this.first.fault?.(task, touches);
  }

  nextInt(bound: number): number {
    return this.chance.below(bound);
  }

  /** Tells how the last run ended: it is the new best if it failed in the same way and is smaller. */
  judge(record: RunRecord): void {
    const attempt = {
      stretches: this.stretches.slice(0, this.deviating),
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

/** Without so many stretches in a row: half of them, a quarter … one (delta debugging; Zeller and Hildebrandt, 2002). */
function candidatesOf(stretches: readonly Stretch[]): Stretch[][] {
  const candidates: Stretch[][] = stretches.length > 0 ? [[]] : [];
  for (let size = stretches.length >> 1; size >= 1; size >>= 1) {
    for (let from = stretches.length - size; from >= 0; from -= size) candidates.push(without(stretches, from, size));
  }
  return candidates;
}

/** The stretch before goes on instead. */
function without(stretches: readonly Stretch[], from: number, size: number): Stretch[] {
  const [before, after] = [stretches[from - 1], stretches[from + size]];
  if (!before || !after) return [...stretches.slice(0, from), ...stretches.slice(from + size)];
  const same = after.task === before.task;
  const choices = same ? before.choices + after.choices : Number.POSITIVE_INFINITY;
  const rest = stretches.slice(from + size + (same ? 1 : 0));
  return [...stretches.slice(0, from - 1), { task: before.task, choices }, ...rest];
}
