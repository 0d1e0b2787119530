/** gradebook.csv: everybody and everything that counts, for the teacher's spreadsheet. */
import type { ClassResults, ExerciseResult, StudentResult } from '../graded.ts';
import { rounded } from '../points.ts';
import { type Cell, csv } from './csv.ts';
import { percentOf } from './shown.ts';
import { standingOf } from './standing.ts';

/** Without it, Excel reads a CSV that is double-clicked in the alphabet of the machine: "Zoë" becomes "ZoÃ«". */
const BYTE_ORDER_MARK = '\uFEFF';

export function gradebookCsv({ assignment, students }: ClassResults): string {
  const slugs = assignment.exercises.map(({ slug }) => slug);
  const head = ['id', 'name', 'email', 'points', 'possible', 'percent', ...slugs];
  const after = ['late_hours', 'deducted', 'received', 'received_by', 'source', 'notes'];
  return BYTE_ORDER_MARK + csv([[...head, ...after], ...students.map(rowOf)]);
}

function rowOf(result: StudentResult): Cell[] {
  const { student, exercises, received } = result;
  return [
    student.id,
    student.name,
    student.email,
    result.points,
    result.possible,
    percentOf(result.points, result.possible),
    ...exercises.map(pointsCell),
    rounded(result.late / 3600),
    result.deducted,
    received?.at ?? '',
    received?.by ?? '',
    result.source ?? '',
    [...(student.listed ? [] : ['Not in the class list.']), ...result.notes].join(' / '),
  ];
}

/** Empty: nothing was handed in, or it could not be graded; 0 is a verdict. */
function pointsCell(exercise: ExerciseResult): Cell {
  const standing = standingOf(exercise);
  return standing === 'nothing' || standing === 'ungraded' ? null : exercise.points;
}
