/** Lanes, steps, sentences and Perfetto's JSON of real runs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import type { RunRecord } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine } from '../worker/node.ts';
import type { Move } from '../worker/protocol.ts';
import { chromeTrace } from './chrome-trace.ts';
import { buildTimeline, momentAt } from './lanes.ts';
import { conclusions, narrate, raceSentence } from './narrate.ts';
import { stepOfRace } from './steps.ts';
import { cycleSentence, waitForCycle } from './wait-for.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

const LOST = `import threading
balance = 0
def deposit(amount):
    global balance
    seen = balance
    balance = seen + amount
ann = threading.Thread(target=deposit, args=(20,), name='Ann')
ben = threading.Thread(target=deposit, args=(30,), name='Ben')
ann.start()
ben.start()
ann.join()
ben.join()
print(balance)
`;

const CROSSED = `import threading
a = threading.Lock()
b = threading.Lock()
def left():
    with a:
        with b:
            pass
def right():
    with b:
        with a:
            pass
one = threading.Thread(target=left, name='left')
two = threading.Thread(target=right, name='right')
one.start()
two.start()
one.join()
two.join()
`;

const CONDITION = `import threading, time
ready = False
cond = threading.Condition()
def waiter():
    with cond:
        while not ready:
            cond.wait()
    time.sleep(0.5)
w = threading.Thread(target=waiter, name='waiter')
w.start()
with cond:
    ready = True
    cond.notify()
w.join()
`;

async function driven(code: string, moves: readonly Move[]): Promise<RunRecord> {
  const program = { files: { 'p.py': code }, entry: { kind: 'script', file: 'p.py' } } as const;
  const { RUN_OPTIONS } = await import('../worker/limits.ts');
  const options = { ...RUN_OPTIONS, model: 'every-bytecode', trace: true, observe: true } as const;
  const state = await engine.drive({ program, options, moves, stop: false }).done;
  if (!state || state.refused) throw new Error(state?.refused?.why ?? 'stopped');
  return state.record;
}

const untilLine = (thread: string, line: number): Move => ({ thread, until: { kind: 'line', line } });
const untilItWaits = (thread: string): Move => ({ thread, until: { kind: 'wait' } });
const lost = () => driven(LOST, [untilLine('MainThread', 11), untilLine('Ann', 6), untilItWaits('Ben')]);
const crossed = () =>
  driven(CROSSED, [untilLine('MainThread', 16), untilLine('left', 6), untilLine('right', 10), untilItWaits('left')]);

/** The narration without numbers. */
const told = (record: RunRecord) => narrate(buildTimeline(record), 1000).map((line) => line.replace(/^ *\d+ {2}/, ''));

test('a lost update, step by step', async () => {
  const lines = told(await lost());
  const update = lines.filter((line) => /balance/.test(line) && !/starts/.test(line));
  expect(update).toEqual([
    'MainThread, line 2: writes balance = 0',
    'Ann, line 5: reads balance (0)',
    'Ben, line 5: reads balance (0)',
    'Ben, line 6: writes balance = 30',
    'Ann, line 6: writes balance = 20',
    'MainThread, line 13: reads balance (20)',
  ]);
  expect(lines).toContain('MainThread, line 9: starts Ann');
  expect(lines.at(-1)).toBe('MainThread, line 13: prints "20"');
});

test('at a step: where each thread is, and what the variable holds', async () => {
  const timeline = buildTimeline(await lost());
  const at = timeline.steps.findIndex(
    ({ task, acts }) => task === 3 && acts.some((act) => act.kind === 'access' && act.how === 'write'),
  );
  const { threads, variables } = momentAt(timeline, at);
  expect(threads.map(({ name, at, span }) => [name, at?.line, span?.state])).toEqual([
    ['MainThread', 10, 'runnable'],
    ['Ann', 5, 'runnable'],
    ['Ben', 6, 'running'],
  ]);
  expect(variables).toMatchObject([{ variable: { name: 'balance' }, value: '30', by: 3, changed: true }]);
});

test('a race names both accesses and leads to its step', async () => {
  const { trace, races = [] } = await lost();
  const { steps } = buildTimeline({ trace });
  expect(races.length).toBeGreaterThan(0);
  for (const race of races) {
    expect(raceSentence(race, trace)).toMatch(
      /^Data race on balance: (Ann|Ben) .* at line \d.*; (Ann|Ben) .* at line \d/,
    );
    const step = steps[stepOfRace(steps, race) ?? -1];
    expect(step).toMatchObject({ task: race.second.task, at: { line: race.second.at?.line } });
  }
});

test('a deadlock: who holds what, the cycle, its sentence', async () => {
  const record = await crossed();
  expect(record.outcome.kind).toBe('deadlock');
  const timeline = buildTimeline(record);
  const { things, threads } = momentAt(timeline, timeline.steps.length);
  expect(things.map(({ lane, holder, waiting }) => [lane.name, holder, waiting])).toEqual([
    ['a', 2, [3]],
    ['b', 3, [2]],
  ]);
  expect(threads.map(({ span }) => span?.what)).toEqual([
    'waits for left to end',
    'waits for b, which right holds',
    'waits for a, which left holds',
  ]);
  const links = waitForCycle(record.outcome, record.trace);
  expect(links).toEqual([
    { task: 2, what: 'b', next: 3 },
    { task: 3, what: 'a', next: 2 },
  ]);
  const sentence =
    'left waits for b, which right holds; right waits for a, which left holds: none of them can ever go on.';
  expect(cycleSentence(links, record.trace)).toBe(sentence);
  expect(conclusions(record)).toContain(sentence);
});

test('a condition is waited at, notified and taken again; the clock has a step of its own', async () => {
  const record = await driven(CONDITION, [untilLine('MainThread', 11), untilItWaits('waiter')]);
  const lines = told(record);
  expect(lines).toContain('waiter, line 7: calls cond.wait, releases cond, waits for cond to be notified');
  expect(lines).toContain('waiter, line 7: takes cond');
  expect(lines).toContain('The clock moves on to 0.5 s: until then nobody can run');
  const waiter = buildTimeline(record).threads.find(({ name }) => name === 'waiter');
  expect(waiter?.spans.map(({ what }) => what)).toContain('sleeps until 0.5 s');
});

test('the lanes of a thread follow each other without a gap or an overlap', async () => {
  for (const record of [await lost(), await crossed()]) {
    for (const { spans } of buildTimeline(record).threads) {
      for (const [index, { from, to }] of spans.entries()) {
        expect(to).toBeGreaterThan(from);
        if (index > 0) expect(from).toBe(spans[index - 1]?.to);
      }
    }
  }
});

test('never two threads run in the same step', async () => {
  const { threads, steps } = buildTimeline(await lost());
  for (let step = 0; step < steps.length; step++) {
    const running = threads.filter(({ spans }) =>
      spans.some(({ from, to, state }) => state === 'running' && from <= step && step < to),
    );
    expect(running.map(({ task }) => task)).toEqual([steps[step]?.task]);
  }
});

test('a long narration is cut in its middle, and says by how much', async () => {
  const timeline = buildTimeline(await lost());
  const lines = narrate(timeline, 9);
  expect(lines.length).toBe(10);
  expect(lines[3]?.trim()).toBe(`… ${timeline.steps.length - 9} steps left out …`);
  expect(lines.at(-1)).toMatch(/prints "20"/);
});

test('Perfetto’s JSON has the shape of the Trace Event Format', async () => {
  const record = await crossed();
  const { traceEvents, displayTimeUnit } = JSON.parse(JSON.stringify(chromeTrace(record)));
  expect(displayTimeUnit).toBe('ms');
  const slices = new Map<string, number>();
  for (const event of traceEvents) {
    expect(event).toMatchObject({ name: expect.any(String), pid: expect.any(Number), tid: expect.any(Number) });
    switch (event.ph) {
      case 'M':
        expect(['process_name', 'thread_name', 'thread_sort_index']).toContain(event.name);
        break;
      case 'X': {
        // Slices of one track must follow each other or nest; ours follow.
        const track = `${event.pid} ${event.tid}`;
        expect(event.dur).toBeGreaterThan(0);
        slices.set(track, (slices.get(track) ?? 0) + event.dur);
        break;
      }
      case 'i':
        expect(event.s).toBe('t');
        break;
      case 's':
      case 'f':
        expect(traceEvents.filter((other: { id?: number }) => other.id === event.id).length).toBe(2);
        break;
      default:
        throw new Error(`a phase of no kind we make: ${event.ph}`);
    }
    if (event.ph !== 'M') expect(event.ts).toBeGreaterThanOrEqual(0);
  }
  const end = Math.max(...traceEvents.map(({ ts = 0, dur = 0 }) => ts + dur));
  expect(slices.size).toBe(5);
  for (const total of slices.values()) expect(total).toBeLessThanOrEqual(end);
  const names = traceEvents
    .filter(({ name }: { name: string }) => name === 'thread_name')
    .map((e: { args: { name: string } }) => e.args.name);
  expect(names).toEqual(['MainThread', 'left', 'right', 'a (Lock)', 'b (Lock)']);
});
