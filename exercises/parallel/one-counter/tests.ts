import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('every page is counted', {
    entry: call('two_processes', [1], 'driver.py'),
    hint: 'Both processes read the count before either writes it.',
  }, (run) => {
    expect('what came of two processes with a page each', run.value).toEqual({ checked: 2, 'exit codes': [0, 0] });
  }),
  test('pages are checked at the same time', {
    entry: call('two_processes', [2], 'driver.py'),
    runs: 20,
    hint: 'Whoever holds the lock while it looks at a page, makes the other one wait.',
  }, (run) => {
    expect('the pages counted', (run.value as { checked: number }).checked).toBe(4);
    expect('the time for two pages in each of two processes, in seconds,', run.clock).toBeAbout(2, 0.1);
  }),
]);
