/** Questions a suite asks of a run: what a terminal showed, and of its trace: who held what, when, and how many at once. */
import type { LockId, RunRecord, TaskId, TraceEvent } from '../kernel/types.ts';

/** What a terminal of the world showed. */
export function outputOf(run: RunRecord, terminal: string): string {
  return run.terminals?.find(({ name }) => name === terminal)?.output ?? '';
}

/** Number of threads the program started. */
export function threadsStarted(run: RunRecord): number {
  return run.trace.events.filter((e) => e.kind === 'spawn').length;
}

/** True if some task slept (`time.sleep`) while it held a lock that the learner made. */
export function sleptHoldingLock(run: RunRecord): boolean {
  let found = false;
  walk(run, (event, held) => {
    if (event.kind === 'block' && event.waiting.on === 'sleep' && (held.get(event.task)?.size ?? 0) > 0) found = true;
  });
  return found;
}

/** The most tasks that were asleep (`time.sleep`) at one time: 4 when four downloads overlap. */
export function mostAsleepAtOnce(run: RunRecord): number {
  const asleep = new Set<TaskId>();
  let most = 0;
  for (const event of run.trace.events) {
    if (event.kind === 'block' && event.waiting.on === 'sleep') asleep.add(event.task);
    if (event.kind === 'wake') asleep.delete(event.task);
    most = Math.max(most, asleep.size);
  }
  return most;
}

/** How often each lock made by the learner as `made` (`Lock`, `RLock`, …) was taken, by lock. */
export function acquisitions(run: RunRecord, made: string): Map<LockId, number> {
  const counts = new Map<LockId, number>();
  for (const lock of run.trace.locks) if (lock.made === made && lock.at) counts.set(lock.id, 0);
  for (const event of run.trace.events) {
    if (event.kind !== 'acquire') continue;
    const n = counts.get(event.lock);
    if (n !== undefined) counts.set(event.lock, n + 1);
  }
  return counts;
}

/** Locks that were still held when their last holder ended, or when the program did. */
export function neverReleased(run: RunRecord): LockId[] {
  const held = walk(run, () => {});
  return [...held.values()].flatMap((locks) => [...locks]);
}

/** The largest number of the learner's locks that one task held at the same time. */
export function mostHeldByOne(run: RunRecord): number {
  let most = 0;
  walk(run, (_, held) => {
    for (const locks of held.values()) most = Math.max(most, locks.size);
  });
  return most;
}

/** Replays who holds which of the learner's own `Lock`s and `RLock`s; `see` is called after each event. */
function walk(run: RunRecord, see: (event: TraceEvent, held: Map<TaskId, Set<LockId>>) => void) {
  const own = new Set(
    run.trace.locks.filter((l) => l.at && (l.made === 'Lock' || l.made === 'RLock')).map((l) => l.id),
  );
  const holder = new Map<LockId, TaskId>();
  const held = new Map<TaskId, Set<LockId>>();
  for (const event of run.trace.events) {
    if (event.kind === 'acquire' && own.has(event.lock) && event.depth === 1) {
      holder.set(event.lock, event.task);
      if (!held.has(event.task)) held.set(event.task, new Set());
      held.get(event.task)?.add(event.lock);
    }
    if (event.kind === 'release' && own.has(event.lock) && event.depth === 0) {
      const task = holder.get(event.lock);
      if (task !== undefined) held.get(task)?.delete(event.lock);
      holder.delete(event.lock);
    }
    see(event, held);
  }
  return held;
}
