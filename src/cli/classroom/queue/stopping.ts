/** How a worker ends: the first signal lets it finish what it has, the second one does not. */
import type { Say } from './link.ts';
import type { Serving } from './serve.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Lets the worker begin. Resolves when it has ended, with the exit code. */
export function serveUntilStopped(serving: Serving, say: Say): Promise<number> {
  return new Promise((resolve) => {
    let signals = 0;
    const hear = (signal: NodeJS.Signals) => {
      signals++;
      if (signals === 1) {
        say(`${signal}: taking no more gradings, finishing those that run. Once more ends at once.`);
        void serving.stop().then(() => signals === 1 && end(0));
      } else if (signals === 2) {
        say(`${signal} again: ending at once. What ran is handed back, and graded by another worker.`);
        void serving.stopNow().then(() => end(signal === 'SIGINT' ? 130 : 143));
      }
    };
    const end = (code: number) => {
      for (const signal of SIGNALS) process.off(signal, hear);
      resolve(code);
    };
    for (const signal of SIGNALS) process.on(signal, hear);
    // Not before: a signal would end it in the middle of something.
    serving.start();
  });
}
