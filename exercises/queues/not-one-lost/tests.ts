import { expect } from '../../../src/grader/expect.ts';
import { outputOf } from '../../../src/grader/observe.ts';
import { suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('two orders are shipped', {
    model: 'blocking-only',
    runs: 1,
    hint: 'Nothing happens to anybody here. Is every order taken out and shipped?',
  }, (run) => {
    expect('what is shipped', outputOf(run, 'shop')).toBe('lamp rug\n');
  }),
  test('no order is lost, whatever one crash does', {
    model: 'blocking-only',
    faults: { most: 1, of: [{ kind: 'kill', terminal: 'worker', backAfter: 2 }] },
    runs: 250,
    hint: 'Where is an order between the moment when it is taken and the moment when it is shipped?',
  }, (run) => {
    expect('the different things that are shipped', [
      ...new Set(outputOf(run, 'shop').split(/\s+/).filter(Boolean)),
    ]).toEqual(['lamp', 'rug']);
  }),
]);
