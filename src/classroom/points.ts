/** How verdicts become points: shares by weight, and what being late costs. */
import type { AssignedExercise, LatePolicy } from './assignment.ts';
import type { GradedTest } from './graded.ts';

const DAY = 24 * 60 * 60;

/** To the hundredth, as gradebooks show them. */
export function rounded(points: number): number {
  return Math.round((points + Number.EPSILON) * 100) / 100;
}

export function possibleOf(assigned: AssignedExercise): number {
  return rounded(assigned.points + (assigned.private?.points ?? 0));
}

/** One test's worth. `tests`: all of the same exercise; those that students see and the teacher's own share separately. */
export function worthOf(assigned: AssignedExercise, test: GradedTest, tests: readonly GradedTest[]): number {
  const weigh = (one: GradedTest) => (one.private ? 1 : (assigned.weights[one.name] ?? 1));
  const beside = tests.filter((one) => one.private === test.private);
  const sum = beside.reduce((total, one) => total + weigh(one), 0);
  const points = test.private ? (assigned.private?.points ?? 0) : assigned.points;
  return sum === 0 ? 0 : (points * weigh(test)) / sum;
}

/** What an exercise's tests reach together, before lateness. */
export function pointsOf(assigned: AssignedExercise, tests: readonly GradedTest[]): number {
  const passed = tests.filter(({ verdict }) => verdict === 'passed');
  return rounded(passed.reduce((total, test) => total + worthOf(assigned, test, tests), 0));
}

/** Points taken away from `reached` for `late` seconds after the due date. */
export function deductionFor(policy: LatePolicy, late: number, reached: number): number {
  if (late <= 0 || policy.kind === 'accept') return 0;
  if (policy.kind === 'refuse') return reached;
  const percent = Math.min(policy.most, Math.ceil(late / DAY) * policy.perDay);
  return rounded((reached * percent) / 100);
}

/** Seconds by which `at` is after `due`; 0 if in time, or if either is not known. Both ISO with their offset. */
export function lateBy(due: string | undefined, at: string | null): number {
  if (due === undefined || at === null) return 0;
  return Math.max(0, (Date.parse(at) - Date.parse(due)) / 1000);
}
