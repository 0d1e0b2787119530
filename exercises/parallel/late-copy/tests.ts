import { prediction, suite } from '../../../src/grader/suite.ts';

export default suite([
  prediction(
    'the order that arrives',
    {
      preemptions: 1,
      hint: 'The queue has a thread that pickles. It may come before the cake, or after it.',
    },
    (run) => run.stdout,
  ),
]);
