/** The reader is the scheduler: moves say which thread goes on, and how far. */
import { PAUSE, type Place, type RunConfig, type Scheduler, type SwitchPoint, type TaskId } from '../kernel/types.ts';
import { Prng } from './prng.ts';
import { turn } from './round-robin.ts';

export interface ManualMove {
  readonly thread: string | TaskId;
  readonly until:
    | { readonly kind: 'step'; readonly count: number }
    | { readonly kind: 'line'; readonly line: number; readonly file?: string }
    | { readonly kind: 'next-line' }
    | { readonly kind: 'wait' };
}

/** What the scheduler must know of the threads to follow moves. */
export interface Threads {
  named(name: string): TaskId | null;
  place(task: TaskId): Place | null;
  /** In words: `clerk-2`. */
  nameOf(task: TaskId): string;
  ended(task: TaskId): boolean;
  /** It does nothing as itself but run fibers: nobody wants to drive an event loop from step to step. */
  loops(task: TaskId): boolean;
}

/** The move that is being made. */
interface Progress {
  readonly task: TaskId;
  readonly from: Place | null;
  steps: number;
}

export class Manual implements Scheduler {
  readonly alone = true;
  private readonly moves: readonly ManualMove[];
  private readonly stop: boolean;
  private readonly threads: Threads;
  private readonly chance = new Prng(0);
  private done = false;
  private next = 0;
  private progress: Progress | null = null;
  refused: { readonly move: number; readonly why: string } | null = null;
  /** Who could take the next step when the run paused. */
  choices: readonly TaskId[] = [];

  /** `stop`: pause after the last move; else round-robin goes on. */
  constructor(moves: readonly ManualMove[], stop: boolean, threads: Threads) {
    this.moves = moves;
    this.stop = stop;
    this.threads = threads;
  }

  nextRun(): RunConfig | null {
    if (this.done) return null;
    this.done = true;
    return { seed: 0, name: 'driven' };
  }

  nextTask(runnable: readonly TaskId[], current: TaskId | null, why: SwitchPoint): TaskId {
    if (runnable.every((task) => this.threads.loops(task))) return turn(runnable, current, why);
    for (; this.next < this.moves.length && !this.refused; this.next++, this.progress = null) {
      const move = this.moves[this.next] as ManualMove;
      this.progress ??= this.begin(move);
      if (this.progress === null) break;
      if (this.reached(move, this.progress, runnable, current)) continue;
      if (this.refused) break;
      this.progress.steps++;
      return this.progress.task;
    }
    if (!this.stop && !this.refused) return turn(runnable, current, why);
    this.choices = runnable.filter((task) => !this.threads.loops(task));
    return PAUSE;
  }

  nextInt(bound: number): number {
    return this.chance.below(bound);
  }

  /** Call when the run has ended: moves may be left. */
  finish(): void {
    if (this.refused || this.next >= this.moves.length) return;
    // The move that ended the program was made.
    const made = this.progress !== null && this.progress.steps > 0 ? this.next + 1 : this.next;
    if (made < this.moves.length) this.refuse('the program has ended', made);
  }

  private begin({ thread }: ManualMove): Progress | null {
    const task = typeof thread === 'number' ? thread : this.threads.named(thread);
    if (task === null) {
      this.refuse(`no thread called "${thread}" has started yet`);
      return null;
    }
    return { task, from: this.threads.place(task), steps: 0 };
  }

  /** Whether the move is done; sets `refused` if it cannot be. */
  private reached(
    { until }: ManualMove,
    progress: Progress,
    runnable: readonly TaskId[],
    current: TaskId | null,
  ): boolean {
    const { task, from, steps } = progress;
    const name = this.threads.nameOf(task);
    if (!runnable.includes(task)) {
      if (until.kind === 'line') this.refuse(`${name} did not get to line ${until.line}: it ${this.state(task)}`);
      else if (steps === 0) this.refuse(`${name} cannot go on: it ${this.state(task)}`);
      return this.refused === null;
    }
    const at = this.threads.place(task);
    switch (until.kind) {
      case 'step':
        return steps >= until.count;
      case 'line':
        return at?.line === until.line && (until.file === undefined || at.file === until.file);
      case 'next-line':
        return steps > 0 && (at?.line !== from?.line || at?.file !== from?.file);
      case 'wait':
        // It waited, though not for long: a task of asyncio's that lets the others go first.
        return steps > 0 && current === null;
    }
  }

  private state(task: TaskId): string {
    if (this.threads.ended(task)) return 'has ended';
    const at = this.threads.place(task);
    return at ? `waits at line ${at.line}` : 'waits';
  }

  private refuse(why: string, move = this.next): void {
    this.refused = { move, why };
  }
}
