import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('a transfer arrives', {
    entry: call('one_transfer', [], 'driver.py'),
    hint: 'The worker executes the transfer. Who is to execute what the transfer hands in?',
  }, (run) => {
    expect('the balances after the transfer', run.value).toEqual({ Ann: 30, Bob: 20 });
  }),
  test('two deposits at once both count', {
    entry: call('two_deposits', [], 'driver.py'),
    hint: 'In which threads are the balances changed?',
  }, (run) => {
    expect('the balance after two deposits of 10', run.value).toBe(20);
  }),
]);
