import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

interface Day {
  results: (string | null)[];
  stock: Record<string, number>;
}

export default suite([
  test('a bad order does not stop the shop', {
    entry: call(
      'orders',
      [
        { lamp: 2 },
        [
          ['lamp', 5],
          ['lamp', 1],
        ],
      ],
      'driver.py',
    ),
    hint: 'The exception leaves ship() before the lock is released.',
  }, (run) => {
    const { results, stock } = run.value as Day;
    expect('what became of the orders of 5 and 1', results).toEqual(['ValueError', 'shipped']);
    expect('the stock', stock).toEqual({ lamp: 1 });
  }),
  test('an unknown item does not stop the shop', {
    entry: call(
      'orders',
      [
        { lamp: 2 },
        [
          ['rug', 1],
          ['lamp', 1],
        ],
      ],
      'driver.py',
    ),
    hint: 'self.stock[item] raises, too.',
  }, (run) => {
    const { results, stock } = run.value as Day;
    expect('what became of the rug and the lamp', results).toEqual(['KeyError', 'shipped']);
    expect('the stock', stock).toEqual({ lamp: 1 });
  }),
  test('the last lamp is shipped once', {
    entry: call(
      'orders',
      [
        { lamp: 1 },
        [
          ['lamp', 1],
          ['lamp', 1],
        ],
      ],
      'driver.py',
    ),
    hint: 'Nobody else may take a lamp between your check and your change.',
  }, (run) => {
    const { results, stock } = run.value as Day;
    expect('the number of orders shipped', results.filter((r) => r === 'shipped').length).toBe(1);
    expect('the stock', stock).toEqual({ lamp: 0 });
  }),
]);
