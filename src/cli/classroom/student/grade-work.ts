/** `npm test` of a student's repository: the verdicts of `hb test`, and the points that they are worth here. */
import { assigned, gradedTests } from '../../../classroom/assigned.ts';
import type { AssignedExercise } from '../../../classroom/assignment.ts';
import type { GradedTest } from '../../../classroom/graded.ts';
import { pointsOf, rounded, worthOf } from '../../../classroom/points.ts';
import { grade } from '../../../grader/grade.ts';
import type { EngineClient } from '../../../worker/client-types.ts';
import { again } from '../../again.ts';
import { formatUntouched, formatVerdict } from '../../format-verdict.ts';
import { isAsItCame, notGraded, readAnswer } from './answers.ts';
import type { AssignedWork, GivenExercise } from './assigned-work.ts';

export interface Scored {
  readonly slug: string;
  /** As the verdict is named; `not started` if the files are as they came, which is worth nothing. */
  readonly verdict: string;
  /** The name of the test that failed first. */
  readonly test: string | null;
  readonly points: number;
  readonly possible: number;
  /** What was printed. */
  readonly text: string;
}

export async function scoreOf(engine: EngineClient, work: AssignedWork, exercise: GivenExercise): Promise<Scored> {
  const { slug } = exercise;
  const rules = work.assignment.exercises.find((one) => one.slug === slug) as AssignedExercise;
  const files = readAnswer(work.root, exercise);
  const possible = rounded(rules.points);
  if (isAsItCame(exercise, files)) {
    const text = `${formatUntouched(exercise)}    0 of ${possible} points\n`;
    return { slug, verdict: 'not started', test: null, points: 0, possible, text };
  }
  const gradable = assigned(exercise, work.assignment);
  const verdict = await grade(engine, gradable, files).done;
  if (!verdict) throw new Error(`${slug}: the grading was stopped`);
  const tests = await gradedTests(gradable, files, verdict, false);
  const points = pointsOf(rules, tests);
  return {
    slug,
    verdict: verdict.kind,
    test: verdict.kind === 'passed' ? null : verdict.test,
    points,
    possible,
    text: formatVerdict(slug, verdict) + formatPoints(rules, tests) + formatOthers(work, exercise),
  };
}

/** True if that run is as it should be. */
export function showAgain(
  engine: EngineClient,
  work: AssignedWork,
  exercise: GivenExercise,
  schedule: string,
): Promise<boolean> {
  return again(engine, exercise, readAnswer(work.root, exercise), schedule);
}

function formatOthers({ root }: AssignedWork, exercise: GivenExercise): string {
  const others = notGraded(root, exercise);
  const own = Object.keys(exercise.starter).join(', ');
  return others.length === 0 ? '' : `    Only ${own} is graded, without ${others.join(', ')}: put all of it there.\n`;
}

function formatPoints(rules: AssignedExercise, tests: readonly GradedTest[]): string {
  const lines = [`    ${pointsOf(rules, tests)} of ${rounded(rules.points)} points`];
  if (tests.length > 1) {
    for (const test of tests) {
      const worth = rounded(worthOf(rules, test, tests));
      lines.push(`      ${test.verdict === 'passed' ? worth : 0} of ${worth}  ${test.name}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

export function sumOf(scores: readonly Scored[]): { points: number; possible: number } {
  return {
    points: rounded(scores.reduce((sum, { points }) => sum + points, 0)),
    possible: rounded(scores.reduce((sum, { possible }) => sum + possible, 0)),
  };
}
