/** One of the machine's small commands, run for a process: a generator that yields the calls in which it waits. */
import { AS_IT_IS } from '../commands/env.ts';
import { COMMANDS } from '../commands/index.ts';
import type { Calling, Command } from '../commands/types.ts';
import { isFailed } from '../kernel/errno.ts';
import type { FileCalls } from '../kernel/files/types.ts';
import { INTERRUPTED, SUSPEND } from '../kernel/kernel.ts';
import type { Later } from '../kernel/later.ts';
import type { ProcessCalls } from '../kernel/processes/types.ts';
import { EPOCH } from './origin.ts';
import type { Run } from './python-image.ts';

const FOLDERS = ['/bin/', '/usr/bin/'];

/** The command that is at a path, null: there is none. */
export function commandOf(path: string): Command | null {
  const folder = FOLDERS.find((start) => path.startsWith(start));
  const name = folder === undefined ? '' : path.slice(folder.length);
  return Object.hasOwn(COMMANDS, name) ? (COMMANDS[name] ?? null) : null;
}

export class CommandImage {
  private readonly command: Command;
  private readonly run: Omit<Run, 'pid'> & { readonly pid: number };
  private body: Calling<number> | null = null;
  private rounds = 0;
  /** What its last call answered, while others go first because its time slice is over. */
  private kept: { readonly answer: unknown } | null = null;

  constructor(command: Command, run: Run) {
    this.command = command;
    this.run = run;
  }

  start(_task: number): void {
    const { kernel, pid } = this.run;
    const process = kernel.table.get(pid);
    if (!process) return;
    const { calls, files, program, sockets } = process;
    this.body = this.command({
      calls: both(calls, files.calls),
      sockets,
      argv: program.argv,
      names: this.run.nameTable,
      epoch: EPOCH,
      caught: () => calls.takeSignal() || null,
      execute: (next) => {
        const answer = kernel.exec({ ...next, ...AS_IT_IS });
        if (isFailed(answer)) return answer;
        this.body = null;
        return NEVER;
      },
    });
    this.later(undefined);
  }

  resumeTask(task: number): void {
    const { kernel, pid } = this.run;
    const answer = kernel.table.get(pid)?.tasks.get(task)?.answer;
    const { kept } = this;
    this.kept = null;
    this.later(kept ? kept.answer : answer === INTERRUPTED ? { errno: 'EINTR' } : answer);
  }

  /** What the kernel asks takes effect when whoever ran before is suspended. */
  private later(answer: unknown): void {
    queueMicrotask(() => {
      try {
        this.step(answer);
      } catch (error) {
        this.run.broke(null, error);
      }
    });
  }

  /** A sign of life now and then; a run that should have been stopped long ago gives none: then it is destroyed. */
  private breathe(): void {
    const { kernel, execution } = this.run;
    const overdue = kernel.steps > 2 * execution.options.limits.steps + 1e6;
    if ((++this.rounds & 63) === 0 && !overdue) execution.alive();
  }

  private step(given: unknown): void {
    const { kernel } = this.run;
    let answer = given;
    for (;;) {
      this.breathe();
      const { body } = this;
      const result = body?.next(answer);
      // It may have been killed by what it has just done, or has become another program.
      if (!result || this.body !== body || kernel.outcome !== null) return;
      if (result.done) {
        kernel.exitProcess(result.value);
        return;
      }
      answer = kernel.system(result.value, true);
      if (answer === SUSPEND) return;
      if (!kernel.dispatcher.tick(worth(answer))) continue;
      this.kept = { answer };
      if (kernel.dispatcher.handle() === SUSPEND) return;
      this.kept = null;
    }
  }
}

/** All calls of a process as one. */
function both(calls: ProcessCalls, files: FileCalls): ProcessCalls & FileCalls {
  return new Proxy(files as ProcessCalls & FileCalls, {
    get(_, name: string) {
      const owner = (name in calls ? calls : files) as unknown as Record<string, (...args: never[]) => unknown>;
      return owner[name]?.bind(owner);
    },
  });
}

/** A command's work between two calls, in eval-breaker checks: 25 microseconds, and a second for 128 MiB. */
function worth(answer: unknown): number {
  return 50 + (answer instanceof Uint8Array ? answer.length >> 6 : 0);
}

/** What a program never hears that has become another. */
const NEVER: Later<never> = {
  queues: [],
  waiting: { on: 'sleep' },
  timeout: null,
  possible: () => false,
  complete: () => ({ errno: 'EINVAL' }),
  expired: () => ({ errno: 'EINVAL' }),
};
