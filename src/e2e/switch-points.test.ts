/** The model `cpython` can switch at the instructions that docs/internals/switch-points.json lists, and at no other. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEngine } from '../cli/open-engine.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { GRADE_LIMITS, RUN_OPTIONS } from '../worker/limits.ts';
import type { SearchPart } from '../worker/protocol.ts';

interface Construct {
  readonly construct: string;
  readonly setup?: string;
  readonly before?: string;
  readonly source: string;
  /** Run often before, so that CPython has specialised its instructions. */
  readonly warm?: boolean;
  readonly switches: readonly string[];
}

interface Point {
  readonly instruction: string;
  readonly definition: string;
  readonly when: string;
}

const FOLDER = path.resolve(import.meta.dirname, '../../docs/internals');
const table: {
  readonly points: readonly Point[];
  readonly without: readonly Point[];
  readonly constructs: readonly Construct[];
} = JSON.parse(readFileSync(path.join(FOLDER, 'switch-points.json'), 'utf8'));

let engine: EngineClient;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

/** A second thread says at which instruction the first one was when it was stopped inside the construct. */
const programOf = ({ setup = '', before = 'pass', source, warm = false }: Construct) => `
import dis, sys, threading
frame, done = None, True
${setup}
def construct():
    global frame, done, n
    ${before}
    done, frame = False, sys._getframe()
    ${source}
    done = True
for _ in range(${warm ? 50 : 0}): construct()
# What it calls has been called: the first time, the engine looks at new code.
exec(${JSON.stringify(`${before}\n${source}`)})
done, frame = True, None
names = {step.offset: step.opname for step in dis.get_instructions(construct)}
def watch():
    if not done and frame is not None: print(names[frame.f_lasti])
watcher = threading.Thread(target=watch)
watcher.start()
construct()
watcher.join()
`;

test.each(table.constructs)('$construct', { timeout: 60_000 }, async (row) => {
  const seen = new Set<string>();
  const request = {
    program: { files: { 'p.py': programOf(row) }, entry: { kind: 'script', file: 'p.py' } },
    strategy: { kind: 'exhaustive', preemptions: 1, reduced: false },
    options: { ...RUN_OPTIONS, model: 'cpython', limits: GRADE_LIMITS, trace: false },
    budget: { schedules: 5_000, steps: 1e9, seconds: null },
    distinct: true,
    exact: true,
    portion: 1_000,
  } as const;
  const last = (await engine.search(request, ({ records }) => {
    for (const { outcome, stdout, stderr } of records) {
      expect(outcome, stderr).toEqual({ kind: 'exit', code: 0 });
      if (stdout !== '') seen.add(stdout.trim());
    }
    return 1_000;
  }).done) as SearchPart;
  expect([last.end, last.unrepeatable]).toEqual(['complete', null]);
  expect([...seen].sort()).toEqual([...row.switches].sort());
});

test('the page shows the tables', () => {
  const page = readFileSync(path.join(FOLDER, 'switch-points.md'), 'utf8');
  for (const { instruction, definition, when } of [...table.points, ...table.without])
    expect(page).toContain(`| ${instruction} | \`${definition}\` | ${when} |`);
  for (const { construct, source, switches } of table.constructs)
    expect(page).toContain(`| ${construct} | \`${source}\` | ${switches.join(', ') || 'nowhere'} |`);
});
