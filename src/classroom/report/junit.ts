/** junit.xml of one submission: a suite for each exercise, for whatever reads test reports. The teacher's: private tests too. */
import { create } from 'xmlbuilder2';
import type { ExerciseResult, GradedTest, StudentResult } from '../graded.ts';
import { visible } from './html.ts';
import { VERDICT_WORDS } from './shown.ts';
import { standingOf } from './standing.ts';

/** `failure`: the program did what it should not; `error`: it did not come to an end that could be judged. */
const ERRORS: readonly GradedTest['verdict'][] = ['error', 'limit', 'unrepeatable'];

type Node = ReturnType<typeof create>;

/** No times: the same work gives the same file wherever it is graded. */
export function junitXml({ student, exercises }: StudentResult): string {
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele('testsuites', { name: characters(student.id) });
  for (const exercise of exercises) addSuite(root, exercise);
  return `${root.end({ prettyPrint: true })}\n`;
}

function addSuite(root: Node, exercise: ExerciseResult): void {
  const { slug, title, graded } = exercise;
  const standing = standingOf(exercise);
  const tests = graded?.tests ?? [];
  const bad = tests.filter(({ verdict }) => verdict !== 'passed');
  const errors = bad.filter(({ verdict }) => ERRORS.includes(verdict)).length;
  const whole = standing === 'nothing' || standing === 'ungraded';
  const suite = root.ele('testsuite', {
    name: slug,
    tests: String(whole ? 1 : tests.length),
    failures: String(whole ? 0 : bad.length - errors),
    errors: String(standing === 'ungraded' ? 1 : errors),
    skipped: String(standing === 'nothing' ? 1 : 0),
  });
  if (whole) {
    const only = suite.ele('testcase', { classname: slug, name: characters(title) });
    if (standing === 'nothing') only.ele('skipped', { message: 'nothing was handed in' });
    else only.ele('error', { type: 'ungraded', message: oneLine(graded?.broken ?? '') });
    return;
  }
  for (const test of tests) {
    const one = suite.ele('testcase', {
      classname: slug,
      name: characters(test.private ? `private: ${test.name}` : test.name),
    });
    if (test.verdict === 'passed') continue;
    const { message = VERDICT_WORDS[test.verdict], hint = '', schedule = '' } = test.failure ?? {};
    const lines = [
      message,
      ...(hint === '' ? [] : [`Hint: ${hint}`]),
      ...(test.proof === '' ? [] : [`Tried: ${test.proof}`]),
      ...(schedule === '' ? [] : [`Schedule: ${schedule}`]),
    ];
    one
      .ele(ERRORS.includes(test.verdict) ? 'error' : 'failure', { type: test.verdict, message: oneLine(message) })
      .txt(characters(lines.join('\n')));
  }
}

function oneLine(text: string): string {
  return characters(text.split('\n')[0] ?? '');
}

/** What XML 1.0 cannot hold is named instead, as are characters that nobody sees. */
function characters(text: string): string {
  return visible(text).replace(/[\uFFFE\uFFFF]/g, '\uFFFD');
}
