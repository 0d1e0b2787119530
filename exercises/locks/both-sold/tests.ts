import { expect } from '../../../src/grader/expect.ts';
import { suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('one ticket is sold twice', {
    hint: 'Both must have been told that there is a ticket before either takes it.',
  }, (run) => {
    expect('what is printed', run.stdout.trim()).toBe('tickets left: -1');
  }),
]);
