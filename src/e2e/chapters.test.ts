/** Every program of the chapters runs to its end, under round-robin and under schedules that chance chooses, or on real cores. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import { worldOf } from '../course/complete-world.ts';
import { checkWorld } from '../course/world.ts';
import type { World } from '../kernel/hosts/types.ts';
import type { SwitchModel } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { createNodeEngine } from '../worker/node.ts';
import type { ScheduleRequest } from '../worker/protocol.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../docs');
const SEEDS = 60;
/** For a program that is expected to end: enough to notice one that does not. */
const FEW_SEEDS = 4;
const REAL: readonly ScheduleRequest[] = [{ kind: 'parallel' }];
/** Programs that are there to show how threads and processes come to wait for ever, by title. */
const STUCK = new Set([
  'An exception keeps the lock',
  'After you. No, after you',
  'A circle with only one lock',
  'Asleep at the wrong moment',
  'Philosophers at dinner',
  'A pool that waits for itself',
  'Both wait',
  'Waiting for oneself',
  'Full',
  'Locked for ever',
  'Join, then get',
  'A chat between two machines',
  'The wrong lock',
]);

interface Chapter {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** Of a `<Terminals>`. */
  readonly world: World | null;
  readonly model: SwitchModel;
  /** It measures what only true cores can show. */
  readonly parallel: boolean;
}

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

const chapters = readdirSync(FOLDER).filter((name) => name.endsWith('.mdx'));
const all = chapters.map((name) => ({ name, programs: programsOf(readFileSync(path.join(FOLDER, name), 'utf8')) }));

test('every title that is expected to get stuck is there', () => {
  const titles = all.flatMap(({ programs }) => programs.map(({ title }) => title));
  expect(titles).toEqual(expect.arrayContaining([...STUCK]));
  expect(new Set(titles).size).toBe(titles.length);
});

describe.each(all)('$name', ({ programs }) => {
  test.each(programs)('$title', async ({ title, files, world, model, parallel }) => {
    const [file = ''] = Object.keys(files);
    const entry = world ? ({ kind: 'terminals' } as const) : ({ kind: 'script', file } as const);
    const program = { files, entry, stdin: 'yes\n', ...(world && { world }) };
    const stuck = STUCK.has(title);
    const ends = new Set<string | undefined>();
    for (const schedule of parallel ? REAL : schedules(stuck ? SEEDS : FEW_SEEDS)) {
      const record = await engine.run(program, schedule, { model }, {}, false).done;
      ends.add(record?.outcome.kind);
      if (stuck && ends.has('deadlock')) break;
    }
    if (stuck) expect([...ends]).toContain('deadlock');
    else expect([...ends]).toEqual(['exit']);
  });
});

function schedules(seeds: number): ScheduleRequest[] {
  const random = Array.from({ length: seeds }, (_, i) => ({ kind: 'random', seed: i + 1 }) as const);
  return [{ kind: 'round-robin' }, ...random];
}

/** The `<Program>`s and `<Terminals>` of a page: the fenced blocks inside, by the name that each of them says. */
function programsOf(text: string): Chapter[] {
  const elements = text.matchAll(/<(Program|Terminals)((?:[^>{]|\{\{[\s\S]*?\}\})*)>([\s\S]*?)<\/\1>/g);
  return [...elements].map(([, , attributes = '', inside = '']) => {
    const blocks = [...inside.matchAll(/```python([^\n]*)\n([\s\S]*?)```/g)];
    const named = blocks.map(([, meta = '', code = '']) => [/title="([^"]+)"/.exec(meta)?.[1] ?? 'program.py', code]);
    const files: Record<string, string> = Object.fromEntries(named);
    const title = /title="([^"]*)"/.exec(attributes)?.[1] ?? '';
    const world = /world=\{(\{[\s\S]*\})\}/.exec(attributes)?.[1];
    return {
      title,
      files,
      world: world === undefined ? null : worldOf(title, checkWorld(title, runInNewContext(`(${world})`)), files),
      model: (/model="([^"]*)"/.exec(attributes)?.[1] ?? 'cpython') as SwitchModel,
      parallel: attributes.includes('schedule="parallel"'),
    };
  });
}
