/** Brings back what a submission file holds: on another computer, or after the browser has forgotten it. */
import type { Assignment } from '../../classroom/assignment.ts';
import { type Attempt, type Submission, submission } from '../../classroom/submission.ts';
import type { ExerciseData } from '../exercise-data.ts';
import type { Store } from '../store.ts';
import { codeOf } from './hand-in.ts';
import { rememberedStudent, rememberStudent } from './remembered.ts';
import { words } from './words.ts';
import { workOf, writeWork } from './work.ts';

export type ReadBack =
  | {
      readonly ok: true;
      readonly submission: Submission;
      /** What it holds of them. */
      readonly slugs: readonly string[];
    }
  | { readonly ok: false; readonly problem: string };

/** `text` is JSON; `here`: the slugs of the assignment that this site has. */
export function readBack(assignment: Assignment, here: readonly string[], name: string, text: string): ReadBack {
  const read = submission.safeParse(JSON.parse(text.replace(/^\uFEFF/, '')));
  if (!read.success) {
    const issue = read.error.issues[0];
    const where = issue?.path.map(String).join('.') ?? '';
    return { ok: false, problem: words.load.damaged(name, where.slice(0, 200), issue?.message ?? '') };
  }
  const { assignment: theirs, exercises } = read.data;
  if (theirs !== assignment.id) return { ok: false, problem: words.load.otherAssignment(name, theirs, assignment.id) };
  const slugs = here.filter((slug) => Object.hasOwn(exercises, slug));
  if (slugs.length === 0) return { ok: false, problem: words.load.nothing(name) };
  return { ok: true, submission: read.data, slugs };
}

/** Of these exercises, those whose code was typed here and is another than the file's. */
export function overwritten(store: Store, { exercises }: Submission, here: readonly ExerciseData[]): ExerciseData[] {
  return here.filter((exercise) => {
    const { files, edited } = codeOf(store, exercise).state;
    const theirs = exercises[exercise.slug]?.files ?? {};
    return edited && Object.keys(exercise.starter).some((name) => (theirs[name] ?? files[name]) !== files[name]);
  });
}

export interface Loaded {
  readonly exercises: number;
  /** Attempts that were not known here. */
  readonly attempts: number;
  /** Files of the submission that no student can edit, as `SLUG: NAME`. */
  readonly leftOut: readonly string[];
}

/** `here`: the exercises of the assignment that the file holds. */
export function loadBack(store: Store, one: Submission, here: readonly ExerciseData[]): Loaded {
  let attempts = 0;
  const leftOut: string[] = [];
  for (const exercise of here) {
    const { slug, starter } = exercise;
    const theirs = one.exercises[slug];
    if (!theirs) continue;
    const workspace = codeOf(store, exercise);
    for (const [name, text] of Object.entries(theirs.files)) {
      if (Object.hasOwn(starter, name)) workspace.edit(name, text);
      else leftOut.push(`${slug}: ${name}`);
    }
    workspace.flush();
    const work = workOf(store, one.assignment, slug);
    const all = merged(work.attempts, theirs.attempts);
    attempts += all.length - work.attempts.length;
    // What the file says of its verdicts is kept; what it would say of points is not believed: Grade tells.
    writeWork(store, one.assignment, slug, { attempts: all, graded: work.graded });
  }
  rememberStudent(store, { ...one.student, ...rememberedStudent(store) });
  return { exercises: here.length, attempts, leftOut };
}

/** An attempt is known by its time. */
function merged(ours: readonly Attempt[], theirs: readonly Attempt[]): Attempt[] {
  const known = new Set(ours.map(({ at }) => Date.parse(at)));
  const all = [...ours, ...theirs.filter(({ at }) => !known.has(Date.parse(at)))];
  return all.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
