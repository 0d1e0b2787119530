import { expect } from '../../../src/grader/expect.ts';
import { suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('the program waits for ever', {
    anyOutcome: true,
    hint: 'The signal has to come when the parent has looked and does not sleep yet.',
  }, (run) => {
    expect('how the program ends', run.outcome.kind).toBe('deadlock');
  }),
]);
