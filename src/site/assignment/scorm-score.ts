/** The points of an assignment as elements of SCORM 2004's data model. */
import { objectiveOf } from '../../classroom/objective.ts';
import type { ExerciseScore, Score } from './score-reporter.ts';

/** An element's name and what it is to be. */
export type Element = readonly [name: string, value: string];

/**
 * `at`: which of cmi.objectives an objective is. An assignment is complete, and passed, with all points that can be had on the
 * page, and never failed before: platforms tend to lock what they take for finished.
 */
export function elementsOf(score: Score, at: (objective: string) => number): Element[] {
  const done = score.points >= score.possible;
  const begun = score.exercises.some(({ graded }) => graded);
  return [
    ...(begun ? marks('cmi', score) : []),
    ['cmi.completion_status', done ? 'completed' : 'incomplete'],
    ['cmi.success_status', done ? 'passed' : 'unknown'],
    ...score.exercises.flatMap((one) => objective(one, at(objectiveOf(one.slug)))),
  ];
}

function objective(exercise: ExerciseScore, index: number): Element[] {
  const { slug, points, possible, graded } = exercise;
  const name = `cmi.objectives.${index}`;
  const id: Element = [`${name}.id`, objectiveOf(slug)];
  if (!graded) return [id];
  const done = points >= possible;
  return [
    id,
    ...marks(name, exercise),
    [`${name}.completion_status`, done ? 'completed' : 'incomplete'],
    [`${name}.success_status`, done ? 'passed' : 'unknown'],
  ];
}

function marks(name: string, { points, possible }: Pick<Score, 'points' | 'possible'>): Element[] {
  return [
    [`${name}.score.scaled`, decimal(possible > 0 ? points / possible : 1)],
    [`${name}.score.raw`, decimal(points)],
    [`${name}.score.min`, '0'],
    [`${name}.score.max`, decimal(possible)],
  ];
}

/** real(10,7): never with an exponent. */
function decimal(value: number): string {
  return value.toFixed(7).replace(/\.?0+$/, '');
}

/** timeinterval(second,10,2). */
export function intervalOf(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 10) / 100);
  return `PT${Math.floor(seconds / 3600)}H${Math.floor((seconds % 3600) / 60)}M${(seconds % 60).toFixed(2)}S`;
}
