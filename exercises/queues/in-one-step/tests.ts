import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('a payment that comes twice is paid in once', {
    entry: call('one_after_the_other', [], 'driver.py'),
    model: 'blocking-only',
    runs: 1,
    hint: 'Payments 17 and 18 come, and then 17 once more. What must be remembered, and what must be asked?',
  }, (run) => {
    expect('the balance', run.value).toBe(25);
  }),
  test('also if both come at the same time', {
    entry: call('twice', [], 'driver.py'),
    hint: 'Both look before either has paid in. What makes the second one notice?',
  }, (run) => {
    expect('the balance', run.value).toBe(20);
  }),
]);
