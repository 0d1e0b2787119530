import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('long chapters are there', {
    entry: call('publish', [[4000, 5]], 'driver.py'),
    hint: 'A chapter that does not fit into the pipe keeps its process alive until somebody takes it.',
  }, (run) => {
    expect('the chapters and their lines', run.value).toEqual([
      [0, 4000],
      [1, 5],
    ]);
    expect('the time for two chapters at once, in seconds,', run.clock).toBeAbout(1, 0.2);
  }),
  test('short chapters are there', {
    entry: call('publish', [[2, 1]], 'driver.py'),
    hint: 'A process that has ended has delivered everything. Is one that is alive still going to?',
  }, (run) => {
    expect('the chapters and their lines', run.value).toEqual([
      [0, 2],
      [1, 1],
    ]);
    expect('the time for two chapters at once, in seconds,', run.clock).toBeAbout(1, 0.2);
  }),
]);
