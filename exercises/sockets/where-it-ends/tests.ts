import { prediction, suite } from '../../../src/grader/suite.ts';

export default suite([
  prediction(
    'what is printed',
    {
      preemptions: 2,
      hint: 'A stream has no messages. What is there at the moment when recv looks?',
    },
    (run) => run.stdout.trim().split(/\s*\n/).join(' / '),
  ),
]);
