/** Makes lanes of a trace: for each thread, when it ran, when it could have, when it waited and for what. */
import { lockName, taskName } from '../grader/explain.ts';
import type { LockId, TaskId, Trace, TraceEvent, Waiting } from '../kernel/types.ts';

export type LaneState = 'running' | 'ready' | 'waiting';

/** Positions by which the picture moves on when the program's clock does, however far that was. */
const PAUSE = 3;

/** A stretch of a lane. Positions count events, not seconds: on the virtual clock most things take no time at all. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly state: LaneState;
  /** In words: "runs", "could run", "waits for the Lock made at line 3". */
  readonly what: string;
  /** The learner's line at its start; null where it is not known. */
  readonly line: number | null;
}

export interface Hold {
  readonly from: number;
  readonly to: number;
  /** "the Lock made at line 3" */
  readonly lock: string;
}

export interface Lane {
  readonly task: TaskId;
  readonly name: string;
  readonly spans: readonly Span[];
  readonly holds: readonly Hold[];
}

export interface Timeline {
  readonly lanes: readonly Lane[];
  /** The positions run from 0 to this. */
  readonly length: number;
  /** Where the program's clock moved on. */
  readonly ticks: readonly { readonly at: number; readonly time: number }[];
  /** True if only the beginning of the run is shown. */
  readonly cut: boolean;
}

interface Draft {
  spans: Span[];
  holds: Hold[];
  open: Omit<Span, 'to'> | null;
  held: Map<LockId, number>;
}

export function buildTimeline(trace: Trace, limit: number): Timeline {
  const own = new Set(trace.locks.filter((lock) => lock.at !== null).map((lock) => lock.id));
  // What the standard library does with locks of its own would only push the learner's events apart.
  const shown = trace.events.filter((event) => !('lock' in event) || own.has(event.lock));
  const events = shown.slice(0, limit);
  const drafts = new Map<TaskId, Draft>();
  const ticks: { at: number; time: number }[] = [];
  let current: TaskId = events[0]?.task ?? 1;

  const draftOf = (task: TaskId): Draft => {
    const draft = drafts.get(task) ?? { spans: [], holds: [], open: null, held: new Map() };
    drafts.set(task, draft);
    return draft;
  };
  const enter = (task: TaskId, at: number, state: LaneState | null, what: string, line: number | null) => {
    const draft = draftOf(task);
    if (draft.open?.state === state && draft.open?.what === what) return;
    if (draft.open && at > draft.open.from) draft.spans.push({ ...draft.open, to: at });
    draft.open = state === null ? null : { from: at, state, what, line };
  };
  const run = (event: TraceEvent, at: number) => {
    if (event.task !== current && draftOf(current).open?.state === 'running')
      enter(current, at, 'ready', 'could run', null);
    current = event.task;
    enter(current, at, 'running', 'runs', event.at?.line ?? null);
  };

  let at = -1;
  for (const event of events) {
    at += 1;
    if (event.time > (ticks.at(-1)?.time ?? 0)) {
      at += PAUSE;
      ticks.push({ at, time: event.time });
    }
    // Whoever does something runs; only being woken is something that happens to a task.
    if (event.kind === 'wake' && event.task !== current) enter(event.task, at, 'ready', 'could run', null);
    else run(event, at);
    const draft = draftOf(event.task);
    if (event.kind === 'spawn') enter(event.child, at + 1, 'ready', 'could run', null);
    else if (event.kind === 'exit') enter(event.task, at + 1, null, '', null);
    else if (event.kind === 'block')
      enter(event.task, at + 1, 'waiting', waitsFor(event.waiting, trace, event), event.at?.line ?? null);
    else if (event.kind === 'acquire' && event.depth === 1) draft.held.set(event.lock, at);
    else if (event.kind === 'release' && event.depth === 0) {
      // Any thread may release a Lock: its holder's bar ends.
      for (const other of drafts.values()) endHold(other, event.lock, at + 1, trace);
    }
  }

  const length = at + 1;
  for (const [task, draft] of drafts) {
    for (const lock of [...draft.held.keys()]) endHold(draft, lock, length, trace);
    enter(task, length, null, '', null);
  }
  const lanes = [...drafts]
    .sort(([a], [b]) => a - b)
    .map(([task, { spans, holds }]) => ({ task, name: taskName(task, trace), spans, holds }));
  return { lanes, length, ticks, cut: shown.length > limit || trace.truncated };
}

function endHold(draft: Draft, lock: LockId, to: number, trace: Trace): void {
  const from = draft.held.get(lock);
  if (from === undefined) return;
  draft.held.delete(lock);
  draft.holds.push({ from, to, lock: lockName(lock, trace, trace.locks.find(({ id }) => id === lock)?.at ?? null) });
}

function waitsFor(waiting: Waiting, trace: Trace, event: TraceEvent): string {
  switch (waiting.on) {
    case 'lock':
      return `waits for ${lockName(waiting.lock, trace, event.at)}`;
    case 'join':
      return `waits for ${taskName(waiting.task, trace)} to end`;
    case 'sleep':
      return `sleeps until ${waiting.until.toFixed(3)} s`;
    case 'stdin':
      return 'waits for input';
  }
}
