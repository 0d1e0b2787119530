/** Whose grades may go to a learning platform: those that are complete, of people it knows. */
import type { ClassResults, StudentResult } from '../graded.ts';
import { standingOf } from './standing.ts';

/** A file that a learning platform reads grades from. */
export interface GradesImport {
  /** Null: it would be of no use. */
  readonly csv: string | null;
  /** Who is not in it, or why there is none: sentences for the teacher. */
  readonly says: readonly string[];
}

export interface Gradable {
  readonly students: readonly StudentResult[];
  readonly says: readonly string[];
}

/**
 * Students who handed nothing in are left out, so that a grade by hand or an excuse on the platform is not overwritten by
 * 0; so is who has an exercise that could not be graded, and who is in no class list.
 */
export function importable({ students }: ClassResults): Gradable {
  const absent = students.filter(({ source }) => source === null);
  const unlisted = students.filter(({ source, student }) => source !== null && !student.listed);
  const known = students.filter(({ source, student }) => source !== null && student.listed);
  const ungraded = known.filter((one) => one.exercises.some((exercise) => standingOf(exercise) === 'ungraded'));
  return {
    students: known.filter((one) => !ungraded.includes(one)),
    says: [
      ...left(absent, 'handed nothing in', 'Their grades on the platform stay as they are.'),
      ...left(unlisted, 'not in the class list', 'Enter their grades by hand.'),
      ...left(ungraded, 'work could not be graded as a whole', 'Grade again, then import again.'),
    ],
  };
}

/** "2 students are left out (handed nothing in): ann, bob. …" */
export function left(who: readonly StudentResult[], why: string, then: string): string[] {
  if (who.length === 0) return [];
  const named = who.slice(0, 10).map(({ student }) => student.id);
  const more = who.length > named.length ? ` and ${who.length - named.length} more` : '';
  const count = who.length === 1 ? '1 student is' : `${who.length} students are`;
  return [`${count} left out (${why}): ${named.join(', ')}${more}. ${then}`];
}

/** What stood in a column of the class list, however its heading was capitalised. */
export function columnOf({ student: { columns } }: StudentResult, ...headings: readonly string[]): string {
  for (const wanted of headings) {
    const heading = Object.keys(columns).find((one) => one.trim().toLowerCase() === wanted.toLowerCase());
    const value = heading === undefined ? '' : (columns[heading] ?? '').trim();
    if (value !== '') return value;
  }
  return '';
}
