/** How thoroughly a hidden test is searched, and how its report says so. The same on every machine: no seconds. */
import type { Budget, SearchPart, Strategy } from '../worker/protocol.ts';
import { countOf } from './count-of.ts';

export interface Plan {
  readonly strategy: Strategy;
  readonly budget: Budget;
  /** Every run starts from an exact reset. */
  readonly exact: boolean;
  /** Given up if not even the schedules without a preemption are covered after so many. */
  readonly patience?: number;
}

/** Most mistakes need one preemption, nearly all others a second (Musuvathi and Qadeer, PLDI 2007). */
const PREEMPTIONS = 2;
/** Steps of all tests of an exercise together: one or two seconds, on a machine that is not new. */
const THOROUGH: Budget = { schedules: 6_000, steps: 5_000_000, seconds: null };
const SAMPLING_STEPS = 1_500_000;

/** To make a failing schedule small, or only to see that it fails again. */
export const MINIMISING: Budget = { schedules: 300, steps: 1_000_000, seconds: null };
export const REPLAYING: Budget = { schedules: 0, steps: 0, seconds: null };

/** For a program that has to start from nothing each time, as all that begin processes have: ten times as slow and more. */
const EXACT: Budget = { schedules: 260, steps: 1_500_000, seconds: null };
const EXACT_SAMPLING: Budget = { schedules: 40, steps: 250_000, seconds: null };
/**
 * Processes and the threads that the library begins for their queues wait for each other so often that a hundred thousand
 * schedules have no preemption. Then those that leave round-robin once or twice show most mistakes.
 */
const PATIENCE = 20;
const DELAYS: Plan = {
  strategy: { kind: 'delays', delays: 2 },
  budget: { schedules: 200, steps: 1_000_000, seconds: null },
  exact: true,
};

/**
 * First all moments at which something may happen to the world while its programs run in the usual order; then that
 * order is left, too. It is the number of moments that counts, not how many steps the machines take in between.
 */
const FAULTS: Plan = { strategy: { kind: 'delays', delays: 0 }, budget: { ...EXACT, steps: 6_000_000 }, exact: true };

/** For programs on several machines. */
export function onMachines(faults: boolean): Plan[] {
  return faults ? [FAULTS, DELAYS] : exactly(ALL.slice(0, 1));
}

/** The same plans with an exact reset before each run. */
export function exactly(plans: readonly Plan[]): Plan[] {
  return plans.flatMap((plan): Plan[] => {
    const exact = { ...plan, exact: true };
    if (plan.strategy.kind !== 'exhaustive') return [{ ...exact, budget: EXACT_SAMPLING }];
    return [{ ...exact, budget: EXACT, patience: PATIENCE }, DELAYS];
  });
}

const random: Plan = {
  strategy: { kind: 'random', seed: 1 },
  budget: { schedules: 200, steps: SAMPLING_STEPS, seconds: null },
  exact: false,
};

/** What is done one after the other until a run is wrong, or a plan has proved that none is. */
export const ALL: readonly Plan[] = [
  { strategy: { kind: 'exhaustive', preemptions: PREEMPTIONS, reduced: true }, budget: THOROUGH, exact: false },
  random,
  // For mistakes that random walks hardly ever find.
  { ...random, strategy: { kind: 'pct', depth: 3, seed: 1 }, budget: { ...random.budget, schedules: 100 } },
];

/** What an author can say that a wrong answer passes: who only tries it, or tries it often, does not see the mistake. */
export const CALM: readonly Plan[] = [{ ...random, strategy: { kind: 'round-robin' } }];
export const RANDOM: readonly Plan[] = [...CALM, random];

/** What a teacher may change of a search. */
export interface Tuning {
  /** Of the random walks. */
  readonly seed: number;
  /** Times what is searched otherwise. */
  readonly budget: number;
}

export function tuned(plan: Plan, { seed, budget: times }: Tuning = { seed: 1, budget: 1 }): Plan {
  const { strategy, budget } = plan;
  const more = (count: number) => Math.max(1, Math.round(count * times));
  return {
    ...plan,
    strategy: 'seed' in strategy ? { ...strategy, seed } : strategy,
    budget: { ...budget, schedules: more(budget.schedules), steps: more(budget.steps) },
  };
}

/** After a plan that was followed to its end without a wrong run. */
export function provedBy({ unbounded, explored, covered }: SearchPart): string {
  const runs = `${countOf(explored, 'run')} ${explored === 1 ? 'covers' : 'cover'} them all`;
  return `proved for every schedule${unbounded ? '' : bounded(covered)}: ${runs}`;
}

/** After a search that tried every moment at which something could happen to the world. */
export function momentsBy(explored: number): string {
  return `every moment at which something can happen to the machines: ${countOf(explored, 'run')}`;
}

/** After all plans, none of which could be followed to its end: so many runs, and up to where the search was complete. */
export function sampledBy(explored: number, covered: number): string {
  const schedules = countOf(explored, 'schedule');
  return covered < 0
    ? `sampled ${schedules} of more`
    : `proved for every schedule${bounded(covered)}; sampled ${schedules}`;
}

function bounded(preemptions: number): string {
  return preemptions === 0 ? ' without a preemption' : ` with at most ${countOf(preemptions, 'preemption')}`;
}
