/** The overview of similar answers: who stands out in several exercises, then exercise by exercise. */
import { countOf } from '../../grader/count-of.ts';
import { type Html, html } from '../report/html.ts';
import { pageText } from '../report/page.ts';
import { SORTING } from '../report/sorting.ts';
import { pairName } from './page-names.ts';
import { INDEX_STYLE } from './style.ts';
import type { ExerciseSimilarity, Person, SimilarGroup, Similarity, SimilarPair } from './types.ts';
import { usualDrawing } from './usual-drawing.ts';
import { personName, sameness, shownShare } from './words.ts';

const MOST_NAMES = 30;
const MOST_LINKS = 60;
const MOST_WORDS = 6;

export function indexPage({ exercises, groups }: Similarity): Promise<string> {
  const compared = exercises.filter(({ skipped }) => skipped === null);
  const pairs = compared.reduce((sum, one) => sum + one.pairs.length + one.unlisted, 0);
  const body = html`<header><p class="over"><a href="../index.html">Class report</a></p><h1>Similar answers</h1></header>
<main>
<div class="box"><p><b>A similar pair is a question, not a verdict.</b> Short exercises have few solutions, and whoever has heard the same lecture writes the same lines. See what is usual in the exercise, open the pair, and ask both to explain what they wrote.</p></div>
<ul class="figures"><li><b>${compared.length} of ${exercises.length}</b><span>exercises were compared</span></li><li><b>${pairs.toLocaleString('en')}</b><span>${pairs === 1 ? 'pair stands' : 'pairs stand'} out</span></li><li><b>${groups.length}</b><span>${groups.length === 1 ? 'group' : 'groups'} over several exercises</span></li></ul>
<nav aria-label="Sections"><a href="#groups">Groups</a>${exercises.map(({ slug, title, pairs: listed }) => html`<a href="#${slug}">${title}${listed.length === 0 ? null : ` (${listed.length})`}</a>`)}</nav>
<section aria-labelledby="groups"><h2 id="groups">Together in several exercises</h2>${groups.length === 0 ? html`<p>Nobody stands out with the same other student more often than chance would bring about.</p>` : groups.map((group) => groupView(group, exercises))}</section>
${exercises.map(
  (
    one,
  ) => html`<section aria-labelledby="${one.slug}"><h2 id="${one.slug}">${one.title}</h2>${exerciseView(one)}</section>
`,
)}
</main>
<footer>Compared were fingerprints of the programs’ tokens, without names, numbers, strings, comments and layout, without what was given, and without what more than a third of the class wrote. For the teacher only: it names students.</footer>`;
  return pageText({ title: 'Similar answers', body, script: SORTING, style: INDEX_STYLE });
}

function groupView({ students, links }: SimilarGroup, exercises: readonly ExerciseSimilarity[]): Html {
  const titles = new Map(exercises.map((one) => [one.slug, one]));
  const items = links.slice(0, MOST_LINKS).map(({ left, right, exercises: slugs }) => {
    const where = slugs.map((slug, n) => {
      const exercise = titles.get(slug);
      const pair = exercise?.pairs.findIndex(
        (one) => one.left.student.id === left.id && one.right.student.id === right.id,
      );
      const text = exercise?.title ?? slug;
      const shown =
        pair === undefined || pair < 0 ? html`${text}` : html`<a href="${pairName(slug, pair)}">${text}</a>`;
      return html`${n === 0 ? null : ', '}${shown}`;
    });
    return html`<li>${personName(left)} and ${personName(right)}: ${where}</li>`;
  });
  return html`<h3>${countOf(students.length, 'student')}</h3><ul class="people">${items}${links.length > MOST_LINKS ? html`<li>… and ${links.length - MOST_LINKS} more pairs of them</li>` : null}</ul>`;
}

function exerciseView(exercise: ExerciseSimilarity): Html {
  const { skipped, answers, usual, threshold, pairs, unlisted, sameText, asSolution, unreadable } = exercise;
  if (skipped === 'given')
    return html`<p class="quiet">Not compared: its answer is made of what was given, so whoever has it right has the same.</p>`;
  const also = [
    ...sameText.map(
      (group) => html`<li>The same text to the letter, from ${countOf(group.length, 'student')}: ${names(group)}</li>`,
    ),
    ...(asSolution.length === 0
      ? []
      : [
          html`<li>The course’s own published solution, but for names and layout, from ${countOf(asSolution.length, 'student')}: ${names(asSolution.map(({ student }) => student))}</li>`,
        ]),
    ...(unreadable.length === 0
      ? []
      : [html`<li>Compared line by line where Python cannot read it: ${names(unreadable)}</li>`]),
  ];
  const list = also.length === 0 ? null : html`<ul class="people">${also}</ul>`;
  if (skipped === 'too few' || usual === null)
    return html`<p class="quiet">Not compared: ${answers === 0 ? 'nobody has' : 'only one student has'} changed what was given.</p>${list}`;
  return html`<p>${countOf(answers, 'answer')}, ${countOf(usual.pairs, 'pair')}. Usual here: half of the pairs ${usual.median === 0 ? 'have nothing of their own in common' : `are at most ${shownShare(usual.median)} similar`}, 95 of 100 are at most ${shownShare(usual.percentile95)} similar. From ${shownShare(threshold)} on a pair is listed.</p>
${usualDrawing(usual, threshold)}
${pairs.length === 0 ? html`<p>No pair stands out.</p>` : pairTable(exercise)}${unlisted > 0 ? html`<p class="quiet">… and ${countOf(unlisted, 'pair')} more. So many similar answers mean that this exercise has few solutions.</p>` : null}
${list}`;
}

function pairTable({ slug, pairs, asSolution }: ExerciseSimilarity): Html {
  const solved = new Set(asSolution.map(({ student }) => student.id));
  const rows = pairs.map(
    (pair, n) =>
      html`<tr><td>${personName(pair.left.student)}</td><td>${personName(pair.right.student)}</td><td class="n" data-sort="${pair.similarity}"><a href="${pairName(slug, n)}">${shownShare(pair.similarity)}</a></td><td class="n">${pair.overlap}</td><td class="n">${pair.longest}</td><td class="also">${remarks(pair, solved)}</td></tr>`,
  );
  return html`<div class="table"><table data-sortable><thead><tr><th scope="col">Student</th><th scope="col">and</th><th scope="col" class="n">Similar</th><th scope="col" class="n">In common</th><th scope="col" class="n">Longest, lines</th><th scope="col">Also</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function remarks({ left, right, same, rareWords }: SimilarPair, solved: ReadonlySet<string>): Html {
  const both = solved.has(left.student.id) && solved.has(right.student.id);
  const said = both ? `${sameness(same)}: the published solution` : sameness(same);
  const shown = rareWords.slice(0, MOST_WORDS).map((word) => html` <code><bdi>${word}</bdi></code>`);
  const more = rareWords.length > MOST_WORDS ? ' …' : null;
  const rare = rareWords.length === 0 ? null : html`rare words:${shown}${more}`;
  return html`${said}${said !== null && rare !== null ? '; ' : null}${rare}`;
}

function names(people: readonly Person[]): Html {
  const shown = people.slice(0, MOST_NAMES).map((one, n) => html`${n === 0 ? null : ', '}${personName(one)}`);
  return html`${shown}${people.length > MOST_NAMES ? ` and ${people.length - MOST_NAMES} more` : null}`;
}
