import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('the answer arrives', {
    entry: call('count', ['how many words are there'], 'driver.py'),
    hint: 'The service reads to the end of the text. How does it know where that is?',
  }, (run) => {
    expect('the answer', run.value).toBe('5 words');
  }),
]);
