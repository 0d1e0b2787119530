import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('sites of different size', {
    entry: call('collect', [[['home', 'news'], ['shop']]]),
    hint: 'One process has come to its end long before the other one.',
  }, (run) => {
    expect('the number of texts', (run.value as string[]).length).toBe(3);
    expect('the time for two pages and one page, in seconds,', run.clock).toBeAbout(2, 0.2);
  }),
  test('every page is analysed', {
    entry: call('collect', [[['home'], ['shop']]]),
    hint: 'The queue is empty between two pages, too. Who knows when there are no more?',
  }, (run) => {
    expect('the texts', [...(run.value as string[])].sort()).toEqual(['text of home', 'text of shop']);
    expect('the time for two sites with a page each, in seconds,', run.clock).toBeAbout(1, 0.2);
  }),
]);
