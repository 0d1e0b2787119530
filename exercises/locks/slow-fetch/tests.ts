import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

const visitors = call('visitors', [['JPY', 'EUR', 'SEK']], 'driver.py');

export default suite([
  test('different currencies are fetched at the same time', {
    entry: visitors,
    hint: 'While one thread fetches, which lock does it hold, and who waits for it?',
  }, (run) => {
    expect('the rates', (run.value as { rates: number[] }).rates).toEqual([160.5, 1, 11.2]);
    expect('the time for three currencies, in seconds,', run.clock).toBeAbout(1);
  }),
  test('every fetch is counted', {
    entry: visitors,
    hint: 'All three fetches end at the same moment. Is the count changed under the lock?',
  }, (run) => {
    expect('the number of fetches', (run.value as { fetches: number }).fetches).toBe(3);
  }),
  test('a known rate is there at once', {
    entry: call('known', [], 'driver.py'),
    hint: 'The euro is asked for again half a second after the yen. It is known: nobody needs to wait.',
  }, (run) => {
    const { seconds, fetches } = run.value as { seconds: number[]; fetches: number };
    expect('the seconds for the euro, the first and the second time,', seconds).toEqual([1, 0]);
    expect('the number of fetches', fetches).toBe(2);
  }),
]);
