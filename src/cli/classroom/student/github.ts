/**
 * What GitHub Actions shows of a grading: the points as a notice, in the words of GitHub Classroom's autograder, which tools
 * still look for; and a summary of the job. Docs: "Workflow commands for GitHub Actions".
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { type Scored, sumOf } from './grade-work.ts';

/** Characters of a verdict in the summary, which has a bound of 1 MB for all of it. */
const LONGEST = 4000;

export interface GithubReport {
  /** Before anything that a student wrote is printed: lines of it are no commands. */
  begin(): void;
  end(scores: readonly Scored[]): void;
}

/** null elsewhere. */
export function githubReport(env: Readonly<Record<string, string | undefined>>): GithubReport | null {
  if (env.GITHUB_ACTIONS !== 'true') return null;
  const token = randomUUID();
  return {
    begin: () => void process.stdout.write(`::stop-commands::${token}\n`),
    end(scores) {
      const { points, possible } = sumOf(scores);
      process.stdout.write(`::${token}::\n`);
      notice('Autograding complete', `Points ${points}/${possible}`);
      notice('Autograding report', JSON.stringify({ totalPoints: points, maxPoints: possible }));
      if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, summaryOf(scores));
    },
  };
}

function notice(title: string, text: string): void {
  process.stdout.write(`::notice title=${title}::${text}\n`);
}

/** GitHub's Markdown: what stands in a verdict may hold anything that the student's program printed. */
export function summaryOf(scores: readonly Scored[]): string {
  const { points, possible } = sumOf(scores);
  const rows = scores.map((one) => `| ${one.slug} | ${one.verdict} | ${one.points}/${one.possible} |`);
  const verdicts = scores.map(({ text }) => `<pre>${escapeHtml(text.slice(0, LONGEST))}</pre>\n`);
  return [
    `## Points ${points}/${possible}\n`,
    '| exercise | verdict | points |',
    '| :-- | :-- | --: |',
    ...rows,
    '',
    '<details><summary>The verdicts</summary>\n',
    ...verdicts,
    '</details>\n',
  ].join('\n');
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
