/** Tells a run as text, one line a step: for `hb run --explain` and for whoever does not see the timeline. */
import type { Race, RacingAccess, RunRecord, TaskId, Trace } from '../kernel/types.ts';
import type { Timeline } from './lanes.ts';
import { bytesThrough, placeName, taskName, thingName } from './names.ts';
import { isForked, knownPlace, processOf, shortCommand, signalName, statusName, wasKilled } from './processes.ts';
import { type Act, CLOCK, type Scope, type Step, scopeOf } from './steps.ts';
import { cycleSentence, waitForCycle } from './wait-for.ts';
import { seconds, waitsFor } from './waits-for.ts';

/** "Ann, line 8: reads balance (100)" */
export function sentenceOf(step: Step, { trace, scope }: Pick<Timeline, 'trace' | 'scope'>): string {
  if (step.task === CLOCK) return worldsOf(step);
  const where = step.at === null ? '' : `, ${placeIn(step.at, trace)}`;
  return `${taskName(step.task, trace)}${where}: ${actsOf(step, trace, scope)}`;
}

function worldsOf({ acts, time }: Step): string {
  const [act] = acts;
  if (act?.kind !== 'world') return `The clock moves on to ${seconds(time)}: until then nobody can run`;
  return act.by === 'reader' ? `By the reader: ${act.what}` : `A fault: ${act.what}`;
}

/** "reads balance (100)"; what follows the thread's name. */
export function actsOf(step: Step, trace: Trace, scope: Scope = scopeOf(trace)): string {
  if (step.acts.length === 0) return 'comes to this line';
  return step.acts.map((act) => saidOf(act, step, trace, scope)).join(', ');
}

/**
 * The whole run, at most so many lines: of a longer one the beginning and, mostly, the end, which is where it went wrong.
 * Each line has its step's number (from 1), and the clock where it moved on.
 */
export function narrate(timeline: Timeline, most: number): readonly string[] {
  const { steps } = timeline;
  const head = steps.length <= most ? steps.length : Math.floor(most / 3);
  const tail = steps.length <= most ? steps.length : steps.length - (most - head);
  const width = String(steps.length).length;
  const lines: string[] = [];
  steps.forEach((step, index) => {
    if (index === head && tail > head) lines.push(`${' '.repeat(width)}  … ${tail - head} steps left out …`);
    if (index >= head && index < tail) return;
    const later = step.task !== CLOCK && step.time > (steps[index - 1]?.time ?? 0);
    const moved = later && step.time >= TELLABLE ? `[${seconds(step.time)}] ` : '';
    lines.push(`${String(index + 1).padStart(width)}  ${moved}${sentenceOf(step, timeline)}`);
  });
  if (timeline.trace.truncated) lines.push('The run went on, but no more of it was recorded.');
  return lines;
}

/** What is to be said when the steps have been told: the cycle of a deadlock, and each race. */
export function conclusions({ outcome, trace, races = [] }: RunRecord): readonly string[] {
  const cycle = cycleSentence(waitForCycle(outcome, trace), trace);
  return [...(cycle === '' ? [] : [cycle]), ...races.map((race) => raceSentence(race, trace))];
}

/** Both accesses, and why nothing orders them. */
export function raceSentence({ variable, first, second, kind }: Race, trace: Trace): string {
  const [one, two] = [accessOf(first, variable.name, trace), accessOf(second, variable.name, trace)];
  const across = threadOf(first, trace) === threadOf(second, trace);
  const what = across ? 'Race across an await' : 'Data race';
  const said = `${what} on ${variable.name}: ${one}; ${two}. ${whyUnordered(first, second, trace)}`;
  if (kind === 'lost-update')
    return `${said} A value is read here and written back later: what the other wrote between is lost.`;
  if (kind === 'atomic')
    return `${said} Each is one indivisible operation in CPython, so nothing is lost; only which comes first is open.`;
  return said;
}

function accessOf({ task, at, operation }: RacingAccess, name: string, trace: Trace): string {
  const does = /^(reads|writes)$/.test(operation) ? `${operation} it` : `does ${operation} on ${name}`;
  return `${taskName(task, trace)} ${does}${at ? ` at ${placeIn(at, trace)}` : ''}`;
}

function whyUnordered(first: RacingAccess, second: RacingAccess, trace: Trace): string {
  if (threadOf(first, trace) === threadOf(second, trace))
    return 'Between two awaits no other task comes; but here is one between reading and writing, and no lock.';
  const [one, two] = [locksHeld(first, trace), locksHeld(second, trace)];
  const held = ({ task }: RacingAccess, names: readonly string[]) =>
    `${taskName(task, trace)} held ${names.length === 0 ? 'no lock' : names.join(' and ')}`;
  const locks =
    one.length + two.length === 0
      ? 'Neither held a lock'
      : `${held(first, one)} and ${held(second, two)}: no lock in common`;
  return `${locks}, and no start, join, queue or event comes between: nothing orders them.`;
}

/** The thread on which an access happened: a fiber's own, or the task itself. */
function threadOf({ task }: RacingAccess, trace: Trace): TaskId {
  return trace.tasks.find(({ id }) => id === task)?.thread ?? task;
}

/** The locks inside a queue or a barrier are not the learner's to hold. */
function locksHeld({ holds }: RacingAccess, trace: Trace): readonly string[] {
  const scope = scopeOf(trace);
  return holds.flatMap((lock) => {
    const thing = scope.heldThing(lock);
    return thing === null ? [] : [thingName(thing, trace)];
  });
}

function saidOf(act: Act, step: Step, trace: Trace, scope: Scope): string {
  switch (act.kind) {
    case 'access': {
      const name = trace.variables.find(({ id }) => id === act.variable)?.name ?? `variable ${act.variable}`;
      if (act.operation === 'reads') return `reads ${name}${act.value === null ? '' : ` (${act.value})`}`;
      if (act.operation === 'writes') return act.value === null ? `writes ${name}` : `writes ${name} = ${act.value}`;
      return `${act.operation} on ${name}${act.value === null || act.how === 'read' ? '' : `, now ${act.value}`}`;
    }
    case 'take':
      return `takes ${thingName(act.thing, trace)}`;
    case 'give':
      return `releases ${thingName(act.thing, trace)}`;
    case 'refused':
      return `finds ${thingName(act.thing, trace)} taken and does not wait`;
    case 'use':
      return used(thingName(act.thing, trace), act.operation);
    case 'wait':
      return waitsFor(act.waiting, step.at, scope, trace);
    case 'write':
      return `${act.fd === 1 ? 'prints' : 'prints to stderr'} ${quoted(act.text)}`;
    case 'spawn':
      return spawned(act.child, step.task, trace);
    case 'end':
      return 'ends';
    case 'send':
      return `sends ${bytesThrough(act.bytes, act.channel)}`;
    case 'receive':
      return `receives ${bytesThrough(act.bytes, act.channel)}${act.from === null ? '' : ` from ${taskName(act.from, trace)}`}`;
    case 'take semaphore':
      return `takes semaphore ${act.semaphore}`;
    case 'give semaphore':
      return `gives semaphore ${act.semaphore} back`;
    case 'signal':
      return `sends ${signalName(act.signal)} to process ${act.process}`;
    case 'process end':
      return wasKilled(act.status) ? `is killed by ${statusName(act.status)}` : `ends with ${statusName(act.status)}`;
    case 'reap':
      return `has waited for process ${act.process}${act.status === null ? '' : ` (${statusName(act.status)})`}`;
    case 'compute':
      return 'computes';
    case 'world':
      return act.by === 'reader' ? `by the reader: ${act.what}` : `a fault: ${act.what}`;
    case 'clock':
      return `the clock moves on to ${seconds(step.time)}`;
  }
}

/** A process that begins is more than a thread that does. */
function spawned(child: TaskId, parent: TaskId, trace: Trace): string {
  const [process, own] = [processOf(child, trace), processOf(parent, trace)];
  if (process === null || process.pid === own?.pid) return `starts ${taskName(child, trace)}`;
  if (isForked(process, trace)) return `forks process ${process.pid}, which begins here`;
  const command = shortCommand(process, trace);
  return `starts process ${process.pid}: ${command.length > MOST_TEXT ? `${command.slice(0, MOST_TEXT)}…` : command}`;
}

function used(name: string, operation: string): string {
  if (/^__a?enter__$/.test(operation)) return `enters ${name}`;
  if (/^__a?exit__$/.test(operation)) return `leaves ${name}`;
  return `calls ${name}.${operation}`;
}

/** Seconds: what is less is told as 0. */
const TELLABLE = 0.0005;
const MOST_TEXT = 60;

function quoted(text: string): string {
  const line = text.replace(/\n$/, '');
  return JSON.stringify(line.length > MOST_TEXT ? `${line.slice(0, MOST_TEXT)}…` : line);
}

/** The file is named only where there are several. */
function placeIn(place: { file: string; line: number }, trace: Trace): string {
  return severalFiles(trace) ? placeName(place) : `line ${place.line}`;
}

const several = new WeakMap<Trace, boolean>();

function severalFiles(trace: Trace): boolean {
  const known = several.get(trace);
  if (known !== undefined) return known;
  const files = new Set<string>();
  for (const { task, at } of trace.events) {
    const place = knownPlace(task, at, trace);
    if (place) files.add(place.file);
  }
  several.set(trace, files.size > 1);
  return files.size > 1;
}
