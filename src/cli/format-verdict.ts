/** A verdict as text for a terminal. The browser shows the same sentences in its own dress. */
import { ANSWER_FILE } from '../course/answer-file.ts';
import type { Gradable } from '../grader/gradable.ts';
import type { Verdict } from '../grader/verdict.ts';

export function formatVerdict(slug: string, verdict: Verdict): string {
  const lines = verdict.tests.map((test) => `  ${test.verdict === 'passed' ? '✓' : '✗'} ${test.name} (${test.proof})`);
  if (verdict.kind === 'passed') return `✓ ${slug}: passed\n${lines.join('\n')}\n`;
  return `${[
    `✗ ${slug}: ${verdict.kind === 'unrepeatable' ? 'not repeatable' : verdict.kind}`,
    ...lines,
    ...verdict.message.split('\n').map((line) => `    ${line}`),
    `    Hint: ${verdict.hint}`,
    ...shown(slug, verdict),
  ].join('\n')}\n`;
}

/** Nothing was graded: the learner has not begun. */
export function formatUntouched({ slug, kind }: Pick<Gradable, 'slug' | 'kind'>): string {
  return `○ ${slug}: not started (exercises/${slug}/${ANSWER_FILE[kind]} is as it came)\n`;
}

/** How to see the run, or each outcome that was missed, again. */
function shown(slug: string, { findings = [], schedule = '' }: Exclude<Verdict, { kind: 'passed' }>): string[] {
  const again = (one: string) => `npm test ${slug.split('/')[1]} -- --schedule ${one}`;
  if (findings.length > 0) return findings.map((one) => `    See "${one.text}": ${again(one.schedule)}`);
  return schedule === '' ? [] : [`    See it again: ${again(schedule)}`];
}
