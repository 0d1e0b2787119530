import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

type Visit = [answers: string[] | string, most: number, seconds: number];

export default suite([
  test('never more than that at once', {
    entry: call('visit', [['a', 'b', 'c', 'd'].map((name) => [name, 1]), 2], 'driver.py'),
    hint: 'Four pages, a second each, two at a time. Count when a request begins and when it is done.',
  }, (run) => {
    const [answers, most, seconds] = run.value as Visit;
    expect('the largest number of requests at a time', most).toBe(2);
    expect('the answers', answers).toEqual(['A', 'B', 'C', 'D']);
    expect('the seconds for four pages', seconds).toBe(2);
  }),
  test('the quick do not wait for the slow', {
    entry: call(
      'visit',
      [
        [
          ['slow', 3],
          ['a', 1],
          ['slower', 3],
          ['b', 1],
        ],
        2,
      ],
      'driver.py',
    ),
    hint: 'When a quick page is done, the next one can begin, even if a slow one is still on its way.',
  }, (run) => {
    const [answers, most, seconds] = run.value as Visit;
    expect('the answers', answers).toEqual(['SLOW', 'A', 'SLOWER', 'B']);
    expect('the largest number of requests at a time', most).toBe(2);
    expect('the seconds for four pages', seconds).toBeAtMost(5);
  }),
  test('an error is passed on', {
    entry: call(
      'visit',
      [
        [
          ['a', 1],
          ['', 2],
        ],
        1,
      ],
      'driver.py',
    ),
    hint: 'What becomes of an exception in a task that nobody awaits?',
  }, (run) => {
    expect('what the caller gets', (run.value as Visit)[0]).toBe('page not found');
  }),
]);
