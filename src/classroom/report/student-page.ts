/** One student's work as the teacher sees it: everything that was found out, and the code. */
import { countOf } from '../../grader/count-of.ts';
import type { Assignment } from '../assignment.ts';
import type { ExerciseResult, Resemblance, StudentResult } from '../graded.ts';
import { claimOf } from './claim.ts';
import { codeViews } from './code-view.ts';
import { clipped, type Html, html } from './html.ts';
import { lateSentence, receivedSentence } from './lateness.ts';
import { pageText } from './page.ts';
import { shownMoment, shownPoints } from './shown.ts';
import { testList } from './test-list.ts';

/** The last ones. */
const MOST_ATTEMPTS = 100;

export interface Neighbours {
  /** File names of the pages before and after, in the order of the class; null at its ends. */
  readonly before: string | null;
  readonly after: string | null;
}

/** `site`: as `siteAddress` returns it. */
export function studentPage(
  result: StudentResult,
  assignment: Assignment,
  site: string | null,
  { before, after }: Neighbours,
): Promise<string> {
  const { student, source, notes } = result;
  const name = student.name || student.id;
  const late = lateSentence(result, assignment.late);
  const known = [
    ['Id', student.id],
    ['E-mail', student.email],
    ['Handed in', receivedSentence(result) ?? ''],
    ['Found in', source ?? ''],
  ].filter(([, value]) => value !== '');
  const body = html`<nav aria-label="Pages"><a href="../index.html">Class report</a>${before === null ? null : html`<a href="${before}" rel="prev">← Previous student</a>`}${after === null ? null : html`<a href="${after}" rel="next">Next student →</a>`}</nav>
<header><p class="over">${assignment.title}</p><h1><bdi>${name}</bdi></h1></header>
<main>
<ul class="figures"><li><b>${shownPoints(result.points)} of ${shownPoints(result.possible)}</b><span>points</span></li>${result.deducted > 0 ? html`<li><b>${shownPoints(result.reached)}</b><span>reached</span></li><li><b>−${shownPoints(result.deducted)}</b><span>for being late</span></li>` : null}</ul>
<div class="table"><table><tbody>${known.map(([what, value]) => html`<tr><th scope="row">${what ?? ''}</th><td>${value ?? ''}</td></tr>`)}</tbody></table></div>
${remarks([...(student.listed ? [] : ['Not in the class list.']), ...(late === null ? [] : [late]), ...notes])}
${result.exercises.map((exercise) => section(exercise, assignment, site))}
</main>`;
  return pageText({ title: `${name}: ${assignment.title}`, body });
}

function remarks(sentences: readonly string[]): Html | null {
  if (sentences.length === 0) return null;
  return html`<div class="box"><ul>${sentences.map((one) => html`<li>${one}</li>`)}</ul></div>`;
}

function section(exercise: ExerciseResult, assignment: Assignment, site: string | null): Html {
  const { slug, title, points, possible, graded, files, resembles } = exercise;
  const assigned = assignment.exercises.find((one) => one.slug === slug);
  const claim = claimOf(exercise);
  return html`<section><div class="exercise"><h2>${title}</h2><span>${shownPoints(points)} of ${shownPoints(possible)} points</span></div>
<p class="quiet">${slug}</p>
${graded === null ? html`<p>Nothing was handed in for this exercise.</p>` : null}
${graded?.broken === undefined ? null : html`<div class="box"><p><b>Could not be graded.</b> ${graded.broken}</p></div>`}
${claim === null ? null : html`<div class="box"><p>${claim}</p></div>`}
${graded === null || graded.tests.length === 0 ? null : testList(exercise, graded.tests, assigned, site)}
${resembles === null ? null : html`<p><b>A known wrong answer.</b> ${likeness(resembles)} ${resembles.says}</p>`}
${attemptsOf(exercise)}
${files === null ? null : codeViews(files, true)}
</section>
`;
}

function likeness({ answer, similarity }: Resemblance): Html {
  return similarity >= 1
    ? html`It is <code>${answer}</code>, but for names and layout:`
    : html`It is ${Math.floor(similarity * 100)} % like <code>${answer}</code>:`;
}

function attemptsOf({ attempts }: ExerciseResult): Html | null {
  if (attempts.length === 0) return null;
  const shown = attempts.slice(-MOST_ATTEMPTS);
  return html`<details><summary>${countOf(attempts.length, 'attempt')}, by the file’s own word</summary>
<div class="table"><table><thead><tr><th scope="col">When</th><th scope="col">Verdict</th><th scope="col">Test</th></tr></thead><tbody>${shown.map((one) => html`<tr><td>${shownMoment(one.at)}</td><td>${one.verdict}</td><td>${clipped(one.test ?? '', 300)}</td></tr>`)}</tbody></table></div>${shown.length < attempts.length ? html`<p class="quiet">The last ${MOST_ATTEMPTS} of them.</p>` : null}</details>`;
}
