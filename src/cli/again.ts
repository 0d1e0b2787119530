/** A schedule that a verdict named, once more: what the program printed, and what is wrong with that run. */
import { type Gradable, replay } from '../grader/grade.ts';
import type { EngineClient } from '../worker/client-types.ts';

/** True if nothing is wrong with that run. */
export async function again(
  engine: EngineClient,
  gradable: Gradable,
  files: Gradable['starter'],
  schedule: string,
): Promise<boolean> {
  const { test, run, problem } = await replay(engine, gradable, files, schedule);
  process.stdout.write(run.stdout);
  process.stderr.write(run.stderr);
  process.stdout.write(`${problem ? '✗' : '✓'} ${test}${problem ? `\n${problem}` : ''}\n`);
  return !problem;
}
