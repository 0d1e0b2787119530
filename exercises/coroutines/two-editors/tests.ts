import { expect } from '../../../src/grader/expect.ts';
import { suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test("Ann's sentence is lost", {
    hint: 'Whoever has read the page writes what it was then, and a sentence more.',
  }, (run) => {
    expect('what is printed', run.stdout.trim()).toBe('Welcome. Bob, too.');
  }),
]);
