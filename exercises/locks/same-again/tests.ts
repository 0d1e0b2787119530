import { expect } from '../../../src/grader/expect.ts';
import { suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('one block is handed out twice', {
    hint: 'When Ann swaps, A must be on top again, and B must not be below it any more.',
  }, (run) => {
    expect('what is printed', run.stdout.trim()).toBe('in use: B A B');
  }),
]);
