import { expect } from '../../../src/grader/expect.ts';
import { suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('one payment is lost', {
    hint: 'Both must have loaded the total before either of them stores it.',
  }, (run) => {
    expect('what is printed', run.stdout.trim()).toBe('total: 5');
  }),
]);
