/** What a grading says at its end: what was done, what was not and why, and where the results are. */
import path from 'node:path';
import type { ClassResults } from '../../classroom/graded.ts';
import type { Done } from './grading.ts';
import { printable } from './intake/printable.ts';

/** `skipped`: files that no student wrote. `written`: paths, the gradebook's and the class report's first. */
export function gradeSummary(
  { students, refused }: ClassResults,
  done: Done,
  skipped: number,
  written: readonly string[],
): string {
  const handedIn = students.filter(({ source }) => source !== null);
  const all = [...done.graded.values()];
  const broken = all.filter((one) => one.broken !== undefined).length;
  const lines = [
    `${count(students.length, 'student')}, ${handedIn.length} of them handed something in.`,
    `${count(all.length - done.reused - broken, 'answer')} graded${done.reused > 0 ? `, ${done.reused} graded before` : ''}${broken > 0 ? `, ${broken} could not be graded` : ''}.`,
  ];
  for (const { student, exercises } of handedIn) {
    for (const { slug, graded } of exercises) {
      if (graded?.broken !== undefined)
        lines.push(`✗ ${printable(student.id)}, ${slug}: ${printable(graded.broken, 600)}`);
    }
  }
  for (const { file, reason, advice } of refused)
    lines.push(`✗ ${printable(file, 1000)}: ${printable(reason, 1000)} ${printable(advice, 1000)}`);
  if (skipped > 0)
    lines.push(`${count(skipped, 'file or folder', 'files and folders')} left behind by programs: skipped.`);
  const notes = handedIn.reduce((sum, one) => sum + one.notes.length, 0);
  if (notes > 0) lines.push(`${count(notes, 'note')} on what was handed in: they are in the gradebook and the report.`);
  const [gradebook, report] = written;
  if (gradebook !== undefined) lines.push(`Gradebook: ${path.normalize(gradebook)}`);
  if (report !== undefined) lines.push(`Report: ${path.normalize(report)}`);
  return `${lines.join('\n')}\n`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
