/** What a student's repository knows of its assignment: the exercises as the grader takes them. Types only. */
import type { Assignment } from '../../../classroom/assignment.ts';
import type { Gradable } from '../../../grader/gradable.ts';

/** Of one assigned exercise: what came with it, its suite too, which is in the bundle. Nothing of it is read from exercises/. */
export type GivenExercise = Gradable & { readonly title: string };

export interface AssignedWork {
  /** The repository's folder. */
  readonly root: string;
  readonly assignment: Assignment;
  /** In the assignment's order. */
  readonly exercises: readonly GivenExercise[];
}
