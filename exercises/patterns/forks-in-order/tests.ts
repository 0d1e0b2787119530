import { expect } from '../../../src/grader/expect.ts';
import { mostHeldByOne } from '../../../src/grader/observe.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('everybody eats', {
    entry: call('dinner'),
    trace: true,
    hint: 'At the last seat, the fork on the left has the higher number.',
  }, (run) => {
    expect('the meals at the three seats', run.value).toEqual([1, 1, 1]);
    expect('the number of forks that one holds while eating', mostHeldByOne(run)).toBe(2);
  }),
]);
