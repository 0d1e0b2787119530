/** moodle.csv: as Moodle's grade import reads it: who it is, the grade, and feedback. */
import type { ClassResults, StudentResult } from '../graded.ts';
import { csv } from './csv.ts';
import { columnOf, type GradesImport, importable, left } from './grades-import.ts';
import { lateSentence } from './lateness.ts';
import { shownPoints } from './shown.ts';

/** By what Moodle can find a student, and what its exports call that. */
const WHO: readonly { readonly heading: string; readonly of: (one: StudentResult) => string }[] = [
  { heading: 'Email address', of: (one) => one.student.email || columnOf(one, 'Email address', 'Email') },
  { heading: 'ID number', of: (one) => columnOf(one, 'ID number', 'idnumber') },
  { heading: 'Username', of: (one) => columnOf(one, 'Username') },
];

/**
 * Only columns that are filled in every row: where Moodle is to find students by a column and meets an empty cell, it gives
 * the grade to the student of the row before.
 */
export function moodleCsv(results: ClassResults): GradesImport {
  const { students, says } = importable(results);
  if (students.length === 0)
    return { csv: null, says: ['Not written: nobody of the class list has grades to import.'] };
  const [best] = [...WHO].sort((a, b) => filled(b.of, students) - filled(a.of, students));
  const known = best ? students.filter((one) => best.of(one) !== '') : [];
  if (known.length === 0)
    return {
      csv: null,
      says: [
        'Not written: Moodle finds students by e-mail address, ID number or user name, and the class list has none of these. If you use Moodle, export the grades of your course there and give that file as the class list.',
      ],
    };
  const columns = WHO.filter(({ of }) => filled(of, known) === known.length);
  const { title } = results.assignment;
  const head = [...columns.map(({ heading }) => heading), title, `${title} (feedback)`];
  const rows = known.map((one) => [...columns.map(({ of }) => of(one)), one.points, feedbackOf(one, results)]);
  const strangers = students.filter((one) => !known.includes(one));
  return {
    csv: csv([head, ...rows]),
    says: [...says, ...left(strangers, `no ${best?.heading} in the class list`, 'Enter their grades by hand.')],
  };
}

function filled(of: (one: StudentResult) => string, students: readonly StudentResult[]): number {
  return students.filter((one) => of(one) !== '').length;
}

/** Nothing that a student wrote: Moodle shows it as HTML. */
function feedbackOf(one: StudentResult, { assignment }: ClassResults): string {
  const points = one.exercises.map(
    (exercise) => `${exercise.title}: ${shownPoints(exercise.points)} of ${shownPoints(exercise.possible)}.`,
  );
  return [...points, ...(one.late > 0 ? [lateSentence(one, assignment.late)] : [])].join(' ');
}
