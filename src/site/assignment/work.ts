/** What a student has done for one exercise of an assignment: each press of Grade, and what the last one gave. */
import * as z from 'zod';
import type { AssignedExercise, Assignment } from '../../classroom/assignment.ts';
import type { GradedTest } from '../../classroom/graded.ts';
import { pointsOf, rounded, worthOf } from '../../classroom/points.ts';
import { type Attempt, attempt } from '../../classroom/submission.ts';
import type { Suite } from '../../grader/suite.ts';
import type { Verdict } from '../../grader/verdict.ts';
import type { VerdictScore } from '../assigned-grading.ts';
import type { Store } from '../store.ts';
import { fingerprint } from '../words.ts';
import { stored, workKey } from './remembered.ts';
import type { Score } from './score-reporter.ts';
import { morePoints, pointsOutOf } from './words.ts';

export type Files = Readonly<Record<string, string>>;

const work = z.object({
  attempts: z.array(attempt),
  /** The last grading on this computer. */
  graded: z
    .object({
      points: z.number().min(0),
      /** Of the files that were graded. */
      print: z.string().max(20),
    })
    .nullable(),
});

export type Work = z.infer<typeof work>;

const NOTHING: Work = { attempts: [], graded: null };
/** As many as a submission may hold. */
const MOST_ATTEMPTS = 2000;

export function workOf(store: Store, id: string, slug: string): Work {
  return stored(store, workKey(id, slug), work) ?? NOTHING;
}

export function writeWork(store: Store, id: string, slug: string, { attempts, graded }: Work): void {
  store.set(workKey(id, slug), JSON.stringify({ attempts: attempts.slice(-MOST_ATTEMPTS), graded }));
}

export interface Pressed {
  readonly verdict: Verdict;
  readonly suite: Suite;
  readonly files: Files;
  /** ISO */
  readonly at: string;
}

/** One press of Grade and what came of it. */
export function recordAttempt(
  store: Store,
  id: string,
  exercise: AssignedExercise,
  { verdict, suite, files, at }: Pressed,
): void {
  const made: Attempt = { at, verdict: verdict.kind, ...(verdict.kind !== 'passed' && { test: verdict.test }) };
  // Read again just before writing: another tab may have graded, too.
  const { attempts } = workOf(store, id, exercise.slug);
  const graded = { points: pointsOf(exercise, testsOf(verdict, suite)), print: printOf(files) };
  writeWork(store, id, exercise.slug, { attempts: [...attempts, made], graded });
}

export function printOf(files: Files): string {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return fingerprint(JSON.stringify(sorted));
}

export function isUsedUp(assignment: Assignment, { attempts }: Work): boolean {
  return assignment.attempts !== undefined && attempts.length >= assignment.attempts;
}

/** The tests of the suite, in its order, as the gradebook takes them: classroom/assigned.ts, without why they failed. */
export function testsOf(verdict: Verdict, { tests }: Suite): GradedTest[] {
  return tests.map(({ name }) => {
    const report = verdict.tests.find((one) => one.name === name);
    const kind = verdict.kind === 'passed' ? 'passed' : (report?.verdict ?? verdict.kind);
    return { name, private: false, verdict: kind, proof: report?.proof ?? '' };
  });
}

/** A verdict in points, for the verdict panel. */
export function scoreOfVerdict(exercise: AssignedExercise, verdict: Verdict, suite: Suite): VerdictScore {
  const graded = testsOf(verdict, suite);
  const each = graded.map((test): [string, string] => {
    const worth = rounded(worthOf(exercise, test, graded));
    return [test.name, pointsOutOf(test.verdict === 'passed' ? worth : 0, worth)];
  });
  return {
    total: pointsOutOf(pointsOf(exercise, graded), exercise.points),
    tests: new Map(each),
    more: morePoints(exercise.private?.points ?? 0),
  };
}

export function scoreOf(store: Store, { id, exercises }: Assignment): Score {
  const each = exercises.map(({ slug, points }) => {
    const { graded } = workOf(store, id, slug);
    // The assignment may have been changed since.
    return { slug, points: Math.min(points, graded?.points ?? 0), possible: points, graded: graded !== null };
  });
  return {
    assignment: id,
    points: rounded(each.reduce((sum, { points }) => sum + points, 0)),
    possible: rounded(each.reduce((sum, { possible }) => sum + possible, 0)),
    kept: rounded(exercises.reduce((sum, one) => sum + (one.private?.points ?? 0), 0)),
    exercises: each,
  };
}
