import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('no deposit is lost', {
    entry: call('two_depositors', [2], 'driver.py'),
    hint: 'Both threads may read the balance before either of them writes it. One of the two sums is then overwritten.',
  }, (run) => {
    expect('the balance after four deposits of 10', run.value).toBe(40);
  }),
  test('deposits and withdrawals do not disturb each other', {
    entry: call('in_and_out', [2], 'driver.py'),
    hint: 'Which lock does deposit acquire, and which one does withdraw?',
  }, (run) => {
    expect('the balance after 50 in and 20 out, twice each,', run.value).toBe(60);
  }),
]);
