/** The runs that must come out the same in every engine, and how they are run. */
import type { EngineClient } from '../worker/client-types.ts';
import type { Program, RunOptions, ScheduleRequest } from '../worker/protocol.ts';
import { PROGRAMS, programOf } from './programs.ts';

export interface Job {
  readonly name: string;
  readonly program: Program;
  readonly schedule: ScheduleRequest;
  readonly options: Partial<RunOptions>;
}

/** Each program under round-robin and three seeds, in both models that preempt. */
export function allJobs(): Job[] {
  const schedules: ScheduleRequest[] = [
    { kind: 'round-robin' },
    ...[1, 2, 3].map((seed) => ({ kind: 'random', seed }) as const),
  ];
  return PROGRAMS.flatMap((small) =>
    schedules.flatMap((schedule) =>
      (['every-bytecode', 'cpython'] as const).map((model) => ({
        name: `${small.name}, ${schedule.kind === 'random' ? `seed ${schedule.seed}` : schedule.kind}, ${model}`,
        program: programOf(small),
        schedule,
        options: { model },
      })),
    ),
  );
}

/** Each job's whole record as text: two engines agree only if they agree to the last byte. */
export async function runJobs(engine: EngineClient, jobs: readonly Job[]): Promise<string[]> {
  const records: string[] = [];
  for (const { program, schedule, options } of jobs) {
    try {
      records.push(JSON.stringify(await engine.run(program, schedule, options, {}, false).done));
    } catch (error) {
      records.push(`the engine failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return records;
}
