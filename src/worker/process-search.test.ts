/** What a search finds in programs of several processes: signals between steps, races at one instant, pools that spin. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEngine } from '../cli/open-engine.ts';
import type { EngineClient } from './client-types.ts';
import { GRADE_LIMITS, RUN_OPTIONS } from './limits.ts';
import type { SearchPart, Strategy } from './protocol.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

/** All that is printed, or how else a run ends, and the end of the search. */
async function search(source: string, strategy: Strategy, schedules = 2000) {
  const results = new Set<string>();
  const request = {
    program: { files: { 'p.py': source }, entry: { kind: 'script', file: 'p.py' } },
    strategy,
    options: { ...RUN_OPTIONS, model: 'every-bytecode', limits: GRADE_LIMITS, trace: false },
    budget: { schedules, steps: 1e9, seconds: null },
    distinct: true,
    exact: true,
    portion: 100,
  } as const;
  const last = (await engine.search(request, (part) => {
    for (const { outcome, stdout } of part.records) results.add(outcome.kind === 'exit' ? stdout : outcome.kind);
    return 100;
  }).done) as SearchPart;
  return { results: [...results].sort(), last };
}

const upTo = (preemptions: number): Strategy => ({ kind: 'exhaustive', preemptions, reduced: true });

const TOO_LATE = `import os, signal
busy = False
def note(value):
    global busy
    busy = value
def close(signum, frame):
    if not busy: os._exit(1)
out, into = os.pipe()
pid = os.fork()
if pid == 0:
    signal.signal(signal.SIGTERM, close)
    os.write(into, b'x')
    note(True)
    os._exit(0)
os.read(out, 1)
os.kill(pid, signal.SIGTERM)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

test('a handler may run before any step, be the step nobody else’s business', { timeout: 60_000 }, async () => {
  const { results, last } = await search(TOO_LATE, upTo(1));
  expect(results).toEqual(['0\n', '1\n']);
  expect(last).toMatchObject({ end: 'complete', unrepeatable: null });
});

const AT_ONE_INSTANT = `import os, select, time
out, into = os.pipe()
if os.fork() == 0:
    time.sleep(1)
    os.write(into, b'x')
    os._exit(0)
select.select([out], [], [], 0)
time.sleep(1)
print(bool(select.select([out], [], [], 0)[0]))
`;

test('of two who wake at one instant either goes first', { timeout: 60_000 }, async () => {
  const { results, last } = await search(AT_ONE_INSTANT, upTo(0));
  expect(results).toEqual(['False\n', 'True\n']);
  expect(last.end).toBe('complete');
});

const POOL = `import multiprocessing
fork = multiprocessing.get_context('fork')
def job(number): return number * number
with fork.Pool(1) as pool:
    print(list(pool.imap_unordered(job, [2, 3])))
`;

test.each<[string, Strategy]>([
  ['exhaustive', upTo(1)],
  ['delays', { kind: 'delays', delays: 2 }],
  ['pct', { kind: 'pct', depth: 3, seed: 1 }],
  ['random', { kind: 'random', seed: 1 }],
])('the threads of a pool that poll keep nobody from running: %s', { timeout: 60_000 }, async (_, strategy) => {
  expect((await search(POOL, strategy, 40)).results).toEqual(['[4, 9]\n']);
});

const POLLS = `import multiprocessing, time
fork = multiprocessing.get_context('fork')
def work(queue, pages):
    for _ in range(pages):
        time.sleep(1)
        queue.put('text')
queue = fork.Queue()
processes = [fork.Process(target=work, args=(queue, pages)) for pages in (2, 1)]
for process in processes: process.start()
texts = []
while not queue.empty() or any(process.is_alive() for process in processes):
    if queue.empty(): time.sleep(0.1)
    else: texts.append(queue.get())
print(len(texts))
`;

test('few departures from round-robin show what is lost where schedules are countless', {
  timeout: 60_000,
}, async () => {
  const { results, last } = await search(POLLS, { kind: 'delays', delays: 1 });
  expect(results).toContain('3\n');
  expect(results.length).toBeGreaterThan(1);
  expect(last).toMatchObject({ end: 'complete', covered: -1, unbounded: false });
});

const AT_THE_END_OF_A_CALL = `import os, signal
busy = False
def handler(signum, frame):
    print('busy' if busy else 'idle', flush=True)
    os._exit(0)
out, into = os.pipe()
pid = os.fork()
if pid == 0:
    signal.signal(signal.SIGTERM, handler)
    os.write(into, b'go')
    busy = True
    x = 1
    os._exit(3)
os.read(out, 2)
os.kill(pid, signal.SIGTERM)
os.waitpid(pid, 0)
`;

test('a signal that comes while a call of the C library is made is handled before the next step', async () => {
  const { results, last } = await search(AT_THE_END_OF_A_CALL, upTo(2));
  expect(last).toMatchObject({ end: 'complete', covered: 2 });
  expect(results).toEqual(['', 'busy\n', 'idle\n']);
});

const CHANGED_AFTER_PUT = `import multiprocessing
queue = multiprocessing.get_context('fork').Queue()
order = ['tea']
queue.put(order)
order.append('cake')
print(*queue.get())
`;

test('what a thread of the library pickles may be changed before or after', async () => {
  const { results, last } = await search(CHANGED_AFTER_PUT, upTo(1));
  expect(last).toMatchObject({ end: 'complete', covered: 1 });
  expect(results).toEqual(['tea\n', 'tea cake\n']);
});
