/**
 * What the kernel told one process, in order: with the same answers the same program does the same again, byte for byte.
 * That is how a process is copied: a suspended WebAssembly stack cannot be, but it can be made once more.
 */

/** What a system call did to the process's memory: bytes that it wrote at an address, so much that it took, what it freed. */
export type Writes = readonly (readonly [number, Uint8Array | 'allocate' | 'free'])[];

/** Another task of the process ran from here on: for the first time, or with the answer of the call that it waited in. */
export type Turn =
  | { readonly turn: 'start'; readonly task: number }
  | { readonly turn: 'resume'; readonly task: number; readonly answer: unknown; readonly writes: Writes };

/** The answer of a call from C, and what it wrote. */
export interface Answered {
  readonly result: number;
  readonly writes: Writes;
}

/** The call made its task wait. */
export const WAITS = Symbol('waits');

/** Entries that a process may have before it cannot be copied any more. */
const MOST = 5_000_000;

export class History {
  private entries: unknown[] = [];
  /** How often `undefined` was answered before the entry of this index: nearly all answers are. */
  private plain: number[] = [];
  private since = 0;
  /** At which eval-breaker ticks the kernel asked for a signal. */
  private signals: number[] = [];
  private ticks = 0;

  answered(answer: unknown): void {
    if (answer === undefined) this.since++;
    else this.add(answer);
  }

  turned(turn: Turn): void {
    this.add(turn);
  }

  ticked(signal: boolean): void {
    this.ticks++;
    if (signal) this.signals.push(this.ticks);
  }

  get tooLong(): boolean {
    return this.entries.length > MOST;
  }

  copy(): History {
    const copy = new History();
    copy.entries = this.entries.slice();
    copy.plain = this.plain.slice();
    copy.since = this.since;
    copy.signals = this.signals.slice();
    copy.ticks = this.ticks;
    return copy;
  }

  rehearse(): Rehearsal {
    return new Rehearsal(this.entries, this.plain, this.since, this.signals);
  }

  private add(entry: unknown): void {
    this.entries.push(entry);
    this.plain.push(this.since);
    this.since = 0;
  }
}

/** A history being lived through again. */
export class Rehearsal {
  private readonly entries: readonly unknown[];
  private readonly plain: readonly number[];
  private readonly last: number;
  private readonly signals: ReadonlySet<number>;
  private at = 0;
  private left: number;
  private ticks = 0;

  constructor(entries: readonly unknown[], plain: readonly number[], last: number, signals: readonly number[]) {
    this.entries = entries.slice();
    this.plain = plain.slice();
    this.last = last;
    this.left = plain[0] ?? last;
    this.signals = new Set(signals);
  }

  /** Whether everything has happened again: the next call is the one that the copy was made in. */
  get over(): boolean {
    return this.at >= this.entries.length && this.left === 0;
  }

  next(): unknown {
    if (this.left > 0) {
      this.left--;
      return undefined;
    }
    if (this.at >= this.entries.length) throw new Error('a process did not do again what it had done');
    const entry = this.entries[this.at++];
    this.left = this.plain[this.at] ?? this.last;
    return entry;
  }

  /** Whose turn it is, after a task has begun to wait. */
  turn(): Turn {
    const turn = this.next() as Turn | undefined;
    if (typeof turn !== 'object' || turn === null || !('turn' in turn))
      throw new Error('a process did not do again what it had done');
    return turn;
  }

  tick(): boolean {
    return this.signals.has(++this.ticks);
  }
}
