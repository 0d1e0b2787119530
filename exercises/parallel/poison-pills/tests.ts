import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('all pictures are shrunk', {
    entry: call('shrink_all', [['cat', 'dog'], 2]),
    hint: 'A pill is taken by one worker. What does the other one wait for?',
  }, (run) => {
    expect('the small pictures', [...(run.value as string[])].sort()).toEqual(['small cat', 'small dog']);
    expect('the time for two pictures and two workers, in seconds,', run.clock).toBeAbout(1, 0.2);
  }),
  test('more workers than pictures', {
    entry: call('shrink_all', [['cat'], 2]),
    hint: 'Two workers see that one picture is left. What becomes of the one that does not get it?',
  }, (run) => {
    expect('the small pictures', run.value).toEqual(['small cat']);
  }),
]);
