/** The exercises that an assignment names, as they came: what students get must hold nobody's solution. */
import type { Assignment } from '../../../classroom/assignment.ts';
import type { Course, Exercise } from '../../../course/schema.ts';
import { exercisesOf, isUntouched } from '../../course-files.ts';
import { Usage } from '../../usage.ts';

/** In the assignment's order. Throws Usage. */
export function chosenExercises({ exercises }: Assignment, course: Course): Exercise[] {
  const all = exercisesOf(course);
  return exercises.map(({ slug }) => {
    const found = all.find((exercise) => exercise.slug === slug);
    if (!found)
      throw new Usage(
        `hb classroom export: the assignment names ${slug}, which this course does not have. Correct its slug, or update the course.`,
      );
    if (!isUntouched(found))
      throw new Usage(
        `hb classroom export: exercises/${slug} is not as its author recorded it, so students would get your work. git checkout -- exercises/${slug} brings the starter back; authors record a new one with hb check --accept.`,
      );
    return found;
  });
}
