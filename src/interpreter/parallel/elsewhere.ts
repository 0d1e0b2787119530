/**
 * Calls that are answered elsewhere. Who makes one is written as if the answer came at once: the first time it is thrown
 * out (`Pending`), the question is sent, and when the answer is there the same is done again, with the answers so far.
 */
import { INTERRUPTED, type SUSPEND } from '../../kernel/kernel.ts';
import { isLater, type Later, WaitQueue } from '../../kernel/later.ts';
import type { Answer } from '../../kernel/task.ts';
import type { Waiting } from '../syscalls/calls.ts';
import type { Target } from './messages.ts';

/** A question to which there is no answer yet. */
export class Pending extends Error {
  readonly target: Target;
  readonly method: string;
  readonly args: readonly unknown[];

  constructor(target: Target, method: string, args: readonly unknown[]) {
    super('no answer yet');
    this.target = target;
    this.method = method;
    this.args = args;
  }
}

/** Sends a question; `come` hears the answer. */
export type Ask = (question: Pending, come: (answer: unknown) => void) => void;

export class Elsewhere {
  private readonly ask: Ask;
  /** Of whatever is being done: the answers that have come, and how many of them were used. */
  private answers: readonly unknown[] = [];
  private used = 0;

  constructor(ask: Ask) {
    this.ask = ask;
  }

  /** The calls of a target, as if they were here. */
  of<T extends object>(target: Target): T {
    return new Proxy({} as T, {
      get:
        (_, method: string) =>
        (...args: readonly unknown[]) =>
          this.question(target, method, () => args),
    });
  }

  /** One call. */
  question(target: Target, method: string, args: () => readonly unknown[]): unknown {
    if (this.used < this.answers.length) return this.answers[this.used++];
    throw new Pending(target, method, args());
  }

  /** A native: it answers, or SUSPEND; `wait` makes the caller wait. */
  native(
    call: () => Answer | typeof SUSPEND,
    wait: (later: Later<unknown>) => typeof SUSPEND,
  ): Answer | typeof SUSPEND {
    const answers: unknown[] = [];
    const go = (): Answer | typeof SUSPEND => {
      const done = this.attempt(answers, call);
      if (!(done instanceof Pending)) return done;
      return this.later(done, (answer) => {
        if (answer === INTERRUPTED) return answer;
        answers.push(answer);
        return go();
      });
    };
    const first = go();
    return isLater(first) ? wait(first) : first;
  }

  /** A system call of the C library's: what it writes into memory it writes when the caller's stack is back. */
  handled(call: () => number | Waiting): number | Waiting {
    const answers: unknown[] = [];
    const go = (): number | Waiting => {
      const done = this.attempt(answers, call);
      if (!(done instanceof Pending)) return done;
      return {
        later: this.later(done, (answer) => answer),
        finish: (answer) => {
          answers.push(answer);
          return go();
        },
      };
    };
    return go();
  }

  private attempt<T>(answers: readonly unknown[], work: () => T): T | Pending {
    this.answers = answers;
    this.used = 0;
    try {
      return work();
    } catch (error) {
      if (error instanceof Pending) return error;
      throw error;
    } finally {
      this.answers = [];
    }
  }

  private later(question: Pending, complete: (answer: unknown) => unknown): Later<unknown> {
    const queue = new WaitQueue();
    let come: { readonly answer: unknown } | null = null;
    this.ask(question, (answer) => {
      come = { answer };
      queue.changed();
    });
    return {
      queues: [queue],
      waiting: { on: 'sleep' },
      timeout: null,
      possible: () => come !== null,
      complete: () => complete(come?.answer),
      expired: () => ({ errno: 'EINVAL' }),
      elsewhere: true,
    };
  }
}
