import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('one save, after the last change', {
    entry: call('edit', [2, [1, 0.5, 4]], 'driver.py'),
    hint: 'Keys at 0, 1 and 1.5 seconds, then nothing. What becomes of the wait that the first key began?',
  }, (run) => {
    expect('the moments of the saves', run.value).toEqual([3.5]);
  }),
  test('a change after a save is saved too', {
    entry: call('edit', [2, [5, 4]], 'driver.py'),
    hint: 'Keys at 0 and 5 seconds: there are two pauses to save in.',
  }, (run) => {
    expect('the moments of the saves', run.value).toEqual([2, 7]);
  }),
  test('two changes in a row are saved once', {
    entry: call('edit', [2, [0, 4]], 'driver.py'),
    hint: 'The second change may come before the thread of the first one has done anything at all.',
  }, (run) => {
    expect('the moments of the saves', run.value).toEqual([2]);
  }),
  test('nothing is saved after close()', {
    entry: call('close', [2, 1], 'driver.py'),
    hint: 'A Timer has a method for that.',
  }, (run) => {
    expect('the saves after close()', run.value).toEqual([]);
  }),
  test('a change just before the end is saved', {
    entry: call('leave', [2], 'driver.py'),
    hint: 'Python waits at the end for every thread that is not a daemon.',
  }, (run) => {
    expect('the output', run.stdout).toBe('saved\n');
    expect('the end of the program', run.clock).toBeAbout(2);
  }),
]);
