import { outputOf } from '../../../src/grader/observe.ts';
import { prediction, suite } from '../../../src/grader/suite.ts';

export default suite([
  prediction(
    'what the office counts',
    {
      model: 'blocking-only',
      preemptions: 0,
      faults: { most: 1, of: [{ kind: 'kill', terminal: 'worker', backAfter: 2 }] },
      hint: 'Put a finger between two commands, and let the worker die there.',
    },
    (run) => outputOf(run, 'office'),
  ),
]);
