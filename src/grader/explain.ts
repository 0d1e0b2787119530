/** Says in plain words how a run ended; the page and the command line both print these words. */
import type { LimitName, LockId, RunRecord, StuckTask, TaskId, Trace } from '../kernel/types.ts';
import { lockName, loopsOf, placeName, taskName } from '../trace/names.ts';
import { helperTasks } from '../trace/processes.ts';
import { findCycle, holderOf } from '../trace/wait-for.ts';
import { waitsOutside } from '../trace/waits-for.ts';

/** One or more sentences; a deadlock takes one line for each stuck task and one for the cycle. */
export function explainOutcome(run: RunRecord): string {
  const { outcome } = run;
  switch (outcome.kind) {
    case 'exit':
      return outcome.code === 0 ? 'The program ended normally.' : `The program ended with exit code ${outcome.code}.`;
    case 'exception': {
      const what = outcome.message === '' ? outcome.type : `${outcome.type}: ${outcome.message}`;
      return outcome.at ? `${what} (raised at ${placeName(outcome.at)})` : what;
    }
    case 'limit':
      return explainLimit(outcome.limit, outcome.bound);
    case 'deadlock':
      return explainDeadlock(outcome.stuck, run.trace);
    case 'livelock': {
      const names = outcome.tasks.map((task) => taskName(task, run.trace)).join(', ');
      return `${names}: everyone runs, and nothing moves on. Over and over they take the same ${outcome.steps.toLocaleString('en')} steps and write the same values, so this can go on for ever: a livelock.`;
    }
    case 'paused':
      return 'The run waits for the next move.';
  }
}

function explainDeadlock(stuck: readonly StuckTask[], trace: Trace): string {
  const helpers = helperTasks(trace);
  // An event loop waits because its tasks do.
  const loops = stuck.some(({ waiting }) => waiting.on === 'await') ? loopsOf(trace) : new Set();
  const learners = stuck.filter((one) => !helpers.has(one.task) && !loops.has(one.task) && !rests(one, trace));
  const told = learners.length === 0 ? stuck : learners;
  const sentences = told.map((task) => explainStuck(task, stuck, trace));
  const cycle = findCycle(stuck, trace);
  const [first] = cycle ?? [];
  if (cycle === null || first === undefined) {
    sentences.push(...adviceOnPipes(told));
    const [they, them] = told.length === 1 ? ['It', 'it'] : ['They', 'them'];
    sentences.push(`${they} can never go on: nothing is left that could wake ${them}.`);
  } else if (cycle.length === 1) {
    sentences.push(`${taskName(first, trace)} waits for itself, so it can never go on: a deadlock.`);
  } else {
    const names = [...cycle, first].map((id) => taskName(id, trace));
    sentences.push(
      `Each waits for the next, so none can ever go on: ${names.join(' → ')}. That cycle is the deadlock.`,
    );
  }
  return sentences.join('\n');
}

function explainStuck({ task, waiting, at }: StuckTask, stuck: readonly StuckTask[], trace: Trace): string {
  const waits = `${taskName(task, trace)} waits${at ? ` at ${placeName(at)}` : ''}`;
  switch (waiting.on) {
    case 'join':
      return `${waits} for ${waiting.task === task ? 'itself' : taskName(waiting.task, trace)} to end.`;
    case 'sleep':
      return `${waits} for its sleep to end.`;
    case 'stdin':
      return `${waits} for a line of input.`;
    case 'lock': {
      const made = trace.locks.find((lock) => lock.id === waiting.lock)?.made ?? 'lock';
      const lock = `${waits} for ${lockName(waiting.lock, trace, at)}`;
      if (waiting.owner === null && isForked(task, trace) && /^R?Lock$/.test(made))
        return `${lock}, which a thread held that did not come along when the process was forked.`;
      if (waiting.owner === null) return `${lock}, and ${nobodyLeft(made)}.${lostWakeUp(task, waiting.lock, trace)}`;
      if (waiting.owner === task) return `${lock}, which it holds itself.`;
      const owner = taskName(waiting.owner, trace);
      const alive = stuck.some((other) => other.task === waiting.owner);
      return alive
        ? `${lock}, which ${owner} holds.`
        : `${lock}, which ${owner} took and did not release before it ended.`;
    }
    case 'semaphore': {
      const holder = holderOf(waiting.semaphore, trace);
      const who =
        holder === null ? '' : `; ${holder === task ? 'it' : taskName(holder, trace)} took it and did not give it back`;
      return `${taskName(task, trace)} ${waitsOutside(waiting)}${at ? `, at ${placeName(at)}` : ''}${who}.`;
    }
    default:
      return `${taskName(task, trace)} ${waitsOutside(waiting)}${at ? ` at ${placeName(at)}` : ''}.`;
  }
}

/** Whether it is a thread of the library's that has nothing to do: it waits until somebody wants something of it. */
function rests({ waiting, at }: StuckTask, trace: Trace): boolean {
  if (at !== null || waiting.on !== 'lock' || waiting.owner !== null) return false;
  return trace.locks.find(({ id }) => id === waiting.lock)?.at === null;
}

/** What is true of every pipe that somebody waits at for ever: else a reader would see its end, and a writer an error. */
function adviceOnPipes(stuck: readonly StuckTask[]): readonly string[] {
  const named = new Set<string>();
  return stuck.flatMap(({ waiting }) => {
    if ((waiting.on !== 'read' && waiting.on !== 'write') || named.has(`${waiting.on} ${waiting.what}`)) return [];
    named.add(`${waiting.on} ${waiting.what}`);
    const { what } = waiting;
    return waiting.on === 'write'
      ? [`Nobody reads from ${what}: whoever could waits too.`]
      : [
          `Somebody can still write to ${what}, or its reader would see its end; but whoever could waits too.${
            what.startsWith('pipe') ? ' Does every process, the reader too, close the ends that it does not use?' : ''
          }`,
        ];
  });
}

/** Whether it is a task of another process than the program's first. */
function isForked(task: TaskId, trace: Trace): boolean {
  const process = trace.tasks.find(({ id }) => id === task)?.process;
  return process !== undefined && process !== trace.processes[0]?.pid;
}

/** The call that would have woken it, had it come after the wait began and not before. Known of observed runs only. */
function lostWakeUp(task: TaskId, lock: LockId, trace: Trace): string {
  const thing = trace.locks.find(({ id }) => id === lock)?.thing ?? null;
  if (thing === null || trace.things.find(({ id }) => id === thing)?.made !== 'Condition') return '';
  const call = trace.events.findLast(
    (event) =>
      event.kind === 'use' && event.thing === thing && event.task !== task && event.operation.startsWith('notify'),
  );
  const wait = trace.events.findLastIndex((event) => event.kind === 'block' && event.task === task);
  if (!call?.at || trace.events.indexOf(call) > wait) return '';
  return ` ${taskName(call.task, trace)} notified it at ${placeName(call.at)}, before: a call that nobody waits for yet is lost.`;
}

/** Why a primitive without a holder stays shut. */
function nobodyLeft(made: string): string {
  switch (made) {
    case 'Event':
      return 'nobody is left to set it';
    case 'Condition':
      return 'nobody is left to notify it';
    case 'Barrier':
      return 'too few threads are left to reach it';
    case 'Queue':
    case 'LifoQueue':
    case 'PriorityQueue':
    case 'SimpleQueue':
      return 'nobody is left at its other end';
    default:
      return 'nobody is left to release it';
  }
}

function explainLimit(limit: LimitName, bound: number): string {
  switch (limit) {
    case 'steps':
      return `Stopped at the limit of ${count(bound)} steps. Is there a loop that never ends?`;
    case 'output':
      return `Stopped at the limit of ${bytes(bound)} of output.`;
    case 'tasks':
      return `Stopped at the limit of ${count(bound)} threads alive at one time.`;
    case 'processes':
      return `Stopped at the limit of ${count(bound)} processes begun. Does each of them begin another?`;
    case 'memory':
      return `Stopped at the limit of ${bytes(bound)} of memory.`;
    case 'time':
      return `Stopped at the limit of ${count(bound)} seconds on the program's clock.`;
    case 'recursion':
      return `Stopped: a recursion inside Python's own C code went deeper than the stack of ${bytes(bound)}.`;
    case 'wall time':
      return `Stopped at the limit of ${count(bound)} seconds of real time. Is there a loop that never ends?`;
  }
}

function count(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

function bytes(n: number): string {
  if (n >= 1 << 20) return `${count(Math.round(n / (1 << 20)))} MB`;
  return n >= 1024 ? `${count(Math.round(n / 1024))} kB` : `${count(n)} bytes`;
}
