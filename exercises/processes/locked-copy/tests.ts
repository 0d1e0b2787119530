import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('every report is finished and right', {
    entry: call('one_report', [], 'driver.py'),
    hint: 'The child is a copy of everything, also of a lock that another thread holds. That thread is not in the copy.',
  }, (run) => {
    const [mean] = run.value as [string, string, number];
    expect('the mean of values that are all 10, in the report,', mean).toBe('10.0');
  }),
  test('the meter goes on', {
    entry: call('one_report', [], 'driver.py'),
    hint: 'Afterwards the lock must be free in the parent, too.',
  }, (run) => {
    const [, mean, number] = run.value as [string, string, number];
    expect('the mean afterwards', mean).toBe('10.0');
    expect('the number of values afterwards', number).toBe(3);
  }),
]);
