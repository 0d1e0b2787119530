/** What happened once can be made to happen again: 300 random runs, each repeated from its schedule string. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildEngine } from '../build/engine.ts';
import { PROGRAMS, programOf, type SmallProgram } from '../e2e/programs.ts';
import type { RunRecord, SwitchModel } from '../kernel/types.ts';
import type { EngineClient } from './client-types.ts';
import { createNodeEngine } from './node.ts';
import type { Program, RunOptions, ScheduleRequest } from './protocol.ts';

const SEEDS = Array.from({ length: 15 }, (_, i) => i + 1);
const MODELS: readonly SwitchModel[] = ['every-bytecode', 'cpython', 'blocking-only'];

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

async function run(program: Program, schedule: ScheduleRequest, options: Partial<RunOptions> = {}): Promise<RunRecord> {
  const record = await engine.run(program, schedule, options, {}, false).done;
  return record as RunRecord;
}

/** A record without the name that says how its schedule was chosen. */
const happened = ({ name, ...rest }: RunRecord) => JSON.stringify(rest);
const again = ({ schedule }: RunRecord): ScheduleRequest => ({ kind: 'replay', schedule });

describe('a schedule string repeats its run', () => {
  test.each(PROGRAMS)('$name', async (small) => {
    const program = programOf(small);
    for (const seed of SEEDS) {
      const model = MODELS[seed % MODELS.length] as SwitchModel;
      const first = await run(program, { kind: 'random', seed }, { model });
      // The replay is asked for under another model: the string itself says which one it was.
      const second = await run(program, again(first), { model: 'blocking-only' });
      expect(happened(second), `seed ${seed}, ${first.schedule}`).toBe(happened(first));
      if (small.ends) expect(first.outcome.kind).toBe(small.ends);
    }
    const first = await run(program, { kind: 'round-robin' }, { model: 'every-bytecode' });
    expect(happened(await run(program, again(first)))).toBe(happened(first));
  });

  test('in an engine that has never run anything before', async () => {
    const other = createNodeEngine(await buildEngine());
    try {
      const program = programOf(PROGRAMS[0] as SmallProgram);
      const first = await run(program, { kind: 'random', seed: 5 }, { model: 'every-bytecode' });
      const second = await other.run(program, again(first), {}, {}, false).done;
      expect(happened(second as RunRecord)).toBe(happened(first));
    } finally {
      other.dispose();
    }
  });
});

describe('a schedule that does not fit is refused', () => {
  const program = programOf(PROGRAMS[0] as SmallProgram);
  let record: RunRecord;
  beforeAll(async () => {
    record = await run(program, { kind: 'random', seed: 2 }, { model: 'every-bytecode' });
  });

  test('a program with one letter changed', async () => {
    const changed = { ...program, files: { 'program.py': `${program.files['program.py']}#` } };
    await expect(run(changed, again(record))).rejects.toThrow('recorded for another program');
  });

  test('the same program with other input', async () => {
    await expect(run({ ...program, stdin: 'x' }, again(record))).rejects.toThrow('recorded for another program');
  });

  test('a string that was cut off anywhere', async () => {
    for (let length = 0; length < record.schedule.length; length++) {
      const cut = { kind: 'replay', schedule: record.schedule.slice(0, length) } as const;
      await expect(run(program, cut), cut.schedule).rejects.toThrow();
    }
  });

  test('a string with one character changed', async () => {
    for (let at = 0; at < record.schedule.length; at++) {
      const old = record.schedule[at];
      const schedule = record.schedule.slice(0, at) + (old === 'a' ? 'b' : 'a') + record.schedule.slice(at + 1);
      await expect(run(program, { kind: 'replay', schedule }), schedule).rejects.toThrow();
    }
  });

  test('and the engine goes on', async () => {
    expect(happened(await run(program, again(record)))).toBe(happened(record));
  });
});
