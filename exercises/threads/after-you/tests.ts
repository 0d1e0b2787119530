import { prediction, suite } from '../../../src/grader/suite.ts';

export default suite([
  prediction(
    'what the two have seen',
    {
      preemptions: 2,
      hint: 'Whoever looks last looks after both hands are up.',
    },
    (run) => run.stdout,
  ),
]);
