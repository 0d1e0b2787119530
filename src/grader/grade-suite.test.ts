/** Programs that are hard to grade get an honest verdict: endless, too large, dependent on addresses or on earlier runs. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEngine } from '../cli/open-engine.ts';
import type { RunRecord } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { expect as expectOf } from './expect.ts';
import type { Gradable } from './gradable.ts';
import { grade, replay } from './grade.ts';
import { RANDOM } from './plans.ts';
import { call, test as hidden, suite } from './suite.ts';
import type { Verdict } from './verdict.ts';

const FILE = 'exercise.py';

/** A hidden test that calls `main()` and wants it to return this. */
function returning(value: unknown): Gradable {
  const check = (run: RunRecord) => expectOf('what main() returns', run.value).toEqual(value);
  const only = hidden('main() returns it', { entry: call('main'), hint: 'Look again.' }, check);
  return { slug: 'a/b', kind: 'write', suite: suite([only]), support: {}, starter: {} };
}

const GO = `
from threading import Thread, Lock
def go(*jobs):
    threads = [Thread(target=job) for job in jobs]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
`;

let engine: EngineClient;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

async function verdictOf(source: string, value: unknown): Promise<Verdict> {
  return (await grade(engine, returning(value), { [FILE]: GO + source }).done) as Verdict;
}

/** The test wants just what an ordinary run returns. */
async function verdictOfWhatItReturns(source: string): Promise<Verdict> {
  const program = { files: { [FILE]: GO + source }, entry: call('main') };
  const run = await engine.run(program, { kind: 'round-robin' }, { model: 'every-bytecode' }, {}, false).done;
  return verdictOf(source, run?.value);
}

/** What was tried, as the reader sees it. */
const proofOf = (verdict: Verdict) => verdict.tests[0]?.proof ?? '';

describe('a worker that never ends', () => {
  test('stops at the limit of steps if somebody waits for it', async () => {
    const verdict = await verdictOf(
      'n = 0\ndef work():\n    global n\n    while True: n += 1\ndef main():\n    go(work)',
      null,
    );
    expect(verdict).toMatchObject({ kind: 'limit', message: expect.stringContaining('1,000,000 steps') });
    expect(proofOf(verdict)).toBe('with the first schedule');
  });

  test('is sampled, not proved, if it is a daemon', async () => {
    const verdict = await verdictOf(
      'n = 0\ndef work():\n    global n\n    while True: n += 1\ndef main():\n    Thread(target=work, daemon=True).start()\n    return 1',
      1,
    );
    expect(verdict.kind).toBe('passed');
    expect(proofOf(verdict)).toMatch(/^sampled [\d,]+ schedules of more$/);
  });
});

test('a program of too many schedules is sampled, and says so', async () => {
  const verdict = await verdictOf(
    'lock, n = Lock(), 0\ndef add():\n    global n\n    for _ in range(8):\n        with lock: n += 1\ndef main():\n    global n\n    n = 0\n    go(add, add, add, add)\n    return n',
    32,
  );
  expect(verdict.kind).toBe('passed');
  expect(proofOf(verdict)).toMatch(/^proved for every schedule without a preemption; sampled [\d,]+ schedules$/);
});

describe('where objects are in memory', () => {
  test.each([
    [
      'a set of objects decides the result',
      'class Job:\n    def __init__(self, n): self.n = n\ndef main():\n    done = []\n    jobs = {Job(n) for n in range(12)}\n    go(*[lambda j=j: done.append(j.n) for j in jobs])\n    return done',
    ],
    ['id() is the result', 'class Job: pass\ndef main():\n    job = Job()\n    go(lambda: None)\n    return id(job)'],
    [
      'a repr with an address is',
      'class Job: pass\ndef main():\n    text = repr(Job())\n    go(lambda: None)\n    return text',
    ],
  ])('%s: never passed', async (_, source) => {
    const verdict = await verdictOfWhatItReturns(source);
    expect(verdict).toMatchObject({
      kind: 'unrepeatable',
      schedule: '',
      message: expect.stringContaining('where its objects happen to be in memory'),
    });
  });

  test('the decision that differed is named, and its line', async () => {
    const verdict = await verdictOfWhatItReturns(
      'class Gate:\n    def __init__(self, n): self.n, self.lock = n, Lock()\ndef main():\n    log = []\n    gates = {Gate(n) for n in range(40)}\n    def one():\n        gate = next(iter(gates))\n        for _ in range(gate.n):\n            with gate.lock: log.append(gate.n)\n    go(one, one)\n    return log',
    );
    expect(verdict).toMatchObject({ kind: 'unrepeatable', run: null });
    expect('message' in verdict && verdict.message).toMatch(
      // Which of the two goes on longer, where the other is at its end, depends on them too.
      /The first difference: decision \d+ of the schedule was made at .*exercise\.py:\d+.* It depends on where its objects/,
    );
  });

  test('who goes which way by them, and comes to the same, is sampled and not proved', async () => {
    const verdict = await verdictOf(
      'class Gate:\n    def __init__(self, n): self.n, self.lock = n, Lock()\ndef main():\n    gates = {Gate(n) for n in range(8)}\n    def one():\n        for gate in gates:\n            with gate.lock: pass\n            if gate.n == 3: break\n    go(one, one)\n    return 1',
      1,
    );
    expect(verdict.kind).toBe('passed');
    expect(proofOf(verdict)).toMatch(/^sampled [\d,]+ schedules of more$/);
  });

  test('locks that are taken in the order of id() are right wherever they are', async () => {
    const verdict = await verdictOf(
      'class Account:\n    def __init__(self): self.money, self.lock = 100, Lock()\ndef move(a, b):\n    first, second = sorted([a, b], key=id)\n    with first.lock, second.lock:\n        a.money -= 10\n        b.money += 10\ndef main():\n    a, b = Account(), Account()\n    go(lambda: move(a, b), lambda: move(b, a))\n    return [a.money, b.money]',
      [100, 100],
    );
    expect([verdict.kind, 'message' in verdict ? verdict.message : '']).toEqual(['passed', '']);
  });
});

describe('what earlier runs leave behind', () => {
  test.each([
    [
      'a cache around a function of the library',
      'import functools, textwrap\nif not hasattr(textwrap.dedent, "cache_info"): textwrap.dedent = functools.cache(textwrap.dedent)\ndef main():\n    out = []\n    go(lambda: out.append(textwrap.dedent("  a")), lambda: out.append(textwrap.dedent("  a")))\n    return out',
      ['a', 'a'],
    ],
    [
      'the cache of re',
      'import re\ndef main():\n    out = []\n    go(lambda: out.append(re.sub("a+", "b", "caat")), lambda: out.append(re.sub("a+", "b", "caat")))\n    return out',
      ['cbt', 'cbt'],
    ],
    [
      'a mark on a module of the library',
      'import textwrap\ndef main():\n    n = getattr(textwrap, "mark", 0)\n    textwrap.mark = n + 1\n    go(lambda: None, lambda: None)\n    return n',
      0,
    ],
  ])('%s: the verdict is that of a fresh start', async (_, source, value) => {
    const verdict = await verdictOf(source, value);
    expect([verdict.kind, 'message' in verdict ? verdict.message : '']).toEqual(['passed', '']);
  });

  test('and a mistake that only the first run makes is found', async () => {
    const verdict = await verdictOf(
      'import textwrap\ndef main():\n    n = getattr(textwrap, "mark", 0)\n    textwrap.mark = n + 1\n    go(lambda: None)\n    return n > 0',
      true,
    );
    expect(verdict).toMatchObject({ kind: 'failed' });
  });
});

describe('a schedule that does not fit', () => {
  const racy = `${GO}n = 0\ndef add():\n    global n\n    n += 1\ndef main():\n    global n\n    n = 0\n    go(add, add)\n    return n`;

  test('is refused with the reason: another program, another version, damaged', async () => {
    const verdict = await grade(engine, returning(2), { [FILE]: racy }).done;
    if (verdict?.kind !== 'failed') throw new Error('it loses an update');
    const again = (schedule: string, source: string) => replay(engine, returning(2), { [FILE]: source }, schedule);
    expect((await again(verdict.schedule, racy)).problem).toBe(verdict.message.split('\n')[0]);
    await expect(again(verdict.schedule, `${racy}\n`)).rejects.toThrow('recorded for another program');
    await expect(again(verdict.schedule.replace(/^hb1/, 'hb0'), racy)).rejects.toThrow('of this version');
    await expect(again(verdict.schedule.slice(0, -2), racy)).rejects.toThrow('damaged');
  });
});

describe('how many schedules', () => {
  const source = `${GO}n = 0\ndef add():\n    global n\n    n += 1\ndef main():\n    go(add, add)\n    return 'done'`;

  test('no more than a test wants', async () => {
    const { suite: all, ...rest } = returning('done');
    const tests = all.tests.map((one) => ({ ...one, runs: 3 }));
    const verdict = (await grade(engine, { ...rest, suite: suite(tests) }, { [FILE]: source }).done) as Verdict;
    expect(verdict.kind).toBe('passed');
    expect(proofOf(verdict)).toMatch(/sampled 3 schedules/);
  });

  test('who passes round-robin is not done: the next plan follows', async () => {
    const plans = { ...returning('done'), plans: RANDOM };
    const verdict = (await grade(engine, plans, { [FILE]: source }).done) as Verdict;
    expect(proofOf(verdict)).toBe('sampled 201 schedules of more');
  });
});
