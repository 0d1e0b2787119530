import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('each line names its own user', {
    entry: call(
      'serve',
      [
        [
          ['ana', 'read'],
          ['ben', 'delete'],
        ],
      ],
      'driver.py',
    ),
    hint: 'Between setting the user and reading it, another request may set it too.',
  }, (run) => {
    expect('the audit log', run.value).toEqual(['ana: read', 'ben: delete']);
  }),
  test('a thread that serves nobody says so', {
    entry: call('clean_up', ['ana', 'read'], 'driver.py'),
    hint: 'The background job runs in a thread of its own, in which no user was ever set.',
  }, (run) => {
    expect('the line of the background job', run.value).toEqual(['nobody: clean up']);
  }),
]);
