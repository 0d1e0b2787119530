/** Two similar answers side by side. */
import { countOf } from '../../grader/count-of.ts';
import { type Html, html } from '../report/html.ts';
import { pageText } from '../report/page.ts';
import { markedSources } from './marked-source.ts';
import { pairName, SIMILARITY_INDEX } from './page-names.ts';
import { PAIR_STYLE, pointedAt } from './style.ts';
import type { ExerciseSimilarity } from './types.ts';
import { personName, sameness, shownShare } from './words.ts';

const MOST_WORDS = 40;

/** `n`: which of the exercise's pairs, from 0. */
export function pairPage({ slug, title, pairs, usual, asSolution }: ExerciseSimilarity, n: number): Promise<string> {
  const pair = pairs[n];
  if (pair === undefined) throw new RangeError(`${slug} has ${pairs.length} pairs`);
  const { left, right, similarity, overlap, longest, same, rareWords, fragments } = pair;
  const marked = markedSources(left, right, fragments);
  const figures = [
    [shownShare(similarity), 'of their own code is also in the other'],
    [usual === null ? '–' : shownShare(usual.percentile95), 'is what 95 of 100 pairs here do not exceed'],
    [String(overlap), 'fingerprints have a partner on the other side'],
    [String(longest), longest === 1 ? 'line is the longest fragment' : 'lines are the longest fragment'],
  ];
  const said = sameness(same);
  const solved = [left, right].every((side) => asSolution.some(({ student }) => student.id === side.student.id));
  const body = html`<header><p class="over"><a href="${SIMILARITY_INDEX}">Similar answers</a> · ${title}</p>
<h1>${personName(left.student)} and ${personName(right.student)}</h1></header>
<main>
<nav aria-label="Pairs of this exercise">${link(slug, n - 1, pairs.length, 'the pair before')}${link(slug, n + 1, pairs.length, 'the next pair')}<a href="${SIMILARITY_INDEX}#${slug}">all pairs of this exercise</a></nav>
<ul class="figures">${figures.map(([value, what]) => html`<li><b>${value ?? ''}</b><span>${what ?? ''}</span></li>`)}</ul>
<div class="box"><p><b>A question, not a verdict.</b> Two students may come to the same lines by the same lecture, the same hint or a shared source. Ask them to explain what they wrote.</p></div>
${said === null ? null : html`<p>The two answers are <b>${said}</b>${solved ? ', and both are the course’s own published solution' : null}.</p>`}
${rareWords.length === 0 ? null : html`<p>Words that hardly anybody else uses: ${words(rareWords)}</p>`}
<p class="quiet">${marked.count === 0 ? html`No fragments are marked: the answers repeat themselves so often that each line of one fits many of the other.` : html`${countOf(marked.count, 'fragment')} in colour: a click on one leads to its partner. Lines that were given, or that much of the class wrote, do not count.`}</p>
<div class="sides"><section aria-label="Left">${marked.left}</section><section aria-label="Right">${marked.right}</section></div>
</main>
<footer>Names of variables, numbers, strings, comments and layout were not compared. For the teacher only.</footer>`;
  const heading = `${left.student.name || left.student.id} and ${right.student.name || right.student.id}: ${title}`;
  return pageText({ title: heading, body, style: PAIR_STYLE + pointedAt(marked.count) });
}

function words(rare: readonly string[]): Html {
  const shown = rare
    .slice(0, MOST_WORDS)
    .map((word, n) => html`${n === 0 ? null : ', '}<code><bdi>${word}</bdi></code>`);
  return html`${shown}${rare.length > MOST_WORDS ? ` … and ${rare.length - MOST_WORDS} more` : null}`;
}

function link(slug: string, n: number, pairs: number, text: string): Html | null {
  return n < 0 || n >= pairs ? null : html`<a href="${pairName(slug, n)}">${text}</a>`;
}
