import { expect } from '../../../src/grader/expect.ts';
import { threadsStarted } from '../../../src/grader/observe.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('every word is counted', {
    entry: call('count', [['so so', 'so']]),
    hint: 'Between the call of `get` and the store, another thread can do both.',
  }, (run) => {
    expect('the counts', run.value).toEqual({ so: 3 });
  }),
  test('a word that is new to both pages is counted twice', {
    entry: call('count', [['new old', 'new']]),
    hint: 'Two threads can find out at the same time that the word is not there yet.',
  }, (run) => {
    expect('the counts', run.value).toEqual({ new: 2, old: 1 });
  }),
  test('a thread for each page', {
    trace: true,
    entry: call('count', [['a', 'b', 'c']]),
    hint: 'Counting them one after the other is right, and not what was asked for.',
  }, (run) => {
    expect('the counts', run.value).toEqual({ a: 1, b: 1, c: 1 });
    expect('the number of threads for three pages', threadsStarted(run)).toBe(3);
  }),
]);
