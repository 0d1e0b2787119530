/** Processes, messages and signals in the words, lanes and arrows of real runs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import { explainOutcome } from '../grader/explain.ts';
import type { RunRecord } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { RUN_OPTIONS } from '../worker/limits.ts';
import { createNodeEngine } from '../worker/node.ts';
import { chromeTrace } from './chrome-trace.ts';
import { buildTimeline, momentAt } from './lanes.ts';
import { conclusions, narrate } from './narrate.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

async function run(code: string): Promise<RunRecord> {
  const program = { files: { 'p.py': code }, entry: { kind: 'script', file: 'p.py' } } as const;
  const options = { ...RUN_OPTIONS, trace: true, observe: true };
  const record = await engine.run(program, { kind: 'round-robin' }, options, { output: () => {} }, false).done;
  if (!record) throw new Error('stopped');
  return record;
}

/** The narration without numbers. */
const told = (record: RunRecord) => narrate(buildTimeline(record), 1000).map((line) => line.replace(/^ *\d+ {2}/, ''));

const KILLED = `import os, signal, time
r, w = os.pipe()
pid = os.fork()
if pid == 0:
    os.write(w, b'hello world\\n')
    time.sleep(10)
os.read(r, 100)
os.kill(pid, signal.SIGTERM)
time.sleep(0.5)
os.waitpid(pid, 0)
`;

test('a process is forked, sends, is killed and waited for: each has its sentence', async () => {
  const lines = told(await run(KILLED)).filter((line) => !/comes to this line|sleeps|clock/.test(line));
  expect(lines).toEqual([
    'MainThread, line 3: forks process 43, which begins here',
    'MainThread, line 7: waits for something to read from pipe 1',
    'process 43, line 5: sends 12 bytes through pipe 1',
    'MainThread, line 7: receives 12 bytes through pipe 1 from process 43',
    'MainThread, line 8: sends SIGTERM to process 43',
    'process 43, line 6: is killed by SIGTERM',
    'MainThread, line 10: has waited for process 43 (SIGTERM)',
  ]);
});

test('its lane begins at the fork, ends with the signal, and is a zombie until somebody waits', async () => {
  const record = await run(KILLED);
  const timeline = buildTimeline(record);
  const stepOf = (words: RegExp) => told(record).findIndex((line) => words.test(line));
  const [, child] = timeline.processes;
  expect(child).toMatchObject({ pid: 43, parent: 42, name: 'python3 p.py', helper: false });
  expect(child?.from).toBe(stepOf(/forks process 43/) + 1);
  const [killed, waited] = [stepOf(/is killed/), stepOf(/has waited/)];
  expect(child?.end).toEqual({ from: killed + 1, status: 15, reaped: waited + 1 });
  const lane = timeline.threads.find(({ process }) => process === 43);
  expect(lane?.spans.at(-1)).toMatchObject({ to: killed + 1, state: 'blocked' });
  const endingOf = (step: number) => momentAt(timeline, step).threads.find(({ task }) => task === 2)?.ended;
  expect(endingOf(killed - 1)).toBeNull();
  expect(endingOf(killed)).toBe('killed by SIGTERM; a zombie: nobody has waited for it yet');
  expect(endingOf(waited)).toBe('killed by SIGTERM');
});

test('a lane ends with its process, and a signal from outside does not give that the processor', async () => {
  const { threads, steps, processes } = buildTimeline(await run(KILLED));
  for (const { process, spans } of threads) {
    const end = processes.find(({ pid }) => pid === process)?.end;
    if (end) expect(spans.at(-1)?.to).toBe(end.from);
  }
  for (let step = 0; step < steps.length; step++) {
    const running = threads.filter(({ spans }) =>
      spans.some(({ from, to, state }) => state === 'running' && from <= step && step < to),
    );
    expect(running.length).toBeLessThanOrEqual(1);
  }
});

test('arrows: the beginning, the message from its sender to its receiver, the signal', async () => {
  const record = await run(KILLED);
  const { arrows } = buildTimeline(record);
  const stepOf = (words: RegExp) => told(record).findIndex((line) => words.test(line));
  const signalled = stepOf(/sends SIGTERM/);
  expect(arrows).toMatchObject([
    { kind: 'start', by: 1, task: 2, what: 'process 43 begins' },
    {
      kind: 'message',
      by: 2,
      from: stepOf(/sends 12/),
      task: 1,
      to: stepOf(/receives 12/),
      what: '12 bytes through pipe 1',
    },
    { kind: 'signal', by: 1, from: signalled, task: 2, to: signalled, what: 'SIGTERM' },
  ]);
});

test('Perfetto’s JSON: a pid a process, and both ends of each message', async () => {
  const { traceEvents } = chromeTrace(await run(KILLED));
  const processes = traceEvents.filter(({ name }) => name === 'process_name').map(({ pid }) => pid);
  expect(processes.slice(0, 2)).toEqual([42, 43]);
  const message = traceEvents.filter(({ name }) => name === '12 bytes through pipe 1');
  expect(message).toMatchObject([
    { ph: 's', pid: 43, tid: 2 },
    { ph: 'f', pid: 42, tid: 1 },
  ]);
});

const WORKERS = `from multiprocessing import Process, Value
def add(v):
    with v.get_lock():
        v.value += 1
if __name__ == '__main__':
    v = Value('i', 0)
    p = Process(target=add, args=(v,))
    p.start()
    p.join()
`;

test('the processes that serve multiprocessing come last, and their affairs are not told', async () => {
  const record = await run(WORKERS);
  const { processes } = buildTimeline(record);
  expect(processes.map(({ name, helper }) => [name, helper])).toEqual([
    ['python3 p.py', false],
    ['worker', false],
    ['resource tracker', true],
    ['forkserver', true],
  ]);
  const lines = told(record);
  expect(lines).toContain('process 45, line 3: takes semaphore 1');
  expect(lines).toContain('process 45, line 3: gives semaphore 1 back');
  expect(lines.filter((line) => /resource tracker|connection|<string>/.test(line))).toEqual([]);
});

const CROSSED = `import multiprocessing as mp
def take(first, second, ready, other):
    with first:
        ready.release()
        other.acquire()
        with second:
            pass
if __name__ == '__main__':
    mp.set_start_method('fork')
    a, b, one, two = mp.Lock(), mp.Lock(), mp.Semaphore(0), mp.Semaphore(0)
    mp.Process(target=take, args=(a, b, one, two)).start()
    mp.Process(target=take, args=(b, a, two, one)).start()
`;

test('a deadlock of processes names the cycle through the semaphores that they hold', async () => {
  const record = await run(CROSSED);
  expect(record.outcome.kind).toBe('deadlock');
  expect(conclusions(record)).toContain(
    'process 43 waits for semaphore 2, which process 44 holds; process 44 waits for semaphore 1, which process 43 holds: none of them can ever go on.',
  );
  expect(explainOutcome(record)).toMatch(/process 43 → process 44 → process 43|process 44 → process 43 → process 44/);
});

test('a reader that waits for ever is told what to look for', async () => {
  const code = 'import os\nr, w = os.pipe()\nif os.fork() == 0:\n    os._exit(0)\nos.read(r, 1)\n';
  expect(explainOutcome(await run(code))).toMatch(/Somebody can still write to pipe 1.*the reader too, close the ends/);
});
