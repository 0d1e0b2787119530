/** The wait-for cycle of a deadlock, as data: each task of it waits for the next, and the last for the first. */
import type { Outcome, StuckTask, TaskId, Trace } from '../kernel/types.ts';
import { lockName, taskName, thingName } from './names.ts';

export interface WaitLink {
  readonly task: TaskId;
  /** What it waits for: `b`, "its end". */
  readonly what: string;
  /** Who would have to act first. */
  readonly next: TaskId;
}

/** Tasks in the order of the cycle, from the one with the smallest number; null if the stuck ones make none. */
export function findCycle(stuck: readonly StuckTask[], trace: Trace): readonly TaskId[] | null {
  const next = successors(stuck, trace);
  for (const { task: start } of [...stuck].sort((a, b) => a.task - b.task)) {
    const path: TaskId[] = [];
    for (let at: TaskId | undefined = start; at !== undefined && !path.includes(at); at = next.get(at)) path.push(at);
    const last = path[path.length - 1];
    if (last !== undefined && next.get(last) === start) return path;
  }
  return null;
}

/** The links of the cycle; empty if the run did not end in one. */
export function waitForCycle(outcome: Outcome, trace: Trace): readonly WaitLink[] {
  if (outcome.kind !== 'deadlock') return [];
  const cycle = findCycle(outcome.stuck, trace) ?? [];
  return cycle.flatMap((task, index) => {
    const stuck = outcome.stuck.find((candidate) => candidate.task === task);
    const next = cycle[(index + 1) % cycle.length];
    return stuck && next !== undefined ? [{ task, what: whatOf(stuck, trace), next }] : [];
  });
}

/** One sentence: "Ann waits for b, which Ben holds; Ben waits for a, which Ann holds." Empty without a cycle. */
export function cycleSentence(links: readonly WaitLink[], trace: Trace): string {
  const parts = links.map(({ task, what, next }) => {
    const [name, other] = [taskName(task, trace), task === next ? 'it' : taskName(next, trace)];
    return what === ITS_END ? `${name} waits for ${other} to end` : `${name} waits for ${what}, which ${other} holds`;
  });
  return parts.length === 0 ? '' : `${parts.join('; ')}: none of them can ever go on.`;
}

export const ITS_END = 'its end';

function whatOf({ waiting, at }: StuckTask, trace: Trace): string {
  if (waiting.on === 'semaphore') return `semaphore ${waiting.semaphore}`;
  if (waiting.on !== 'lock') return ITS_END;
  const thing = trace.locks.find(({ id }) => id === waiting.lock)?.thing ?? null;
  const named = thing !== null && trace.things.find(({ id }) => id === thing)?.name;
  return thing !== null && named ? thingName(thing, trace) : lockName(waiting.lock, trace, at);
}

function successors(stuck: readonly StuckTask[], trace: Trace): ReadonlyMap<TaskId, TaskId> {
  const next = new Map<TaskId, TaskId>();
  for (const { task, waiting } of stuck) {
    const other = successor(waiting, trace);
    if (other !== null) next.set(task, other);
  }
  return next;
}

function successor(waiting: StuckTask['waiting'], trace: Trace): TaskId | null {
  switch (waiting.on) {
    case 'lock':
      return waiting.owner;
    case 'join':
    case 'await':
      return waiting.task;
    case 'child':
      // A process ends with its first thread.
      return trace.tasks.find(({ process }) => process === waiting.process)?.id ?? null;
    case 'semaphore':
      return holderOf(waiting.semaphore, trace);
    default:
      return null;
  }
}

/** Who alone has taken a semaphore and not given it back; null: nobody, several, or it was not recorded. */
export function holderOf(semaphore: number, trace: Trace): TaskId | null {
  if (trace.truncated) return null;
  const taken = new Map<TaskId, number>();
  for (const event of trace.events) {
    if ((event.kind !== 'take' && event.kind !== 'give') || event.semaphore !== semaphore) continue;
    taken.set(event.task, (taken.get(event.task) ?? 0) + (event.kind === 'take' ? 1 : -1));
  }
  const holders = [...taken].filter(([, count]) => count > 0);
  // Who gives what others took makes it a means of telling, not of keeping out.
  const [holder] = holders;
  return holders.length === 1 && holder && ![...taken.values()].some((count) => count < 0) ? holder[0] : null;
}
