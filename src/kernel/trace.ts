/** Records what happened in one run, up to a bound, as the plain events of types.ts. */
import type {
  LockId,
  LockInfo,
  Pid,
  Place,
  ProcessInfo,
  TaskId,
  TaskInfo,
  ThingId,
  ThingInfo,
  Trace,
  TraceEvent,
  VariableId,
  VariableInfo,
} from './types.ts';

/** Events after this many are dropped and `truncated` says so: a trace is for looking at, not for storing a day. */
const MOST_EVENTS = 20_000;

/** Where a task was last seen in the learner's code; the interpreter knows, the kernel only asks. */
export type Locate = (task: TaskId) => Place | null;

// The union's members without the fields that the recorder fills in.
export type Happening = TraceEvent extends infer E
  ? E extends TraceEvent
    ? Omit<E, 'task' | 'time' | 'at'>
    : never
  : never;

export class Recorder {
  private readonly events: TraceEvent[] = [];
  private readonly names = new Map<TaskId, string>();
  private readonly owners = new Map<TaskId, Pid>();
  /** Of each fiber, the thread that runs it. */
  private readonly threads = new Map<TaskId, TaskId>();
  private readonly processes = new Map<Pid, ProcessInfo>();
  private readonly locks = new Map<LockId, LockInfo>();
  private readonly things: ThingInfo[] = [];
  private readonly variables: VariableInfo[] = [];
  private truncated = false;
  readonly enabled: boolean;
  private readonly locate: Locate;

  constructor(enabled: boolean, locate: Locate) {
    this.enabled = enabled;
    this.locate = locate;
  }

  /** `at`: where, if it is known better than by asking. */
  record(task: TaskId, time: number, what: Happening, at = this.enabled ? this.locate(task) : null): void {
    if (!this.enabled) return;
    if (this.events.length >= MOST_EVENTS) {
      this.truncated = true;
      return;
    }
    this.events.push({ task, time, at, ...what } as TraceEvent);
  }

  process(pid: Pid, parent: Pid, command: string, host?: string): void {
    this.processes.set(pid, { pid, parent, command: command.slice(0, 200), ...(host !== undefined && { host }) });
  }

  /** A new task of a process. */
  task(task: TaskId, process: Pid, name: string): void {
    this.owners.set(task, process);
    this.names.set(task, name);
  }

  /** A new fiber of a thread. */
  fiber(fiber: TaskId, thread: TaskId, process: Pid, name: string): void {
    this.task(fiber, process, name);
    this.threads.set(fiber, thread);
  }

  name(task: TaskId, name: string): void {
    this.names.set(task, name);
  }

  /** Its name; outside the program's first process it says whose: the main threads of all processes have one name. */
  nameOf(task: TaskId): string | undefined {
    const [name, owner] = [this.names.get(task), this.owners.get(task)];
    const [first] = this.owners.values();
    if (owner === first || owner === 0) return name;
    return name === 'MainThread' ? `process ${owner}` : `${name} of process ${owner}`;
  }

  /** The first task of that name, by itself or with its process; null if there is none. */
  taskNamed(name: string): TaskId | null {
    for (const [task, known] of this.names) if (known === name || this.nameOf(task) === name) return task;
    return null;
  }

  private threadOf(id: TaskId): { readonly thread?: TaskId } {
    const thread = this.threads.get(id);
    return thread === undefined ? {} : { thread };
  }

  lock(id: LockId, made: string, at: Place | null, thing: ThingId | null): void {
    this.locks.set(id, { id, made, at, thing });
  }

  /** What is known of a lock. */
  lockInfo(id: LockId): LockInfo | null {
    return this.locks.get(id) ?? null;
  }

  /** A forked process has a lock of its own where its parent has one. */
  copyLock(from: LockId, to: LockId): void {
    const info = this.locks.get(from);
    if (info) this.locks.set(to, { ...info, id: to });
  }

  /** Whether the learner made it as a lock; else it is a part of something. */
  isLock(id: LockId): boolean {
    return /^R?Lock$/.test(this.locks.get(id)?.made ?? 'Lock');
  }

  /** Whether it is what its object is held by: the first lock of it. On the others of a Condition somebody waits. */
  guards(id: LockId): boolean {
    const info = this.locks.get(id);
    if (!info?.at) return false;
    for (const other of this.locks.values())
      if (other.thing === info.thing) return other.id === id || info.thing === null;
    return true;
  }

  /** Adds an object of the learner's and answers its number. */
  thing(made: string, name: string | null, at: Place | null): ThingId {
    const id = this.things.length + 1;
    this.things.push({ id, made, name, at });
    return id;
  }

  /** Adds a variable and answers its number. */
  variable(name: string, kind: VariableInfo['kind']): VariableId {
    const id = this.variables.length + 1;
    this.variables.push({ id, name, kind });
    return id;
  }

  /** The last event, if it was recorded: its value may become known only after the step that it tells of. */
  get last(): TraceEvent | undefined {
    return this.truncated ? undefined : this.events.at(-1);
  }

  /** Variables that only one task ever touched are nobody's business, and left out. */
  trace(): Trace {
    const sharers = new Map<VariableId, TaskId>();
    const shared = new Set<VariableId>();
    for (const event of this.events) {
      if (event.kind !== 'access') continue;
      const before = sharers.get(event.variable);
      if (before === undefined) sharers.set(event.variable, event.task);
      else if (before !== event.task) shared.add(event.variable);
    }
    const tasks: TaskInfo[] = [...this.names]
      .map(([id, name]) => ({ id, process: this.owners.get(id) ?? 0, name, ...this.threadOf(id) }))
      .sort((a, b) => a.id - b.id);
    return {
      processes: [...this.processes.values()],
      tasks,
      locks: [...this.locks.values()],
      things: this.things,
      variables: this.variables.filter(({ id }) => shared.has(id)),
      events: this.events.filter((event) => event.kind !== 'access' || shared.has(event.variable)),
      truncated: this.truncated,
    };
  }
}
