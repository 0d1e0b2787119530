/** Which gradings a class needs, and how they get into the file. */
import { expect, test } from 'vitest';
import type { Graded, Student } from '../../classroom/graded.ts';
import { gradeAll, jobsOf } from './grading.ts';
import type { ResultsFile } from './results-file.ts';
import type { Graders, Work } from './types.ts';

const student = (id: string): Student => ({ id, name: id, email: '', listed: true, columns: {} });
const work = (id: string, answers: Record<string, string>): Work => ({
  student: student(id),
  source: id,
  received: { at: null, by: 'student' },
  answers: new Map(
    Object.entries(answers).map(([slug, code]) => [slug, { files: { 'exercise.py': code }, attempts: [] }]),
  ),
  engine: null,
  notes: [],
});
const keyOf = (slug: string, files: Readonly<Record<string, string>>) => `${slug} ${files['exercise.py']}`;
const exercises = ['a/one', 'a/two'].map((slug) => ({ slug, points: 1, weights: {} }));
const WORKS = [
  work('ann', { 'a/two': 'x', 'a/one': 'same' }),
  work('bob', { 'a/one': 'same', 'a/two': 'y' }),
  work('cy', { 'a/one': 'same', 'a/other': 'z' }),
];

const graded = (key: string): Graded => ({ key, slug: 'a/one', tests: [], seconds: 0 });

function fileOf(...known: string[]): ResultsFile & { readonly added: string[] } {
  const added: string[] = [];
  const add = ({ key }: Graded) => void added.push(key);
  return { known: new Map(known.map((key) => [key, graded(key)])), add, close() {}, added };
}

test('what several students share is one grading, and belongs to none of them', () => {
  expect(jobsOf(WORKS, { exercises }, keyOf).map(({ key, from }) => [key, from])).toEqual([
    ['a/one same', undefined],
    ['a/two x', 'ann'],
    ['a/two y', 'bob'],
  ]);
});

test('what is known is not graded; without anything left no grader is asked for', async () => {
  const jobs = jobsOf(WORKS, { exercises }, keyOf);
  const asked: string[] = [];
  const graders: Graders = {
    grade: async ({ key }) => {
      asked.push(key);
      return graded(key);
    },
    close: async () => {},
  };
  const file = fileOf('a/one same');
  const done = await gradeAll(
    jobs,
    file,
    async () => graders,
    () => {},
  );
  expect([asked, file.added]).toEqual([
    ['a/two x', 'a/two y'],
    ['a/two x', 'a/two y'],
  ]);
  expect([[...done.graded.keys()].sort(), done.reused]).toEqual([['a/one same', 'a/two x', 'a/two y'], 1]);

  const all = fileOf(...jobs.map(({ key }) => key));
  const nobody = () => Promise.reject(new Error('nobody is needed'));
  expect((await gradeAll(jobs, all, nobody, () => {})).reused).toBe(3);
});

test('when the graders are closed it ends, and what was done until then is in the file', async () => {
  const waiting: ((error: Error) => void)[] = [];
  const graders: Graders = {
    grade: ({ key }) =>
      key === 'a/two x' ? Promise.resolve(graded(key)) : new Promise((_, reject) => waiting.push(reject)),
    close: async () => {
      for (const reject of waiting.splice(0)) reject(new Error('closed'));
    },
  };
  const file = fileOf();
  await expect(
    gradeAll(
      jobsOf(WORKS, { exercises }, keyOf),
      file,
      async () => graders,
      () => void graders.close(),
    ),
  ).rejects.toThrow('closed');
  expect(file.added).toEqual(['a/two x']);
});
