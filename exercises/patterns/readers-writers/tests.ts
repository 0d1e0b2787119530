import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

type Report = [readers: number, writers: number, together: boolean, seconds: number];

export default suite([
  test('two read at the same time', {
    entry: call('visit', [2, 0, 1], 'driver.py'),
    hint: 'While somebody reads, must another reader wait?',
  }, (run) => {
    const [readers, , , seconds] = run.value as Report;
    expect('the number of readers at once', readers).toBe(2);
    expect('the time for two readers of one second each', seconds).toBeAbout(1);
  }),
  test('a writer is alone with the list', {
    entry: call('visit', [1, 1], 'driver.py'),
    hint: 'The question whether somebody is inside, and going in, must be one step, for readers and for writers.',
  }, (run) => {
    const [, , together] = run.value as Report;
    expect('whether a reader and a writer were inside at once', together).toBe(false);
  }),
  test('two writers take turns', {
    entry: call('visit', [0, 2], 'driver.py'),
    hint: 'A writer waits for other writers too.',
  }, (run) => {
    const [, writers] = run.value as Report;
    expect('the number of writers at once', writers).toBe(1);
  }),
]);
