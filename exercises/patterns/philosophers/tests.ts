import { expect } from '../../../src/grader/expect.ts';
import { suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('all three wait for a fork', {
    anyOutcome: true,
    hint: 'Each must have one fork when the first one tries to take a second.',
  }, (run) => {
    expect('the number of those who eat', run.stdout.split('eats').length - 1).toBe(0);
    expect('the end', run.outcome.kind === 'deadlock' ? 'a deadlock' : 'no deadlock').toBe('a deadlock');
  }),
]);
