import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

type Report = [most: number, answers: string[], seconds: number];

export default suite([
  test('no more than two are served at once', {
    entry: call('fetch_all', [['a', 'b', 'c'], 2], 'driver.py'),
    hint: 'The question whether there is a place, and taking it, must be one step.',
  }, (run) => {
    const [most, answers, seconds] = run.value as Report;
    expect('the largest number of connections at a time', most).toBe(2);
    expect('the answers', answers).toEqual(['A', 'B', 'C']);
    expect('the time for three pages of a second each, two at a time,', seconds).toBeAbout(2);
  }),
  test('an error gives its place back', {
    entry: call('fetch_all', [['missing', 'b'], 1], 'driver.py'),
    hint: 'If the server raises, who gives the place back?',
  }, (run) => {
    const [most, answers] = run.value as Report;
    expect('the answers', answers).toEqual(['no missing', 'B']);
    expect('the largest number of connections at a time', most).toBe(1);
  }),
]);
