import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('of two at once, one is refused', {
    entry: call('two_at_once', [], 'driver.py'),
    hint: 'Between the look and the making of the file, the other one may look too.',
  }, (run) => {
    expect('what became of the two', [...(run.value as string[])].sort()).toEqual(['done', 'refused']);
    expect('the time until both knew, in seconds,', run.clock).toBeAbout(1);
  }),
  test('one after the other, both are done', {
    entry: call('one_after_the_other', [], 'driver.py'),
    hint: 'When the job is done, the next one may come.',
  }, (run) => {
    expect('what became of the two', run.value).toEqual(['done', 'done']);
  }),
  test('a crash does not stop the backups for ever', {
    entry: call('after_a_crash', [1], 'driver.py'),
    hint: 'SIGKILL leaves no time for `finally`. What goes away by itself when a process ends?',
  }, (run) => {
    expect('what became of the one after the crash', run.value).toEqual(['done']);
  }),
  test('of two after a crash, one is refused', {
    entry: call('after_a_crash', [2], 'driver.py'),
    hint: 'Both may find what the dead one left behind, and both may clear it away.',
  }, (run) => {
    expect('what became of the two', [...(run.value as string[])].sort()).toEqual(['done', 'refused']);
  }),
]);
