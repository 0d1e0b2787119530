import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('nobody waits for a slow client', {
    entry: call('slow_and_quick', [], 'driver.py'),
    runs: 20,
    hint: 'The slow client has connected and says nothing. Where is the server?',
  }, (run) => {
    const [answer, at, slow] = run.value as [number, number, number];
    expect('what the quick client is told', answer).toBe(3);
    expect('the time when the quick client has its answer, in seconds,', at).toBeAbout(1, 0.5);
    expect('what the slow client is told', slow).toBe(5);
  }),
  test('no points are lost', {
    entry: call('at_once', [], 'driver.py'),
    runs: 500,
    hint: 'Two clients add a point each, at the same time. What does += consist of?',
  }, (run) => {
    const [answers, total] = run.value as [number[], number];
    expect('the sum in the end', total).toBe(2);
    expect('the two answers', answers).toEqual([1, 2]);
  }),
]);
