import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('a full train cancels the trip', {
    entry: call(
      'plan',
      [
        ['flight', 1],
        ['full train', 2],
        ['hotel', 3],
      ],
      'driver.py',
    ),
    hint: 'Who cancels the hotel, and who gives the flight back? When has everything come to an end?',
  }, (run) => {
    const [done, seen, later] = run.value as [boolean, string[], string[]];
    expect('the answer', done).toBe(false);
    expect('what is booked when book_trip returns', seen).toEqual([]);
    expect('what is booked five seconds later', later).toEqual([]);
    expect('the time, in seconds,', run.clock).toBeAbout(8, 0.1);
  }),
  test('a trip of three parts is booked at once', {
    entry: call(
      'plan',
      [
        ['flight', 1],
        ['train', 2],
        ['hotel', 3],
      ],
      'driver.py',
    ),
    hint: 'All parts are booked at the same time, and book_trip says so.',
  }, (run) => {
    const [done, seen] = run.value as [boolean, string[]];
    expect('the answer', done).toBe(true);
    expect('what is booked', seen).toEqual(['flight', 'train', 'hotel']);
    expect('the time, in seconds,', run.clock).toBeAbout(8, 0.1);
  }),
]);
