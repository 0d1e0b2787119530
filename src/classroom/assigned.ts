/** An assigned exercise as the grader takes it, and its verdict as the gradebook takes it: one way for page and teacher. */
import type { Files, Gradable } from '../grader/gradable.ts';
import { programOf } from '../grader/judge.ts';
import type { HiddenTest } from '../grader/suite.ts';
import type { Failing, Verdict } from '../grader/verdict.ts';
import { BadLink, encodeReplay } from '../worker/replay-link.ts';
import type { Assignment } from './assignment.ts';
import type { GradedTest } from './graded.ts';

/** `gradable`: the exercise as everybody has it. Every test counts by itself, and the teacher says how long is searched. */
export function assigned(gradable: Gradable, { search }: Pick<Assignment, 'search'>): Gradable {
  return { ...gradable, tuning: search, everyTest: true };
}

/** A report for each test of the suite, in its order. `ofTeacher`: the suite is the teacher's own. */
export function gradedTests(
  gradable: Gradable,
  files: Files,
  verdict: Verdict,
  ofTeacher: boolean,
): Promise<GradedTest[]> {
  return Promise.all(
    gradable.suite.tests.map(async (test): Promise<GradedTest> => {
      const report = verdict.tests.find(({ name }) => name === test.name);
      const { name } = test;
      if (verdict.kind === 'passed' || report?.verdict === 'passed')
        return { name, private: ofTeacher, verdict: 'passed', proof: report?.proof ?? '' };
      // No report of its own: the answer was refused before anything was run, which is what each test has to say.
      const failing = report?.failure ?? verdict;
      const { message, hint, schedule } = failing;
      return {
        name,
        private: ofTeacher,
        verdict: report?.verdict ?? verdict.kind,
        proof: report?.proof ?? 'not run',
        failure: { message, hint, schedule, replay: await replayOf(gradable, test, files, failing) },
      };
    }),
  );
}

/** The failing run as the fragment of a link to the site's /replay. */
async function replayOf(
  gradable: Gradable,
  test: HiddenTest,
  files: Files,
  { schedule }: Failing,
): Promise<string | null> {
  if (schedule === '') return null;
  try {
    return await encodeReplay({ program: programOf(gradable, test, files), schedule, interactive: false, acts: [] });
  } catch (error) {
    if (error instanceof BadLink) return null;
    throw error;
  }
}
