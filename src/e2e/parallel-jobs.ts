/** Runs the programs of the parallel test in one engine after the other. */
import type { RunRecord } from '../kernel/types.ts';
import type { EngineClient } from '../worker/client-types.ts';
import { PARALLEL } from './parallel-programs.ts';

export type Ran = Pick<RunRecord, 'stdout' | 'stderr' | 'outcome'>;

export async function runParallel(engine: EngineClient): Promise<Ran[]> {
  const records: Ran[] = [];
  for (const { source, stdin } of PARALLEL) {
    const program = {
      files: { 'main.py': source },
      entry: { kind: 'script', file: 'main.py' },
      ...(stdin !== undefined && { stdin }),
    } as const;
    const record = await engine.run(program, { kind: 'parallel' }, {}, {}, false).done;
    if (!record) throw new Error('stopped');
    const { stdout, stderr, outcome } = record;
    records.push({ stdout, stderr, outcome });
  }
  return records;
}
