import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

type Seen = [value: number, second: number][];

export default suite([
  test('what is measured arrives', {
    entry: call('watch', [[20, 21], 1], 'driver.py'),
    hint: 'The loop sleeps. Who wakes it?',
  }, (run) => {
    const seen = run.value as Seen;
    expect('the values and the seconds at which they arrive', seen).toEqual([
      [20, 1],
      [21, 2],
    ]);
  }),
  test('nothing gets lost between thread and loop', {
    entry: call('watch', [[20, 21], 0], 'driver.py'),
    hint: 'The thread may come while the loop is in the middle of `get` or `wait`. Who may touch what?',
  }, (run) => {
    const seen = run.value as Seen;
    expect(
      'the values',
      seen.map(([value]) => value),
    ).toEqual([20, 21]);
  }),
]);
