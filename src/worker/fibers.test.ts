/** Tasks of asyncio are searched like threads: every order in which ready ones may run, and none that asyncio rules out. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEngine } from '../cli/open-engine.ts';
import { explainOutcome } from '../grader/explain.ts';
import type { RunRecord } from '../kernel/types.ts';
import { buildTimeline } from '../trace/lanes.ts';
import { raceSentence } from '../trace/narrate.ts';
import type { EngineClient } from './client-types.ts';
import { GRADE_LIMITS } from './limits.ts';
import type { Move, Program, RunOptions, SearchRequest } from './protocol.ts';

const PRELUDE = `import asyncio
log = []
total = 0
def told(*tasks):
    async def main():
        await asyncio.gather(*tasks)
    asyncio.run(main())
    print(''.join(map(str, log)))
`;
const SEARCHED = { clock: 'virtual', limits: GRADE_LIMITS, trace: false, observe: false } as const;

let engine: EngineClient;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

const program = (source: string): Program => ({
  files: { 'main.py': PRELUDE + source },
  entry: { kind: 'script', file: 'main.py' },
});

async function search(source: string) {
  const request: SearchRequest = {
    program: program(source),
    strategy: { kind: 'exhaustive', preemptions: 1, reduced: true },
    options: { ...SEARCHED, model: 'every-bytecode' },
    budget: { schedules: 3_000, steps: 10_000_000, seconds: null },
    distinct: true,
    exact: false,
    portion: 3_000,
  };
  const part = await engine.search(request, () => 3_000).done;
  if (!part || !('records' in part)) throw new Error(`the search did not end: ${JSON.stringify(part)}`);
  return part;
}

const outputs = (records: readonly RunRecord[]) =>
  [...new Set(records.map(({ outcome, stdout }) => (outcome.kind === 'exit' ? stdout.trim() : outcome.kind)))].sort();

async function observed(source: string, options: Partial<RunOptions> = {}): Promise<RunRecord> {
  const how = { model: 'every-bytecode', trace: true, observe: true, ...options } as const;
  const record = await engine.run(program(source), { kind: 'round-robin' }, how, {}, false).done;
  return record as RunRecord;
}

const SAY = `async def say(x, *rest):
    log.append(x)
    for one in rest:
        await asyncio.sleep(0)
        log.append(one)
`;

describe('a search finds what the order of tasks decides', () => {
  test.each([
    ['all orders of three tasks', `${SAY}told(say(1), say(2), say(3))`, ['123', '132', '213', '231', '312', '321']],
    [
      'round by round: nobody is a round ahead',
      `${SAY}told(say('a', 'A'), say('b', 'B'))`,
      ['abAB', 'abBA', 'baAB', 'baBA'],
    ],
    [
      'whoever sleeps until the same time',
      `async def nap(x):
    await asyncio.sleep(1)
    log.append(x)
told(nap(1), nap(2))`,
      ['12', '21'],
    ],
    [
      'but not of those that wake at different times',
      `async def nap(x):
    await asyncio.sleep(x)
    log.append(x)
told(nap(1), nap(2))`,
      ['12'],
    ],
    [
      'callbacks come in the order in which they were asked for',
      `async def main():
    loop = asyncio.get_running_loop()
    for n in 1, 2, 3: loop.call_soon(log.append, n)
    await asyncio.sleep(0)
told(main())`,
      ['123'],
    ],
    [
      'and no task overtakes one',
      `${SAY}async def main():
    asyncio.create_task(say('a'))
    asyncio.get_running_loop().call_soon(log.append, '|')
    asyncio.create_task(say('b'))
    await asyncio.sleep(0.1)
told(main())`,
      ['a|b'],
    ],
    [
      'who gets the lock',
      `lock = asyncio.Lock()
async def take(x):
    async with lock:
        log.append(x)
        await asyncio.sleep(0)
        log.append(x)
told(take(1), take(2))`,
      ['1122', '2211'],
    ],
    [
      'a lost update across an await',
      `async def add():
    global total
    seen = total
    await asyncio.sleep(0)
    total = seen + 1
    log[:] = [total]
told(add(), add())`,
      ['1'],
    ],
    [
      'a check that is old when it is acted on',
      `seats = 1
async def book(x):
    global seats
    if seats > 0:
        await asyncio.sleep(0)
        seats -= 1
        log.append('ok')
told(book(1), book(2))`,
      ['okok'],
    ],
    [
      'nothing comes between two awaits',
      `async def add():
    global total
    seen = total
    total = seen + 1
    log[:] = [total]
told(add(), add())`,
      ['2'],
    ],
    [
      'a deadlock in one order only',
      `ready = asyncio.Event()
async def waits():
    ready.clear()
    await ready.wait()
async def sets(): ready.set()
told(waits(), sets())`,
      ['', 'deadlock'],
    ],
    [
      'a thread beside them',
      `import threading
async def main():
    await asyncio.gather(asyncio.to_thread(log.append, 1), late())
async def late(): log.append(2)
told(main())`,
      ['12', '21'],
    ],
    [
      'eager tasks',
      `${SAY}async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    await asyncio.gather(say(1, 'x'), say(2, 'y'))
told(main())`,
      ['12xy', '12yx'],
    ],
  ] as const)('%s', async (_, source, expected) => {
    const part = await search(source);
    expect(outputs(part.records)).toEqual([...expected].sort());
    expect(part.end).toBe('complete');
    expect(part.unrepeatable).toBe(null);
    expect(part.inexact).toBe(false);
  });

  test('names of tasks begin anew with each run', async () => {
    const { records } = await search(`async def name(): log.append(asyncio.current_task().get_name())
told(name(), name())`);
    expect(outputs(records)).toEqual(['Task-2Task-3', 'Task-3Task-2']);
  });

  test('a task that a run has left behind says nothing in the next one', async () => {
    const source = `async def forever(): await asyncio.Event().wait()
async def main():
    global kept
    kept = asyncio.create_task(forever())
    await asyncio.sleep(0)
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
import sys
print(len(asyncio.all_tasks(loop)))`;
    const first = await search(`${source}\n`);
    expect(outputs(first.records)).toEqual(['1']);
    for (const { stderr } of first.records) expect(stderr).toMatch(/^(Task was destroyed but it is pending!\n.*\n)?$/);
  });
});

describe('what was found', () => {
  const LATE = `async def first(): log.append(1)
async def second():
    assert log == [1], 'too early'
told(first(), second())`;

  test('is made small, and happens again', async () => {
    const { records } = await search(LATE);
    const wrong = records.find(({ outcome }) => outcome.kind === 'exception');
    if (!wrong) throw new Error('nothing was found');
    const options = { ...SEARCHED, model: 'every-bytecode' } as const;
    const budget = { schedules: 100, steps: 1_000_000, seconds: null };
    const small = await engine.minimise({ program: program(LATE), schedule: wrong.schedule, options, budget }).done;
    if (!small?.record) throw new Error('it did not happen again');
    expect(small.record.outcome).toEqual(wrong.outcome);
    const again = await engine.run(
      program(LATE),
      { kind: 'replay', schedule: small.record.schedule },
      { trace: true, observe: true },
      {},
      false,
    ).done;
    expect((again as RunRecord).outcome).toEqual(wrong.outcome);
  });

  test('random walks, repeated from their schedules', async () => {
    const source = `${SAY}told(say(1, 4), say(2, 5), say(3, 6))`;
    const seen = new Set<string>();
    for (let seed = 1; seed <= 20; seed++) {
      const first = (await engine.run(program(source), { kind: 'random', seed }, { model: 'every-bytecode' }, {}, false)
        .done) as RunRecord;
      const again = (await engine.run(program(source), { kind: 'replay', schedule: first.schedule }, {}, {}, false)
        .done) as RunRecord;
      expect(again.stdout).toBe(first.stdout);
      expect(again.schedule).toBe(first.schedule);
      seen.add(first.stdout);
    }
    expect(seen.size).toBeGreaterThan(5);
  });
});

describe('races across an await', () => {
  const torn = (between: string, more = '') => `${more}
async def add():
    global total
    seen = total
    ${between}
    total = seen + 1
told(add(), add())`;

  test.each([
    ['a value is read, and written back after an await', torn('await asyncio.sleep(0)')],
    [
      'each of them sleeps another time',
      `async def add(n):
    global total
    seen = total
    await asyncio.sleep(n)
    total = seen + 1
told(add(1), add(2))`,
    ],
  ])('%s', async (_, source) => {
    const { races = [], trace } = await observed(source);
    expect(races.map(({ kind, variable }) => [kind, variable.name])).toEqual([['lost-update', 'total']]);
    expect(raceSentence(races[0] as never, trace)).toMatch(
      /^Race across an await on total: Task-2 \(add\) writes it at line \d+; Task-3 \(add\) writes it at line \d+\. Between two awaits/,
    );
  });

  test.each([
    ['no await between', torn('pass')],
    [
      'a lock',
      `lock = asyncio.Lock()
async def add():
    global total
    async with lock:
        seen = total
        await asyncio.sleep(0)
        total = seen + 1
told(add(), add())`,
    ],
    [
      'one after the other',
      `async def add():
    global total
    seen = total
    await asyncio.sleep(0)
    total = seen + 1
async def main():
    await add()
    await asyncio.create_task(add())
    await add()
told(main())`,
    ],
    [
      'an event',
      `done = asyncio.Event()
async def first():
    global total
    seen = total
    await asyncio.sleep(0)
    total = seen + 1
    done.set()
async def second():
    global total
    await done.wait()
    total += 1
told(first(), second())`,
    ],
    [
      'a queue',
      `async def put(q):
    global total
    seen = total
    await asyncio.sleep(0)
    total = seen + 1
    await q.put(1)
async def take(q):
    global total
    await q.get()
    total += 1
async def main():
    q = asyncio.Queue()
    await asyncio.gather(put(q), take(q))
told(main())`,
    ],
    [
      'a gathered task, and who has waited for it',
      `async def add():
    global total
    seen = total
    await asyncio.sleep(0)
    total = seen + 1
async def main():
    global total
    await asyncio.gather(add())
    total += 1
told(main())`,
    ],
    [
      'a callback that is asked for',
      `async def main():
    global total
    seen = total
    await asyncio.sleep(0)
    total = seen + 1
    asyncio.get_running_loop().call_soon(more)
    await asyncio.sleep(0)
def more():
    global total
    total += 1
told(main())`,
    ],
  ])('none: %s', async (_, source) => {
    const { races, outcome } = await observed(source);
    expect(outcome).toEqual({ kind: 'exit', code: 0 });
    expect(races).toEqual([]);
  });
});

describe('tasks are told of', () => {
  test('each has a lane', async () => {
    const timeline = buildTimeline(await observed(`${SAY}told(say(1, 2), say(3))`));
    expect(timeline.threads.map(({ name }) => name)).toEqual([
      'MainThread',
      'Task-1 (main)',
      'Task-2 (say)',
      'Task-3 (say)',
    ]);
    const [main, , first] = timeline.threads;
    expect(first?.spans.filter(({ state }) => state === 'running')).toHaveLength(2);
    expect(main?.spans.map(({ what }) => what)).toContain('runs Task-2 (say)');
  });

  test('a deadlock, in words', async () => {
    const record = await observed(`async def stuck():
    async with lock:
        await other.wait()
async def late():
    async with lock: pass
lock, other = asyncio.Lock(), asyncio.Event()
told(stuck(), late())`);
    expect(record.outcome.kind).toBe('deadlock');
    const said = explainOutcome(record);
    expect(said).toMatch(/Task-2 \(stuck\) waits for asyncio\.Event\.wait at main\.py:11\./);
    expect(said).toMatch(/Task-3 \(late\) waits for asyncio\.Lock at main\.py:13\./);
    expect(said).not.toMatch(/MainThread/);
  });

  test('two tasks that wait for each other', async () => {
    const record = await observed(`async def wait(n): await tasks[n]
async def main():
    global tasks
    tasks = [asyncio.create_task(wait(1), name='Ann'), asyncio.create_task(wait(0), name='Ben')]
    await asyncio.wait(tasks)
told(main())`);
    expect(explainOutcome(record)).toMatch(/Ann → Ben → Ann/);
  });
});

describe('driven', () => {
  const source = `${SAY}told(say(1, 2), say(3, 4))`;
  const drive = async (...moves: Move[]) => {
    const options = { ...SEARCHED, model: 'every-bytecode', trace: true, observe: true } as const;
    const state = await engine.drive({ program: program(source), options, moves, stop: false }).done;
    if (!state) throw new Error('it was not driven');
    return state;
  };

  test('the reader says which task goes first', async () => {
    const wait = { kind: 'wait' } as const;
    const { record, refused } = await drive(
      { thread: 'MainThread', until: wait },
      { thread: 'Task-1 (main)', until: wait },
      { thread: 'Task-3 (say)', until: wait },
      { thread: 'Task-2 (say)', until: wait },
      { thread: 'Task-3 (say)', until: wait },
    );
    expect(refused).toBe(null);
    expect(record.stdout).toBe('3142\n');
  });
});
