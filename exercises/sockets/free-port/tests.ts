import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('two servers get two ports', {
    entry: call('two_at_once', [[5000, 5001]], 'driver.py'),
    hint: 'Both ask whether 5000 is free, both are told that it is.',
  }, (run) => {
    expect('the ports', run.value).toEqual([5000, 5001]);
  }),
  test('it waits for a port', {
    entry: call('taken_until', [1, 5], 'driver.py'),
    runs: 20,
    hint: 'The pauses are 0.1, 0.2, 0.4 and 0.8 s: the fifth attempt is made after 1.5 s.',
  }, (run) => {
    const [port, at] = run.value as [number, number];
    expect('the port', port).toBe(5000);
    expect('the time, in seconds,', at).toBeAbout(1.5, 0.1);
  }),
  test('it gives up', {
    entry: call('taken_until', [30, 2], 'driver.py'),
    runs: 20,
    hint: 'After 1.5 s the next pause would be 1.6 s: that is beyond two seconds, so there is no reason to wait for it.',
  }, (run) => {
    const [outcome, at] = run.value as [string, number];
    expect('what is raised', outcome).toBe('EADDRINUSE');
    expect('the time, in seconds,', at).toBeAtMost(2.1);
  }),
  test('other errors are raised at once', {
    entry: call('no_descriptors', [], 'driver.py'),
    runs: 20,
    hint: 'The process has too many files open. No amount of patience changes that.',
  }, (run) => {
    expect('what is raised, and when', run.value).toEqual(['EMFILE', 0]);
  }),
]);
