import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('what goes in comes out', {
    entry: call('one_to_one', [1, 3], 'driver.py'),
    hint: 'Who waits for an empty buffer has to be told when something arrives, and who waits for a full one when something goes.',
  }, (run) => {
    expect('what was stored', run.value).toEqual([0, 1, 2]);
    expect('the time spent, in seconds,', run.clock).toBeAbout(0);
  }),
  test('a full buffer makes the camera wait', {
    entry: call('full', [], 'driver.py'),
    hint: 'The third picture has no place before the first one is fetched, a second later.',
  }, (run) => {
    expect('when the three pictures had been put, in seconds,', run.value).toEqual([0, 0, 1]);
  }),
  test('two disks wait for one picture', {
    entry: call('many', [2, 2, 2], 'driver.py'),
    hint: 'After waiting, is there still something? Another thread may have been quicker.',
  }, (run) => {
    expect('what was stored', run.value).toEqual([0, 1]);
  }),
  test('the right one is woken', {
    entry: call('many', [1, 2, 2], 'driver.py'),
    hint: 'Cameras and disks may wait at the same time. Whom does notify wake?',
  }, (run) => {
    expect('what was stored', run.value).toEqual([0, 1]);
    expect('the time spent, in seconds,', run.clock).toBeAbout(0);
  }),
]);
