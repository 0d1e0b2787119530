import { expect } from '../../../src/grader/expect.ts';
import { outputOf } from '../../../src/grader/observe.ts';
import { suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('the balance is right, whatever one crash does', {
    model: 'blocking-only',
    faults: { most: 1, of: [{ kind: 'kill', terminal: 'worker', backAfter: 2 }] },
    runs: 250,
    hint: 'After a crash, a payment comes again. Has it been paid in already? Who knows?',
  }, (run) => {
    expect('what the office sees', outputOf(run, 'office')).toBe('balance 25, not acknowledged 0\n');
  }),
]);
