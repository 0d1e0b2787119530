import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('the balance is right, whatever one crash does', {
    entry: call('payments', [], 'driver.py'),
    model: 'blocking-only',
    faults: { most: 1, of: [{ kind: 'kill', terminal: 'worker', backAfter: 2 }] },
    runs: 250,
    hint: 'After a crash, a payment comes again. Has it been paid in already? Who knows?',
  }, (run) => {
    const [balance, pending] = run.value as [number, number];
    expect('the balance', balance).toBe(25);
    expect('the number of payments that are not acknowledged', pending).toBe(0);
  }),
]);
