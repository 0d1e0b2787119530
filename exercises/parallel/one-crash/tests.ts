import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('a crash costs one film only', {
    entry: call('convert_all', [['holiday', 'broken']]),
    hint: 'One of the processes never answers. How can the program know?',
  }, (run) => {
    expect('the sizes of the films', run.value).toEqual({ holiday: 7, broken: null });
    expect('the time for two films, in seconds,', run.clock).toBeAbout(1, 0.3);
  }),
  test('each film has its own size', {
    entry: call('convert_all', [['holiday', 'day']]),
    hint: 'Results come in the order in which the processes are done. Whose is it?',
  }, (run) => {
    expect('the sizes of the films', run.value).toEqual({ holiday: 7, day: 3 });
  }),
]);
