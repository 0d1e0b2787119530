import { prediction, suite } from '../../../src/grader/suite.ts';

export default suite([
  prediction(
    'what the visitors leave behind',
    {
      preemptions: 2,
      hint: '`append` and `setdefault` are one step each. `+=` is a load, an addition and a store.',
    },
    (run) => run.stdout,
  ),
]);
