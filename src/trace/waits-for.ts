/** Says what a blocked thread waits for: "waits for lock, which Ann holds". */
import type { Place, Trace, Waiting, WaitsFor } from '../kernel/types.ts';
import { lockName, taskName, thingName } from './names.ts';
import type { Scope } from './steps.ts';

/** What has to happen to a thing for a wait at it to end. */
const TOLD: Readonly<Record<string, string>> = { Condition: ' to be notified', Event: ' to be set' };

export function waitsFor(waiting: Waiting, at: Place | null, scope: Scope, trace: Trace): string {
  switch (waiting.on) {
    case 'lock': {
      const thing = scope.thingOf(waiting.lock);
      if (thing === null) {
        if (scope.isInner(waiting.lock)) return "waits for a lock of the library's own";
        const made = trace.locks.find(({ id }) => id === waiting.lock)?.made;
        return made === 'Thread'
          ? 'waits until the new thread has begun'
          : `waits for ${lockName(waiting.lock, trace, at)}`;
      }
      const name = thingName(thing, trace);
      // Whoever waits at another lock than the one that is held waits to be told: notified, released, fed.
      if (scope.heldThing(waiting.lock) !== thing || waiting.owner === null)
        return `waits for ${name}${TOLD[trace.things.find(({ id }) => id === thing)?.made ?? ''] ?? ''}`;
      return `waits for ${name}, which ${taskName(waiting.owner, trace)} holds`;
    }
    case 'join':
      return `waits for ${taskName(waiting.task, trace)} to end`;
    case 'sleep':
      return `sleeps until ${seconds(waiting.until ?? 0)}`;
    default:
      return waitsOutside(waiting);
  }
}

/** What a process waits for from outside of it. */
export function waitsOutside(waiting: Exclude<WaitsFor, { readonly on: 'lock' | 'join' | 'sleep' }>): string {
  switch (waiting.on) {
    case 'stdin':
      return 'waits for input';
    case 'read':
      return `waits for something to read from ${waiting.what}`;
    case 'write':
      return `waits for room in ${waiting.what}`;
    case 'poll':
      return `waits for ${waiting.what}`;
    case 'file lock':
      return `waits for the lock of ${waiting.what}`;
    case 'accept':
      return `waits for a connection to ${waiting.what}`;
    case 'connect':
      return `waits until ${waiting.what} accepts the connection`;
    case 'child':
      return waiting.process === null
        ? 'waits for a child process to end'
        : `waits for process ${waiting.process} to end`;
    case 'semaphore':
      return `waits for semaphore ${waiting.semaphore}, which processes share`;
    case 'await':
      return waiting.task === null ? `waits for ${waiting.what}` : `waits for ${waiting.what} to end`;
    case 'signal':
      return 'waits for a signal';
  }
}

export function seconds(time: number): string {
  return `${time.toFixed(3).replace(/\.?0+$/, '')} s`;
}
