import { expect, test } from 'vitest';
import { CourseError, loadCourse } from './load.ts';

const README = `---
title: Lost update
kind: fix
concepts: [race, Lock]
starter: failed no deposit is lost
---

Two clerks pay in at once.

\`\`\`python
## Hint 9 is not a heading with text after it
\`\`\`

## Hint 1

Look at the bytecode.

## Hint 2

Use \`with lock:\`.
`;

function files(changes: Record<string, string | null> = {}): Map<string, string> {
  const all: Record<string, string | null> = {
    'course.json': JSON.stringify({ topics: [{ slug: 'locks', title: 'Locks', exercises: ['lost-update'] }] }),
    'locks/lost-update/README.md': README,
    'locks/lost-update/exercise.py': 'balance = 0\n',
    'locks/lost-update/bank.py': 'RATE = 1\n',
    'locks/lost-update/driver.py': 'import exercise\n',
    'locks/lost-update/tests.ts': 'export default null;\n',
    ...changes,
  };
  return new Map(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null));
}

function problemsOf(map: Map<string, string>): readonly string[] {
  try {
    loadCourse(map);
  } catch (error) {
    if (error instanceof CourseError) return error.problems;
    throw error;
  }
  return [];
}

test('a folder becomes an exercise', () => {
  const [locks] = loadCourse(files()).topics;
  const [exercise] = locks?.exercises ?? [];
  expect(exercise).toMatchObject({
    slug: 'locks/lost-update',
    topic: 'locks',
    title: 'Lost update',
    kind: 'fix',
    concepts: ['race', 'Lock'],
    requires: [],
    hints: ['Look at the bytecode.', 'Use `with lock:`.'],
    support: { 'driver.py': 'import exercise\n' },
    starterVerdict: 'failed no deposit is lost',
    order: 0,
  });
  expect(Object.keys(exercise?.starter ?? {})).toEqual(['exercise.py', 'bank.py']);
  expect(exercise?.task.startsWith('Two clerks')).toBe(true);
});

test.each([
  ['break', 'moves.txt', '# one move a line\n'],
  ['predict', 'answer.txt', '[ ] 2\n[ ] 1\n'],
])('in an exercise of kind %s the answer is in %s, and the program is given', (kind, name, text) => {
  const readme = README.replace('fix', kind);
  const map = files({ 'locks/lost-update/README.md': readme, [`locks/lost-update/${name}`]: text });
  const exercise = loadCourse(map).topics[0]?.exercises[0];
  expect(exercise?.starter).toEqual({ [name]: text });
  expect(Object.keys(exercise?.support ?? {})).toEqual(['exercise.py', 'bank.py', 'driver.py']);
  const without = problemsOf(files({ 'locks/lost-update/README.md': readme }));
  expect(without).toEqual([expect.stringContaining(`exercises/locks/lost-update/${name}: is missing`)]);
});

test('in an exercise of kind order the program alone is edited', () => {
  const map = files({ 'locks/lost-update/README.md': README.replace('fix', 'order') });
  expect(Object.keys(loadCourse(map).topics[0]?.exercises[0]?.starter ?? {})).toEqual(['exercise.py']);
});

test('world.json is the exercise’s world', () => {
  const world = { hosts: [{ name: 'a' }], terminals: [{ host: 'a', command: 'python3 exercise.py' }] };
  const map = files({ 'locks/lost-update/world.json': JSON.stringify(world) });
  expect(loadCourse(map).topics[0]?.exercises[0]?.world).toEqual(world);
});

test('CRLF and a BOM change nothing', () => {
  const windows = files({ 'locks/lost-update/README.md': `\uFEFF${README.replace(/\n/g, '\r\n')}` });
  expect(loadCourse(windows).topics[0]?.exercises[0]?.hints).toHaveLength(2);
});

test.each([
  ['no course.json', { 'course.json': null }, 'exercises/course.json: is missing'],
  ['broken course.json', { 'course.json': '{' }, 'exercises/course.json: is not valid JSON'],
  ['unlisted folder', { 'locks/other/exercise.py': '' }, 'exercises/locks/other: is not in exercises/course.json'],
  ['no starter', { 'locks/lost-update/exercise.py': null }, 'exercises/locks/lost-update/exercise.py: is missing'],
  ['no tests', { 'locks/lost-update/tests.ts': null }, 'exercises/locks/lost-update/tests.ts: is missing'],
  ['an answer of another kind', { 'locks/lost-update/moves.txt': '' }, 'moves.txt: does not belong'],
  ['stray file', { 'locks/lost-update/notes.txt': '' }, 'exercises/locks/lost-update/notes.txt: does not belong'],
  [
    'a world without its host',
    { 'locks/lost-update/world.json': '{"hosts": [{"name": "a"}], "terminals": [{"host": "b", "command": "ls"}]}' },
    'exercises/locks/lost-update/world.json: `terminals.0.host`: there is no host "b"',
  ],
  ['no title', { 'locks/lost-update/README.md': README.replace(/title.*\n/, '') }, 'README.md: front matter: `title`'],
  ['unknown kind', { 'locks/lost-update/README.md': README.replace('fix', 'mend') }, 'README.md: front matter: `kind`'],
  ['unknown key', { 'locks/lost-update/README.md': README.replace('kind:', 'level: 3\nkind:') }, '"level"'],
  [
    'odd verdict',
    { 'locks/lost-update/README.md': README.replace('failed', 'wrong') },
    'README.md: front matter: `starter`',
  ],
  ['bad YAML', { 'locks/lost-update/README.md': README.replace('[race', '[[race') }, 'not valid YAML'],
  [
    'hints misnumbered',
    { 'locks/lost-update/README.md': README.replace('Hint 2', 'Hint 3') },
    '"## Hint 3" is out of order',
  ],
])('%s: the complaint names the file', (_what, changes, complaint) => {
  const problems = problemsOf(files(changes));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(complaint);
});

test('all problems are told at once', () => {
  const problems = problemsOf(files({ 'locks/lost-update/exercise.py': null, 'locks/lost-update/tests.ts': null }));
  expect(problems).toHaveLength(2);
});
