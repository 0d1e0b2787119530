import { prediction, suite } from '../../../src/grader/suite.ts';

export default suite([
  prediction(
    'the order in the kitchen',
    {
      preemptions: 3,
      hint: 'The event stays set after the first dish.',
    },
    (run) => run.stdout,
  ),
]);
