import { prediction, suite } from '../../../src/grader/suite.ts';

export default suite([
  prediction(
    'who speaks when',
    {
      preemptions: 1,
      hint: 'A task begins when the present one waits for something. Where does main do that for the first time?',
    },
    (run) => run.stdout,
  ),
]);
