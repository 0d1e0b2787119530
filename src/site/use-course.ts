/** The course's index, which the course plugin gives to every page. */
import { usePluginData } from '@docusaurus/useGlobalData';
import type { CourseIndex, ExerciseEntry } from './exercise-data.ts';

export function useCourse(): CourseIndex {
  return usePluginData('course') as CourseIndex;
}

/** All exercises in course order. */
export function allExercises(course: CourseIndex): ExerciseEntry[] {
  return course.topics.flatMap((topic) => topic.exercises);
}
