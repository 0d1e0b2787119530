import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

const ALL = { currency: 'EUR', tax: 19 };

interface Report {
  readonly early: unknown;
  readonly late: unknown;
  readonly reads: string[];
  readonly same: boolean;
}

export default suite([
  test('nobody sees half of the settings', {
    entry: call('two_requests', [], 'driver.py'),
    hint: 'Who looks without the lock may look at any moment, also while somebody fills the dictionary.',
  }, (run) => {
    const { early, late } = run.value as Report;
    expect('what the first caller gets', early).toEqual(ALL);
    expect('what the second caller gets', late).toEqual(ALL);
  }),
  test('each setting is read once', {
    entry: call('two_requests', [], 'driver.py'),
    hint: 'Two callers may both find nothing. The second one to get the lock must look again.',
  }, (run) => {
    const { reads, same } = run.value as Report;
    expect('what was read', reads).toEqual(['currency', 'tax']);
    expect('whether two calls return the same dictionary', same).toBe(true);
  }),
]);
