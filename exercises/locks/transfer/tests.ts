import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('opposite transfers both arrive', {
    entry: call(
      'day',
      [
        [100, 100],
        [
          [0, 1, 30],
          [1, 0, 50],
        ],
      ],
      'driver.py',
    ),
    hint: 'Each of the two holds one lock and waits for the other one. In which order does each acquire them?',
  }, (run) => {
    expect('the balances', run.value).toEqual([120, 80]);
  }),
  test('three transfers in a circle all arrive', {
    entry: call(
      'day',
      [
        [100, 100, 100],
        [
          [0, 1, 10],
          [1, 2, 20],
          [2, 0, 40],
        ],
      ],
      'driver.py',
    ),
    hint: 'One order for all accounts, not one for each pair.',
  }, (run) => {
    expect('the balances', run.value).toEqual([130, 90, 80]);
  }),
  test('a transfer to the same account changes nothing', {
    entry: call('day', [[100], [[0, 0, 30]]], 'driver.py'),
    hint: 'A Lock that you hold keeps you out as well.',
  }, (run) => {
    expect('the balances', run.value).toEqual([100]);
  }),
  test('an account whose lock is held stays as it is', {
    entry: call(
      'audit',
      [
        [100, 100],
        [
          [0, 1, 30],
          [1, 0, 50],
        ],
        1,
      ],
      'driver.py',
    ),
    hint: 'Other code relies on the lock of the account. A lock of your own does not keep that code out.',
  }, (run) => {
    const { seen, later } = run.value as { seen: number[]; later: number[] };
    expect('the balance that the audit saw while it held the lock', seen).toEqual([100, 100, 100]);
    expect('the balances', later).toEqual([120, 80]);
  }),
]);
