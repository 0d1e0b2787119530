/** The C library's system calls: carried out, made to wait, and done again in a copy of the process. */
import { failed } from '../kernel/errno.ts';
import { INTERRUPTED, type Kernel, SUSPEND } from '../kernel/kernel.ts';
import type { Answer } from '../kernel/task.ts';
import type { Carriers } from './carriers.ts';
import type { CPython } from './cpython.ts';
import type { Dialogue } from './dialogue.ts';
import { TICK_SIGNAL } from './natives.ts';
import type { Elsewhere } from './parallel/elsewhere.ts';
import type { SharedRegions } from './shared-regions.ts';
import type { Handler, Waiting } from './syscalls/calls.ts';
import { MUST_WAIT } from './syscalls/suspendable.ts';

/** The process that makes them. */
export interface Caller {
  readonly py: CPython;
  readonly carriers: Carriers;
  readonly dialogue: Dialogue;
  /** Of its run. */
  readonly kernel: Kernel | null;
  readonly elsewhere: Elsewhere | null;
  readonly shared: SharedRegions;
  /** What the call in which a task waited is answered. */
  answerOf(task: number): Answer;
  /** What others have written to shared memory comes in. */
  pull(): void;
  /** Serves a call: the kernel may ask meanwhile where the caller is. */
  serve<T>(work: () => T): T;
  /** The task is about to be suspended. */
  leaves(task: number | null): void;
  /** The stack of a task is back; its next check of the eval breaker asks the kernel if a signal has come. */
  returned(): void;
  hurries(task: number): boolean;
  hurry(): void;
  broke(why: unknown): void;
}

export class CCalls {
  private readonly caller: Caller;
  /** What waits, by task, and how its answer goes back to C. */
  private readonly finishing = new Map<number, Waiting['finish']>();
  /** One is being carried out: of it only the result is kept for a copy of the process. */
  serving = false;

  constructor(caller: Caller) {
    this.caller = caller;
  }

  forget(): void {
    this.finishing.clear();
  }

  /** Answers what C gets, or MUST_WAIT. */
  enter(handler: Handler, args: readonly (number | bigint)[]): number {
    const { dialogue, shared, elsewhere, carriers, kernel } = this.caller;
    if (dialogue.rehearses) {
      const result = dialogue.repeatedInC();
      return result === SUSPEND ? MUST_WAIT : result;
    }
    // A file may be read and written by its descriptor too.
    if (!shared.none) shared.push();
    this.serving = true;
    try {
      return this.caller.serve(() => {
        const made = elsewhere ? elsewhere.handled(() => handler(...args)) : handler(...args);
        if (!shared.none) this.caller.pull();
        const result = this.resultOf(made);
        if (result === SUSPEND) {
          dialogue.waits();
          return MUST_WAIT;
        }
        if (!carriers.suspendable || kernel?.returns() !== SUSPEND) {
          kernel?.goesOn();
          return dialogue.answered(result);
        }
        this.wait(() => {
          kernel.goesOn();
          return result;
        });
        // What it has written is told when it goes on.
        dialogue.waitsDone();
        return MUST_WAIT;
      });
    } catch (error) {
      this.caller.broke(error);
      return MUST_WAIT;
    } finally {
      this.serving = false;
    }
  }

  /** A task that waited goes on. */
  resume(carrier: number): number {
    const { caller } = this;
    const { carriers, dialogue } = caller;
    const task = carriers.restore(carrier);
    if (task === null || !caller.kernel) return 0;
    if (dialogue.rehearses) {
      const { answer, hurries } = dialogue.resumedAgain(MUST_WAIT);
      if (hurries) caller.hurry();
      return answer as number;
    }
    caller.returned();
    const answer = caller.answerOf(task);
    const finish = this.finishing.get(task);
    this.finishing.delete(task);
    // CPython looks for signals when a call was interrupted: one of them calls the kernel.
    const interrupted = answer === INTERRUPTED;
    if (interrupted) caller.py._PyErr_SetInterruptEx(TICK_SIGNAL);
    this.serving = true;
    const result = this.resultOf(finish?.(interrupted ? { errno: 'EINTR' } : answer) ?? 0);
    this.serving = false;
    const hurries = result !== SUSPEND && caller.hurries(task);
    if (hurries) caller.hurry();
    const last = result === SUSPEND ? MUST_WAIT : result;
    dialogue.resumed(task, last, hurries);
    return last;
  }

  /** What C gets; SUSPEND: the caller must wait first. */
  private resultOf(made: number | Waiting): number | typeof SUSPEND {
    const { carriers, kernel } = this.caller;
    let result = made;
    while (typeof result !== 'number') {
      const { later, finish } = result;
      const answer = carriers.suspendable ? kernel?.system(later) : failed('EAGAIN');
      if (answer === SUSPEND) {
        this.wait(finish);
        return SUSPEND;
      }
      result = finish(answer);
    }
    return result;
  }

  /** The running task is about to be suspended; `finish` makes C's answer when it goes on. */
  private wait(finish: Waiting['finish']): void {
    const { running } = this.caller.carriers;
    if (running !== null) this.finishing.set(running, finish);
    this.caller.leaves(running);
  }
}
