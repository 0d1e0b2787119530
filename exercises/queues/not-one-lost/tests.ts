import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('two orders are shipped', {
    entry: call('orders', [], 'driver.py'),
    model: 'blocking-only',
    runs: 1,
    hint: 'Nothing happens to anybody here. Is every order taken out and shipped?',
  }, (run) => {
    expect('what is shipped', run.value).toEqual(['lamp', 'rug']);
  }),
  test('no order is lost, whatever one crash does', {
    entry: call('orders', [], 'driver.py'),
    model: 'blocking-only',
    faults: { most: 1, of: [{ kind: 'kill', terminal: 'worker', backAfter: 2 }] },
    runs: 250,
    hint: 'Where is an order between the moment when it is taken and the moment when it is shipped?',
  }, (run) => {
    expect('the different things that are shipped', [...new Set(run.value as string[])]).toEqual(['lamp', 'rug']);
  }),
]);
