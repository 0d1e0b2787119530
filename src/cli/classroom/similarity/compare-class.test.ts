/** Who may have worked with whom: copies are found under other names and in another order, honest answers are not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../../../build/engine.ts';
import { assignment as schema } from '../../../classroom/assignment.ts';
import type { Similarity } from '../../../classroom/similarity/types.ts';
import type { EngineClient } from '../../../worker/client-types.ts';
import { createNodeEngine } from '../../../worker/node.ts';
import { exercisesOf, filesBelow, readCourse, SOLUTIONS } from '../../course-files.ts';
import type { Work } from '../types.ts';
import { compareWorks } from './compare-class.ts';
import { COPY, HONEST } from './honest-buffers.ts';

const BUFFER = 'synchronisation/bounded-buffer';
const ACCOUNT = 'locks/lost-update';
const MARKS = 'threads/after-you';
const course = readCourse();
const starter = (slug: string) => exercisesOf(course).find((one) => one.slug === slug)?.starter['exercise.py'] ?? '';
const solved = (slug: string) => filesBelow(SOLUTIONS).get(`${slug}/exercise.py`) ?? '';

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

function work(id: string, answers: Record<string, string>): Work {
  return {
    student: { id, name: `Name of ${id}`, email: '', listed: true, columns: {} },
    source: `${id}.zip`,
    received: { at: null, by: 'student' },
    answers: new Map(
      Object.entries(answers).map(([slug, text]) => {
        const file = slug === MARKS ? 'answer.txt' : 'exercise.py';
        return [slug, { files: { [file]: text }, attempts: [] }];
      }),
    ),
    engine: null,
    notes: [],
  };
}

function compare(works: readonly Work[], slugs: readonly string[] = [BUFFER]): Promise<Similarity> {
  const assignment = schema.parse({
    ...{ format: 'happens-before/assignment', version: 1, id: 'a', title: 'A', engine: '1' },
    exercises: slugs.map((slug) => ({ slug, points: 1 })),
  });
  return compareWorks(engine, assignment, course, works, SOLUTIONS);
}

/** Each honest answer from a student of its name, and more. */
function honestAnd(others: Record<string, string>): Work[] {
  return Object.entries({ ...HONEST, ...others }).map(([id, text]) => work(id, { [BUFFER]: text }));
}

function pairsOf({ exercises }: Similarity): string[] {
  return exercises.flatMap(({ pairs }) => pairs.map(({ left, right }) => `${left.student.id} ${right.student.id}`));
}

test('honest answers do not stand out', async () => {
  const { exercises, groups } = await compare(honestAnd({}));
  expect(exercises[0]).toMatchObject({
    skipped: null,
    answers: 6,
    pairs: [],
    unlisted: 0,
    sameText: [],
    asSolution: [],
  });
  expect(exercises[0]?.usual).toMatchObject({ pairs: 15 });
  expect(exercises[0]?.usual?.percentile95).toBeLessThan(0.2);
  expect(groups).toEqual([]);
});

test('a copy stands out under other names, with other comments, in another layout and order', async () => {
  const similarity = await compare(honestAnd({ copy: COPY }));
  expect(pairsOf(similarity)).toEqual(['copy one_condition']);
  const [pair] = similarity.exercises[0]?.pairs ?? [];
  expect(pair?.similarity).toBeGreaterThan(0.55);
  expect(pair?.longest).toBeGreaterThanOrEqual(5);
  expect(pair?.fragments.length).toBeGreaterThan(1);
  for (const { left, right } of pair?.fragments ?? [])
    for (const [side, { startRow, startCol, endRow, endCol }] of [
      [pair?.left, left],
      [pair?.right, right],
    ] as const) {
      const lines = side?.text.split('\n') ?? [];
      expect(lines[startRow]?.slice(startCol)).toMatch(/^\S/);
      expect(lines[endRow]?.slice(0, endCol)).toMatch(/\S$/);
    }
});

test('other names alone make the same program', async () => {
  const renamed = (HONEST.ring ?? '')
    .replaceAll('ring', 'circle')
    .replaceAll('item', 'thing')
    .replace('lock = ', 'a = ');
  const similarity = await compare(honestAnd({ z: renamed.replaceAll('(lock)', '(a)') }));
  expect(pairsOf(similarity)).toEqual(['ring z']);
  expect(similarity.exercises[0]?.pairs[0]).toMatchObject({ similarity: 1, same: 'program' });
});

test('the same text to the letter is told apart, and so are words that nobody else uses', async () => {
  const odd = (HONEST.semaphores ?? '').replaceAll('used', 'zwetschgen');
  const similarity = await compare(honestAnd({ a: odd, b: `${odd.replaceAll('\n', '  \r\n')}\r\n` }));
  const [pair] = similarity.exercises[0]?.pairs ?? [];
  expect(pair).toMatchObject({ same: 'text', rareWords: ['zwetschgen'], left: { student: { id: 'a' } } });
  expect(similarity.exercises[0]?.sameText).toEqual([
    [
      { id: 'a', name: 'Name of a' },
      { id: 'b', name: 'Name of b' },
    ],
  ]);
});

test('hostile answers are compared like others, and hide nobody', async () => {
  const hostile = {
    blanks: `${' '.repeat(199_000)}x`,
    deep: `x = ${'-'.repeat(199_000)}1`,
    evil: '</script>\u202e\0'.repeat(1000),
    lines1: 'a = 1\n'.repeat(33_000),
    lines2: 'b = 2\n'.repeat(33_000),
    surrogate: '\ud800'.repeat(50_000),
    words: Array.from({ length: 25_000 }, (_, n) => `w${n}`).join(' '),
  };
  const similarity = await compare(honestAnd({ copy: COPY, ...hostile }));
  expect(pairsOf(similarity)).toEqual(['lines1 lines2', 'copy one_condition']);
  expect(similarity.exercises[0]?.pairs[0]?.fragments).toEqual([]);
  expect(similarity.exercises[0]?.answers).toBe(14);
});

test('what was given does not count', async () => {
  const untouched = { a: starter(BUFFER), b: `# nothing done\n${starter(BUFFER)}`, c: starter(BUFFER) };
  const similarity = await compare(honestAnd(untouched));
  expect(similarity.exercises[0]?.answers).toBe(6);
  const more = `${starter(ACCOUNT)}\nprint(2)\n`;
  const alike = await compare(
    [work('a', { [ACCOUNT]: more }), work('b', { [ACCOUNT]: `${more}assert True\n` })],
    [ACCOUNT],
  );
  expect(alike.exercises[0]).toMatchObject({ answers: 2, pairs: [], unlisted: 0 });
});

test('what much of the class wrote does not count either, and who has the published solution is told', async () => {
  const class_ = Array.from({ length: 12 }, (_, n) => work(`s${n}`, { [ACCOUNT]: solved(ACCOUNT) }));
  const { exercises } = await compare([...class_, work('t', { [ACCOUNT]: starter(ACCOUNT) })], [ACCOUNT]);
  expect(exercises[0]).toMatchObject({ answers: 12, pairs: [], unlisted: 0 });
  expect(exercises[0]?.asSolution).toHaveLength(12);
  expect(exercises[0]?.asSolution[0]).toMatchObject({ sameText: true });
  expect(exercises[0]?.sameText.map((group) => group.length)).toEqual([12]);
});

test('marks are not compared, nor is a single answer', async () => {
  const two = [work('a', { [MARKS]: '[x] a\n', [BUFFER]: COPY }), work('b', { [MARKS]: '[x] a\n' })];
  const { exercises } = await compare(two, [MARKS, BUFFER]);
  expect(exercises.map(({ skipped, answers }) => [skipped, answers])).toEqual([
    ['given', 0],
    ['too few', 1],
  ]);
});

test('who stands out together in several exercises is a group, and the order of the works does not matter', async () => {
  const account = (n: number) =>
    `${solved(ACCOUNT)}\n${Array.from({ length: 6 }, (_, at) => `def f${at}(a):\n    return [x ${'+-*/%'[(n + at) % 5]} ${n} for x in a if a${'.b'.repeat(n + at)}]\n`).join('')}`;
  const works = Object.entries(HONEST).map(([id, text], n) => work(id, { [BUFFER]: text, [ACCOUNT]: account(n) }));
  const pair = work('copy', { [BUFFER]: COPY, [ACCOUNT]: account(0) });
  const slugs = [BUFFER, ACCOUNT];
  const similarity = await compare([...works, pair], slugs);
  expect(
    similarity.groups.map(({ students, links }) => [students.map(({ id }) => id), links.map((one) => one.exercises)]),
  ).toEqual([[['copy', 'one_condition'], [slugs]]]);
  expect(JSON.stringify(await compare([pair, ...works.reverse()], slugs))).toBe(JSON.stringify(similarity));
});
