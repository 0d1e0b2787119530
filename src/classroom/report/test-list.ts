/** The tests of one answer, as the site's verdict panel shows them, each with what it is worth. */
import type { AssignedExercise } from '../assignment.ts';
import type { ExerciseResult, GradedTest } from '../graded.ts';
import { worthOf } from '../points.ts';
import { clipped, type Html, html } from './html.ts';
import { againOf } from './replay-url.ts';
import { shownPoints, VERDICT_WORDS } from './shown.ts';

/** Characters of what happened. */
const LONGEST = 4000;

/** `tests`: those of the answer that the reader of the page may see. `site`: as `siteAddress` returns it. */
export function testList(
  { slug, graded }: ExerciseResult,
  tests: readonly GradedTest[],
  assigned: AssignedExercise | undefined,
  site: string | null,
): Html {
  return html`<ul class="tests">${tests.map((test) => {
    const worth = assigned && graded ? worthOf(assigned, test, graded.tests) : 0;
    return item(slug, test, worth, site);
  })}</ul>`;
}

function item(slug: string, test: GradedTest, worth: number, site: string | null): Html {
  const passed = test.verdict === 'passed';
  const proof = test.proof === '' ? null : html` · ${test.proof}`;
  return html`<li class="${passed ? 'good' : 'bad'}"><div class="test"><span><b class="${passed ? 'passed' : 'failed'}" aria-hidden="true">${passed ? '✓' : '✗'}</b> ${test.name}${test.private ? html` <span class="tag">private</span>` : null} <span class="proof">${VERDICT_WORDS[test.verdict]}${proof}</span></span><span>${shownPoints(passed ? worth : 0)} of ${shownPoints(worth)}</span></div>${failureOf(slug, test, site)}</li>
`;
}

function failureOf(slug: string, test: GradedTest, site: string | null): Html | null {
  if (test.failure === undefined) return null;
  const { message, hint } = test.failure;
  const again = againOf(slug, test, site);
  return html`<p class="message">${clipped(message, LONGEST)}</p>${hint === '' ? null : html`<p><b>Hint.</b> ${hint}</p>`}${
    again === null
      ? null
      : again.kind === 'link'
        ? html`<p><a href="${again.url}" rel="noreferrer">Replay this run</a></p>`
        : html`<p class="quiet">See this run again: <code class="command">${again.command}</code></p>`
  }`;
}
