import { prediction, suite } from '../../../src/grader/suite.ts';

export default suite([
  prediction(
    'how far the log is read',
    {
      preemptions: 1,
      hint: 'Go through it by hand: who asks whom for the next value, and how often?',
    },
    (run) => run.stdout,
  ),
]);
