/** An assignment as text for a terminal: what each test is worth, when it is due. */
import type { Assignment, LatePolicy } from '../../classroom/assignment.ts';
import type { GradedTest } from '../../classroom/graded.ts';
import { possibleOf, rounded, worthOf } from '../../classroom/points.ts';
import type { Course } from '../../course/schema.ts';
import { exercisesOf, suiteOf } from '../course-files.ts';

export async function showAssignment(assignment: Assignment, course: Course): Promise<string> {
  const { title, due, late, attempts, asks, exercises } = assignment;
  const all = rounded(exercises.reduce((sum, one) => sum + possibleOf(one), 0));
  const lines = [`${title}: ${count(all, 'point')}${due === undefined ? '' : `, due ${due}, ${lateWords(late)}`}`];
  if (attempts !== undefined) lines.push(`Grade may be pressed ${count(attempts, 'time')} for each exercise.`);
  if (asks.length > 0) lines.push(`Students are asked for: ${asks.join(', ')}.`);
  for (const assigned of exercises) {
    const exercise = exercisesOf(course).find(({ slug }) => slug === assigned.slug);
    if (!exercise) continue;
    lines.push('', `  ${assigned.slug}: ${exercise.title} (${count(possibleOf(assigned), 'point')})`);
    const tests = (await suiteOf(exercise)).tests.map(({ name }) => visible(name));
    for (const test of tests) lines.push(worth(rounded(worthOf(assigned, test, tests)), test.name));
    if (assigned.private) lines.push(worth(assigned.private.points, 'your own tests, which students do not see'));
  }
  return `${lines.join('\n')}\n`;
}

export function lateWords(late: LatePolicy): string {
  if (late.kind === 'accept') return 'later work counts in full';
  if (late.kind === 'refuse') return 'later work gets no points';
  return `${late.perDay} % less for each day begun${late.most < 100 ? `, ${late.most} % at most` : ''}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/** Enough of a test to say what it is worth. */
function visible(name: string): GradedTest {
  return { name, private: false, verdict: 'passed', proof: '' };
}

function worth(points: number, what: string): string {
  return `  ${String(points).padStart(7)}  ${what}`;
}
