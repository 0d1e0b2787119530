/** results.json of one submission, as Gradescope's autograders write it. */
import type { Assignment } from '../assignment.ts';
import type { ExerciseResult, GradedTest, StudentResult } from '../graded.ts';
import { rounded, worthOf } from '../points.ts';
import { visible } from './html.ts';
import { lateSentence } from './lateness.ts';
import { againOf } from './replay-url.ts';
import { VERDICT_WORDS } from './shown.ts';
import { standingOf } from './standing.ts';

export interface ResultsJson {
  /** Goes before the sum of the tests: what is taken away for being late is gone already. */
  readonly score: number;
  readonly output: string;
  readonly visibility: 'visible';
  /** Of what the grader printed, which is nothing. */
  readonly stdout_visibility: 'hidden';
  readonly tests: readonly ResultsTest[];
  readonly extra_data: Readonly<Record<string, string | number>>;
}

export interface ResultsTest {
  readonly number: string;
  readonly name: string;
  readonly status: 'passed' | 'failed';
  readonly score: number;
  readonly max_score: number;
  readonly output: string;
  /** Nobody but the teacher sees what is hidden. */
  readonly visibility: 'visible' | 'hidden';
  readonly tags: readonly string[];
}

/** `site`: as `siteAddress` returns it. */
export function resultsJson(result: StudentResult, assignment: Assignment, site: string | null): string {
  const json: ResultsJson = {
    score: result.points,
    output: visible([assignment.title, lateSentence(result, assignment.late) ?? ''].filter(Boolean).join('\n')),
    visibility: 'visible',
    stdout_visibility: 'hidden',
    tests: result.exercises.flatMap((exercise, n) => testsOf(exercise, n + 1, assignment, site)),
    extra_data: {
      assignment: assignment.id,
      student: result.student.id,
      reached: result.reached,
      deducted: result.deducted,
      late_seconds: result.late,
    },
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function testsOf(exercise: ExerciseResult, n: number, assignment: Assignment, site: string | null): ResultsTest[] {
  const { slug, title, possible, graded } = exercise;
  const standing = standingOf(exercise);
  if (graded === null || standing === 'nothing' || standing === 'ungraded')
    return [
      {
        number: `${n}`,
        name: title,
        status: 'failed',
        score: 0,
        max_score: possible,
        output: graded === null ? 'Nothing was handed in.' : 'This could not be graded. Ask your teacher.',
        visibility: 'visible',
        tags: [slug],
      },
    ];
  const assigned = assignment.exercises.find((one) => one.slug === slug);
  return graded.tests.map((test, m) => {
    const worth = assigned ? rounded(worthOf(assigned, test, graded.tests)) : 0;
    const passed = test.verdict === 'passed';
    return {
      number: `${n}.${m + 1}`,
      name: visible(`${title}: ${test.name}`),
      status: passed ? 'passed' : 'failed',
      score: passed ? worth : 0,
      max_score: worth,
      output: visible(outputOf(slug, test, site)),
      visibility: test.private ? 'hidden' : 'visible',
      tags: [slug],
    };
  });
}

/** What the verdict panel says, as text. */
function outputOf(slug: string, test: GradedTest, site: string | null): string {
  const first = `${VERDICT_WORDS[test.verdict]}${test.proof === '' ? '' : ` (${test.proof})`}`;
  if (test.failure === undefined) return first;
  const again = againOf(slug, test, site);
  return [
    first,
    test.failure.message,
    ...(test.failure.hint === '' ? [] : [`Hint: ${test.failure.hint}`]),
    ...(again === null ? [] : [`See it again: ${again.kind === 'link' ? again.url : again.command}`]),
  ].join('\n');
}
