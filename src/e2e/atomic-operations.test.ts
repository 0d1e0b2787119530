/**
 * docs/atomic-operations.json tells the truth: two threads do the operation once each, under every schedule with few
 * preemptions. If some schedule has a result that doing one after the other cannot have, the operation is torn.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEngine } from '../cli/open-engine.ts';
import type { SwitchModel } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { GRADE_LIMITS, RUN_OPTIONS } from '../worker/limits.ts';
import type { SearchPart } from '../worker/protocol.ts';

interface Row {
  readonly operation: string;
  readonly before: string;
  readonly first: string;
  /** What the other thread does, if not the same. */
  readonly second?: string;
  readonly result: string;
  readonly cpython: 'atomic' | 'torn';
  readonly everyBytecode: 'atomic' | 'torn';
}

const rows: readonly Row[] = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../docs/atomic-operations.json'), 'utf8'),
);

let engine: EngineClient;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

const IN_TURN = ['first(); second()', 'second(); first()'];
const TOGETHER = 'other = threading.Thread(target=second)\nother.start()\nfirst()\nother.join()';

const programOf = ({ before, first, second = first, result }: Row, how: string) => `
import threading
class Box: pass
self = Box()
x = y = a = b = None
${before}
def first():
    global x, y, a, b, s, lst
    ${first}
def second():
    global x, y, a, b, s, lst
    ${second}
${how}
print(${result})
`;

async function results(source: string, model: SwitchModel, preemptions: number): Promise<Set<string>> {
  const found = new Set<string>();
  const request = {
    program: { files: { 'p.py': source }, entry: { kind: 'script', file: 'p.py' } },
    // Not reduced: nothing is assumed about what commutes.
    strategy: { kind: 'exhaustive', preemptions, reduced: false },
    options: { ...RUN_OPTIONS, model, limits: GRADE_LIMITS, trace: false },
    budget: { schedules: 20_000, steps: 1e9, seconds: null },
    distinct: true,
    // What CPython has specialised in earlier runs moves its checks.
    exact: model === 'cpython',
    portion: 20_000,
  } as const;
  const last = (await engine.search(request, ({ records }) => {
    for (const { outcome, stdout, stderr } of records)
      found.add(`${outcome.kind} ${stdout} ${stderr.trim().split('\n').at(-1)}`);
    return 20_000;
  }).done) as SearchPart;
  expect([last.end, last.unrepeatable]).toEqual(['complete', null]);
  return found;
}

async function verdict(row: Row, model: SwitchModel, preemptions: number): Promise<'atomic' | 'torn'> {
  const allowed = new Set<string>();
  for (const how of IN_TURN) for (const one of await results(programOf(row, how), model, 0)) allowed.add(one);
  for (const one of allowed) expect(one).toMatch(/^exit /);
  const found = await results(programOf(row, TOGETHER), model, preemptions);
  return [...found].every((one) => allowed.has(one)) ? 'atomic' : 'torn';
}

describe.each(rows)('$operation', (row) => {
  test('cpython', { timeout: 60_000 }, async () => expect(await verdict(row, 'cpython', 1)).toBe(row.cpython));
  test('every-bytecode', { timeout: 60_000 }, async () =>
    expect(await verdict(row, 'every-bytecode', 2)).toBe(row.everyBytecode),
  );
  test('blocking-only', async () => expect(await verdict(row, 'blocking-only', 2)).toBe('atomic'));
});
