/** `hb classroom assign`: writes an assignment.json, from options or from what it asks. */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ASSIGNMENT_FORMAT, type Assignment, assignment, writeAssignment } from '../../classroom/assignment.ts';
import { ENGINE_VERSION } from '../../worker/identity.ts';
import { readCourse, suiteOf } from '../course-files.ts';
import { Usage } from '../usage.ts';
import { ASSIGN_HELP, type Draft, readAssignOptions } from './assign-options.ts';
import { linkTo } from './link.ts';
import { privateFolderOf, privatePrint } from './private-suites.ts';
import { showAssignment } from './show-assignment.ts';

export async function assign(args: string[]): Promise<number> {
  const course = readCourse();
  const draft = readAssignOptions(args, course);
  if (draft === null) {
    process.stdout.write(ASSIGN_HELP);
    return 0;
  }
  if (existsSync(draft.out) && !draft.force)
    throw new Usage(
      `hb classroom assign: ${draft.out} is there already. --force replaces it, --out names another file.`,
    );
  let filled = draft;
  if (draft.exercises.length === 0) {
    if (!process.stdin.isTTY || !process.stdout.isTTY)
      throw new Usage(`hb classroom assign: which exercises? In a terminal it asks; else:\n\n${ASSIGN_HELP}`);
    const { askFor } = await import('./assign-questions.ts');
    const asked = await askFor(draft, course).catch(stopped);
    if (asked === null) return 130;
    filled = asked;
  }
  const made = await assignmentOf(filled);
  const url = draft.site === undefined ? '' : `${await linkTo(draft.site, made)}\n`;
  writeFileSync(draft.out, writeAssignment(made));
  process.stdout.write(await showAssignment(made, course));
  process.stdout.write(
    `\nWritten to ${draft.out}. Hand it out as a file, as a link, or in a repository (hb classroom help).\n`,
  );
  process.stdout.write(url);
  return 0;
}

/** Throws Usage for whatever could not be read as an assignment later. */
async function assignmentOf(draft: Draft): Promise<Assignment> {
  const title = draft.title?.trim() || `Exercises: ${draft.exercises.map(({ exercise }) => exercise.title).join(', ')}`;
  const { seed, budget, late, due, attempts, asks, message } = draft;
  const folder = privateFolderOf(draft.out, draft.private);
  if (draft.private !== undefined && !existsSync(folder))
    throw new Usage(`hb classroom assign: there is no folder ${folder} (--private).`);
  const read = assignment.safeParse({
    format: ASSIGNMENT_FORMAT,
    version: 1,
    id: draft.id ?? idOf(title),
    title: title.slice(0, 200),
    engine: ENGINE_VERSION,
    exercises: await Promise.all(draft.exercises.map((one) => assignedOf(one, draft, folder))),
    search: { ...(seed !== undefined && { seed }), ...(budget !== undefined && { budget }) },
    ...(message && { message }),
    ...(due && { due }),
    ...(late && { late }),
    ...(attempts !== undefined && { attempts }),
    ...(asks && { asks }),
  });
  if (read.success) return read.data;
  const lines = read.error.issues.map(({ path, message }) => `hb classroom assign: ${path.join('.')}: ${message}.`);
  throw new Usage(lines.join('\n'));
}

async function assignedOf({ exercise, points }: Draft['exercises'][number], draft: Draft, folder: string) {
  const { slug } = exercise;
  const own = draft.weights.filter((one) => one.exercise.slug === slug);
  const names = (await suiteOf(exercise)).tests.map(({ name }) => name);
  for (const { test } of own) {
    if (!names.includes(test))
      throw new Usage(
        `hb classroom assign: ${slug} has no test "${test}". It has: ${names.map((name) => `"${name}"`).join(', ')}.`,
      );
  }
  const tests = path.join(folder, slug);
  return {
    slug,
    points,
    weights: Object.fromEntries(own.map(({ test, weight }) => [test, weight])),
    ...(existsSync(tests) && { private: { points: draft.privatePoints, print: privatePrint(tests) } }),
  };
}

function idOf(title: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  return words || 'assignment';
}

/** Ctrl-C at a question: nothing was written, and nothing is wrong. */
function stopped(error: unknown): null {
  if (error instanceof Error && error.name === 'ExitPromptError') return null;
  throw error;
}
