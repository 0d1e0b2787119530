/** A run in the Trace Event Format, as ui.perfetto.dev and chrome://tracing open it. */
import type { RunRecord, TaskId } from '../kernel/types.ts';
import { buildTimeline, type Timeline } from './lanes.ts';
import { taskName } from './names.ts';
import { actsOf } from './narrate.ts';
import { CLOCK } from './steps.ts';

/** See "Trace Event Format", Google, 2016: complete (X), instant (i), flow (s, f), metadata (M). Times in microseconds. */
export type TraceEventJson = {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
} & (
  | { readonly ph: 'M'; readonly args: Readonly<Record<string, string | number>> }
  | { readonly ph: 'X'; readonly cat: string; readonly ts: number; readonly dur: number; readonly args: Args }
  | { readonly ph: 'i'; readonly cat: string; readonly ts: number; readonly s: 't'; readonly args: Args }
  | { readonly ph: 's'; readonly cat: string; readonly ts: number; readonly id: number }
  | { readonly ph: 'f'; readonly cat: string; readonly ts: number; readonly id: number; readonly bp: 'e' }
);
type Args = Readonly<Record<string, string | number>>;

export interface ChromeTrace {
  readonly traceEvents: readonly TraceEventJson[];
  readonly displayTimeUnit: 'ms';
  readonly otherData: Readonly<Record<string, string>>;
}

const THREADS = 1;
const THINGS = 2;

export function chromeTrace(record: RunRecord, timeline: Timeline = buildTimeline(record)): ChromeTrace {
  const { trace } = timeline;
  const stamps = stampsOf(timeline);
  const stamp = (step: number) => stamps[step] ?? 0;
  const events: TraceEventJson[] = [
    ...processNames(timeline),
    { ph: 'M', name: 'process_name', pid: THINGS, tid: 0, args: { name: 'Locks, queues, …' } },
  ];
  const span = (name: string, pid: number, tid: number, cat: string, from: number, to: number, args: Args = {}) =>
    events.push({ ph: 'X', name, cat, pid, tid, ts: stamp(from), dur: stamp(to) - stamp(from), args });

  const pids = new Map(timeline.threads.map(({ task, process }) => [task, process ?? THREADS]));
  const pidOf = (task: TaskId) => pids.get(task) ?? THREADS;
  for (const { task, name, spans } of timeline.threads) {
    const pid = pidOf(task);
    events.push({ ph: 'M', name: 'thread_name', pid, tid: task, args: { name } });
    events.push({ ph: 'M', name: 'thread_sort_index', pid, tid: task, args: { sort_index: task } });
    for (const { from, to, state, what } of spans) if (state !== 'running') span(what, pid, task, state, from, to);
  }
  // What a thread does while it runs, each step a slice: that is more than "runs".
  timeline.steps.forEach((step, index) => {
    if (step.task === CLOCK) return;
    const args: Args = step.at === null ? {} : { file: step.at.file, line: step.at.line };
    span(actsOf(step, trace, timeline.scope), pidOf(step.task), step.task, 'running', index, index + 1, {
      ...args,
      step: index + 1,
    });
  });
  for (const { thing, name, made, holds, uses } of timeline.things) {
    events.push({ ph: 'M', name: 'thread_name', pid: THINGS, tid: thing, args: { name: `${name} (${made})` } });
    for (const { from, to, task } of holds)
      if (to > from) span(`held by ${taskName(task, trace)}`, THINGS, thing, 'held', from, to);
    for (const { from, task, operation } of uses) {
      const args = { thread: taskName(task, trace) };
      events.push({ ph: 'i', name: operation, cat: 'use', pid: THINGS, tid: thing, ts: stamp(from), s: 't', args });
    }
  }
  timeline.wakes.forEach(({ from, by, task }, id) => {
    const woken = timeline.threads.find((lane) => lane.task === task);
    const next = woken?.spans.find((candidate) => candidate.state === 'running' && candidate.from > from);
    if (next === undefined || from < 0) return;
    const flow = { name: 'wakes', cat: 'wake', id };
    events.push({ ...flow, ph: 's', pid: pidOf(by), tid: by, ts: stamp(from) });
    events.push({ ...flow, ph: 'f', pid: pidOf(task), bp: 'e', tid: task, ts: stamp(next.from) });
  });
  timeline.arrows.forEach(({ kind, what, from, by, to, task }, index) => {
    const flow = { name: what, cat: kind, id: timeline.wakes.length + index };
    events.push({ ...flow, ph: 's', pid: pidOf(by), tid: by, ts: stamp(from) });
    events.push({ ...flow, ph: 'f', pid: pidOf(task), bp: 'e', tid: task, ts: stamp(to) });
  });
  const otherData = { program: 'Happens-Before', schedule: record.schedule, run: record.name };
  return { traceEvents: events, displayTimeUnit: 'ms', otherData };
}

/** A run of one process has its threads where others have processes. */
function processNames({ processes }: Timeline): TraceEventJson[] {
  if (processes.length === 0)
    return [{ ph: 'M', name: 'process_name', pid: THREADS, tid: 0, args: { name: 'Threads' } }];
  return processes.flatMap(({ pid, name }, index): TraceEventJson[] => [
    { ph: 'M', name: 'process_name', pid, tid: 0, args: { name } },
    { ph: 'M', name: 'process_sort_index', pid, tid: 0, args: { sort_index: index } },
  ]);
}

/**
 * Microseconds of each step's beginning. On the program's clock most steps take no time at all: here each takes one
 * microsecond at least, so that it can be seen.
 */
function stampsOf({ steps, length }: Timeline): readonly number[] {
  const stamps: number[] = [];
  let last = -1;
  for (let index = 0; index <= length; index++) {
    last = Math.max(last + 1, Math.round((steps[index]?.time ?? 0) * 1e6));
    stamps.push(last);
  }
  return stamps;
}
