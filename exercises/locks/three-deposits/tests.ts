import { expect } from '../../../src/grader/expect.ts';
import { suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('one deposit of three arrives', {
    hint: 'Two deposits are lost at once if both are made between one read and one write of the other clerk.',
  }, (run) => {
    expect('what is printed', run.stdout.trim()).toBe('balance: 10');
  }),
]);
