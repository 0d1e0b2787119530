/**
 * The program in a student's repository (.happens-before/student.mjs): `npm test` and `npm run hand-in`. The export bundles
 * it with the assigned exercises and their suites; it needs nothing of this project beside it.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BadAssignment, readAssignment } from '../../../classroom/assignment.ts';
import type { EngineClient } from '../../../worker/client-types.ts';
import { createNodeEngine } from '../../../worker/node.ts';
import { picked } from '../../pick.ts';
import { Usage } from '../../usage.ts';
import type { AssignedWork, GivenExercise } from './assigned-work.ts';
import { rememberAttempt } from './attempts.ts';
import { unpackEngine } from './engine-folder.ts';
import { githubReport } from './github.ts';
import { type Scored, scoreOf, showAgain, sumOf } from './grade-work.ts';
import { handIn } from './hand-in.ts';

/** `folder`: .happens-before. Ends the process: 0 if all was reached, 1 if not, 2 for what was typed. */
export async function main(folder: string, exercises: readonly GivenExercise[]): Promise<never> {
  const [command, ...args] = process.argv.slice(2);
  const cache = path.join(folder, 'cache');
  try {
    const work: AssignedWork = { root: path.dirname(folder), assignment: readOwn(folder), exercises };
    const attempts = path.join(folder, 'attempts.json');
    if (command === 'hand-in') process.exit(await handIn(work, attempts, args));
    const open = () => createNodeEngine(unpackEngine(path.join(folder, 'engine'), cache));
    process.exit(await test(work, open, attempts, args));
  } catch (error) {
    const mistyped = error instanceof Usage || String((error as { code?: unknown })?.code).startsWith('ERR_PARSE_ARGS');
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    process.stderr.write(`${mistyped ? message : stack}\n`);
    process.exit(mistyped ? 2 : 1);
  }
}

function readOwn(folder: string) {
  try {
    return readAssignment(
      '.happens-before/assignment.json',
      readFileSync(path.join(folder, 'assignment.json'), 'utf8'),
    );
  } catch (error) {
    throw error instanceof BadAssignment ? new Usage(error.message) : error;
  }
}

async function test(work: AssignedWork, open: () => EngineClient, attempts: string, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { schedule: { type: 'string' } },
    allowPositionals: true,
  });
  const chosen = picked(work.exercises, positionals);
  const github = githubReport(process.env);
  github?.begin();
  const engine = open();
  const { schedule } = values;
  if (schedule !== undefined) {
    let well = true;
    for (const exercise of chosen) well = (await showAgain(engine, work, exercise, schedule)) && well;
    return well ? 0 : 1;
  }
  const scores: Scored[] = [];
  for (const exercise of chosen) {
    const scored = await scoreOf(engine, work, exercise);
    process.stdout.write(scored.text);
    scores.push(scored);
    if (scored.verdict === 'not started') continue;
    const { verdict, test: failed } = scored;
    rememberAttempt(attempts, scored.slug, {
      at: new Date().toISOString(),
      verdict,
      ...(failed !== null && { test: failed }),
    });
  }
  const { points, possible } = sumOf(scores);
  if (chosen.length > 1) process.stdout.write(`\nPoints: ${points} of ${possible}\n`);
  github?.end(scores);
  return scores.every(({ verdict }) => verdict === 'passed') ? 0 : 1;
}
