/** What is wrong with a run by itself, whatever its result: races, starvation, livelock. Real runs of real programs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEngine } from '../cli/open-engine.ts';
import type { EngineClient } from '../worker/client-types.ts';
import type { Gradable } from './gradable.ts';
import { grade } from './grade.ts';
import { test as hidden, suite, type TestSpec } from './suite.ts';
import type { Verdict } from './verdict.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

async function verdictOn(source: string, spec: Partial<TestSpec> = {}): Promise<Verdict> {
  const exercise: Gradable = {
    slug: 'locks/made-up',
    kind: 'write',
    suite: suite([hidden('it is well', { hint: 'Look again.', ...spec }, () => {})]),
    support: {},
    starter: {},
  };
  return (await grade(engine, exercise, { 'exercise.py': source }).done) as Verdict;
}

const GO = `import threading, time
def go(*jobs):
    threads = [threading.Thread(target=job, name=job.__name__) for job in jobs]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
`;

const PUBLISH = `${GO}
class Box: ready = False; value = None
def put():
    Box.value = 7
    Box.ready = True
def take():
    if Box.ready: assert Box.value == 7
go(put, take)
`;

test('a data race that no result shows is one only where the test forbids it', async () => {
  expect((await verdictOn(PUBLISH)).kind).toBe('passed');
  const verdict = await verdictOn(PUBLISH, { raceFree: true });
  expect(verdict).toMatchObject({ kind: 'race', test: 'it is well' });
  expect((verdict as { message: string }).message).toMatch(/^Data race on Box\.(value|ready): .*nothing orders them/s);
});

test('atomic operations are not called races', async () => {
  const source = `${GO}\nlog = []\ndef one(): log.append(1)\ndef two(): log.append(2)\ngo(one, two)\n`;
  expect((await verdictOn(source, { raceFree: true })).kind).toBe('passed');
});

const UNFAIR = (turns: number) => `${GO}
lock = threading.Lock()
def greedy():
    for _ in range(${turns}):
        with lock: time.sleep(0.001)
def modest():
    time.sleep(0.0005)
    with lock: pass
go(greedy, modest)
`;

test('starvation is waiting while others take it again and again', async () => {
  expect((await verdictOn(UNFAIR(3), { trace: true, fairness: 5 })).kind).toBe('passed');
  const verdict = await verdictOn(UNFAIR(8), { trace: true, fairness: 5 });
  expect(verdict.kind).toBe('failed');
  expect((verdict as { message: string }).message).toMatch(
    /^modest waits at exercise\.py:\d+ for lock, .* it starves\.$/,
  );
});

test('a livelock is more than a limit: the same steps, over and over', async () => {
  const verdict = await verdictOn(`${GO}
class Person: turn = 'ann'
def ann():
    while Person.turn != 'done': Person.turn = 'bob'
def bob():
    while Person.turn != 'done': Person.turn = 'ann'
go(ann, bob)
`);
  expect(verdict.kind).toBe('livelock');
  expect((verdict as { message: string }).message).toMatch(/ann, bob: everyone runs, and nothing moves on/);
});

test('an endless loop that gets on is no livelock', async () => {
  const verdict = await verdictOn(`${GO}
class Count: n = 0
def one():
    while True: Count.n += 1
def two():
    while True: Count.n += 1
go(one, two)
`);
  expect(verdict).toMatchObject({ kind: 'limit' });
});
