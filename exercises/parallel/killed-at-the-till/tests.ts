import { expect } from '../../../src/grader/expect.ts';
import { suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('the shop waits for ever', {
    anyOutcome: true,
    hint: 'The clerk must be ended while he holds the lock.',
  }, (run) => {
    const end = run.outcome.kind === 'deadlock' ? 'nobody can go on' : run.stdout.trim();
    expect('the end', end).toBe('nobody can go on');
  }),
]);
