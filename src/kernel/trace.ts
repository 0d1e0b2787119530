/** Records what happened in one run, up to a bound, as the plain events of types.ts. */
import type { LockId, LockInfo, Place, TaskId, TaskInfo, Trace, TraceEvent } from './types.ts';

/** Events after this many are dropped and `truncated` says so: a trace is for looking at, not for storing a day. */
const MOST_EVENTS = 20_000;

/** Where a task was last seen in the learner's code; the interpreter knows, the kernel only asks. */
export type Locate = (task: TaskId) => Place | null;

// The union's members without the fields that the recorder fills in.
type Happening = TraceEvent extends infer E ? (E extends TraceEvent ? Omit<E, 'task' | 'time' | 'at'> : never) : never;

export class Recorder {
  private readonly events: TraceEvent[] = [];
  private readonly names = new Map<TaskId, string>();
  private readonly locks = new Map<LockId, LockInfo>();
  private truncated = false;
  private readonly enabled: boolean;
  private readonly locate: Locate;

  constructor(enabled: boolean, locate: Locate) {
    this.enabled = enabled;
    this.locate = locate;
  }

  record(task: TaskId, time: number, what: Happening): void {
    if (!this.enabled) return;
    if (this.events.length >= MOST_EVENTS) {
      this.truncated = true;
      return;
    }
    this.events.push({ task, time, at: this.locate(task), ...what } as TraceEvent);
  }

  name(task: TaskId, name: string): void {
    this.names.set(task, name);
  }

  lock(id: LockId, made: string, at: Place | null): void {
    this.locks.set(id, { id, made, at, thing: null });
  }

  trace(): Trace {
    const tasks: TaskInfo[] = [...this.names].map(([id, name]) => ({ id, name })).sort((a, b) => a.id - b.id);
    return {
      tasks,
      locks: [...this.locks.values()],
      things: [],
      variables: [],
      events: this.events,
      truncated: this.truncated,
    };
  }
}
