import { prediction, suite } from '../../../src/grader/suite.ts';

export default suite([
  prediction(
    'what the reader sees',
    {
      preemptions: 3,
      hint: 'Between the two assignments, the flag tells what is not yet so.',
    },
    (run) => run.stdout,
  ),
]);
