/** What can run tasks: the kernel's view of the interpreter. */
import type { Failed } from './errno.ts';
import type { WorldEvent } from './hosts/types.ts';
import type { Program, Signal } from './processes/types.ts';
import type { Outcome, Pid, Place, TaskId } from './types.ts';

/** All of it takes effect after the current task has been suspended. */
export interface Machine {
  /** Whether this is one of the programs that the machine itself can run; an absolute path. */
  runs(path: string): boolean;
  /** Why there cannot be one more process that runs this, or that is a copy of `parent`; null: there can. */
  refuses(path: string, parent?: Pid): Failed | null;
  /** A process will run this program from its start, in a memory of its own: its main task is about to be started. */
  load(pid: Pid, program: Program): void;
  /**
   * A process will go on where the running task of this one is, in a copy of its memory. Answers the steps that it takes
   * to make it.
   */
  copy(pid: Pid, parent: Pid): number;
  /** A signal is for a process's handlers. True: it runs elsewhere, and has been told there. */
  tells(pid: Pid, signal: Signal): boolean;
  /** A process has ended, or runs another program from here on: nothing that was loaded for it runs any more. */
  unload(pid: Pid): void;
  /** Starts a task that has never run. */
  start(task: TaskId): void;
  /** Lets a suspended task go on; its system call's answer is `kernel.answer(task)`. */
  resume(task: TaskId): void;
  /** Where a task is in the learner's files. */
  locate(task: TaskId): Place | null;
  /** Nothing can run before `time` (kernel seconds; null: before input arrives). Real clock and interactive runs only. */
  idle(until: number | null): void;
  /** `terminal`: where it is shown; null: on the run's own. */
  output(fd: 1 | 2, text: string, terminal: string | null): void;
  /** Something happens to the world: a terminal's command begins (null) or has ended, a host loses its power or has it again. */
  happens(what: WorldEvent): void;
  /**
   * Nobody runs, and somebody is about to. True: the host's own affairs come first (the reader of a world may have done
   * something), and `then` is called when they are done. Absent: they never do.
   */
  yields?(then: () => void): boolean;
  encode(text: string): Uint8Array;
  decode(bytes: Uint8Array): string;
  /** Seconds since the run began, by the host's clock. Only asked when the clock is real. */
  elapsed(): number;
  /** A task takes the step that it announced last (`Dispatcher.step`). Observed runs only. */
  steps(task: TaskId): void;
  finished(outcome: Outcome): void;
}
