import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

type Monday = [rates: (number | string)[], asked: string[], seconds: number];
/** [currency, arrives at second] */
const monday = (...visitors: [string, number][]) => call('monday', visitors, 'driver.py');

export default suite([
  test('a rate is asked for once', {
    entry: monday(['JPY', 0], ['JPY', 0.5], ['JPY', 2]),
    hint: 'The second visitor comes while the first one waits for the answer.',
  }, (run) => {
    const [rates, asked] = run.value as Monday;
    expect('the rates', rates).toEqual([3, 3, 3]);
    expect('what was asked for', asked).toEqual(['JPY']);
  }),
  test('different rates are asked for at the same time', {
    entry: monday(['JPY', 0], ['SEK', 0]),
    hint: 'Does one currency wait for the other?',
  }, (run) => {
    const [, asked, seconds] = run.value as Monday;
    expect('what was asked for', asked).toEqual(['JPY', 'SEK']);
    expect('the seconds for two rates', seconds).toBe(1);
  }),
  test('also for those who come just then', {
    entry: call('just_then', [1], 'driver.py'),
    hint: 'The answer is there, and not all have been told yet. Is there a moment when the rate is neither on its way nor known?',
  }, (run) => {
    expect('how often the rate was asked for', run.value).toBe(1);
  }),
  test('an error is for those who wait, not for ever', {
    entry: monday(['XXX', 0], ['XXX', 0.5], ['XXX', 2], ['XXX', 2.5]),
    hint: 'The first attempt fails at 1 s. The visitors who come at 2 s make one new attempt together.',
  }, (run) => {
    const [rates, asked] = run.value as Monday;
    expect('the rates', rates).toEqual(['no XXX', 'no XXX', 3, 3]);
    expect('the number of attempts', asked.length).toBe(2);
  }),
]);
