/** Makes lanes of a run: who ran, could run or was blocked, who held what, which value a variable had; by steps. */
import type { Pid, Place, RunRecord, TaskId, ThingId, Trace, TraceEvent, VariableInfo } from '../kernel/types.ts';
import { type Arrow, Arrows } from './arrows.ts';
import { taskName, thingName } from './names.ts';
import { Offers } from './offers.ts';
import { endingAt, type ProcessLane, ProcessLanes } from './process-lanes.ts';
import { processOf } from './processes.ts';
import { CLOCK, type Scope, type Step, scopeOf, stepsOf } from './steps.ts';
import { waitsFor } from './waits-for.ts';

export type ThreadState = 'running' | 'runnable' | 'blocked';

/** Steps `from` (included) to `to` (not); never empty, except that a hold may end in the step it began. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface ThreadSpan extends Span {
  readonly state: ThreadState;
  /** In words: "runs", "can run", "waits for lock, which Ann holds". */
  readonly what: string;
  /** The thing that it is blocked on, if any. */
  readonly on: ThingId | null;
}

export interface ThreadLane {
  readonly task: TaskId;
  readonly name: string;
  readonly spans: readonly ThreadSpan[];
  /** Where it was, from which step on. */
  readonly places: readonly { readonly from: number; readonly at: Place | null }[];
  /** Its process, if the run had more than one. */
  readonly process: Pid | null;
}

export interface ThingLane {
  readonly thing: ThingId;
  readonly name: string;
  /** `Lock`, `Queue`, … */
  readonly made: string;
  readonly holds: readonly (Span & { readonly task: TaskId })[];
  readonly waits: readonly (Span & { readonly task: TaskId })[];
  readonly uses: readonly { readonly from: number; readonly task: TaskId; readonly operation: string }[];
}

export interface VariableLane {
  readonly variable: VariableInfo;
  /** `value` null: it is not known. */
  readonly values: readonly { readonly from: number; readonly task: TaskId; readonly value: string | null }[];
}

/** `by` did something that `task` had waited for. */
export interface Wake {
  readonly from: number;
  readonly by: TaskId;
  readonly task: TaskId;
}

export interface Timeline {
  readonly steps: readonly Step[];
  /** Of one process after the other, in the order of `processes`. */
  readonly threads: readonly ThreadLane[];
  /** Empty if there was only one. */
  readonly processes: readonly ProcessLane[];
  /** What goes from one lane to another, in the order of `from`. */
  readonly arrows: readonly Arrow[];
  readonly things: readonly ThingLane[];
  readonly variables: readonly VariableLane[];
  readonly wakes: readonly Wake[];
  readonly trace: Trace;
  readonly scope: Scope;
  /** The lanes end here: one past the last step, so that those who are stuck at the end can be seen to be. */
  readonly length: number;
}

interface ThreadDraft {
  spans: ThreadSpan[];
  places: { from: number; at: Place | null }[];
  open: { from: number; state: ThreadState; what: string } | null;
  /** What it waits for until it runs again, though it may have become runnable meanwhile. */
  waiting: { event: Extract<TraceEvent, { kind: 'block' }>; what: string; thing: ThingId | null } | null;
  /** The kernel has said that the wait is over. */
  woken: boolean;
}

interface ThingDraft {
  holds: (Span & { task: TaskId })[];
  waits: (Span & { task: TaskId })[];
  uses: { from: number; task: TaskId; operation: string }[];
  held: { from: number; task: TaskId } | null;
}

export function buildTimeline({ trace }: Pick<RunRecord, 'trace'>): Timeline {
  const scope = scopeOf(trace);
  const steps = stepsOf(trace, scope);
  return new Builder(trace, scope, steps).build();
}

class Builder {
  private readonly threads = new Map<TaskId, ThreadDraft>();
  private readonly things = new Map<ThingId, ThingDraft>();
  private readonly values = new Map<number, { from: number; task: TaskId; value: string | null }[]>();
  private readonly wakes: Wake[] = [];
  private readonly arrows: Arrows;
  private readonly offers: Offers;
  private readonly processes: ProcessLanes;
  private readonly trace: Trace;
  private readonly scope: Scope;
  private readonly steps: readonly Step[];
  private running: TaskId | null = null;
  /** Of each fiber, its thread. */
  private readonly threadOf: ReadonlyMap<TaskId, TaskId>;

  constructor(trace: Trace, scope: Scope, steps: readonly Step[]) {
    this.trace = trace;
    this.scope = scope;
    this.steps = steps;
    this.arrows = new Arrows(trace, scope);
    this.offers = new Offers(trace);
    this.threadOf = new Map(trace.tasks.flatMap(({ id, thread }) => (thread === undefined ? [] : [[id, thread]])));
    this.processes = new ProcessLanes(trace);
  }

  build(): Timeline {
    const { trace, steps } = this;
    let at = 0;
    trace.events.forEach((event, index) => {
      while (at < steps.length && index >= (steps[at]?.to ?? 0)) at += 1;
      // What an act leads to begins after its step; what is not told has happened before the step begins.
      const after = index + 1 === steps[at]?.to ? at + 1 : at;
      this.hear(event, at, after);
      this.arrows.hear(event, at);
      this.processes.hear(event, after);
    });
    steps.forEach((step, index) => {
      if (step.task === CLOCK) return;
      const { places } = this.thread(step.task);
      const last = places.at(-1)?.at ?? null;
      if (places.length === 0 || last?.line !== step.at?.line || last?.file !== step.at?.file)
        places.push({ from: index, at: step.at });
      for (const act of step.acts) {
        if (act.kind === 'use')
          this.thing(act.thing).uses.push({ from: index, task: step.task, operation: act.operation });
        if (act.kind !== 'access' || act.how !== 'write') continue;
        const values = this.values.get(act.variable) ?? [];
        values.push({ from: index, task: step.task, value: act.value });
        this.values.set(act.variable, values);
      }
    });
    const length = steps.length + 1;
    for (const task of this.threads.keys()) this.enter(task, length, null, '');
    for (const thing of this.things.values()) endHold(thing, length);
    const processes = this.processes.lanes;
    const order = new Map(processes.map(({ pid }, index) => [pid, index]));
    const rank = (task: TaskId) => order.get(processOf(task, trace)?.pid ?? 0) ?? 0;
    return {
      steps,
      processes,
      arrows: this.arrows.all,
      threads: [...this.threads]
        .sort(([a], [b]) => rank(a) - rank(b) || a - b)
        .map(([task, { spans, places }]) => {
          const process = processOf(task, trace)?.pid ?? null;
          return { task, name: taskName(task, trace), spans, places, process };
        }),
      things: trace.things.flatMap(({ id, made }) => {
        const draft = this.things.get(id);
        if (draft === undefined) return [];
        const { holds, waits, uses } = draft;
        return [{ thing: id, name: thingName(id, trace), made, holds, waits, uses }];
      }),
      variables: trace.variables
        .filter(({ id }) => this.scope.variables.has(id))
        .map((variable) => ({ variable, values: this.values.get(variable.id) ?? [] })),
      wakes: this.wakes,
      trace,
      scope: this.scope,
      length,
    };
  }

  private hear(event: TraceEvent, at: number, after: number): void {
    // Nobody does it.
    if (event.kind === 'world') {
      if (event.crashed !== undefined) this.vanish(event.crashed, after);
      return;
    }
    const { task } = event;
    for (const [other, { waiting }] of this.threads) {
      const until = waiting && 'until' in waiting.event.waiting ? waiting.event.waiting.until : null;
      if (until !== null && event.time >= until && this.threads.get(other)?.open?.state === 'blocked')
        this.enter(other, at, 'runnable', CAN_RUN);
    }
    if (event.kind === 'wake' && this.running !== task) {
      const waiting = this.threads.get(task)?.waiting?.event.waiting;
      if (waiting?.on === 'await' && this.running !== null) this.wakes.push({ from: at, by: this.running, task });
      this.thread(task).woken = true;
      this.enter(task, at, 'runnable', CAN_RUN);
    } else if (!this.isEndFromOutside(event)) this.run(task, at);
    if (this.offers.hear(event)) this.offer(task, event.kind === 'receive' || event.kind === 'take' ? at : after);
    switch (event.kind) {
      case 'spawn':
        this.enter(event.child, after, 'runnable', CAN_RUN);
        break;
      case 'end': {
        // All its threads end here, whenever the kernel says so of each.
        const process = processOf(task, this.trace)?.pid;
        for (const other of this.threads.keys()) {
          if (processOf(other, this.trace)?.pid !== process) continue;
          this.enter(other, after, null, '');
          if (this.running === other) this.running = null;
        }
        break;
      }
      case 'exit':
        this.enter(task, after, null, '');
        if (this.running === task) this.running = null;
        this.awake(after, task, (waiting) => waiting.on === 'join' && waiting.task === task);
        break;
      case 'block': {
        const thing = event.waiting.on === 'lock' ? this.scope.thingOf(event.waiting.lock) : null;
        const what = waitsFor(event.waiting, event.at, this.scope, this.trace);
        Object.assign(this.thread(task), { waiting: { event, what, thing }, woken: false });
        this.enter(task, after, 'blocked', what);
        this.running = null;
        break;
      }
      case 'acquire': {
        const thing = this.scope.heldThing(event.lock);
        if (thing !== null && event.depth === 1) this.thing(thing).held = { from: at, task };
        // Those who were too late wait on.
        for (const [other, { waiting, open }] of this.threads) {
          const late = waiting?.event.waiting.on === 'lock' && waiting.event.waiting.lock === event.lock;
          if (late && other !== task && open?.state === 'runnable') this.enter(other, at, 'blocked', waiting.what);
        }
        break;
      }
      case 'release': {
        if (event.depth > 0) break;
        const thing = this.scope.heldThing(event.lock);
        if (thing !== null) endHold(this.thing(thing), at);
        this.awake(after, task, (waiting) => waiting.on === 'lock' && waiting.lock === event.lock);
        break;
      }
    }
  }

  /** A signal ends a process while another runs, and with a process all its threads end. */
  private isEndFromOutside({ kind, task }: TraceEvent): boolean {
    if (kind !== 'end' && kind !== 'exit') return false;
    return this.running !== task && (kind === 'end' || this.processes.hasEnded(task));
  }

  /** A host has lost its power: whatever ran there is no more, and nobody is told. */
  private vanish(host: string, at: number): void {
    for (const task of this.threads.keys()) {
      if (processOf(task, this.trace)?.host !== host) continue;
      this.enter(task, at, null, '');
      if (this.running === task) this.running = null;
    }
  }

  /** Something has come, or was taken away by `task`: who waits for it can run now, or waits on. */
  private offer(task: TaskId, at: number): void {
    for (const [other, { waiting, open, woken }] of this.threads) {
      if (other === task || !waiting || woken || open === null) continue;
      const there = this.offers.has(waiting.event.waiting, other);
      if (there === true && open.state === 'blocked') this.enter(other, at, 'runnable', CAN_RUN);
      if (there === false && open.state === 'runnable') this.enter(other, at, 'blocked', waiting.what);
    }
  }

  private run(task: TaskId, at: number): void {
    const { running } = this;
    if (running !== null && running !== task && !this.trace.parallel) {
      this.enter(running, at, 'runnable', CAN_RUN);
      const thread = this.threadOf.get(running);
      if (thread !== undefined && thread !== task && thread !== this.threadOf.get(task))
        this.enter(thread, at, 'runnable', CAN_RUN);
    }
    this.running = task;
    this.enter(task, at, 'running', 'runs');
    this.thread(task).waiting = null;
    // The thread of a fiber runs, too: it is on it that the fiber does.
    const thread = this.threadOf.get(task);
    if (thread !== undefined) this.enter(thread, at, 'running', `runs ${taskName(task, this.trace)}`);
  }

  private awake(at: number, by: TaskId, waitsForThis: (waiting: TraceWaiting) => boolean): void {
    for (const [task, { waiting, open }] of this.threads) {
      if (open?.state !== 'blocked' || !waiting || !waitsForThis(waiting.event.waiting)) continue;
      this.enter(task, at, 'runnable', CAN_RUN);
      // The library's own hand-overs, as in Thread.start, are not worth an arrow.
      if (waiting.thing !== null || waiting.event.waiting.on === 'join') this.wakes.push({ from: at - 1, by, task });
    }
  }

  private enter(task: TaskId, at: number, state: ThreadState | null, what: string): void {
    const draft = this.thread(task);
    const { open } = draft;
    if (open !== null && open.state === state && open.what === what) return;
    if (open !== null && at > open.from) {
      const on = open.state === 'blocked' ? (draft.waiting?.thing ?? null) : null;
      const last = draft.spans.at(-1);
      const goesOn = last?.to === open.from && last.state === open.state && last.what === open.what;
      if (goesOn) draft.spans.pop();
      draft.spans.push({ ...open, from: goesOn ? last.from : open.from, on, to: at });
      if (on !== null) this.thing(on).waits.push({ from: open.from, to: at, task });
    }
    draft.open = state === null ? null : { from: Math.max(at, open?.from ?? 0), state, what };
  }

  private thread(task: TaskId): ThreadDraft {
    const draft = this.threads.get(task) ?? { spans: [], places: [], open: null, waiting: null, woken: false };
    this.threads.set(task, draft);
    return draft;
  }

  private thing(thing: ThingId): ThingDraft {
    const draft = this.things.get(thing) ?? { holds: [], waits: [], uses: [], held: null };
    this.things.set(thing, draft);
    return draft;
  }
}

const CAN_RUN = 'can run';
type TraceWaiting = Extract<TraceEvent, { kind: 'block' }>['waiting'];

function endHold(thing: ThingDraft, to: number): void {
  if (thing.held !== null) thing.holds.push({ ...thing.held, to });
  thing.held = null;
}

/** The last of a sorted list that begins at or before `at`; undefined if none does. */
export function lastAt<T extends { readonly from: number }>(list: readonly T[], at: number): T | undefined {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.from ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}

function spanAt(spans: readonly ThreadSpan[], step: number): ThreadSpan | null {
  const span = lastAt(spans, step);
  return span && step < span.to ? span : null;
}

export interface Moment {
  readonly step: Step | undefined;
  readonly threads: readonly {
    readonly task: TaskId;
    readonly name: string;
    readonly at: Place | null;
    /** null: not begun, or ended. */
    readonly span: ThreadSpan | null;
    /** Of the first thread of a process that has ended: how, and whether anybody has waited for it. */
    readonly ended: string | null;
  }[];
  readonly variables: readonly {
    readonly variable: VariableInfo;
    readonly value: string | null;
    readonly by: TaskId | null;
    readonly changed: boolean;
  }[];
  readonly things: readonly {
    readonly lane: ThingLane;
    readonly holder: TaskId | null;
    readonly waiting: readonly TaskId[];
  }[];
}

/** How things stand when a step (from 0) has been taken. */
export function momentAt(timeline: Timeline, step: number): Moment {
  const taken = timeline.steps[step];
  const told = timeline.threads.filter(({ task }) => !timeline.scope.helpers.has(task));
  const threads = told.map(({ task, name, spans, places, process }) => {
    const now = spanAt(spans, step);
    // Whoever waits or ends in this step does so from its end on.
    const next = taken?.task === task ? spanAt(spans, step + 1) : now;
    const span = next === null || next.state === 'blocked' ? next : now;
    const lane = timeline.processes.find(({ pid, main }) => pid === process && main === task);
    const ended = lane ? endingAt(lane, step + 1) : null;
    return { task, name, at: lastAt(places, step)?.at ?? null, span, ended };
  });
  return {
    step: taken,
    threads,
    variables: timeline.variables.map(({ variable, values }) => {
      const last = lastAt(values, step);
      return { variable, value: last?.value ?? null, by: last?.task ?? null, changed: last?.from === step };
    }),
    things: timeline.things.map((lane) => {
      const hold = lastAt(lane.holds, step);
      const waiting = threads.filter(({ span }) => span?.on === lane.thing).map(({ task }) => task);
      return { lane, holder: hold && step < hold.to ? hold.task : null, waiting };
    }),
  };
}
