/** Programs on several machines: whatever happens to one of them is tried at every moment at which it matters. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEngine } from '../cli/open-engine.ts';
import type { WorldFile } from '../course/world.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { expect as ask } from './expect.ts';
import { gradeSuite } from './grade-suite.ts';
import { call, type Faults, test as hidden, suite } from './suite.ts';
import type { Verdict } from './verdict.ts';

let engine: EngineClient;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

const WORLD: WorldFile = {
  hosts: [{ name: 'shop' }, { name: 'bank' }],
  terminals: [{ host: 'bank', command: 'python3 bank.py', service: true, reboots: true }],
  links: [{ latency: 0.001 }],
};

/** A bank that takes each order for another payment unless it knows its number. */
const bank = (knows: boolean) => `import socket
paid = {}
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(('', 5000))
n = 0
while True:
    order, who = s.recvfrom(100)
    if order == b'how many?':
        s.sendto(str(n).encode(), who)
    else:
        if ${knows ? 'order not in paid' : 'True'}:
            n += 1
        paid[order] = n
        s.sendto(b'ok', who)
`;

const SHOP = `import socket
def ask(what):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(1)
        while True:
            s.sendto(what, ('bank', 5000))
            try:
                return s.recv(100)
            except TimeoutError:
                pass
def pay():
    ask(b'order 7')
    return int(ask(b'how many?'))
`;

async function grade(files: Readonly<Record<string, string>>, faults?: Faults): Promise<Verdict> {
  const hiddenTest = hidden(
    'the order is paid once',
    {
      entry: call('pay', [], 'shop.py'),
      model: 'blocking-only',
      ...(faults && { faults }),
      hint: 'A lost answer looks like a lost order.',
    },
    (run) => ask('payments', run.value).toBe(1),
  );
  const exercise = {
    slug: 'x/y',
    kind: 'fix',
    suite: suite([hiddenTest]),
    support: {},
    starter: {},
    world: WORLD,
  } as const;
  const verdict = await gradeSuite(engine, exercise, files, () => {}).done;
  if (!verdict) throw new Error('it was stopped');
  return verdict;
}

const LOSS: Faults = {
  of: [
    { kind: 'lose', from: 'shop' },
    { kind: 'lose', from: 'bank' },
  ],
  most: 1,
};

test('nothing goes wrong where nothing happens', async () => {
  const verdict = await grade({ 'shop.py': SHOP, 'bank.py': bank(false) });
  expect(verdict.kind).toBe('passed');
});

test('a lost answer is found, and what it leads to', async () => {
  const verdict = await grade({ 'shop.py': SHOP, 'bank.py': bank(false) }, LOSS);
  expect(verdict).toMatchObject({ kind: 'failed', message: 'Payments should be 1, but was 2.' });
  const run = 'run' in verdict ? verdict.run : null;
  const happened = run?.trace.events.flatMap((event) => (event.kind === 'world' ? [event.what] : []));
  expect(happened).toEqual(['loss of a datagram from bank']);
});

test('who knows what it has done already does it once, whatever is lost', async () => {
  const verdict = await grade({ 'shop.py': SHOP, 'bank.py': bank(true) }, LOSS);
  expect(verdict).toMatchObject({
    kind: 'passed',
    tests: [{ proof: expect.stringMatching(/^every moment at which something can happen to the machines: \d+ runs/) }],
  });
});

test('unless it forgets that: a crash takes its memory', async () => {
  const crash: Faults = { of: [...LOSS.of, { kind: 'crash', host: 'bank', backAfter: 0.1 }], most: 2 };
  const verdict = await grade({ 'shop.py': SHOP, 'bank.py': bank(true) }, crash);
  expect(verdict.kind).toBe('failed');
});
