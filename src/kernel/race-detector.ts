/**
 * Finds data races in one run: happens-before by vector clocks (Lamport 1978; DJIT+, Pozniansky and Schuster 2003). Locks,
 * the ends of threads and what is built on them order accesses; two accesses of one variable that nothing orders, one of
 * them a write, are a race.
 *
 * Fibers of one thread take turns, and nobody comes between within one turn. What orders them is who let whom go on. Of
 * them only that is a race that writes back in one turn what was read in an earlier one, while another writes.
 */
import type { LockId, Place, Race, RacingAccess, TaskId, VariableId, VariableInfo } from './types.ts';

/** Races told of one run: more say nothing new. */
const MOST_RACES = 50;

type Clock = Map<TaskId, number>;

/** One access, as its task announced it. */
export interface Access {
  readonly variable: VariableInfo;
  readonly task: TaskId;
  readonly at: Place | null;
  readonly how: 'read' | 'write';
  readonly operation: string;
  readonly holds: readonly LockId[];
}

interface Seen {
  readonly access: Access;
  /** Its task's own time then. */
  readonly time: number;
  /** A write after this task's own read: it may write back what it has read. */
  readonly update: boolean;
  /** The turn of its fiber in which it happened; of an update, whether the read was in an earlier one. */
  readonly turn: number;
  readonly apart: boolean;
}

interface Variable {
  /** Each task's last read and last write. */
  readonly reads: Map<TaskId, Seen>;
  readonly writes: Map<TaskId, Seen>;
}

export class RaceDetector {
  private readonly clocks = new Map<TaskId, Clock>();
  /** What each lock, ended task or other object hands on to whoever takes it next. */
  private readonly handed = new Map<number, Clock>();
  private readonly variables = new Map<VariableId, Variable>();
  private readonly found = new Map<string, Race>();
  /** Of each fiber, its thread. */
  private readonly threads = new Map<TaskId, TaskId>();
  private readonly turns = new Map<TaskId, number>();
  /** What comes before a callback that somebody has asked for. */
  private readonly asked = new Map<number, Clock>();
  /** Of a thread that runs a callback, its clock as itself. */
  private readonly bases = new Map<TaskId, Clock>();

  get races(): readonly Race[] {
    return [...this.found.values()];
  }

  /** `thread`: the child is a fiber of it. */
  spawn(parent: TaskId, child: TaskId, thread?: TaskId): void {
    if (thread !== undefined) this.threads.set(child, thread);
    const clock = this.clock(parent);
    this.clocks.set(child, new Map(clock).set(child, 1));
    this.pass(parent, clock);
  }

  /** Who takes this object next comes after all that `task` has done. */
  release(task: TaskId, object: number): void {
    const clock = this.clock(task);
    const handed = this.handed.get(object);
    if (handed) join(handed, clock);
    else this.handed.set(object, new Map(clock));
    this.pass(task, clock);
  }

  acquire(task: TaskId, object: number): void {
    const handed = this.handed.get(object);
    if (handed) join(this.clock(task), handed);
  }

  /** A fiber goes on, after what let it: that is handed on by `object`. */
  turn(fiber: TaskId, object: number): void {
    this.turns.set(fiber, (this.turns.get(fiber) ?? 0) + 1);
    this.acquire(fiber, object);
  }

  /** A callback is asked for; null: after all that has happened. */
  asks(task: TaskId | null, key: number): void {
    const before: Clock = new Map();
    for (const clock of task === null ? this.clocks.values() : [this.clock(task)]) join(before, clock);
    this.asked.set(key, before);
    if (task !== null) this.pass(task, this.clock(task));
  }

  /** A thread runs that callback: after what the thread itself did before it ran any, and after what asked for it. */
  callback(thread: TaskId, key: number): void {
    const base = this.clock(thread);
    this.bases.set(thread, base);
    const clock: Clock = new Map(base);
    join(clock, this.asked.get(key) ?? new Map());
    this.asked.delete(key);
    this.clocks.set(thread, clock);
    this.turns.set(thread, (this.turns.get(thread) ?? 0) + 1);
  }

  /** The callback is over. */
  rest(thread: TaskId): void {
    const base = this.bases.get(thread);
    if (!base) return;
    this.bases.delete(thread);
    base.set(thread, (this.clock(thread).get(thread) ?? 0) + 1);
    this.clocks.set(thread, base);
  }

  access(access: Access): void {
    const { variable, task, how } = access;
    let known = this.variables.get(variable.id);
    if (!known) {
      known = { reads: new Map(), writes: new Map() };
      this.variables.set(variable.id, known);
    }
    const clock = this.clock(task);
    const now = clock.get(task) ?? 0;
    const read = known.reads.get(task);
    const update = how === 'write' && read !== undefined && isUpdate(read.access, access);
    const turn = this.turns.get(task) ?? 0;
    const seen: Seen = { access, time: now, update, turn, apart: update && read?.turn !== turn };
    this.compare(known.writes, seen, clock);
    if (how === 'write') this.compare(known.reads, seen, clock);
    (how === 'write' ? known.writes : known.reads).set(task, seen);
  }

  private compare(others: ReadonlyMap<TaskId, Seen>, seen: Seen, clock: Clock): void {
    for (const [task, other] of others) {
      if (task === seen.access.task || other.time <= (clock.get(task) ?? 0)) continue;
      if (this.threadOf(task) === this.threadOf(seen.access.task) && !isTornUpdate(other, seen)) continue;
      const places = [other, seen].map(({ access: { at, how } }) => `${at?.file}:${at?.line} ${how}`).sort();
      const key = `${seen.access.variable.id} ${places.join(' ')}`;
      const known = this.found.get(key);
      if (known?.kind === 'lost-update' || (!known && this.found.size >= MOST_RACES)) continue;
      const kind = kindOf(other, seen);
      if (known && kind !== 'lost-update') continue;
      this.found.set(key, { variable: seen.access.variable, first: plain(other), second: plain(seen), kind });
    }
  }

  private threadOf(task: TaskId): TaskId {
    return this.threads.get(task) ?? task;
  }

  private clock(task: TaskId): Clock {
    let clock = this.clocks.get(task);
    if (!clock) {
      clock = new Map([[task, 1]]);
      this.clocks.set(task, clock);
    }
    return clock;
  }

  /** What the task does from here on is later than what it has just handed on. */
  private pass(task: TaskId, clock: Clock): void {
    clock.set(task, (clock.get(task) ?? 0) + 1);
  }
}

function join(into: Clock, from: Clock): void {
  for (const [task, time] of from) if (time > (into.get(task) ?? 0)) into.set(task, time);
}

/** A container's methods read and write it on their own; only `d[k] = d[k] + 1` and its like read first what they write. */
function isUpdate(read: Access, write: Access): boolean {
  if (write.variable.kind !== 'container') return true;
  return write.operation === 'writes' && (read.operation === 'reads' || read.operation.endsWith('.get'));
}

/** Whether one of the two writes what it has read in an earlier turn, and the other writes, too. */
function isTornUpdate(one: Seen, other: Seen): boolean {
  return one.access.how === 'write' && other.access.how === 'write' && (one.apart || other.apart);
}

function kindOf(first: Seen, second: Seen): Race['kind'] {
  if (first.update || second.update) return 'lost-update';
  return first.access.variable.kind === 'container' ? 'atomic' : 'unordered';
}

function plain({ access: { task, at, how, operation, holds } }: Seen): RacingAccess {
  return { task, at, how, operation, holds };
}
