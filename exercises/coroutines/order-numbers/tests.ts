import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('everybody gets a number', {
    entry: call('take', [1, 5, 2], 'driver.py'),
    hint: 'A thread may be stopped inside of the generator. Then the other one comes.',
  }, (run) => {
    expect('the numbers that two threads got', run.value).toEqual(['A-1', 'A-2']);
  }),
  test('after the last number there is none', {
    entry: call('take', [7, 7, 2], 'driver.py'),
    hint: 'Looking whether there is a number left, and taking it, must be one step.',
  }, (run) => {
    expect('what two threads got of one number', run.value).toEqual(['A-7', 'StopIteration']);
  }),
  test('it is an iterator', {
    entry: call('alone', [8, 10], 'driver.py'),
    hint: '`__iter__` returns self, and `__next__` raises StopIteration at the end, each time.',
  }, (run) => {
    expect('the iterator, its numbers and the end', run.value).toEqual([true, ['A-8', 'A-9', 'A-10'], 'nothing left']);
  }),
]);
