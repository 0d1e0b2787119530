/**
 * What the kernel told one process, in order: with the same answers the same program does the same again, byte for byte.
 * That is how a process is copied: a suspended WebAssembly stack cannot be, but it can be made once more.
 */

/** What a system call did to the process's memory: bytes that it wrote at an address, so much that it took, what it freed. */
export type Writes = readonly (readonly [number, Uint8Array | 'allocate' | 'free'])[];

/** Another task of the process ran from here on: for the first time, or with the answer of the call that it waited in. */
export type Turn =
  | { readonly turn: 'start'; readonly task: number }
  | {
      readonly turn: 'resume';
      readonly task: number;
      readonly answer: unknown;
      readonly writes: Writes;
      /** A signal has come: the next check of the eval breaker asks for it. */
      readonly hurries: boolean;
    };

/** The answer of a call from C, and what it wrote. */
export interface Answered {
  readonly result: number;
  readonly writes: Writes;
}

/** The call made its task wait. */
export const WAITS = Symbol('waits');

const DIFFERENT = 'a process did not do again what it had done';
/** Entries that a process may have before it cannot be copied any more. */
const MOST = 5_000_000;

/** A history that can be sent to another worker. */
export interface Told {
  readonly entries: readonly unknown[];
  readonly times: readonly number[];
  readonly signals: readonly number[];
  readonly ticks: number;
}

/** What stands for WAITS in one. */
interface Waited {
  readonly waits: true;
}

export class History {
  private entries: unknown[] = [];
  /** How often the entry of this index came in a row: nearly all answers are `undefined`, or 1. */
  private times: number[] = [];
  /** At which eval-breaker ticks the kernel asked for a signal. */
  private signals: number[] = [];
  private ticks = 0;

  answered(answer: unknown): void {
    const last = this.entries.length - 1;
    if (last >= 0 && this.entries[last] === answer && typeof answer !== 'object')
      this.times[last] = (this.times[last] ?? 0) + 1;
    else this.add(answer);
  }

  turned(turn: Turn): void {
    this.add(turn);
  }

  ticked(signal: boolean): void {
    this.ticks++;
    if (signal) this.signals.push(this.ticks);
  }

  /** Steps that it takes to live through it again; so many checks of the eval breaker are a tick. */
  effort(checks: number): number {
    return this.entries.length + this.ticks * checks;
  }

  get tooLong(): boolean {
    return this.entries.length > MOST;
  }

  copy(): History {
    const copy = new History();
    copy.entries = this.entries.slice();
    copy.times = this.times.slice();
    copy.signals = this.signals.slice();
    copy.ticks = this.ticks;
    return copy;
  }

  /** As data. */
  get told(): Told {
    const { entries, times, signals, ticks } = this;
    const waited: Waited = { waits: true };
    return { entries: entries.map((entry) => (entry === WAITS ? waited : entry)), times, signals, ticks };
  }

  static from({ entries, times, signals, ticks }: Told): History {
    const history = new History();
    history.entries = entries.map((entry) => (isWaited(entry) ? WAITS : entry));
    history.times = [...times];
    history.signals = [...signals];
    history.ticks = ticks;
    return history;
  }

  rehearse(): Rehearsal {
    return new Rehearsal(this.entries.slice(), this.times.slice(), new Set(this.signals));
  }

  private add(entry: unknown): void {
    this.entries.push(entry);
    this.times.push(1);
  }
}

function isWaited(entry: unknown): entry is Waited {
  return typeof entry === 'object' && entry !== null && 'waits' in entry;
}

/** A history being lived through again. */
export class Rehearsal {
  private readonly entries: readonly unknown[];
  private readonly times: readonly number[];
  private readonly signals: ReadonlySet<number>;
  private at = 0;
  /** How often the current entry comes yet. */
  private left: number;
  private ticks = 0;

  constructor(entries: readonly unknown[], times: readonly number[], signals: ReadonlySet<number>) {
    this.entries = entries;
    this.times = times;
    this.signals = signals;
    this.left = times[0] ?? 0;
  }

  /** Whether everything has happened again: the next call is the one that the copy was made in. */
  get over(): boolean {
    return this.at >= this.entries.length;
  }

  next(): unknown {
    if (this.over) throw new Error(DIFFERENT);
    const entry = this.entries[this.at];
    if (--this.left === 0) this.left = this.times[++this.at] ?? 0;
    return entry;
  }

  /** Whose turn it is, after a task has begun to wait. */
  turn(): Turn {
    const turn = this.next();
    if (typeof turn !== 'object' || turn === null || !('turn' in turn)) throw new Error(DIFFERENT);
    return turn as Turn;
  }

  tick(): boolean {
    return this.signals.has(++this.ticks);
  }
}
