/** The class at a glance: report/index.html. */
import type { ClassResults } from '../graded.ts';
import { exerciseTable, ownWordTable, testTable, wrongAnswerTable } from './class-tables.ts';
import { histogram } from './histogram.ts';
import { type Html, html } from './html.ts';
import { pageText } from './page.ts';
import { percentOf, shownMoment } from './shown.ts';
import { SORTING } from './sorting.ts';
import { standingOf } from './standing.ts';
import { distribution, exerciseStatistics, quartilesOf, testStatistics, wrongAnswers } from './statistics.ts';
import { studentTable } from './student-table.ts';

export interface ClassPage {
  /** By student's id: the file name of the page, seen from the report's folder. */
  readonly pages: ReadonlyMap<string, string>;
  readonly files: readonly OtherFile[];
}

/** What there is beside the report. */
export interface OtherFile {
  readonly name: string;
  /** Seen from the report's folder; null: it was not written. */
  readonly href: string | null;
  readonly what: string;
  /** What the teacher should know of it: sentences. */
  readonly says: readonly string[];
}

export function classPage(results: ClassResults, { pages, files }: ClassPage): Promise<string> {
  const { assignment, students, engine } = results;
  const wrong = wrongAnswers(results);
  const exercises = exerciseStatistics(results);
  const tests = testStatistics(results);
  const sections: readonly (readonly [id: string, heading: string, content: Html | null])[] = [
    ['refused', 'Files that were not graded', refusedTable(results)],
    ['points', 'Points', students.some(({ source }) => source !== null) ? histogram(distribution(students)) : null],
    ['students', 'Students', students.length === 0 ? null : studentTable(results, pages)],
    ['exercises', 'Exercises', exerciseTable(exercises)],
    ['tests', 'Which tests fail most', tests.length === 0 ? null : testTable(tests)],
    ['wrong-answers', 'Common wrong answers', wrong.length === 0 ? null : wrongAnswerTable(wrong, pages)],
    ['own-word', 'How long it took, by the students’ own word', ownWordTable(exercises)],
    ['files', 'Files', fileList(files)],
  ];
  const shown = sections.filter(([, , content]) => content !== null);
  const due = assignment.due === undefined ? 'no due date' : `due ${shownMoment(assignment.due)}`;
  const body = html`<header><p class="over">Class report · ${due} · engine ${engine}</p><h1>${assignment.title}</h1></header>
<main>
<ul class="figures">${figures(results).map(([value, what]) => html`<li><b>${value}</b><span>${what}</span></li>`)}</ul>
<nav aria-label="Sections">${shown.map(([id, heading]) => html`<a href="#${id}">${heading}</a>`)}</nav>
${ungraded(results, pages)}
${shown.map(
  ([id, heading, content]) => html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>${content}</section>
`,
)}
</main>
<footer>For the teacher only: it names students, shows their code and the private tests. What students get is in the folder feedback.</footer>`;
  return pageText({ title: `${assignment.title}: class report`, body, script: SORTING });
}

function figures({ students, refused }: ClassResults): (readonly [string, string])[] {
  const handedIn = students.filter(({ source }) => source !== null);
  const percents = handedIn.flatMap(({ points, possible }) => percentOf(points, possible) ?? []);
  const median = quartilesOf(percents);
  const full = percents.filter((percent) => percent >= 100).length;
  const late = handedIn.filter((one) => one.late > 0).length;
  return [
    [`${handedIn.length} of ${students.length}`, 'students handed something in'],
    [median === null ? '–' : `${Math.round(median.median)} %`, 'is the median of their points'],
    [String(full), full === 1 ? 'has all points' : 'have all points'],
    [String(late), late === 1 ? 'was late' : 'were late'],
    ...(refused.length === 0
      ? []
      : [[String(refused.length), refused.length === 1 ? 'file was not graded' : 'files were not graded'] as const]),
  ];
}

/** What nobody should overlook: points are missing because of the grader, not because of the students. */
function ungraded({ students }: ClassResults, pages: ClassPage['pages']): Html | null {
  const all = students.flatMap((one) =>
    one.exercises.filter((exercise) => standingOf(exercise) === 'ungraded').map((exercise) => ({ one, exercise })),
  );
  if (all.length === 0) return null;
  const items = all
    .slice(0, 50)
    .map(
      ({ one: { student }, exercise: { slug, graded } }) =>
        html`<li><a href="${pages.get(student.id) ?? ''}"><bdi>${student.name || student.id}</bdi></a>, <code>${slug}</code>: ${graded?.broken ?? ''}</li>`,
    );
  return html`<div class="box"><p><b>Not everything could be graded.</b> These answers have no verdict yet, and no points for it:</p><ul>${items}${all.length > 50 ? html`<li>… and ${all.length - 50} more</li>` : null}</ul></div>`;
}

function refusedTable({ refused }: ClassResults): Html | null {
  if (refused.length === 0) return null;
  const rows = refused
    .slice(0, 1000)
    .map(
      ({ file, reason, advice }) =>
        html`<tr><td class="wide file"><code>${file}</code></td><td class="words">${reason}</td><td class="words">${advice}</td></tr>`,
    );
  return html`<p>These files count for nobody until you do something about them.</p><div class="table"><table><thead><tr><th scope="col">File</th><th scope="col">What is wrong</th><th scope="col">What to do</th></tr></thead><tbody>${rows}</tbody></table></div>${refused.length > 1000 ? html`<p class="quiet">… and ${refused.length - 1000} more.</p>` : null}`;
}

function fileList(files: readonly OtherFile[]): Html {
  const items = files.map(({ name, href, what, says }) => {
    const sentences =
      says.length === 0 ? null : html`<ul class="quiet">${says.map((one) => html`<li>${one}</li>`)}</ul>`;
    return html`<li>${href === null ? html`${name}` : html`<a href="${href}">${name}</a>`}: ${what}${sentences}</li>`;
  });
  return html`<ul>${items}</ul>`;
}
