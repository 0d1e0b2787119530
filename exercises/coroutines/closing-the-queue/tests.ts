import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

type Day = [photos: string[], seconds: number, fetched: number];

export default suite([
  test('all photos, and everybody goes home', {
    entry: call('day', [['CAT', 'DOG', 'FOX'], 2], 'driver.py'),
    hint: 'Two workers, and each has to be told that nothing more will come.',
  }, (run) => {
    expect('the photos', (run.value as Day)[0]).toEqual(['cat', 'dog', 'fox']);
  }),
  test('all workers work', {
    entry: call('day', [['CAT', 'DOG', 'FOX', 'OWL'], 2], 'driver.py'),
    hint: 'Four photos of a second each, two workers.',
  }, (run) => {
    expect('the seconds for four photos', (run.value as Day)[1]).toBe(2);
  }),
  test('no photos, no work', {
    entry: call('day', [['OWL'], 2], 'driver.py'),
    hint: 'One of the two workers has nothing to do, and must go home all the same.',
  }, (run) => {
    expect('the photos', (run.value as Day)[0]).toEqual(['owl']);
  }),
  test('the queue stays small', {
    entry: call('day', [['A', 'B', 'C', 'D', 'E', 'F', 'G'], 1], 'driver.py'),
    hint: 'One photo is being worked on, two are in the queue, and one waits to be put into it.',
  }, (run) => {
    expect('the photos fetched when the first one was done', (run.value as Day)[2]).toBeAtMost(4);
  }),
]);
