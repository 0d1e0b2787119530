/** Kept by the teacher: two accounts at once, and one account with many hands. */
import { expect } from 'happens-before/expect';
import { call, suite, test } from 'happens-before/suite';

export default suite([
  test('two accounts do not wait for each other', {
    entry: call('two_accounts', [], 'private_driver.py'),
    hint: 'What do two different accounts share?',
  }, (run) => {
    expect('the two balances', run.value).toEqual([10, 10]);
  }),
  test('three hands, one account', {
    entry: call('three_hands', [], 'private_driver.py'),
    hint: 'Every change of the balance, by whatever method, must keep all others out.',
  }, (run) => {
    expect('the balance after 10 in, 5 out and 10 in', run.value).toBe(15);
  }),
]);
