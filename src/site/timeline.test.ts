import { expect, test } from 'vitest';
import type { Trace, TraceEvent } from '../kernel/types.ts';
import { buildTimeline } from './timeline.ts';

type Short = { task: number; time?: number } & Record<string, unknown>;
const place = (line: number) => ({ file: 'program.py', line });

function trace(events: Short[]): Trace {
  return {
    tasks: [
      { id: 1, name: 'MainThread' },
      { id: 2, name: 'Thread-1 (f)' },
    ],
    locks: [
      { id: 1, made: 'Lock', at: place(3), thing: null },
      { id: 2, made: 'Lock', at: null, thing: null },
    ],
    things: [],
    variables: [],
    events: events.map((event) => ({ time: 0, at: place(9), ...event }) as unknown as TraceEvent),
    truncated: false,
  };
}

const RUN = trace([
  { task: 1, kind: 'acquire', lock: 1, depth: 1 },
  { task: 1, kind: 'acquire', lock: 2, depth: 1 },
  { task: 1, kind: 'spawn', child: 2 },
  { task: 2, kind: 'switch', from: 1, preempted: true },
  { task: 2, kind: 'block', waiting: { on: 'lock', lock: 1, owner: 1, until: null } },
  { task: 1, kind: 'switch', from: 2, preempted: false },
  { task: 1, kind: 'release', lock: 1, depth: 0 },
  { task: 2, kind: 'wake', timedOut: false, time: 1 },
  { task: 1, kind: 'exit', time: 1 },
  { task: 2, kind: 'switch', from: 1, preempted: false, time: 1 },
  { task: 2, kind: 'exit', time: 1 },
]);

test('who ran, could run, waited, and held which lock', () => {
  const { lanes, length, ticks, cut } = buildTimeline(RUN, 100);
  const spans = (index: number) => lanes[index]?.spans.map(({ from, to, what }) => `${from}-${to} ${what}`);
  expect(length).toBe(13);
  expect(spans(0)).toEqual(['0-2 runs', '2-4 could run', '4-11 runs']);
  expect(spans(1)).toEqual(['2-4 runs', '4-9 waits for the Lock made at line 3', '9-11 could run', '11-13 runs']);
  expect(lanes[0]?.holds).toEqual([{ from: 0, to: 6, lock: 'the Lock made at line 3' }]);
  expect(ticks).toEqual([{ at: 9, time: 1 }]);
  expect(cut).toBe(false);
});

test('a thread that sleeps alone goes on in its own lane', () => {
  const { lanes } = buildTimeline(
    trace([
      { task: 1, kind: 'block', waiting: { on: 'sleep', until: 2 } },
      { task: 1, kind: 'wake', timedOut: false, time: 2 },
      { task: 1, kind: 'write', fd: 1, text: 'x', time: 2 },
    ]),
    100,
  );
  expect(lanes[0]?.spans.map(({ what }) => what)).toEqual(['runs', 'sleeps until 2.000 s', 'runs']);
});

test('a long run is cut, and says so', () => {
  const { length, cut } = buildTimeline(RUN, 4);
  expect([length, cut]).toEqual([4, true]);
});
