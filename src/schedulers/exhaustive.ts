/**
 * Every schedule with at most so many preemptions, depth first; `reduced` leaves out those that only repeat another.
 * Or with at most so many departures from round-robin, be they preemptions or not.
 *
 * Bounds are searched one after the other, so the first failure has the fewest preemptions (CHESS, Musuvathi and Qadeer,
 * PLDI 2007). Three reductions, each of which keeps every result that the bound can reach:
 *
 * - *Where it matters*: a task is preempted only before a step that touches what some other task touches too. What is
 *   shared is learnt from the runs; if a bound's last run has taught something new, the bound is searched again. (Any
 *   other preemption can be put off to the next such step, which costs no preemption more.)
 * - *Sleep sets* (Godefroid 1996): when a task is preempted before a step, whoever runs instead must do something that
 *   depends on that step before the task goes on; else the preemption could have come after it. Only the task that was
 *   preempted sleeps: where no preemption is paid, the reordered schedule could need one more.
 * - *Equal pasts*: two runs that differ only in the order of steps that commute are in the same state (past.ts). What
 *   follows from it is explored once for each task that may go on and each number of preemptions that is left.
 */
import { EVERYTHING, isWorld, READ, SLICED, type Touches, WRITE } from '../kernel/touch.ts';
import type { Place, RunConfig, Scheduler, SwitchPoint, TaskId } from '../kernel/types.ts';
import { Fairness } from './fairness.ts';
import { dependsOn, Naming, type PutOff } from './naming.ts';
import { Past } from './past.ts';
import { couldGoOn } from './preemption.ts';
import { Prng } from './prng.ts';
import { turn } from './round-robin.ts';
import { Sharing } from './sharing.ts';

/**
 * Decisions of one run after which it just runs to its end: what a search remembers of each takes about 700 bytes, and of
 * runs so long a budget has but a few dozen. Nothing is proved then.
 */
const DEEPEST = 100_000;

/** A decision on the way to where the search is. */
interface Node {
  readonly runnable: readonly TaskId[];
  readonly current: TaskId | null;
  /** To choose another than `current` is a preemption. */
  readonly paid: boolean;
  /** Whom round-robin would choose. */
  readonly usual: TaskId;
  /** Preemptions, or delays, that may still follow. */
  readonly left: number;
  /** Tasks that must not go on before something depends on their next step, and that step. */
  readonly asleep: ReadonlyMap<TaskId, PutOff>;
  /** Where the current task was, for the report of a program that does not repeat itself. */
  readonly at: Place | null;
  chosen: TaskId;
  readonly untried: TaskId[];
  /** Faults that have not been tried here. */
  readonly faults: TaskId[];
  /** Whether `current` went on the first time; else it sleeps. */
  readonly went: boolean;
  /** The instruction that `chosen` went on with the first time, and what it touched up to the next decision. */
  site: number;
  readonly touches: Touches;
  /** Of these, by their real names, those that concern the world: hosts, the network. */
  readonly world: Touches;
  /** The names that had been given before. */
  readonly known: number;
  readonly print: number;
}

/** What has been explored from one state on: with so many preemptions left, and these tasks asleep. */
interface Explored {
  readonly left: number;
  readonly asleep: ReadonlySet<TaskId>;
}

/** Where the program did something else although all decisions were the same. */
export interface Departure {
  /** From 1. */
  readonly decision: number;
  readonly first: Place | null;
  readonly second: Place | null;
}

export class Exhaustive implements Scheduler {
  private readonly most: number;
  private readonly reduced: boolean;
  /** Whatever round-robin would not do counts, not preemptions only. */
  private readonly delays: boolean;
  /** Faults are tried at every decision. */
  private readonly everyFault: boolean;
  private readonly here: () => Place | null;
  private bound: number;
  /** Whether some schedule was left out only because it has more preemptions than `bound`. */
  private bounded = false;
  private started = false;
  private path: Node[] = [];
  private readonly sharing = new Sharing();
  /** Some preemption was left out because nobody else was known to touch what the step does. */
  private spared = false;
  private explored = new Map<string, Explored[]>();
  // ---- of the run that goes on ----
  /** What each fault will touch. */
  private faults = new Map<TaskId, Touches>();
  private chance = new Prng(0);
  private depth = 0;
  private past = new Past();
  private naming = new Naming();
  private asleep = new Map<TaskId, PutOff>();
  private fairness = new Fairness();
  /** This run names things otherwise than the one that the path was found in: then nobody can be said to sleep. */
  private renamed = false;
  private left = 0;
  /** The last state in which something new was to be decided. */
  private state = '';
  /** The decision whose first step is being taken for the first time. */
  private open: Node | null = null;
  /** The rest of this run is known, or not worth knowing: it just runs to its end. */
  private done = false;
  /** The strategy has been followed to its end. */
  complete = false;
  /** Every schedule with at most so many preemptions has been covered; -1: not even those without. */
  covered = -1;
  /** A run used up a time slice, where depends on the schedule; or it was too long. So nothing is proved. */
  inexact = false;
  departure: Departure | null = null;
  /** The next run, or the one that goes on, makes the last one's decisions again. */
  private repeating = false;

  /**
   * `most`: at most so many of what it counts in one schedule. `everyFault`: faults are tried also where they would make
   * no difference. `here`: where the running task is.
   */
  constructor(
    counts: 'preemptions' | 'delays',
    most: number,
    reduced: boolean,
    everyFault: boolean,
    here: () => Place | null,
  ) {
    this.most = most;
    this.everyFault = everyFault;
    this.delays = counts === 'delays';
    this.reduced = reduced;
    this.here = here;
    this.bound = reduced ? 0 : most;
  }

  /** Complete, and no schedule has more preemptions than were searched: this is proved for every number of them. */
  get unbounded(): boolean {
    return this.complete && !this.bounded;
  }

  /** The next run makes the last one's decisions again, to see whether it comes to the same ones. */
  repeat(): void {
    this.repeating = true;
  }

  /** After that run: where it differed, null if it did not. */
  endRepetition(): Departure | null {
    const missed = this.path[this.depth];
    if (missed && !this.departure) this.departure = { decision: this.depth + 1, first: missed.at, second: null };
    const { departure } = this;
    this.repeating = false;
    this.departure = null;
    return departure;
  }

  nextRun(): RunConfig | null {
    if (this.complete || this.departure) return null;
    if (this.started && !this.repeating && !this.advance()) return null;
    this.started = true;
    this.chance = new Prng(0);
    this.depth = 0;
    this.past = new Past();
    this.naming = new Naming();
    this.asleep = new Map();
    this.fairness = new Fairness();
    this.faults = new Map();
    this.renamed = false;
    this.left = this.bound;
    this.state = '';
    this.open = null;
    this.done = false;
    this.sharing.begin();
    return { seed: 0, name: 'search' };
  }

  nextTask(all: readonly TaskId[], current: TaskId | null, why: SwitchPoint): TaskId {
    const runnable = this.faults.size === 0 ? all : all.filter((task) => !this.faults.has(task));
    const faults = all.slice(runnable.length);
    this.open = null;
    this.fairness.decides(runnable, current, why);
    const node = this.done ? null : this.decide(runnable, faults, current, why);
    if (!node) {
      this.done = true;
      return turn(runnable, current, why);
    }
    this.fairness.runs(node.chosen);
    this.depth++;
    const strikes = this.faults.has(node.chosen);
    const preempts = node.paid && node.chosen !== node.current && !strikes;
    // What happens to the world is not counted: a run has so few of it as it is.
    this.left = node.left - (!strikes && (this.delays ? node.chosen !== node.usual : preempts) ? 1 : 0);
    this.asleep = new Map(this.renamed ? [] : node.asleep);
    // Whoever runs now must give the preempted task a reason to have been preempted.
    if (preempts && node.went && this.reduced && !this.renamed) this.asleep.set(node.current as TaskId, node);
    return node.chosen;
  }

  nextInt(bound: number): number {
    return this.chance.below(bound);
  }

  spawn(parent: TaskId, child: TaskId): void {
    if (!this.reduced) return;
    this.past.spawn(parent, child);
    this.sharing.spawn();
  }

  fault(task: TaskId, touches: Touches): void {
    this.faults.set(task, touches);
  }

  touch(task: TaskId, touches: Touches, site: number): void {
    if (touches[0] === SLICED) this.inexact = true;
    this.fairness.runs(task);
    // What the world sees the kernel tells of every run, whatever else is known of it.
    if (this.faults.size > 0) this.open?.world.push(...worldly(touches));
    if (!this.reduced) return;
    // Delays prove nothing: there, what may be looked at by somebody need not keep schedules apart.
    if (this.delays && touches[0] === EVERYTHING && touches[2] === READ) return;
    this.past.step(task, touches);
    // When it strikes is tried everywhere where it matters: nobody need be preempted for that.
    if (!this.faults.has(task)) this.sharing.touch(task, touches, site);
    const named = this.naming.name(touches);
    if (this.open) {
      if (this.open.touches.length === 0 && this.open.site === 0) this.open.site = site;
      this.open.touches.push(...named);
    }
    for (const [sleeper, step] of this.asleep) {
      if (sleeper === task) this.done = true;
      else if (dependsOn(named, step)) this.asleep.delete(sleeper);
    }
  }

  /** The decision to be made: one of the path so far, or a new one. Null: nothing new can come of this run. */
  private decide(
    runnable: readonly TaskId[],
    faults: readonly TaskId[],
    current: TaskId | null,
    why: SwitchPoint,
  ): Node | null {
    const known = this.path[this.depth];
    if (!known) return this.meet(runnable, faults, current, why);
    if (known.current === current && same(known.runnable, runnable)) {
      if (known.print !== this.naming.print) this.renamed = true;
      return known;
    }
    this.departure = { decision: this.depth + 1, first: known.at, second: this.here() };
    return null;
  }

  private meet(
    runnable: readonly TaskId[],
    faults: readonly TaskId[],
    current: TaskId | null,
    why: SwitchPoint,
  ): Node | null {
    if (this.depth >= DEEPEST) {
      this.inexact = true;
      return null;
    }
    const paid = couldGoOn(current, why);
    // Between a system call and the next step there may be nothing: then this is where the run just was.
    const before = this.state;
    this.state = this.reduced ? `${this.past.name} ${current} ${paid} ${this.fairness.name}` : '';
    if (this.reduced && this.state !== before && this.knows(this.state)) return null;
    if (this.repeating) {
      this.departure = { decision: this.depth + 1, first: null, second: this.here() };
      return null;
    }
    const allowed = this.fairness.allowed(runnable, current, why);
    const awake = allowed.filter((task) => !this.asleep.has(task));
    const usual = turn(runnable, current, why);
    const chosen = awake.includes(usual) ? usual : awake[0];
    if (chosen === undefined) return null;
    const node: Node = {
      runnable: [...runnable],
      current,
      paid,
      usual,
      left: this.left,
      asleep: this.asleep,
      at: this.here(),
      chosen,
      untried: awake.filter((task) => task !== chosen),
      faults: [...faults],
      went: chosen === current,
      site: 0,
      touches: [],
      world: [],
      known: this.naming.count,
      print: this.naming.print,
    };
    this.path.push(node);
    this.open = node;
    return node;
  }

  /** Whether all that can follow from here has been explored before, or will have been. */
  private knows(state: string): boolean {
    const before = this.explored.get(state) ?? [];
    const covers = ({ left, asleep }: Explored) =>
      left >= this.left && [...asleep].every((task) => this.asleep.has(task));
    if (before.some(covers)) return true;
    this.explored.set(state, [...before, { left: this.left, asleep: new Set(this.asleep.keys()) }]);
    return false;
  }

  /** Goes on to the next schedule; false: there is none. */
  private advance(): boolean {
    for (let node = this.path.at(-1); node; node = this.path.at(-1)) {
      const task = this.nextOf(node);
      if (task !== undefined) {
        node.chosen = task;
        return true;
      }
      this.path.pop();
    }
    if (this.reduced && this.spared && this.sharing.grown) {
      this.spared = false;
      this.sharing.settle();
      this.explored = new Map();
      this.bounded = false;
      return true;
    }
    this.covered = this.bounded ? this.bound : this.most;
    if (this.bound < this.most && this.bounded) {
      this.bound++;
      this.bounded = false;
      this.explored = new Map();
      return true;
    }
    this.complete = true;
    return false;
  }

  /** What else is to be tried here: another task, or that something happens to the world. */
  private nextOf(node: Node): TaskId | undefined {
    const others = node.untried.length > 0 && this.worthwhile(node);
    for (let fault = node.faults.shift(); fault !== undefined; fault = node.faults.shift())
      if (others || this.everyFault || this.matters(fault, node)) return fault;
    return others ? node.untried.shift() : undefined;
  }

  /**
   * Whether it makes a difference if a fault strikes here, and not after the step that was taken. Where others are tried,
   * too, it may, since nobody knows what they do.
   */
  private matters(fault: TaskId, { world }: Node): boolean {
    return dependsOn(world, {
      touches: this.faults.get(fault) ?? [EVERYTHING, 0, WRITE],
      known: Number.POSITIVE_INFINITY,
    });
  }

  /** Whether another task instead of `chosen` could make a difference here, and may still be tried. */
  private worthwhile(node: Node): boolean {
    if (!node.paid && !this.delays) return true;
    if (node.paid && this.reduced && node.went) {
      if (node.touches.length === 0) return false;
      if (!this.sharing.shared(node.site)) {
        this.spared = true;
        return false;
      }
    }
    if (node.left > 0) return true;
    this.bounded = true;
    return false;
  }
}

/** Those touches that concern hosts or the network. */
function worldly(touches: Touches): Touches {
  const found: Touches = [];
  for (let i = 0; i < touches.length; i += 3) if (isWorld(touches[i] ?? 0)) found.push(...touches.slice(i, i + 3));
  return found;
}

function same(a: readonly TaskId[], b: readonly TaskId[]): boolean {
  return a.length === b.length && a.every((task, n) => task === b[n]);
}
