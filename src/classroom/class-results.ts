/** Puts together what students handed in and what came of grading it: points, lateness, and what the teacher should know. */
import type { AssignedExercise, Assignment } from './assignment.ts';
import type {
  ClassResults,
  ExerciseResult,
  Graded,
  Received,
  Refused,
  Resemblance,
  Student,
  StudentResult,
} from './graded.ts';
import { deductionFor, lateBy, pointsOf, possibleOf, rounded } from './points.ts';
import type { Answer } from './submission.ts';

/** What one student handed in. */
export interface HandedIn {
  readonly student: Student;
  readonly source: string;
  readonly received: Received;
  readonly answers: ReadonlyMap<string, Answer>;
  readonly notes: readonly string[];
}

export interface Marking {
  readonly assignment: Assignment;
  /** Of exercises, by slug. */
  readonly titles: ReadonlyMap<string, string>;
  readonly students: readonly Student[];
  readonly works: readonly HandedIn[];
  readonly refused: readonly Refused[];
  /** Every answer that was handed in has one. */
  readonly gradedOf: (slug: string, files: Answer['files']) => Graded | undefined;
  readonly resemblanceOf: (slug: string, files: Answer['files']) => Resemblance | null;
  readonly engine: string;
}

export function classResults(marking: Marking): ClassResults {
  const { assignment, students, works, refused, engine } = marking;
  const workOf = new Map(works.map((work) => [work.student.id, work]));
  const listed = students.filter((student) => student.listed);
  const others = students.filter((student) => !student.listed).sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    assignment,
    students: [...listed, ...others].map((student) => resultOf(student, workOf.get(student.id), marking)),
    refused,
    engine,
  };
}

function resultOf(student: Student, work: HandedIn | undefined, marking: Marking): StudentResult {
  const { assignment } = marking;
  const exercises = assignment.exercises.map((one) => exerciseOf(one, work, marking));
  const sum = (what: (one: ExerciseResult) => number) => rounded(exercises.reduce((all, one) => all + what(one), 0));
  const reached = sum(({ points }) => points);
  const late = work ? latenessOf(assignment, work.received) : 0;
  const deducted = deductionFor(assignment.late, late, reached);
  return {
    student,
    source: work?.source ?? null,
    received: work?.received ?? null,
    late,
    exercises,
    reached,
    deducted,
    points: rounded(reached - deducted),
    possible: sum(({ possible }) => possible),
    notes: work ? [...work.notes, ...notesOn(work, exercises, assignment)] : ['Nothing was handed in.'],
  };
}

function exerciseOf(one: AssignedExercise, work: HandedIn | undefined, marking: Marking): ExerciseResult {
  const { slug } = one;
  const answer = work?.answers.get(slug);
  const graded = (answer && marking.gradedOf(slug, answer.files)) ?? null;
  return {
    slug,
    title: marking.titles.get(slug) ?? slug,
    files: answer?.files ?? null,
    graded,
    points: graded ? pointsOf(one, graded.tests) : 0,
    possible: possibleOf(one),
    attempts: answer?.attempts ?? [],
    resembles: answer ? marking.resemblanceOf(slug, answer.files) : null,
  };
}

/** Marked as late by who does not say how late: as if it were a second, so that one day has begun. */
function latenessOf({ due }: Assignment, { at, markedLate }: Received): number {
  const late = lateBy(due, at);
  return late === 0 && at === null && markedLate && due !== undefined ? 1 : late;
}

function notesOn({ received }: HandedIn, exercises: readonly ExerciseResult[], assignment: Assignment): string[] {
  const notes: string[] = [];
  if (received.markedLate && received.at === null && assignment.due !== undefined)
    notes.push('It counts as one day late.');
  for (const { slug, graded, attempts } of exercises) {
    if (graded?.broken !== undefined) notes.push(`${slug} could not be graded. ${graded.broken}`);
    if (assignment.attempts !== undefined && attempts.length > assignment.attempts)
      notes.push(
        `${slug} was graded ${attempts.length} times on the page, by the file's own word; ${assignment.attempts} were allowed.`,
      );
  }
  return notes;
}
