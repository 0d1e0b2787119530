/** Every known wrong answer of the course is recognised under other names and in another layout, as itself and no other. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildEngine } from '../../../build/engine.ts';
import type { Graded, Resemblance } from '../../../classroom/graded.ts';
import { ANSWER_FILE } from '../../../course/answer-file.ts';
import type { VerdictKind } from '../../../grader/verdict.ts';
import type { EngineClient } from '../../../worker/client-types.ts';
import { createNodeEngine } from '../../../worker/node.ts';
import { exercisesOf, filesBelow, readCourse, SOLUTIONS } from '../../course-files.ts';
import { type FailingAnswer, resemblancesOf } from './compare-class.ts';

const ACCOUNT = 'locks/lost-update';
const course = readCourse();
const exercises = exercisesOf(course);
const solutions = filesBelow(SOLUTIONS);

let engine: EngineClient;
beforeAll(async () => {
  engine = createNodeEngine(await buildEngine());
});
afterAll(() => engine.dispose());

function failing(slug: string, text: string, fails: readonly (readonly [string, string])[], key = slug): FailingAnswer {
  const kind = exercises.find((one) => one.slug === slug)?.kind ?? 'fix';
  const tests = fails.map(([verdict, name]) => ({
    ...{ name, private: false, verdict: verdict as VerdictKind, proof: '' },
  }));
  const graded: Graded = { key, slug, tests, seconds: 1 };
  return { slug, files: { [ANSWER_FILE[kind]]: text }, graded };
}

function expected(text: string): [string, string][] {
  const [, verdict, name] = /^# expect: (\w+) (.+?)\s*$/m.exec(text) ?? [];
  return verdict === undefined || name === undefined ? [] : [[verdict, name]];
}

async function one(slug: string, text: string, fails: readonly (readonly [string, string])[]) {
  return (await resemblancesOf(engine, course, [failing(slug, text, fails)], SOLUTIONS)).get(slug) ?? null;
}

test('each wrong answer is itself, and no solution is a wrong answer', async () => {
  const answers = [...solutions].filter(([file]) => /\/(wrong-[^/]*|exercise\.py|moves\.txt|answer\.txt)$/.test(file));
  const run = engine.run(
    {
      files: { 'renamed.py': readFileSync(new URL('renamed.py', import.meta.url), 'utf8') },
      entry: { kind: 'call', file: 'renamed.py', function: 'renamed', args: [answers.map(([, text]) => text)] },
    },
    { kind: 'round-robin' },
    { trace: false },
    {},
    false,
  );
  const renamed = (await run.done)?.value as string[];
  const wanted = new Map<string, Partial<Resemblance>>();
  const all = answers.map(([file, text], at) => {
    const [topic = '', slug = '', name = ''] = file.split('/');
    const siblings = answers.filter(([other]) => other.startsWith(`${topic}/${slug}/`));
    if (name.startsWith('wrong-')) wanted.set(file, { answer: name.replace(/\.\w+$/, ''), similarity: 1 });
    // As if a solution failed like each of the wrong answers.
    const fails = name.startsWith('wrong-') ? expected(text) : siblings.flatMap(([, other]) => expected(other));
    return failing(`${topic}/${slug}`, name.endsWith('.py') ? (renamed[at] ?? '') : `# mine\n\n${text}`, fails, file);
  });
  const found = await resemblancesOf(engine, course, all, SOLUTIONS);
  const short = [...found].map(([file, { answer, similarity }]) => [file, { answer, similarity }]);
  expect(short.sort()).toEqual([...wanted].sort());
  expect(wanted.size).toBeGreaterThan(200);
  for (const { says } of found.values()) expect(says).toMatch(/^.{3,200}$/);
});

test('the author says what is wrong: in the docstring, in a comment, or by the name', async () => {
  const said = async (slug: string, name: string) => {
    const text = solutions.get(`${slug}/${name}`) ?? '';
    return (await one(slug, text, expected(text)))?.says;
  };
  expect(await said(ACCOUNT, 'wrong-lock-per-call.py')).toBe('A new lock for each call: nobody else ever asks for it.');
  expect(await said('threads/all-at-once', 'wrong-run.py')).toBe('run() does the work in the thread that calls it.');
  expect(await said('patterns/forks-in-order', 'wrong-left-first.py')).toBe('Left first.');
});

const NO_RELEASE = `import threading

class Account:
    def __init__(self):
        self.balance = 0
        self.mutex = threading.Lock()

    def deposit(self, amount):
        print('in')
        self.mutex.acquire()
        self.balance += amount

    def withdraw(self, amount):
        self.mutex.acquire()
        self.balance -= amount
`;

test('an answer that fails in the same way and changes much the same is like a known one', async () => {
  const like = await one(ACCOUNT, NO_RELEASE.replace(/(\+|-)= amount/g, '= self.balance $1 amount'), [
    ['deadlock', 'no deposit is lost'],
  ]);
  expect(like).toMatchObject({ answer: 'wrong-no-release', similarity: expect.closeTo(0.74, 2) });
  expect(like?.similarity).toBeLessThan(1);
});

test.each([
  ['another test fails', NO_RELEASE, [['deadlock', 'deposits and withdrawals do not disturb each other']]],
  ['it fails in another way', NO_RELEASE, [['failed', 'no deposit is lost']]],
  ['it is something else', 'class Account:\n    pass\n', [['failed', 'no deposit is lost']]],
  [
    'it is the starter',
    exercises.find(({ slug }) => slug === ACCOUNT)?.starter['exercise.py'] ?? '',
    [['failed', 'no deposit is lost']],
  ],
  ['Python cannot read it', 'def (:\0', [['error', 'no deposit is lost']]],
  ['it is empty', '', [['error', 'no deposit is lost']]],
] as const)('%s: it is none that is known', async (_, text, fails) => {
  expect(await one(ACCOUNT, text, fails)).toBeNull();
});
