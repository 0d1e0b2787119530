import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

type Evening = [texts: string[], letters: number, seconds: number];

export default suite([
  test('the others can go on typing', {
    entry: call('typing', [], 'driver.py'),
    hint: 'Between two awaits nobody else runs. How long is that in `say`?',
  }, (run) => {
    expect('the longest pause of somebody who types, in seconds,', run.value).toBe(0.5);
  }),
  test('texts are translated at the same time', {
    entry: call('evening', ['hello', 'good day'], 'driver.py'),
    hint: 'Two texts, two seconds each. Does one of them wait for the other?',
  }, (run) => {
    const [texts, , seconds] = run.value as Evening;
    expect('the translations', texts).toEqual(['HELLO', 'GOOD DAY']);
    expect('the seconds for two texts', seconds).toBe(2);
  }),
  test('every letter is counted', {
    entry: call('evening', ['hello', 'good day'], 'driver.py'),
    hint: 'Who changes `letters`: the loop, or several threads at once?',
  }, (run) => {
    expect('the letters', (run.value as Evening)[1]).toBe(13);
  }),
]);
