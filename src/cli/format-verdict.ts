/** A verdict as text for a terminal. The browser shows the same sentences in its own dress. */
import type { Verdict } from '../grader/verdict.ts';

export function formatVerdict(slug: string, verdict: Verdict): string {
  const lines = verdict.tests.map((test) => `  ${test.verdict === 'passed' ? '✓' : '✗'} ${test.name} (${test.proof})`);
  if (verdict.kind === 'passed') return `✓ ${slug}: passed\n${lines.join('\n')}\n`;
  return `${[
    `✗ ${slug}: ${verdict.kind}`,
    ...lines,
    ...verdict.message.split('\n').map((line) => `    ${line}`),
    `    Hint: ${verdict.hint}`,
    ...(verdict.schedule ? [`    See it again: npm test ${slug.split('/')[1]} -- --schedule ${verdict.schedule}`] : []),
  ].join('\n')}\n`;
}
