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
  test('two disks and a camera wait for each other', {
    entry: call('two_disks', [1], 'driver.py'),
    hint: 'Who was woken looks again: another may have been quicker. And whom does notify wake, if a camera and a disk wait?',
  }, (run) => {
    expect('what was stored', run.value).toEqual([0, 1]);
    expect('the time spent, in seconds,', run.clock).toBeAbout(0);
  }),
]);
