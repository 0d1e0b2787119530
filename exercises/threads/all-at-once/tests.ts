import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

const SERVICES = ['mail', 'weather', 'stocks'];

export default suite([
  test('three fetches take one second', {
    entry: call('fetch_all', [SERVICES]),
    hint: 'All threads must have been started before the first one is waited for.',
  }, (run) => {
    expect('the answers', run.value).toEqual([
      ['mail', 4],
      ['stocks', 6],
      ['weather', 7],
    ]);
    expect('the time it took, in seconds,', run.clock).toBeAbout(1);
  }),
]);
