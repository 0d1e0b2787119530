import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('whoever waits is told', {
    entry: call('one_waits', [], 'driver.py'),
    hint: 'The call may come when a thread has looked, and does not wait yet.',
  }, (run) => {
    expect('the time that the waiting took, in seconds,', run.value).toBeAbout(0);
  }),
  test('all are told', {
    entry: call('two_wait', [], 'driver.py'),
    hint: 'There may be several who wait, and some come when everything is over.',
  }, (run) => {
    expect('the time until nobody waits any more, in seconds,', run.value).toBeAbout(1);
  }),
]);
