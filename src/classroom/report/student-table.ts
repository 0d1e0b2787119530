/** Everybody of the class in a table, each with a link to the page of their work. */
import type { ClassResults, StudentResult } from '../graded.ts';
import { claimOf } from './claim.ts';
import { type Html, html } from './html.ts';
import { percentOf, shownDuration, shownPoints } from './shown.ts';
import { type Standing, standingOf } from './standing.ts';

const MARKS: Readonly<Record<Standing, string>> = {
  passed: '✓',
  partly: '◐',
  failed: '✗',
  nothing: '·',
  ungraded: '?',
};
/** More exercises are marks without colours: a class of a thousand must stay a page that opens. */
const MOST_COLOURED = 12;

/** `pages`: by student's id. */
export function studentTable({ students, assignment }: ClassResults, pages: ReadonlyMap<string, string>): Html {
  const rows = students.map((result) => {
    const { student, points, possible, late, received, source, notes } = result;
    const percent = percentOf(points, possible);
    const marked = received?.markedLate === true && received.at === null;
    const lateness = late === 0 ? '' : marked ? 'marked late' : shownDuration(late);
    const claims = result.exercises.filter((exercise) => claimOf(exercise) !== null).length;
    const name = student.name || student.id;
    const strange = student.listed ? null : html` <span class="tag">not listed</span>`;
    return html`<tr><td class="wide file" data-sort="${name.toLowerCase()}"><a href="${pages.get(student.id) ?? ''}"><bdi>${name}</bdi></a>${strange}</td><td class="id"><bdi>${student.id}</bdi></td><td class="n" data-sort="${points}">${shownPoints(points)}</td><td class="n" data-sort="${percent ?? ''}">${percent === null ? '–' : `${Math.round(percent)} %`}</td><td data-sort="${passedCount(result)}">${source === null ? html`<span class="quiet">handed nothing in</span>` : marksOf(result)}</td><td class="n" data-sort="${late}">${lateness}</td><td class="n" data-sort="${notes.length + claims}">${notes.length === 0 ? '' : notes.length}${claims === 0 ? null : html` <span class="tag">claims more</span>`}</td></tr>
`;
  });
  const legend = Object.entries({ passed: 'passed', partly: 'partly', failed: 'failed', nothing: 'nothing handed in' });
  return html`<p class="quiet">Exercises in the assignment’s order (${assignment.exercises.length}): ${legend.map(([mark, word], n) => html`${n === 0 ? '' : ', '}<span class="${mark}">${MARKS[mark as Standing]}</span> ${word}`)}. <i>Claims more</i>: the file says of an exercise that it passed, and it does not.</p>
<div class="table"><table data-sortable><thead><tr><th scope="col">Name</th><th scope="col">Id</th><th scope="col" class="n">Points</th><th scope="col" class="n">Per cent</th><th scope="col">Exercises</th><th scope="col" class="n">Late</th><th scope="col" class="n">Notes</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function passedCount({ exercises }: StudentResult): number {
  return exercises.filter((exercise) => standingOf(exercise) === 'passed').length;
}

function marksOf({ exercises }: StudentResult): Html {
  const standings = exercises.map(standingOf);
  const counts = (Object.keys(MARKS) as Standing[]).flatMap((one) => {
    const count = standings.filter((standing) => standing === one).length;
    return count === 0 ? [] : `${count} ${one}`;
  });
  const marks =
    standings.length > MOST_COLOURED
      ? standings.map((one) => MARKS[one]).join('')
      : exercises.map(
          ({ title }, n) =>
            html`<span class="${standings[n] ?? ''}" title="${title}: ${standings[n] ?? ''}">${MARKS[standings[n] ?? 'nothing']}</span>`,
        );
  return html`<span class="marks" role="img" aria-label="${counts.join(', ')}">${marks}</span>`;
}
