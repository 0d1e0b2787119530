/** Nobody yields for ever while others could run. */
import { expect, test } from 'vitest';
import type { SwitchPoint, TaskId } from '../kernel/types.ts';
import { Fairness } from './fairness.ts';

function decide(fairness: Fairness, runnable: TaskId[], current: TaskId | null, why: SwitchPoint): readonly TaskId[] {
  fairness.decides(runnable, current, why);
  return fairness.allowed(runnable, current, why);
}

test('whoever yields twice lets those go first who were kept waiting', () => {
  const fairness = new Fairness();
  expect(decide(fairness, [2, 3, 1], 1, 'yield')).toEqual([2, 3, 1]);
  expect(decide(fairness, [2, 3, 1], 1, 'yield')).toEqual([2, 3]);
  fairness.runs(2);
  expect(decide(fairness, [3, 1], null, 'block')).toEqual([3]);
  fairness.runs(3);
  expect(decide(fairness, [1, 2], null, 'block')).toEqual([1, 2]);
});

test('nobody is kept waiting who could not run meanwhile', () => {
  const fairness = new Fairness();
  decide(fairness, [2, 1], 1, 'yield');
  decide(fairness, [3, 1], 1, 'yield');
  expect(decide(fairness, [2, 1], 1, 'yield')).toEqual([2, 1]);
  expect(decide(fairness, [2, 1], 1, 'yield')).toEqual([2]);
});

test('a yield counts when the task can go on again: until then its process computed', () => {
  const fairness = new Fairness();
  decide(fairness, [5], 1, 'yield');
  expect(decide(fairness, [2, 1], null, 'block')).toEqual([2, 1]);
  decide(fairness, [5], 1, 'yield');
  expect(decide(fairness, [2, 1], null, 'block')).toEqual([2]);
});

test('a task that does not yield goes on, and somebody always may', () => {
  const fairness = new Fairness();
  decide(fairness, [2, 1], 1, 'yield');
  decide(fairness, [2, 1], 1, 'yield');
  expect(decide(fairness, [2, 1], 1, 'step')).toEqual([2, 1]);
  expect(decide(fairness, [1], null, 'block')).toEqual([1]);
});

test('its name says what is owed', () => {
  const fairness = new Fairness();
  expect(fairness.name).toBe('');
  decide(fairness, [2, 3, 1], 1, 'yield');
  expect(fairness.name).toBe('1>2x1,1>3x1');
});
