/** What one process asks its kernel, and is answered: kept for copies of the process, or said again in a copy. */
import { type Kernel, SUSPEND } from '../kernel/kernel.ts';
import type { Answer } from '../kernel/task.ts';
import { Stale } from './execution.ts';
import { type History, type Rehearsal, type Turn, WAITS, type Writes } from './history.ts';
import type { Memory } from './syscalls/memory.ts';

const NONE: Writes = [];

export interface Stage {
  /** The task whose turn it is goes on, or begins. */
  follow(turn: Turn): void;
  /** Puts what other processes wrote into shared memory. */
  arrive(address: number, bytes: Uint8Array): void;
  /** All has happened again: from here on it is a process like any other. */
  lives(): void;
}

export class Dialogue {
  private readonly memory: Memory;
  private readonly stage: Stage;
  /** What it was told so far; null: it cannot be copied, because it did not begin in a memory that was the snapshot's. */
  private history: History | null = null;
  /** Set while it does again what another process did. */
  private rehearsal: Rehearsal | null = null;
  private turn: Turn | null = null;
  /** What system calls wrote into memory since somebody last looked. */
  private writes: [number, Uint8Array | 'allocate' | 'free'][] = [];

  constructor(memory: Memory, stage: Stage) {
    this.memory = memory;
    this.stage = stage;
  }

  /** A process begins; null: in a memory that is not the snapshot's. */
  begin(history: History | null): void {
    this.rehearsal = null;
    this.keep(history);
  }

  /** It has ended: nobody will copy it. */
  end(): void {
    this.history?.drop();
  }

  /** It begins as a copy: first it does what another one has done. */
  rehearse(history: History): void {
    this.keep(history);
    this.rehearsal = history.rehearse((address, bytes) => this.stage.arrive(address, bytes));
    this.follow(this.rehearsal);
  }

  /** Whether it only does again what another did. */
  get rehearses(): boolean {
    return this.rehearsal !== null;
  }

  /** Whether it began in a memory that was the snapshot's. */
  get pristine(): boolean {
    return this.history !== null;
  }

  /** It has done so much that a copy cannot be made. */
  get tooOld(): boolean {
    return this.history?.tooLong ?? true;
  }

  /** All that it was told. Throws Stale if that is not known. */
  get past(): History {
    if (!this.history) throw new Stale('a process that is not new cannot be copied');
    return this.history;
  }

  /** Steps that a copy takes to get where it is; so many checks of the eval breaker are a tick. */
  effort(checks: number): number {
    return this.history?.effort(checks) ?? 0;
  }

  // ---- natives -------------------------------------------------------------------------------------------------

  /** The kernel has answered this. */
  noted(answer: Answer | typeof SUSPEND): Answer | typeof SUSPEND {
    this.history?.answered(answer === SUSPEND ? WAITS : answer);
    return answer;
  }

  /** What the kernel answered when this happened for the first time. */
  repeated(): Answer | typeof SUSPEND {
    const { rehearsal } = this;
    if (!rehearsal) return undefined;
    if (rehearsal.over) {
      // This is the call in which the copy was made: from here on it lives.
      this.rehearsal = null;
      this.stage.lives();
      this.history?.answered(0);
      return 0;
    }
    const answer = rehearsal.next();
    if (answer !== WAITS) return answer;
    this.follow(rehearsal);
    return SUSPEND;
  }

  // ---- system calls of the C library's -------------------------------------------------------------------------

  /** One was answered. */
  answered(result: number): number {
    const writes = this.taken();
    this.history?.answered({ result, writes });
    return result;
  }

  /** One has to wait. */
  waits(): void {
    this.taken();
    this.history?.answered(WAITS);
  }

  /** One is done, and others go first all the same: what it has written belongs to its end. */
  waitsDone(): void {
    this.history?.answered(WAITS);
  }

  /** What C got when this happened for the first time; SUSPEND: it had to wait. */
  repeatedInC(): number | typeof SUSPEND {
    const answer = this.repeated();
    if (answer === SUSPEND) return SUSPEND;
    const { result, writes } = answer as { result: number; writes: Writes };
    this.repeat(writes);
    return result;
  }

  // ---- turns ---------------------------------------------------------------------------------------------------

  /** What others wrote into shared memory has come. */
  came(address: number, bytes: Uint8Array): void {
    this.history?.came(address, bytes);
  }

  started(task: number): void {
    if (!this.rehearsal) this.history?.turned({ turn: 'start', task });
  }

  /** A task goes on with this answer. */
  resumed(task: number, answer: unknown, hurries: boolean): void {
    this.history?.turned({ turn: 'resume', task, answer, writes: this.taken(), hurries });
  }

  /** How a task went on when this happened for the first time; `again`: the answer with which it waited once more. */
  resumedAgain(again?: unknown): { readonly answer: Answer; readonly hurries: boolean } {
    const { answer, writes, hurries } = this.turn as Turn & { turn: 'resume' };
    this.repeat(writes);
    if (again !== undefined && answer === again && this.rehearsal) this.follow(this.rehearsal);
    return { answer, hurries };
  }

  /** The kernel was asked at a tick, and wants a signal or not; while it is not to be asked: what it wanted. */
  ticked(ask: () => boolean): boolean {
    if (this.rehearsal) return this.rehearsal.tick();
    const signal = ask();
    this.history?.ticked(signal);
    return signal;
  }

  // --------------------------------------------------------------------------------------------------------------

  private keep(history: History | null): void {
    const { memory } = this;
    this.history = history;
    this.writes = [];
    memory.onWrite = history && ((address, bytes) => this.writes.push([address, bytes]));
    memory.onAllocate = history && ((size) => this.writes.push([size, 'allocate']));
    memory.onFree = history && ((address) => this.writes.push([address, 'free']));
  }

  private follow(rehearsal: Rehearsal): void {
    this.turn = rehearsal.turn();
    this.stage.follow(this.turn);
  }

  private taken(): Writes {
    const { writes } = this;
    if (writes.length === 0) return NONE;
    this.writes = [];
    return writes;
  }

  /** Does to the memory what a system call did. */
  private repeat(writes: Writes): void {
    const { memory } = this;
    for (const [address, bytes] of writes) {
      if (bytes === 'allocate') memory.allocate(address);
      else if (bytes === 'free') memory.free(address);
      else memory.write(address, bytes);
    }
    this.writes = [];
  }
}

/** What the kernel is asked by a native. */
export type Question = (kernel: Kernel) => Answer | typeof SUSPEND;
