/** The text files of a student's repository. */
import type { Assignment } from '../../../classroom/assignment.ts';
import { possibleOf, rounded } from '../../../classroom/points.ts';
import { ANSWER_FILE } from '../../../course/answer-file.ts';
import type { Exercise } from '../../../course/schema.ts';
import { lateWords } from '../show-assignment.ts';

export function repositoryReadme(assignment: Assignment, exercises: readonly Exercise[]): string {
  const { title, message, due, late } = assignment;
  const all = rounded(assignment.exercises.reduce((sum, one) => sum + possibleOf(one), 0));
  const dates = due === undefined ? [] : [`Due ${due.replace('T', ' ')}; ${lateWords(late)}.`, ''];
  const rows = exercises.map(({ slug, title, kind }, index) => {
    const { points = 0, private: own } = assignment.exercises[index] ?? {};
    const worth = own ? `${points} + ${own.points}` : points;
    return `| [${cell(title)}](exercises/${slug}/README.md) | \`exercises/${slug}/${ANSWER_FILE[kind]}\` | ${worth} |`;
  });
  const hidden = assignment.exercises.some((one) => one.private)
    ? ['', 'The points behind a + are for tests that only your teacher has.']
    : [];
  const one = exercises[0]?.slug.split('/')[1] ?? '';
  return `${[
    `# ${line(title)}`,
    '',
    ...(message ? [escaped(message), ''] : []),
    ...dates,
    `${all} points:`,
    '',
    '| exercise | what you change | points |',
    '| :-- | :-- | --: |',
    ...rows,
    ...hidden,
    '',
    '## How to work',
    '',
    '```sh',
    'npm install              # once: brings the right Node along',
    `npm test ${one}     # grades one exercise; npm test alone grades all`,
    'git commit -am "My answers" && git push',
    '```',
    '',
    'Each exercise has a README with its task and its hints. Your program runs for real, on CPython, in a sandbox without network',
    'and files, and the tests try the orders in which its threads may run. A failure names the order that breaks it, and how to see it again.',
    '',
    'After each push GitHub Actions grades all exercises and shows the points in the summary of the job. The job, like `npm test`, is',
    'green (exit code 0) once **every** test passes that you can see, and red (1) until then: red means "not finished", and your points',
    'count all the same. Files that are as they came get no points.',
    '',
    'Not handing in by git? `npm run hand-in` writes a file with your answers, which you send to your teacher.',
    '',
    'The points that count are those that your teacher gets from grading your answers again: whatever you change outside of the files',
    'above changes nothing there.',
  ].join('\n')}\n`;
}

export function exerciseReadme({ title, slug, kind, task, hints }: Exercise): string {
  const name = slug.split('/')[1];
  return `${[
    `# ${line(title)}`,
    '',
    task,
    '',
    `Change \`${ANSWER_FILE[kind]}\`, then \`npm test ${name}\`.`,
    ...hints.flatMap((hint, index) => [
      '',
      `<details><summary>Hint ${index + 1}</summary>`,
      '',
      hint,
      '',
      '</details>',
    ]),
  ].join('\n')}\n`;
}

/** The one dependency is Node itself: npm puts it where the scripts find it, whatever the system has. */
export function packageJson({ id }: Assignment): string {
  const contents = {
    name: id,
    private: true,
    allowScripts: { node: true },
    dependencies: { node: '^26' },
    scripts: { test: 'node .happens-before/hb.mjs test', 'hand-in': 'node .happens-before/hb.mjs hand-in' },
  };
  return `${JSON.stringify(contents, null, 2)}\n`;
}

export const GIT_IGNORE = `node_modules/
package-lock.json
.happens-before/cache/
.happens-before/attempts.json
*.hb.json
__pycache__/
`;

export const GIT_ATTRIBUTES = `* text=auto eol=lf
.happens-before/** linguist-vendored -diff
*.zst binary
`;

/** Runs under any Node: says which one is needed, before the rest is read by one that cannot. */
export const STARTER = `// The grader of this repository. It is not part of the exercises: your teacher grades with another copy.
if (Number.parseInt(process.versions.node, 10) < 26) {
  console.error(\`This needs Node 26, and here is \${process.version}. Run npm install once, which brings it along, then npm test.\`);
  process.exit(2);
}
await import('./student.mjs');
`;

/** A template repository has no answers: it is not graded. The sandbox needs no network, so nothing is installed. */
export const WORKFLOW = `name: grade
on: [push, workflow_dispatch]
permissions:
  contents: read
jobs:
  grade:
    if: \${{ !github.event.repository.is_template }}
    runs-on: ubuntu-latest
    timeout-minutes: 60
    steps:
      - uses: actions/checkout@v7
        with:
          persist-credentials: false
      - uses: actions/setup-node@v7
        with:
          node-version: 26
      - run: npm test
`;

function line(text: string): string {
  return escaped(text).replace(/\s+/g, ' ');
}

function cell(text: string): string {
  return line(text).replace(/[|[\]\\]/g, '\\$&');
}

/** A teacher's words are text: an angle bracket is no HTML. */
function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
