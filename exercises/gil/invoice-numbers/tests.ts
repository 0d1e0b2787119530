import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

interface Office {
  got: number[][];
  last: number;
}

export default suite([
  test('the numbers are 1, 2, 3', {
    entry: call('office', [1, 3], 'driver.py'),
    hint: 'One clerk alone gets them in their order.',
  }, (run) => {
    const { got, last } = run.value as Office;
    expect('the numbers of the only clerk', got).toEqual([[1, 2, 3]]);
    expect('the last number', last).toBe(3);
  }),
  test('no number twice', {
    entry: call('office', [2, 2], 'driver.py'),
    hint: 'Another thread can ask while this one is being served.',
  }, (run) => {
    const { got, last } = run.value as Office;
    expect('the numbers of both clerks', got.flat().sort()).toEqual([1, 2, 3, 4]);
    expect('the last number', last).toBe(4);
  }),
]);
