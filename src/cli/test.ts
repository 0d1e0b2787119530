/** `hb test`: grades the learner's files in exercises/, with the same engine and the same words as the browser. */
import { parseArgs } from 'node:util';
import { grade } from '../grader/grade.ts';
import { again } from './again.ts';
import { gradableOf, pick, readCourse, recordedStarters, starterPrint } from './course-files.ts';
import { formatUntouched, formatVerdict } from './format-verdict.ts';
import { openEngine } from './open-engine.ts';

export async function test(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { schedule: { type: 'string' } },
    allowPositionals: true,
  });
  const chosen = pick(readCourse(), positionals);
  const starters = recordedStarters();
  const engine = await openEngine();
  let failed = 0;
  let solved = 0;
  let untouched = 0;
  for (const exercise of chosen) {
    if (starters[exercise.slug] === starterPrint(exercise) && values.schedule === undefined) {
      untouched++;
      process.stdout.write(formatUntouched(exercise));
      continue;
    }
    const gradable = await gradableOf(exercise);
    if (values.schedule !== undefined) {
      if (!(await again(engine, gradable, exercise.starter, values.schedule))) failed++;
      continue;
    }
    const verdict = await grade(engine, gradable, exercise.starter).done;
    if (!verdict) continue;
    process.stdout.write(formatVerdict(exercise.slug, verdict));
    if (verdict.kind === 'passed') solved++;
    else failed++;
  }
  engine.dispose();
  if (chosen.length > 1) process.stdout.write(`\n${solved} solved, ${failed} not yet, ${untouched} not started\n`);
  return failed > 0 ? 1 : 0;
}
