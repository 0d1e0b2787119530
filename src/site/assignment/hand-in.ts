/** What a student hands in: the code of each exercise as it is in this browser now, with its attempts. */
import type { Assignment } from '../../classroom/assignment.ts';
import {
  type Answer,
  LARGEST_SUBMISSION,
  SUBMISSION_FORMAT,
  type Submission,
  submission,
} from '../../classroom/submission.ts';
import type { ExerciseData } from '../exercise-data.ts';
import type { Store } from '../store.ts';
import { exerciseScope, Workspace } from '../workspace.ts';
import type { Student } from './remembered.ts';
import { words } from './words.ts';
import { printOf, type Work, workOf } from './work.ts';

/** Where an exercise stands. `untouched`: there is nothing to hand in. */
export type Standing = 'untouched' | 'ungraded' | 'changed' | 'current';

export interface Prepared {
  readonly exercise: ExerciseData;
  readonly work: Work;
  readonly standing: Standing;
  readonly files: Readonly<Record<string, string>>;
}

export function codeOf(store: Store, exercise: ExerciseData): Workspace {
  const workspace = new Workspace(store, exerciseScope(exercise.slug), exercise.starter);
  workspace.load();
  return workspace;
}

/** In the assignment's order. */
export function prepare(store: Store, { id }: Assignment, exercises: readonly ExerciseData[]): Prepared[] {
  return exercises.map((exercise) => {
    const work = workOf(store, id, exercise.slug);
    const { files, edited } = codeOf(store, exercise).state;
    return { exercise, work, files, standing: standingOf(work, files, edited) };
  });
}

function standingOf({ attempts, graded }: Work, files: Prepared['files'], edited: boolean): Standing {
  if (!edited && attempts.length === 0) return 'untouched';
  if (attempts.length === 0) return 'ungraded';
  return graded?.print === printOf(files) ? 'current' : 'changed';
}

export type Made =
  | { readonly ok: true; readonly submission: Submission; readonly text: string }
  | { readonly ok: false; readonly problem: string };

/** `now`: ISO. */
export function makeSubmission(
  assignment: Assignment,
  prepared: readonly Prepared[],
  student: Student,
  { engine, now }: { readonly engine: string; readonly now: string },
): Made {
  const worked = prepared.filter(({ standing }) => standing !== 'untouched');
  const answers = worked.map(({ exercise, files, work }): [string, Answer] => [
    exercise.slug,
    { files: { ...files }, attempts: [...work.attempts] },
  ]);
  const one: Submission = {
    format: SUBMISSION_FORMAT,
    version: 1,
    assignment: assignment.id,
    engine,
    made: now,
    student: askedOf(assignment, student),
    exercises: Object.fromEntries(answers),
  };
  const checked = submission.safeParse(one);
  if (!checked.success) {
    const [, slug, , file] = checked.error.issues[0]?.path ?? [];
    return { ok: false, problem: words.submit.tooLong([slug, file].filter(Boolean).join(': ')) };
  }
  const typed = worked.flatMap(({ files }) => Object.values(files)).reduce((sum, { length }) => sum + length, 0);
  if (typed > LARGEST_SUBMISSION) return { ok: false, problem: words.submit.tooLarge };
  return { ok: true, submission: checked.data, text: `${JSON.stringify(checked.data, null, 2)}\n` };
}

/** Nobody's name goes into a file that was not asked for it. */
function askedOf({ asks }: Assignment, { name, id }: Student): Student {
  return {
    ...(asks.includes('name') && name !== undefined && { name }),
    ...(asks.includes('id') && id !== undefined && { id }),
  };
}

/** What is wrong with what was typed into the form, by field; empty if nothing is. */
export function fieldProblems({ asks }: Assignment, student: Student): Partial<Record<'name' | 'id', string>> {
  const problems: Partial<Record<'name' | 'id', string>> = {};
  for (const field of asks) {
    const text = (student[field] ?? '').trim();
    if (text === '') problems[field] = words.submit.missingField(words.submit[field]);
    else if (text.length > 200) problems[field] = words.submit.longField(words.submit[field]);
  }
  return problems;
}
