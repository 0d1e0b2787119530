/**
 * What one student gets. Nothing of other students is on it, nothing of the teacher's notes, and of the teacher's own tests
 * only how many passed.
 */
import type { Assignment } from '../assignment.ts';
import type { ExerciseResult, GradedTest, StudentResult } from '../graded.ts';
import { rounded, worthOf } from '../points.ts';
import { codeViews } from './code-view.ts';
import { type Html, html } from './html.ts';
import { lateSentence, receivedSentence } from './lateness.ts';
import { pageText } from './page.ts';
import { shownPoints } from './shown.ts';
import { standingOf } from './standing.ts';
import { testList } from './test-list.ts';

/** `site`: as `siteAddress` returns it. */
export function feedbackPage(result: StudentResult, assignment: Assignment, site: string | null): Promise<string> {
  const { student, source, exercises } = result;
  const received = receivedSentence(result);
  const late = lateSentence(result, assignment.late);
  const body = html`<header><p class="over">Feedback for <bdi>${student.name || student.id}</bdi></p><h1>${assignment.title}</h1></header>
<main>
<ul class="figures"><li><b>${shownPoints(result.points)} of ${shownPoints(result.possible)}</b><span>points</span></li></ul>
${source === null ? html`<div class="box"><p>Nothing was handed in under your name. If you did hand something in, tell your teacher.</p></div>` : null}
${received === null ? null : html`<p>Handed in: ${received}.</p>`}
${late === null ? null : html`<div class="box"><p>${late}${result.deducted > 0 ? ` You reached ${shownPoints(result.reached)}.` : ''}</p></div>`}
${exercises.map((exercise) => section(exercise, assignment, site))}
</main>
<footer>Graded by running your code under many orders of its threads, not only one. Happens-Before.</footer>`;
  return pageText({ title: `${assignment.title}: feedback`, body });
}

function section(exercise: ExerciseResult, assignment: Assignment, site: string | null): Html {
  const { slug, title, points, possible, graded, files } = exercise;
  const assigned = assignment.exercises.find((one) => one.slug === slug);
  const standing = standingOf(exercise);
  const tests = graded?.tests ?? [];
  const seen = tests.filter((test) => !test.private);
  const ofTeacher = tests.filter((test) => test.private);
  const worth = (test: GradedTest) => (assigned ? worthOf(assigned, test, tests) : 0);
  return html`<section><div class="exercise"><h2>${title}</h2><span>${shownPoints(points)} of ${shownPoints(possible)} points</span></div>
<p class="quiet">${slug}</p>
${standing === 'nothing' ? html`<p>You handed nothing in for this exercise.</p>` : null}
${standing === 'ungraded' ? html`<p>This answer could not be graded. Your teacher knows why.</p>` : null}
${seen.length === 0 ? null : testList(exercise, seen, assigned, site)}
${ofTeacher.length === 0 ? null : html`<p>${privateSentence(ofTeacher, worth)}</p>`}
${files === null ? null : codeViews(files, false, 'What was graded: ')}
</section>
`;
}

/** "2 of 3 tests of your teacher's own passed: 4 of 6 points." */
function privateSentence(tests: readonly GradedTest[], worth: (test: GradedTest) => number): string {
  const passed = tests.filter(({ verdict }) => verdict === 'passed');
  const sum = (some: readonly GradedTest[]) => shownPoints(rounded(some.reduce((all, one) => all + worth(one), 0)));
  const noun = tests.length === 1 ? 'test' : 'tests';
  return `${passed.length} of ${tests.length} ${noun} of your teacher’s own passed: ${sum(passed)} of ${sum(tests)} points.`;
}
