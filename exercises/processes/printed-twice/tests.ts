import { prediction, suite } from '../../../src/grader/suite.ts';

export default suite([
  prediction(
    'what is printed',
    {
      preemptions: 2,
      hint: 'Where is the word "open" when the process is copied?',
    },
    (run) => run.stdout.trim().split(/\s*\n/).join(' / '),
  ),
]);
