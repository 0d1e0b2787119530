/** The realm's clock and timers, taken while the realm still has them: sealing removes them. */
import type { Host } from '../interpreter/execution.ts';

export function takeHost(): Host {
  const clock = performance.now.bind(performance);
  const epoch = Date.now() - clock();
  const later = globalThis.setTimeout.bind(globalThis);
  const cancel = globalThis.clearTimeout.bind(globalThis);
  return {
    now: () => clock() / 1000,
    cores: globalThis.navigator?.hardwareConcurrency ?? 4,
    date: () => (epoch + clock()) / 1000,
    after: (seconds, then) => {
      const timer = later(then, seconds * 1000);
      return () => cancel(timer);
    },
  };
}
