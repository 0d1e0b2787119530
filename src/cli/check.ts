/** `hb check`: the author's contract. Starter, solution and each wrong answer of an exercise get exactly their verdict. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ANSWER_FILE } from '../course/answer-file.ts';
import { checkExercise } from './check-exercise.ts';
import {
  pick,
  RECORDED_STARTER,
  readCourse,
  recordedStarters,
  SOLUTIONS,
  STARTERS_FILE,
  starterPrint,
} from './course-files.ts';
import { openEngine } from './open-engine.ts';

export async function check(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: { accept: { type: 'boolean' } }, allowPositionals: true });
  const chosen = pick(readCourse(), positionals);
  const engine = await openEngine();
  let problems = 0;
  for (const exercise of chosen) {
    const results = await checkExercise(engine, exercise, values.accept);
    for (const { file, problem, got } of results) {
      process.stdout.write(`${problem ? '✗' : '✓'} ${file}: ${got}${problem ? `\n    ${problem}` : ''}\n`);
      if (problem) problems++;
    }
  }
  engine.dispose();
  if (values.accept) {
    const starters = { ...recordedStarters(), ...Object.fromEntries(chosen.map((e) => [e.slug, starterPrint(e)])) };
    for (const { slug, kind, starter } of chosen) {
      if (kind !== 'order') continue;
      writeFileSync(path.join(SOLUTIONS, slug, RECORDED_STARTER), starter[ANSWER_FILE.order] ?? '');
    }
    writeFileSync(STARTERS_FILE, `${JSON.stringify(starters, null, 2)}\n`);
    process.stdout.write(`recorded ${chosen.length} starters in solutions/starters.json\n`);
  }
  return problems > 0 ? 1 : 0;
}
