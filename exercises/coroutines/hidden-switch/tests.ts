import { prediction, suite } from '../../../src/grader/suite.ts';

export default suite([
  prediction(
    'how many tickets are left',
    {
      preemptions: 1,
      hint: 'All three look at `left` at second 0, and the cards are charged at second 1.',
    },
    (run) => run.stdout,
  ),
]);
