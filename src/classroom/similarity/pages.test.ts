/** The pages about similar answers: what students wrote is text in them, fragments lead to their partners, nothing runs. */
import { expect, test } from 'vitest';
import { markedSources } from './marked-source.ts';
import { SIMILARITY_INDEX, similarityPages } from './pages.ts';
import type { ExerciseSimilarity, Region, Side, Similarity, SimilarPair } from './types.ts';

const EVIL = '</script><script>alert(1)</script><img src=x onerror=alert(1)>"\'\u202e\u0000';

function side(id: string, text: string): Side {
  return { student: { id, name: `${EVIL} ${id}` }, text, files: [{ name: 'exercise.py', row: 0 }] };
}

function region(startRow: number, startCol: number, endRow: number, endCol: number): Region {
  return { startRow, startCol, endRow, endCol };
}

const pair: SimilarPair = {
  ...{ left: side('a', `lock = 1\n${EVIL}\n  go()\n`), right: side('b', `${EVIL}\n  go()\nlock = 2\n`) },
  ...{ similarity: 0.876, overlap: 20, longest: 2, same: 'text', rareWords: [EVIL] },
  fragments: [
    { left: region(0, 0, 0, 8), right: region(2, 0, 2, 8) },
    { left: region(1, 0, 2, 6), right: region(0, 0, 1, 6) },
    { left: region(2, 2, 2, 4), right: region(1, 2, 1, 4) },
  ],
};
const people = [pair.left.student, pair.right.student];
const exercise: ExerciseSimilarity = {
  ...{ slug: 'locks/a', title: 'A', skipped: null, answers: 3, threshold: 0.5, pairs: [pair, pair], unlisted: 7 },
  usual: { pairs: 3, median: 0.1, percentile95: 0.4, histogram: Array.from({ length: 20 }, (_, n) => n % 3) },
  ...{ sameText: [people], asSolution: [{ student: pair.left.student, sameText: true }], unreadable: people },
};
const empty: ExerciseSimilarity = {
  ...{ slug: 'locks/b', title: 'B', skipped: 'given', answers: 0, threshold: 1, pairs: [], unlisted: 0 },
  ...{ usual: null, sameText: [], asSolution: [], unreadable: [] },
};
const similarity: Similarity = {
  exercises: [exercise, empty],
  groups: [
    { students: people, links: [{ left: pair.left.student, right: pair.right.student, exercises: ['locks/a'] }] },
  ],
};

async function textsOf(one: Similarity): Promise<Map<string, string>> {
  return new Map(await Promise.all(similarityPages(one).map(async ([name, make]) => [name, await make()] as const)));
}

test('each pair has a page, and every link leads somewhere', async () => {
  const pages = await textsOf(similarity);
  expect([...pages.keys()]).toEqual([SIMILARITY_INDEX, 'locks--a-1.html', 'locks--a-2.html']);
  for (const [name, text] of pages)
    for (const [, href = ''] of text.matchAll(/href="([^"]*)"/g)) {
      if (href === '../index.html') continue;
      const [file = '', id] = href.split('#');
      const target = pages.get(file === '' ? name : file);
      expect(target, href).toBeDefined();
      if (id !== undefined) expect(target).toContain(`id="${id}"`);
    }
});

test('what students wrote is text, and only our own script runs', async () => {
  for (const [name, text] of await textsOf(similarity)) {
    expect(text).not.toMatch(/<script>alert|<img|\u202e|\0/);
    expect(text).toContain('&lt;script&gt;alert(1)');
    expect(text.match(/<script/g) ?? []).toHaveLength(name === SIMILARITY_INDEX ? 1 : 0);
    expect(text).toMatch(/http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;/);
    expect(text).not.toMatch(/https?:/);
  }
});

test('it says that it is a question, what is usual, and what is not listed', async () => {
  const [index = '', page = ''] = (await textsOf(similarity)).values();
  expect(index).toContain('A similar pair is a question, not a verdict.');
  expect(index).toContain('half of the pairs are at most 10 % similar, 95 of 100 are at most 40 % similar');
  expect(index).toContain('… and 7 pairs more');
  expect(index).toContain('made of what was given');
  expect(page).toContain('<b>87 %</b>');
  expect(page).toContain('<b>the same text</b>');
});

test('fragments have the same number on both sides; one that lies within another has none', () => {
  const marked = markedSources(pair.left, pair.right, pair.fragments);
  expect(marked.count).toBe(2);
  expect(marked.left.markup).toContain('<a class="f f1 c0" id="left-1" href="#right-1"><sup>1</sup>lock = 1</a>');
  expect(marked.right.markup).toContain('<a class="f f1 c0" id="right-1" href="#left-1"><sup>1</sup>lock = 2</a>');
  expect(marked.left.markup).toContain('<span>  <a class="f f2 c1" tabindex="-1" href="#right-2">go()</a></span>');
});

test('long sources are cut, and regions that are not in the text do no harm', () => {
  const long = side('a', `${'x'.repeat(100_000)}\n${'y\n'.repeat(5000)}`);
  const marked = markedSources(long, side('b', ''), [{ left: region(0, 400, 4000, 9), right: region(7, 3, 9, 1) }]);
  expect(marked.count).toBe(0);
  expect(marked.left.markup.length).toBeLessThan(60_000);
  expect(marked.left.markup).toContain('(100000 characters)');
  expect(marked.left.markup).toContain('4001 more lines');
});
