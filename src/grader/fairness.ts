/** Starvation: how often others take what a thread waits for before it gets it. */
import type { LockId, Place, RunRecord, TaskId, ThingId } from '../kernel/types.ts';
import { placeName, taskName, thingName } from '../trace/names.ts';

export interface Starved {
  readonly task: TaskId;
  /** What it waits for. */
  readonly thing: ThingId;
  readonly at: Place | null;
  /** How often others took that while it waited. */
  readonly times: number;
}

/**
 * Whoever was passed over most often, null if nobody was. The run must have been traced. A wait for a Condition goes on
 * while its thread only looks again and waits again; it ends with whatever the thread does to anything else.
 */
export function mostStarved({ trace }: RunRecord): Starved | null {
  const things = new Map<LockId, ThingId | null>(trace.locks.map(({ id, thing }) => [id, thing]));
  const conditions = new Set(trace.things.filter(({ made }) => made === 'Condition').map(({ id }) => id));
  const waiting = new Map<TaskId, Starved>();
  let most: Starved | null = null;
  for (const event of trace.events) {
    const { task, at } = event;
    const wait = waiting.get(task);
    if (event.kind === 'block') {
      const thing = event.waiting.on === 'lock' ? (things.get(event.waiting.lock) ?? null) : null;
      if (thing === null) waiting.delete(task);
      else if (wait?.thing !== thing) waiting.set(task, { task, thing, at, times: 0 });
    }
    if (event.kind === 'exit' || event.kind === 'write' || event.kind === 'spawn') waiting.delete(task);
    if (event.kind !== 'acquire' || event.depth !== 1) continue;
    const thing = things.get(event.lock) ?? null;
    if (wait && (wait.thing !== thing || !conditions.has(wait.thing))) waiting.delete(task);
    for (const other of waiting.values()) {
      if (other.task === task || other.thing !== thing) continue;
      const passed = { ...other, times: other.times + 1 };
      waiting.set(other.task, passed);
      if (!most || passed.times > most.times) most = passed;
    }
  }
  return most;
}

export function explainStarved({ task, thing, at, times }: Starved, run: RunRecord): string {
  const where = at ? ` at ${placeName(at)}` : '';
  return `${taskName(task, run.trace)} waits${where} for ${thingName(thing, run.trace)}, and others take it ${times} times before: it starves.`;
}
