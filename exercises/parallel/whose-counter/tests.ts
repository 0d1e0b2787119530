import { prediction, suite } from '../../../src/grader/suite.ts';

export default suite([
  prediction(
    'the two counters',
    {
      preemptions: 1,
      hint: 'Each process has a global variable of its own. The shared number is one for all, and += is two steps.',
    },
    (run) => run.stdout,
  ),
]);
