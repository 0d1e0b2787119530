import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('all readings arrive', {
    entry: call('read_all', [[20.5, 21]]),
    hint: 'The pipe ends when nobody holds its sending end any more. Who does?',
  }, (run) => {
    expect('what arrived', run.value).toEqual([20.5, 21]);
  }),
]);
