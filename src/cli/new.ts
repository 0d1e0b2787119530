/** `hb new TOPIC/SLUG`: the files of an exercise, filled with what must be replaced, and its line in course.json. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EXERCISES, SOLUTIONS } from './course-files.ts';
import { Usage } from './usage.ts';

const FILES = {
  'README.md': `---
title: A short title
kind: fix
concepts: [lock]
requires: []
outOfScope: []
starter: failed nothing is lost
---

A story of three sentences that a programmer meets at work. Then what to do, with exact names.

## Hint 1

Where to look.

## Hint 2

What happens there.

## Hint 3

How to mend it.
`,
  'exercise.py': `import threading

total = 0


def add():
    global total
    total = total + 1


def run():
    global total
    total = 0
    threads = [threading.Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return total
`,
  'tests.ts': `import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('nothing is lost', { entry: call('run'), hint: 'Two threads read the total before either writes it.' }, (run) => {
    expect('the total after two additions', run.value).toBe(2);
  }),
]);
`,
} as const;

const SOLUTION = FILES['exercise.py']
  .replace('total = 0\n\n', 'total = 0\nlock = threading.Lock()\n\n')
  .replace('    total = total + 1', '    with lock:\n        total = total + 1');
const RACE = '# expect: failed nothing is lost\n# concurrency: passes under round-robin\n';
const WRONG_1 =
  RACE + FILES['exercise.py'].replace('    total = total + 1', '    with threading.Lock():\n        total = total + 1');
const WRONG_2 = `# expect: failed nothing is lost\n${FILES['exercise.py'].replace('total + 1', 'total')}`;

export async function newExercise(args: string[]): Promise<number> {
  const [slug = ''] = args;
  const [topic, name] = slug.split('/');
  if (!topic || !name || !/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/.test(slug)) {
    throw new Usage('hb new TOPIC/SLUG: two words in small letters, as in hb new locks/lost-update');
  }
  const folder = path.join(EXERCISES, slug);
  if (existsSync(folder)) throw new Usage(`hb new: exercises/${slug} is there already`);
  const outline = path.join(EXERCISES, 'course.json');
  const course = JSON.parse(readFileSync(outline, 'utf8')) as { topics: { slug: string; exercises: string[] }[] };
  const entry = course.topics.find((candidate) => candidate.slug === topic);
  if (!entry) throw new Usage(`hb new: there is no topic "${topic}" in exercises/course.json; add it there first`);
  mkdirSync(folder, { recursive: true });
  mkdirSync(path.join(SOLUTIONS, slug), { recursive: true });
  for (const [file, text] of Object.entries(FILES)) writeFileSync(path.join(folder, file), text);
  writeFileSync(path.join(SOLUTIONS, slug, 'exercise.py'), SOLUTION);
  writeFileSync(path.join(SOLUTIONS, slug, 'wrong-lock-per-call.py'), WRONG_1);
  writeFileSync(path.join(SOLUTIONS, slug, 'wrong-no-addition.py'), WRONG_2);
  entry.exercises.push(name);
  writeFileSync(outline, `${JSON.stringify(course, null, 2)}\n`);
  process.stdout.write(
    `Made exercises/${slug} and solutions/${slug}. Edit them, then: npx hb check ${name} --accept\n`,
  );
  return 0;
}
