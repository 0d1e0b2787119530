/**
 * canvas.csv: as Canvas' gradebook exports and imports it: who it is, the section, then a column for the assignment, whose
 * points possible stand in a row of their own. Canvas finds a student by its own ID, which only its own export has.
 */
import type { ClassResults, StudentResult } from '../graded.ts';
import { csv } from './csv.ts';
import { columnOf, type GradesImport, importable, left } from './grades-import.ts';

/** Canvas passes over a column with one of these in its heading. */
const NOT_AN_ASSIGNMENT = /(Current|Final|Override) (Score|Points|Grade|Status)/;

export function canvasCsv(results: ClassResults): GradesImport {
  const { students, says } = importable(results);
  const known = students.filter((one) => /^\d+$/.test(canvasId(one)));
  if (known.length === 0)
    return {
      csv: null,
      says: [
        students.length === 0
          ? 'Not written: nobody of the class list has grades to import.'
          : 'Not written: Canvas finds students by its own numbers, which are not in the class list. If you use Canvas, export the gradebook of your course there and give that file as the class list.',
      ],
    };
  const heading = headingOf(results.assignment.title, students);
  if (NOT_AN_ASSIGNMENT.test(heading))
    return {
      csv: null,
      says: [
        `Not written: Canvas reads no column called "${heading}", since it takes it for a total. Give the assignment another title.`,
      ],
    };
  const rows = known.map((one) => [...whoIs(one), one.points]);
  // As in Canvas' exports. It takes SIS User ID only together with SIS Login ID.
  const who = ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section'];
  const possible = ['    Points Possible', '', '', '', '', results.students[0]?.possible ?? 0];
  const strangers = students.filter((one) => !known.includes(one));
  return {
    csv: csv([[...who, heading], possible, ...rows]),
    says: [...says, ...left(strangers, 'no ID of Canvas in the class list', 'Enter their grades by hand.')],
  };
}

function whoIs(one: StudentResult): string[] {
  const name = columnOf(one, 'Student') || one.student.name;
  return [name, canvasId(one), columnOf(one, 'SIS User ID'), columnOf(one, 'SIS Login ID'), columnOf(one, 'Section')];
}

/** Empty: the class list is not Canvas' own, and a number called ID may be anybody's. */
function canvasId(one: StudentResult): string {
  const headings = Object.keys(one.student.columns);
  const exported = headings.includes('Section') && (headings.includes('Student') || headings.includes('LastName'));
  return exported ? columnOf(one, 'ID') : '';
}

/** The assignment's column of the class list, with Canvas' number in brackets; else its title, and Canvas asks what to do. */
function headingOf(title: string, students: readonly StudentResult[]): string {
  const headings = Object.keys(students[0]?.student.columns ?? {});
  const same = (one: string) =>
    one
      .replace(/ \(\d+\)$/, '')
      .trim()
      .toLowerCase() === title.toLowerCase();
  return headings.find(same) ?? title;
}
