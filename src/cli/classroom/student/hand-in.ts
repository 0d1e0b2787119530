/** `npm run hand-in` of a student's repository: the submission file, for those who do not hand in by git. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { SUBMISSION_FORMAT, type Submission, submissionName } from '../../../classroom/submission.ts';
import { ENGINE_VERSION } from '../../../worker/identity.ts';
import { Usage } from '../../usage.ts';
import { isAsItCame, readAnswer } from './answers.ts';
import type { AssignedWork } from './assigned-work.ts';
import { readAttempts } from './attempts.ts';

const ASKED = { name: 'your name', id: 'your student number' } as const;

export async function handIn(work: AssignedWork, attemptsFile: string, args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { name: { type: 'string' }, id: { type: 'string' } } });
  const { assignment, exercises, root } = work;
  const attempts = readAttempts(attemptsFile);
  const begun = exercises
    .map((exercise) => ({ exercise, files: readAnswer(root, exercise) }))
    .filter(({ exercise, files }) => !isAsItCame(exercise, files));
  if (begun.length === 0) throw new Usage('There is nothing to hand in yet: every exercise is as it came.');
  const student = await askFor(assignment.asks, values);
  const submission: Submission = {
    format: SUBMISSION_FORMAT,
    version: 1,
    assignment: assignment.id,
    engine: ENGINE_VERSION,
    made: new Date().toISOString(),
    student,
    exercises: Object.fromEntries(
      begun.map(({ exercise: { slug }, files }) => [slug, { files: { ...files }, attempts: attempts[slug] ?? [] }]),
    ),
  };
  const name = submissionName(assignment.id, student);
  writeFileSync(path.join(root, name), `${JSON.stringify(submission, null, 2)}\n`);
  const left = exercises.filter(({ slug }) => !(slug in submission.exercises)).map(({ slug }) => slug);
  process.stdout.write(`${name}: ${begun.length} of ${exercises.length} exercises. Send this file to your teacher.\n`);
  if (left.length > 0) process.stdout.write(`Not in it, since they are as they came: ${left.join(', ')}.\n`);
  return 0;
}

/** Only what the teacher asked for is asked, and only that is written down. */
async function askFor(
  asks: AssignedWork['assignment']['asks'],
  given: { readonly name?: string | undefined; readonly id?: string | undefined },
): Promise<Submission['student']> {
  const student: { name?: string; id?: string } = {};
  for (const what of asks) {
    let said = given[what];
    if (said === undefined && process.stdin.isTTY) {
      const terminal = createInterface({ input: process.stdin, output: process.stdout });
      said = await terminal.question(`${ASKED[what]}: `);
      terminal.close();
    }
    if (!said?.trim())
      throw new Usage(`Your teacher asks for ${ASKED[what]}: npm run hand-in -- --${what} "${EXAMPLE[what]}"`);
    student[what] = said.trim().slice(0, 200);
  }
  return student;
}

const EXAMPLE = { name: 'Ann Smith', id: '12345' } as const;
