import { expect } from '../../../src/grader/expect.ts';
import { suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('the guest waits for ever', {
    anyOutcome: true,
    hint: 'The call must come when the guest has looked and does not wait yet.',
  }, (run) => {
    const end = run.outcome.kind === 'deadlock' ? 'nobody can go on' : run.stdout.trim();
    expect('the end', end).toBe('nobody can go on');
  }),
]);
