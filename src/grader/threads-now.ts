/** Where a driven run stands: what each thread is about to do or waits for, and what the shared variables hold. */
import type { Place, TaskId, Trace, TraceEvent, VariableInfo, Waiting } from '../kernel/types.ts';
import { lockName, taskName } from '../trace/names.ts';
import { helperTasks } from '../trace/processes.ts';
import { waitsOutside } from '../trace/waits-for.ts';
import type { DriveState, Program } from '../worker/protocol.ts';

export interface ThreadNow {
  readonly task: TaskId;
  readonly name: string;
  readonly state: 'ready' | 'waiting' | 'ended';
  readonly at: Place | null;
  /** `ready`: the text of the line that it would run. `waiting`: what for. `ended`: that. */
  readonly what: string;
}

/** Every thread that has been started so far, in that order. */
export function threadsNow({ record, choices }: DriveState, program: Program): ThreadNow[] {
  const { trace } = record;
  const last = new Map<TaskId, TraceEvent>();
  for (const event of trace.events) {
    if (event.kind === 'block' || event.kind === 'wake' || event.kind === 'exit') last.set(event.task, event);
  }
  const helpers = helperTasks(trace);
  const told = trace.tasks.filter(({ id }) => !helpers.has(id));
  const tasks = new Map(told.map(({ id }) => [id, taskName(id, trace)]));
  for (const { task, name } of choices) if (!tasks.has(task)) tasks.set(task, name);
  return [...tasks]
    .sort(([a], [b]) => a - b)
    .map(([task, name]): ThreadNow => {
      const choice = choices.find((candidate) => candidate.task === task);
      if (choice) return { task, name, state: 'ready', at: choice.at, what: lineOf(program, choice.at) ?? 'starts' };
      const event = last.get(task);
      const { kind } = record.outcome;
      // Of a program that has ended, only the stuck threads of a deadlock still wait.
      if (event?.kind === 'block' && (kind === 'paused' || kind === 'deadlock'))
        return { task, name, state: 'waiting', at: event.at, what: waitsFor(event.waiting, trace, event.at) };
      return { task, name, state: 'ended', at: null, what: 'has ended' };
    });
}

export interface VariableNow {
  readonly variable: VariableInfo;
  /** As `repr` shows it, shortened. */
  readonly value: string;
}

/** The shared variables whose value is known; the run must have been observed. */
export function variablesNow(trace: Trace): VariableNow[] {
  const values = new Map<number, string>();
  for (const event of trace.events)
    if (event.kind === 'access' && event.value !== null) values.set(event.variable, event.value);
  // A name of a lock or a queue tells nothing: what it is doing is told where a thread waits for it.
  const things = new Set(trace.things.map(({ name }) => name));
  return trace.variables.flatMap((variable) => {
    const value = values.get(variable.id);
    return value === undefined || things.has(variable.name) ? [] : [{ variable, value }];
  });
}

function lineOf(program: Program, at: Place | null): string | null {
  if (!at) return null;
  const text = program.files[at.file];
  return typeof text === 'string' ? (text.split('\n')[at.line - 1]?.trim() ?? null) : null;
}

function waitsFor(waiting: Waiting, trace: Trace, at: Place | null): string {
  switch (waiting.on) {
    case 'lock': {
      const owner = waiting.owner === null ? '' : `, which ${taskName(waiting.owner, trace)} holds`;
      return `waits for ${lockName(waiting.lock, trace, at)}${owner}`;
    }
    case 'join':
      return `waits for ${taskName(waiting.task, trace)} to end`;
    case 'sleep':
      return `sleeps until ${(waiting.until ?? 0).toFixed(3)} s`;
    default:
      return waitsOutside(waiting);
  }
}
