/** What a teacher changes of a search: the seeds of its random walks, and how long it goes on. */
import { expect, test } from 'vitest';
import { ALL, onMachines, tuned } from './plans.ts';

test('untouched, a plan is what everybody gets', () => {
  for (const plan of [...ALL, ...onMachines(true)]) expect(tuned(plan)).toEqual(plan);
});

test('the seed goes to every random walk, and to nothing else', () => {
  const seeds = ALL.map((plan) => tuned(plan, { seed: 42, budget: 1 }).strategy);
  expect(seeds).toEqual([ALL[0]?.strategy, { kind: 'random', seed: 42 }, { kind: 'pct', depth: 3, seed: 42 }]);
});

test('the budget is that many times the usual one, and never nothing', () => {
  const half = ALL.map((plan) => tuned(plan, { seed: 1, budget: 0.5 }).budget);
  expect(half.map(({ schedules }) => schedules)).toEqual([3_000, 100, 50]);
  expect(half.map(({ steps }) => steps)).toEqual([2_500_000, 750_000, 750_000]);
  const tiny = ALL.map((plan) => tuned(plan, { seed: 1, budget: 0.001 }).budget.schedules);
  expect(tiny).toEqual([6, 1, 1]);
});
