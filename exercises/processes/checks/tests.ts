import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('every verdict is right', {
    entry: call('checks', [['exit 3', 'kill -TERM $$'], 2], 'driver.py'),
    hint: '`returncode` is 0, an exit code above 0, or the number of a signal below 0.',
  }, (run) => {
    expect('the verdicts', run.value).toEqual(['failed with 3', 'killed by SIGTERM']);
  }),
  test('all at once, and nobody gets more time', {
    entry: call('checks', [['sleep 1', 'sleep 60'], 2], 'driver.py'),
    hint: 'Start all of them, then look at one after the other. What is left of the two seconds when the first one is done?',
  }, (run) => {
    expect('the verdicts', run.value).toEqual(['ok', 'too slow']);
    expect('the time for everything, in seconds,', run.clock).toBeAbout(2, 0.2);
  }),
  test('nothing is left', {
    entry: call('left_by', [['sleep 60; true'], 2], 'driver.py'),
    hint: 'You have killed the shell. Who kills what the shell has started? And has somebody waited for the shell?',
  }, (run) => {
    const [verdicts, left] = run.value as [string[], string[]];
    expect('the verdicts', verdicts).toEqual(['too slow']);
    expect('what is still there afterwards', left).toEqual([]);
  }),
]);
