import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('everything put on the shelf is taken off', {
    entry: call('bakery', [1, 2], 'driver.py'),
    hint: 'When one waits, who tells it that there is a place again, or a loaf?',
  }, ({ value }) => {
    const [sold, most] = value as [number, number];
    expect('the number of loaves sold', sold).toBe(2);
    expect('the number of loaves on the one place', most).toBeAtMost(1);
  }),
  test('two bakers share one place', {
    entry: call('bakery', [2, 1, 1], 'driver.py'),
    hint: 'Two bakers may wait for the same place. Both are called; one of them comes second.',
  }, ({ value }) => {
    const [sold, most] = value as [number, number];
    expect('the number of loaves sold', sold).toBe(3);
    expect('the number of loaves on the one place', most).toBeAtMost(1);
  }),
]);
