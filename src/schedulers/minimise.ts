/**
 * Makes a failing schedule smaller: fewer faults first, then fewer preemptions, then fewer decisions that round-robin would
 * not have made, then an earlier end of those.
 */
import type { Touches } from '../kernel/touch.ts';
import type { RunConfig, RunRecord, Scheduler, SwitchPoint, TaskId } from '../kernel/types.ts';
import { couldGoOn } from './preemption.ts';
import { Prng } from './prng.ts';
import { turn } from './round-robin.ts';

/** In place of a task: whoever round-robin would choose. */
const USUAL = 0;

/** So many moments at which each fault is tried alone. */
const MOMENTS = 16;

/** This task was chosen so often in a row. */
interface Stretch {
  readonly task: TaskId | typeof USUAL;
  readonly choices: number;
}

interface Attempt {
  /** Up to the last decision that round-robin would not have made. */
  readonly stretches: readonly Stretch[];
  /** The same, with what happened to the world in its place and round-robin in between. */
  readonly calm: readonly Stretch[];
  readonly faults: number;
  /** Without those faults. */
  readonly preemptions: number;
  /** Decisions that round-robin would not have made, faults among them. */
  readonly deviations: number;
  /** Decisions up to the last of these. */
  readonly length: number;
  /** How many tasks they chose. */
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
  private strikes = 0;
  private preemptions = 0;
  private deviations = 0;
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
    this.at = this.used = this.strikes = this.preemptions = this.deviations = 0;
    this.decisions = this.length = this.deviating = 0;
    this.stretches = [];
    this.chosen = new Set();
    this.faults.clear();
    return { ...this.config, name: 'minimised' };
  }

  nextTask(runnable: readonly TaskId[], current: TaskId | null, why: SwitchPoint): TaskId {
    const usual = turn(runnable, current, why);
    const chosen = this.guide ? this.follow(this.guide, runnable, usual) : this.first.nextTask(runnable, current, why);
    this.decisions++;
    if (this.faults.has(chosen)) this.strikes++;
    else if (couldGoOn(current, why) && chosen !== current) this.preemptions++;
    const last = this.stretches.at(-1);
    if (last?.task === chosen) last.choices++;
    else this.stretches.push({ task: chosen, choices: 1 });
    if (chosen !== usual) {
      this.deviations++;
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
    const stretches = this.stretches.slice(0, this.deviating);
    const attempt = {
      stretches,
      calm: calmed(stretches, this.faults),
      faults: this.strikes,
      preemptions: this.preemptions,
      deviations: this.deviations,
      length: this.length,
      tasks: this.chosen.size,
    };
    const signature = this.signatureOf(record);
    if (signature !== this.wanted || (this.found && !smaller(attempt, this.found.attempt))) return;
    const wide = this.found === null ? alone(attempt) : [];
    this.found = { record, attempt };
    this.candidates = [...wide, ...candidatesOf(attempt)];
  }

  /** As far as it goes: a task that cannot run is passed over, and after the last stretch round-robin goes on. */
  private follow(guide: Stretch[], runnable: readonly TaskId[], usual: TaskId): TaskId {
    for (; this.at < guide.length; this.at++, this.used = 0) {
      const { task, choices } = guide[this.at] as Stretch;
      const chosen = task === USUAL ? usual : task;
      if (this.used >= choices || !runnable.includes(chosen)) continue;
      this.used++;
      return chosen;
    }
    return usual;
  }
}

function smaller(a: Attempt, b: Attempt): boolean {
  for (const what of ['faults', 'preemptions', 'deviations', 'length', 'tasks'] as const)
    if (a[what] !== b[what]) return a[what] < b[what];
  return false;
}

/** Each of the faults alone, at moments all over the run: many failures need no more. */
function alone({ calm, length }: Attempt): Stretch[][] {
  const faults = new Set(calm.map(({ task }) => task).filter((task) => task !== USUAL));
  const moments = Array.from({ length: MOMENTS }, (_, n) => Math.floor((length * n) / MOMENTS));
  return [...faults].flatMap((task) =>
    moments.map((choices) => [
      { task: USUAL, choices },
      { task, choices: 1 },
    ]),
  );
}

/**
 * Round-robin alone; the same faults with nothing else; then without so many stretches in a row: half of them, a quarter …
 * one (delta debugging; Zeller and Hildebrandt, 2002). Where there is nothing but faults, they are tried earlier.
 */
function candidatesOf({ stretches, calm, faults, deviations }: Attempt): Stretch[][] {
  if (stretches.length === 0) return [];
  const isCalm = faults === deviations;
  const candidates: Stretch[][] = isCalm || faults === 0 ? [[]] : [[], [...calm]];
  const whole = isCalm ? calm : stretches;
  for (let size = whole.length >> 1; size >= 1; size >>= 1) {
    for (let from = whole.length - size; from >= 0; from -= size) candidates.push(without(whole, from, size));
  }
  return isCalm ? [...candidates, ...calm.flatMap((_, at) => shortened(calm, at))] : candidates;
}

/** Round-robin in the place of all that is no fault. */
function calmed(stretches: readonly Stretch[], faults: ReadonlySet<TaskId>): Stretch[] {
  const calm: Stretch[] = [];
  for (const { task, choices } of stretches) {
    const last = calm.at(-1);
    if (faults.has(task)) calm.push({ task, choices });
    else if (last?.task === USUAL) calm[calm.length - 1] = { task: USUAL, choices: last.choices + choices };
    else calm.push({ task: USUAL, choices });
  }
  return calm;
}

/** With less of round-robin in one place: half of it, three quarters … one decision less. */
function shortened(calm: readonly Stretch[], at: number): Stretch[][] {
  const { task, choices } = calm[at] as Stretch;
  const shorter: Stretch[][] = [];
  if (task === USUAL)
    for (let less = choices >> 1; less >= 1; less >>= 1)
      shorter.push(calm.map((stretch, n) => (n === at ? { task, choices: choices - less } : stretch)));
  return shorter;
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
