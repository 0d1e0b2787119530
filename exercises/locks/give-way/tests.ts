import { prediction, suite } from '../../../src/grader/suite.ts';

export default suite([
  prediction(
    'who gets what',
    {
      preemptions: 3,
      anyOutcome: true,
      hint: 'Whoever never waits while holding something cannot be part of a deadlock.',
    },
    (run) => (run.outcome.kind === 'deadlock' ? 'nothing is printed: a deadlock' : run.stdout),
  ),
]);
