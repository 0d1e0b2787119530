/** Tells an observed run in the learner's terms: lines, variables and their values, uses of locks and queues, races. */
import type { Kernel } from '../kernel/kernel.ts';
import type { Happening } from '../kernel/trace.ts';
import type { LockId, Place, TaskId, ThingId, TraceEvent, VariableInfo } from '../kernel/types.ts';
import type { Accesses, Exact, Use } from './accesses.ts';
import type { Making } from './codes.ts';
import type { Address } from './objects.ts';
import type { Shown } from './shown.ts';
import type { Types } from './types.ts';

/** A step that a task has announced and not yet taken. */
interface Announced {
  readonly exact: Exact | null;
  readonly use: Use | null;
  readonly at: Place | null;
  readonly spelled: string;
}

export class Observer {
  private readonly kernel: Kernel;
  private readonly types: Types;
  private readonly shown: Shown;
  private readonly announced = new Map<TaskId, Announced>();
  private readonly lines = new Map<TaskId, string>();
  private readonly variables = new Map<string, VariableInfo>();
  private readonly things = new Map<Address, ThingId>();
  /** A container that has been changed since its value was last written down, and the event that tells of the change. */
  private changed: { readonly object: Address; readonly event: TraceEvent } | null = null;

  constructor(kernel: Kernel, types: Types, shown: Shown) {
    this.kernel = kernel;
    this.types = types;
    this.shown = shown;
  }

  /** The running task is about to do what `accesses` has just looked at. */
  announce(at: Place | null, accesses: Accesses, spelled: string): void {
    this.announced.set(this.kernel.dispatcher.me.id, { exact: accesses.exact, use: accesses.use, at, spelled });
  }

  /** It does it now. */
  step(thread: TaskId): void {
    this.settle();
    const step = this.announced.get(thread);
    if (!step) return;
    this.announced.delete(thread);
    const task = this.kernel.dispatcher.tasks[thread - 1]?.acts ?? thread;
    const line = `${step.at?.file}:${step.at?.line}`;
    if (this.lines.get(task) !== line) {
      this.lines.set(task, line);
      this.note(task, { kind: 'line' }, step.at);
    }
    if (step.use) this.use(task, step.use, step);
    if (step.exact) this.access(task, step.exact, step);
  }

  /** The end: the last change of a container has happened. */
  settle(): void {
    if (!this.changed) return;
    (this.changed.event as { value: string | null }).value = this.shown.value(this.changed.object);
    this.changed = null;
  }

  /** The object of the learner's that a new lock is part of, null if it is the library's own. */
  thingOf({ made, place, part }: Making, lock: Address, name: string | null): ThingId | null {
    const object = part || lock;
    if (place === null || object === 0) return null;
    const known = this.things.get(object);
    if (known !== undefined) return known;
    const thing = this.kernel.dispatcher.recorder.thing(made, name, place);
    this.things.set(object, thing);
    return thing;
  }

  private note(task: TaskId, what: Happening, at: Place | null): void {
    const { dispatcher } = this.kernel;
    dispatcher.recorder.record(task, dispatcher.time, what, at);
  }

  /** The learner's locks that a task holds. */
  private holds(task: TaskId): LockId[] {
    const { tasks, recorder } = this.kernel.dispatcher;
    const { thread, holds = [] } = tasks[task - 1] ?? {};
    return (thread?.holds ?? holds).filter((lock) => recorder.guards(lock));
  }

  private use(task: TaskId, use: Use, { at, spelled }: Announced): void {
    const thing = this.things.get(use.object) ?? this.fibersThing(use, spelled);
    if (thing === undefined) return;
    this.note(task, { kind: 'use', thing, operation: use.operation }, at);
    // An Event's flag is read without a lock; that it is set is still a promise.
    this.kernel.dispatcher.races?.acquire(task, use.object);
    this.kernel.dispatcher.races?.release(task, use.object);
  }

  /** A lock or queue of asyncio's that is used for the first time: nobody hears of it when it is made. */
  private fibersThing({ object, operation }: Use, spelled: string): ThingId | undefined {
    const { name: made, forFibers } = this.types.of(object);
    if (!forFibers) return undefined;
    const name = spelled.endsWith(`.${operation}`) ? spelled.slice(0, -operation.length - 1) : null;
    const thing = this.kernel.dispatcher.recorder.thing(made, name, null);
    this.things.set(object, thing);
    return thing;
  }

  private access(task: TaskId, exact: Exact, { at, spelled }: Announced): void {
    if (exact.kind === 'attribute' && !this.isLearners(exact.object)) return;
    const variable = this.variable(exact, spelled);
    const { how, operation } = exact;
    const value = exact.value !== 0 ? this.shown.value(exact.value) : null;
    this.note(task, { kind: 'access', variable: variable.id, how, operation, value }, at);
    const event = this.kernel.dispatcher.recorder.last;
    if (how === 'write' && exact.kind === 'container' && value === null && event)
      this.changed = { object: exact.object, event };
    const access = { task, at, holds: this.holds(task) };
    this.kernel.dispatcher.races?.access({ variable, how, operation, ...access });
    if (exact.key === 0) return;
    // To use an item is to look into the container too, which somebody else may be changing.
    const whole = this.variable({ ...exact, field: 0, key: 0 }, spelled);
    this.kernel.dispatcher.races?.access({ variable: whole, how: 'read', operation: 'looks into', ...access });
  }

  /** Whether its class, or the class that it is, is the learner's. */
  private isLearners(object: Address): boolean {
    const type = this.types.of(object);
    return (type.isMeta ? this.types.type(object) : type).origin === 'learner';
  }

  private variable(exact: Exact, spelled: string): VariableInfo {
    const key = `${exact.object}.${exact.field}`;
    const known = this.variables.get(key);
    if (known) return known;
    const name = this.nameOf(exact, spelled);
    const variable = { id: this.kernel.dispatcher.recorder.variable(name, exact.kind), name, kind: exact.kind };
    this.variables.set(key, variable);
    return variable;
  }

  private nameOf(exact: Exact, spelled: string): string {
    if (exact.kind !== 'container') return spelled || this.shown.text(exact.field);
    // For a call, what was spelled is the method.
    const method = exact.operation.replace(/^.*\./, '.');
    const owner = method.startsWith('.') && spelled.endsWith(method) ? spelled.slice(0, -method.length) : spelled;
    const container = owner || `a ${this.types.of(exact.object).name}`;
    return exact.key === 0 ? container : `${container}[${this.shown.value(exact.key)}]`;
  }
}
