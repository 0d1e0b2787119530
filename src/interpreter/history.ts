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
/** What an entry takes, and each write in it, beside its bytes: about. */
const [ENTRY, WRITE] = [64, 200] as const;

/** Bytes that the histories of all processes of a run may yet take. A process for whose there is no room cannot be copied. */
export interface Room {
  left: number;
}

export function newRoom(): Room {
  return { left: 256 * 1024 * 1024 };
}

/** A history that can be sent to another worker. */
export interface Told {
  readonly entries: readonly unknown[];
  readonly times: readonly number[];
  readonly signals: readonly number[];
  readonly ticks: number;
  readonly arrivals: readonly Arrival[];
}

/** Other processes' writes to shared memory: seen before the entry of this index. */
type Arrival = readonly [entry: number, address: number, bytes: Uint8Array];

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
  private arrivals: Arrival[] = [];
  private readonly room: Room;
  /** Bytes of the room that it takes. */
  private size = 0;
  /** There was not enough room: nobody knows any more what happened. */
  private lost = false;

  constructor(room: Room) {
    this.room = room;
  }

  answered(answer: unknown): void {
    const last = this.entries.length - 1;
    const alike = last >= 0 && this.entries[last] === answer && typeof answer !== 'object';
    if (alike && this.arrivals.at(-1)?.[0] !== last + 1) this.times[last] = (this.times[last] ?? 0) + 1;
    else this.add(answer);
  }

  turned(turn: Turn): void {
    this.add(turn);
  }

  came(address: number, bytes: Uint8Array): void {
    if (this.takes(ENTRY + bytes.length)) this.arrivals.push([this.entries.length, address, bytes]);
  }

  ticked(signal: boolean): void {
    this.ticks++;
    if (signal && this.takes(ENTRY)) this.signals.push(this.ticks);
  }

  /** Steps that it takes to live through it again; so many checks of the eval breaker are a tick. */
  effort(checks: number): number {
    return this.entries.length + this.ticks * checks;
  }

  /** It cannot be lived through again. */
  get tooLong(): boolean {
    return this.lost;
  }

  /** Nobody will ask for it again. */
  drop(): void {
    this.room.left += this.size;
    this.size = 0;
    this.lost = true;
    this.entries = [];
    this.times = [];
    this.signals = [];
    this.arrivals = [];
  }

  copy(): History {
    const copy = new History(this.room);
    copy.entries = this.entries.slice();
    copy.times = this.times.slice();
    copy.signals = this.signals.slice();
    copy.ticks = this.ticks;
    copy.arrivals = this.arrivals.slice();
    // The entries themselves are the same. Too much is seen to by whoever adds one.
    copy.size = 16 * (copy.entries.length + copy.arrivals.length);
    this.room.left -= copy.size;
    return copy;
  }

  /** As data. */
  get told(): Told {
    const { entries, times, signals, ticks, arrivals } = this;
    const waited: Waited = { waits: true };
    return { entries: entries.map((entry) => (entry === WAITS ? waited : entry)), times, signals, ticks, arrivals };
  }

  static from({ entries, times, signals, ticks, arrivals }: Told, room: Room): History {
    const history = new History(room);
    history.entries = entries.map((entry) => (isWaited(entry) ? WAITS : entry));
    history.times = [...times];
    history.signals = [...signals];
    history.ticks = ticks;
    history.arrivals = [...arrivals];
    return history;
  }

  /** `arrive`: puts what others wrote into the memory. */
  rehearse(arrive: (address: number, bytes: Uint8Array) => void): Rehearsal {
    return new Rehearsal(this, arrive);
  }

  /** For a rehearsal. */
  get all() {
    const { entries, times, signals, arrivals } = this;
    return { entries, times, signals, arrivals };
  }

  private add(entry: unknown): void {
    if (!this.takes(sizeOf(entry))) return;
    this.entries.push(entry);
    this.times.push(1);
  }

  private takes(bytes: number): boolean {
    if (this.lost) return false;
    this.size += bytes;
    this.room.left -= bytes;
    if (this.room.left < 0) this.drop();
    return !this.lost;
  }
}

/** Bytes, about. */
function sizeOf(entry: unknown): number {
  if (typeof entry === 'string' || entry instanceof Uint8Array) return ENTRY + entry.length;
  if (typeof entry !== 'object' || entry === null || !('writes' in entry)) return ENTRY;
  let size = ENTRY;
  for (const [, bytes] of entry.writes as Writes) size += WRITE + (typeof bytes === 'string' ? 0 : bytes.length);
  return size;
}

function isWaited(entry: unknown): entry is Waited {
  return typeof entry === 'object' && entry !== null && 'waits' in entry;
}

/** A history being lived through again. */
export class Rehearsal {
  private readonly entries: readonly unknown[];
  private readonly times: readonly number[];
  private readonly signals: ReadonlySet<number>;
  private readonly arrivals: readonly Arrival[];
  private readonly arrive: (address: number, bytes: Uint8Array) => void;
  private arrived = 0;
  private at = 0;
  /** How often the current entry comes yet. */
  private left: number;
  private ticks = 0;

  /** Nothing is added to the history meanwhile. */
  constructor(history: History, arrive: (address: number, bytes: Uint8Array) => void) {
    const { entries, times, signals, arrivals } = history.all;
    this.entries = entries;
    this.times = times;
    this.signals = new Set(signals);
    this.arrivals = arrivals;
    this.arrive = arrive;
    this.left = times[0] ?? 0;
  }

  /** Whether everything has happened again: the next call is the one that the copy was made in. */
  get over(): boolean {
    return this.at >= this.entries.length;
  }

  next(): unknown {
    if (this.over) throw new Error(DIFFERENT);
    const entry = this.entries[this.at];
    for (let next = this.arrivals[this.arrived]; next && next[0] <= this.at; next = this.arrivals[++this.arrived])
      this.arrive(next[1], next[2]);
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
