/** The tables of the class report that are not about single students. */
import { type Html, html } from './html.ts';
import { shownDuration, VERDICT_WORDS } from './shown.ts';
import type { Standing } from './standing.ts';
import type { ExerciseStatistics, Quartiles, TestStatistics, WrongAnswer } from './statistics.ts';

const STANDINGS: readonly (readonly [Standing, string])[] = [
  ['passed', 'Passed'],
  ['partly', 'Partly'],
  ['failed', 'Failed'],
  ['nothing', 'Nothing'],
  ['ungraded', 'Not graded'],
];
/** Of those who gave a wrong answer. */
const MOST_NAMES = 12;

export function exerciseTable(exercises: readonly ExerciseStatistics[]): Html {
  const used = STANDINGS.filter(([name]) => name !== 'ungraded' || exercises.some((one) => one.standings.ungraded > 0));
  const rows = exercises.map(({ slug, title, standings }) => {
    const all = Math.max(
      1,
      STANDINGS.reduce((sum, [name]) => sum + standings[name], 0),
    );
    const parts = used
      .filter(([name]) => name !== 'nothing' && standings[name] > 0)
      .map(([name]) => html`<i class="${name}" style="width:${Math.round((standings[name] / all) * 1000) / 10}%"></i>`);
    const counts = used.map(([name]) => html`<td class="n">${standings[name]}</td>`);
    return html`<tr><td data-sort="${title}">${title}<br><span class="quiet">${slug}</span></td>${counts}<td><span class="bar" aria-hidden="true">${parts}</span></td></tr>
`;
  });
  const heads = used.map(([, word]) => html`<th scope="col" class="n">${word}</th>`);
  return html`<p class="quiet">Partly: some of its tests pass. Nothing: not handed in.</p><div class="table"><table data-sortable><thead><tr><th scope="col" class="wide">Exercise</th>${heads}<th scope="col" data-plain>Of the class</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

export function testTable(tests: readonly TestStatistics[]): Html {
  const rows = tests.map(({ title, name, private: ofTeacher, failed, graded, verdicts }) => {
    const part = Math.round((failed / graded) * 100);
    const kinds = verdicts.map(([kind, count]) => `${count} ${VERDICT_WORDS[kind]}`).join(', ');
    return html`<tr><td class="words">${name}${ofTeacher ? html` <span class="tag">private</span>` : null}<br><span class="quiet">${title}</span></td><td class="n" data-sort="${failed / graded}">${failed} of ${graded} <span class="quiet">(${part} %)</span></td><td class="wide">${kinds}</td></tr>
`;
  });
  return html`<div class="table"><table data-sortable><thead><tr><th scope="col">Test</th><th scope="col" class="n">Fails</th><th scope="col">How</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** `pages`: by student's id. */
export function wrongAnswerTable(answers: readonly WrongAnswer[], pages: ReadonlyMap<string, string>): Html {
  const rows = answers.map(({ title, answer, says, by }) => {
    const exact = by.filter(({ similarity }) => similarity >= 1).length;
    const names = by
      .slice(0, MOST_NAMES)
      .map(
        ({ student: { student } }, n) =>
          html`${n === 0 ? '' : ', '}<a href="${pages.get(student.id) ?? ''}"><bdi>${student.name || student.id}</bdi></a>`,
      );
    const more = by.length > MOST_NAMES ? ` and ${by.length - MOST_NAMES} more` : '';
    return html`<tr><td class="words">${says}<br><span class="quiet">${title} · <code>${answer}</code> · ${exact} the same, ${by.length - exact} alike</span></td><td class="n">${by.length}</td><td class="words file">${names}${more}</td></tr>
`;
  });
  return html`<p class="quiet">Recognised by the wrong answers that each exercise is tested with.</p><div class="table"><table data-sortable><thead><tr><th scope="col">What is wrong with it</th><th scope="col" class="n">Students</th><th scope="col" data-plain>Who</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** Null: no file says anything. */
export function ownWordTable(exercises: readonly ExerciseStatistics[]): Html | null {
  if (exercises.every(({ attempts }) => attempts === null)) return null;
  const rows = exercises.map(
    ({ title, toPass, attempts }) =>
      html`<tr><td data-sort="${title}">${title}</td><td class="n">${attempts?.count ?? 0}</td>${spread(attempts, String)}<td class="n">${toPass?.count ?? 0}</td>${spread(toPass, shownDuration)}</tr>
`,
  );
  return html`<p class="quiet">From the first press of Grade to the first that passed, as the submission files tell it; 0 s: the first one passed. Nobody has checked it: a clock may be wrong, and a file can be edited. The middle half lies between the quartiles.</p><div class="table"><table data-sortable><thead><tr><th scope="col" class="wide">Exercise</th><th scope="col" class="n">Tried</th><th scope="col" class="n">Attempts: median</th><th scope="col" class="n">quartiles</th><th scope="col" class="n">Passed</th><th scope="col" class="n">Time to pass: median</th><th scope="col" class="n">quartiles</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function spread(quartiles: Quartiles | null, shown: (value: number) => string): Html {
  if (quartiles === null) return html`<td class="n" data-sort="">–</td><td class="n" data-sort="">–</td>`;
  const { low, median, high } = quartiles;
  return html`<td class="n" data-sort="${median}">${shown(median)}</td><td class="n" data-sort="${low}">${shown(low)} – ${shown(high)}</td>`;
}
