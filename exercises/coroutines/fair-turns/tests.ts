import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('both walk at the same time', {
    entry: call('stroll'),
    hint: 'Whoever is woken next is on top of the heap. Who has not ended goes back into it.',
  }, (run) => {
    expect('who was seen, and when,', run.value).toEqual(['Ann 0', 'Bob 0', 'Ann 2', 'Bob 3', 'Ann 4']);
    expect('the time until both have ended, in seconds,', run.clock).toBeAbout(6, 0.1);
  }),
]);
