/** The list of steps a reader walks through: of a trace's events those that say something, grouped by line and act. */
import type {
  Pid,
  Place,
  Race,
  RacingAccess,
  TaskId,
  ThingId,
  Trace,
  TraceEvent,
  VariableId,
  Waiting,
} from '../kernel/types.ts';
import { baseOf, Messages } from './messages.ts';
import { loopsOf } from './names.ts';
import { helperTasks, isHelper, knownPlace, processOf } from './processes.ts';

/** What a thread did in a step, in the learner's terms. */
export type Act =
  /** `value` is what it holds then; for a read what was last written, as far as that is known. */
  | {
      readonly kind: 'access';
      readonly variable: VariableId;
      readonly how: 'read' | 'write';
      readonly operation: string;
      readonly value: string | null;
    }
  | { readonly kind: 'take' | 'give' | 'refused'; readonly thing: ThingId }
  | { readonly kind: 'use'; readonly thing: ThingId; readonly operation: string }
  | { readonly kind: 'wait'; readonly waiting: Waiting; readonly thing: ThingId | null }
  | { readonly kind: 'write'; readonly fd: 1 | 2; readonly text: string }
  | { readonly kind: 'spawn'; readonly child: TaskId }
  | { readonly kind: 'end' }
  /** Bytes through a pipe or a connection; `from`: who had sent them, if that is known and was another. */
  | { readonly kind: 'send'; readonly channel: string; readonly bytes: number }
  | { readonly kind: 'receive'; readonly channel: string; readonly bytes: number; readonly from: TaskId | null }
  | { readonly kind: 'take semaphore' | 'give semaphore'; readonly semaphore: number }
  | { readonly kind: 'signal'; readonly signal: number; readonly process: Pid }
  /** Its process has ended, with Linux's wait status. */
  | { readonly kind: 'process end'; readonly status: number }
  /** `status` null: how the process ended was not recorded. */
  | { readonly kind: 'reap'; readonly process: Pid; readonly status: number | null }
  /** It had the processor, and nothing that it did with it concerns anybody else. */
  | { readonly kind: 'compute' }
  /** Nobody could run: the clock moved on to when somebody can. */
  | { readonly kind: 'clock' }
  /** Something happened to the machines: `crash of server`; `by` the reader of the run, or by itself. */
  | { readonly kind: 'world'; readonly what: string; readonly by: 'reader' | 'fault' };

export interface Step {
  /** 0 if it is the clock's, or the world's. */
  readonly task: TaskId;
  /** Where the thread is; null outside the learner's code. */
  readonly at: Place | null;
  /** Seconds on the program's clock. */
  readonly time: number;
  /** What it did there; nothing: it came to this line. */
  readonly acts: readonly Act[];
  /** Its events in the trace: the first (the unsaid ones before it included) and the one after its last. */
  readonly from: number;
  readonly to: number;
}

/** For these, "who holds it" means something: they have one lock, and whoever took it has it. */
const HELD = new Set(['Lock', 'RLock', 'Condition']);
const TAKING = new Set(['acquire', '__enter__', 'wait']);
const GIVING = new Set(['release', '__exit__']);

/** What `multiprocessing` and `subprocess` make for themselves inside a call of the learner's. */
const INNER = new Set(['BaseContext', 'BaseProcess', 'Popen', 'fork', 'main', 'run']);

/** What of a trace concerns the learner. */
export interface Scope {
  /** The thing that a lock is the lock of; null for the locks inside a queue, and the library's own. */
  heldThing(lock: number): ThingId | null;
  /** The thing that a lock is a part of. */
  thingOf(lock: number): ThingId | null;
  /** Variables that tell something: they are written, and do not just name a thing. */
  readonly variables: ReadonlySet<VariableId>;
  /** Threads that run fibers. */
  readonly loops: ReadonlySet<TaskId>;
  /** Tasks of processes that only serve the library. */
  readonly helpers: ReadonlySet<TaskId>;
  /**
   * Pipes and connections with such a task at one end, and those by which asyncio's loop wakes itself; of a connection
   * what both directions have in common.
   */
  readonly innerChannels: ReadonlySet<string>;
  /** A lock that the library made for itself while it made or began a process. */
  isInner(lock: number): boolean;
}

export function scopeOf(trace: Trace): Scope {
  const made = new Map(trace.things.map((thing) => [thing.id, thing.made]));
  const parts = new Map<number, ThingId>();
  const held = new Map<number, ThingId>();
  const first = new Set<ThingId>();
  const several = trace.processes.length > 1;
  for (const { id, thing } of trace.locks) {
    if (thing === null || (several && INNER.has(made.get(thing) ?? ''))) continue;
    parts.set(id, thing);
    if (!first.has(thing) && HELD.has(made.get(thing) ?? '')) held.set(id, thing);
    first.add(thing);
  }
  const written = new Set<VariableId>();
  for (const event of trace.events) if (event.kind === 'access' && event.how === 'write') written.add(event.variable);
  const things = new Set(trace.things.map(({ name }) => name));
  const told = trace.variables.filter(({ id, name }) => written.has(id) && !things.has(name));
  const helpers = helperTasks(trace);
  const innerChannels = innerChannelsOf(trace, helpers);
  const inner = new Set(several ? trace.locks.filter(isInner).map(({ id }) => id) : []);
  return {
    loops: loopsOf(trace),
    helpers,
    isInner: (lock) => inner.has(lock),
    innerChannels,
    heldThing: (lock) => held.get(lock) ?? null,
    thingOf: (lock) => parts.get(lock) ?? null,
    variables: new Set(told.map(({ id }) => id)),
  };
}

function innerChannelsOf(trace: Trace, helpers: ReadonlySet<TaskId>): ReadonlySet<string> {
  const inner = new Set<string>();
  const wakers = new Set<string>();
  const others = new Set<string>();
  for (const event of trace.events) {
    if (event.kind !== 'send' && event.kind !== 'receive') continue;
    const base = baseOf(event.channel);
    if (helpers.has(event.task)) inner.add(base);
    // Through a loop's own socket pair go single bytes that say nothing.
    if (event.kind === 'send')
      (event.to - event.from === 1 && base.startsWith('the socket pair') ? wakers : others).add(base);
  }
  for (const base of wakers) if (!others.has(base)) inner.add(base);
  return inner;
}

/** Named after a function of the library, or one of its classes. */
function isInner({ made, at }: Trace['locks'][number]): boolean {
  return INNER.has(made) || (at === null && /^[a-z_]/.test(made));
}

/** Whose step it is when only the clock moves, or something happens to the machines. */
export const CLOCK: TaskId = 0;

interface Draft {
  task: TaskId;
  at: Place | null;
  time: number;
  acts: Act[];
  from: number;
  to: number;
}

export function stepsOf(trace: Trace, scope: Scope = scopeOf(trace)): readonly Step[] {
  const steps: Draft[] = [];
  const places = new Map<TaskId, Place | null>();
  const facts: Facts = { values: new Map(), messages: new Messages(), statuses: new Map() };
  let open: Draft | null = null;
  trace.events.forEach((event, index) => {
    const before = trace.events[index - 1];
    const idle = !trace.parallel && (before?.kind === 'block' || before?.kind === 'exit');
    if (idle && event.time > before.time) {
      const from: number = open?.to ?? 0;
      open = { task: CLOCK, at: null, time: event.time, acts: [{ kind: 'clock' }], from, to: index };
      steps.push(open);
    }
    if (event.kind === 'world') {
      const act = { kind: 'world', what: event.what, by: event.task === CLOCK ? 'reader' : 'fault' } as const;
      open = { task: CLOCK, at: null, time: event.time, acts: [act], from: open?.to ?? 0, to: index + 1 };
      steps.push(open);
      return;
    }
    const at = knownPlace(event.task, event.at, trace);
    if (at !== null || event.kind !== 'switch') places.set(event.task, at);
    const silent = isSilentTurn(trace.events, index) && !scope.loops.has(event.task);
    const act = silent ? COMPUTE : actOf(event, trace, scope, facts);
    if (scope.helpers.has(event.task) && act?.kind !== 'spawn') return;
    if (act === null && (event.kind !== 'line' || at === null)) return;
    // A line is told together with what is done first on it; so are a call and what comes of it.
    const last: Act | undefined = open?.acts.at(-1);
    if (act !== null && open !== null && open.task === event.task && (last === undefined || belongs(last, act))) {
      if (last !== undefined && absorbs(last, act)) open.acts.pop();
      open.acts.push(joined(last, act));
      open.to = index + 1;
      open.at ??= places.get(event.task) ?? null;
      open.time = event.time;
      return;
    }
    const from = open?.to ?? 0;
    const { task, time } = event;
    open = { task, at: places.get(task) ?? null, time, acts: act === null ? [] : [act], from, to: index + 1 };
    steps.push(open);
  });
  return steps;
}

const COMPUTE: Act = { kind: 'compute' };

/** Whether a thread was given the processor here, took time, and did nothing that is told before it lost it again. */
function isSilentTurn(events: readonly TraceEvent[], index: number): boolean {
  const [event, next] = [events[index], events[index + 1]];
  return event?.kind === 'switch' && next?.kind === 'switch' && next.time > event.time;
}

/** What the events so far have told. */
interface Facts {
  readonly values: Map<VariableId, string | null>;
  readonly messages: Messages;
  /** Of the processes that have ended. */
  readonly statuses: Map<Pid, number>;
}

function actOf(event: TraceEvent, trace: Trace, scope: Scope, facts: Facts): Act | null {
  const { values, messages, statuses } = facts;
  switch (event.kind) {
    case 'access': {
      const { variable, how, operation } = event;
      if (how === 'write') values.set(variable, event.value);
      if (!scope.variables.has(variable)) return null;
      return { kind: 'access', variable, how, operation, value: values.get(variable) ?? null };
    }
    case 'acquire':
    case 'release': {
      const thing = scope.heldThing(event.lock);
      const outer = event.kind === 'acquire' ? event.depth === 1 : event.depth === 0;
      return thing === null || !outer ? null : { kind: event.kind === 'acquire' ? 'take' : 'give', thing };
    }
    case 'refused': {
      const thing = scope.heldThing(event.lock);
      return thing === null ? null : { kind: 'refused', thing };
    }
    case 'use':
      return { kind: 'use', thing: event.thing, operation: event.operation };
    case 'block': {
      const { waiting } = event;
      const thing = waiting.on === 'lock' ? scope.thingOf(waiting.lock) : null;
      // An event loop waits until its tasks can go on: they tell what for.
      if (waiting.on === 'poll' && scope.loops.has(event.task)) return null;
      if (waiting.on !== 'poll' && 'what' in waiting && scope.innerChannels.has(waiting.what)) return null;
      if (waiting.on === 'child' && waiting.process !== null && isHelper(waiting.process, trace)) return null;
      return waiting.on === 'lock' && thing === null ? null : { kind: 'wait', waiting, thing };
    }
    case 'write':
      return { kind: 'write', fd: event.fd, text: event.text };
    case 'spawn':
      return scope.helpers.has(event.child) ? null : { kind: 'spawn', child: event.child };
    case 'exit':
      // With a process all its threads end.
      return statuses.has(processOf(event.task, trace)?.pid ?? 0) ? null : { kind: 'end' };
    case 'send':
    case 'receive': {
      const { channel, from, to } = event;
      const sender = event.kind === 'receive' ? (messages.senders(event)[0]?.task ?? null) : null;
      messages.hear(event);
      if (scope.innerChannels.has(baseOf(channel))) return null;
      if (event.kind === 'send') return { kind: 'send', channel, bytes: to - from };
      return { kind: 'receive', channel, bytes: to - from, from: sender === event.task ? null : sender };
    }
    case 'take':
    case 'give':
      return { kind: event.kind === 'take' ? 'take semaphore' : 'give semaphore', semaphore: event.semaphore };
    case 'signal':
      return { kind: 'signal', signal: event.signal, process: event.process };
    case 'end':
      statuses.set(processOf(event.task, trace)?.pid ?? 0, event.status);
      return { kind: 'process end', status: event.status };
    case 'reap':
      if (isHelper(event.process, trace)) return null;
      return { kind: 'reap', process: event.process, status: statuses.get(event.process) ?? null };
    default:
      return null;
  }
}

function belongs(last: Act, next: Act): boolean {
  if (isPartOf(last, next)) return true;
  if (
    next.kind === 'use' ||
    !('thing' in last) ||
    !('thing' in next) ||
    last.thing === null ||
    last.thing !== next.thing
  )
    return false;
  return last.kind === 'use' || (last.kind === 'give' && next.kind === 'wait');
}

/** A message comes in parts (its length, then itself), and a queue that processes share is a pipe and semaphores. */
function isPartOf(last: Act, next: Act): boolean {
  if (last.kind === 'give semaphore' && next.kind === 'take semaphore') return false;
  return SHARED.has(last.kind) && SHARED.has(next.kind);
}
const SHARED: ReadonlySet<Act['kind']> = new Set(['send', 'receive', 'take semaphore', 'give semaphore']);

/** Parts of one message are one. */
function joined(last: Act | undefined, next: Act): Act {
  if (last === undefined || !isSameMessage(last, next)) return next;
  return { ...last, bytes: last.bytes + (next as Transfer).bytes };
}

type Transfer = Extract<Act, { readonly bytes: number }>;

function isSameMessage(last: Act, next: Act): last is Transfer {
  if (last.kind === 'send') return next.kind === 'send' && last.channel === next.channel;
  return last.kind === 'receive' && next.kind === 'receive' && last.channel === next.channel && last.from === next.from;
}

/** "calls lock.acquire()" says no more than "takes lock". */
function absorbs(last: Act, next: Act): boolean {
  if (isSameMessage(last, next)) return true;
  if (last.kind !== 'use') return false;
  if (next.kind === 'take' || next.kind === 'refused') return TAKING.has(last.operation);
  if (next.kind === 'wait') return last.operation !== 'wait' && TAKING.has(last.operation);
  return next.kind === 'give' && GIVING.has(last.operation);
}

/** The step of a race's second access, the first one done before it; null if they were not recorded. */
export function stepOfRace(steps: readonly Step[], { variable, first, second }: Race): number | null {
  const does = ({ task, at, how }: RacingAccess, step: Step) =>
    step.task === task &&
    step.at?.line === at?.line &&
    step.acts.some((act) => act.kind === 'access' && act.variable === variable.id && act.how === how);
  const before = steps.findIndex((step) => does(first, step));
  const after = steps.findIndex((step, index) => index > before && does(second, step));
  return after >= 0 ? after : before >= 0 ? before : null;
}
