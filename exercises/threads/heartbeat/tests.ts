import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('a beat at once, then one each interval', {
    entry: call('work', [1, 3.5], 'driver.py'),
    hint: 'The program works for 3.5 seconds and then ends. Which threads does Python wait for at the end?',
  }, (run) => {
    expect('the moments of the beats', run.value).toEqual([0, 1, 2, 3]);
    expect('the end of the program', run.clock).toBeAbout(3.5);
  }),
  test('no beat after stop() has returned', {
    entry: call('stop', [1, 2], 'driver.py'),
    hint: 'The thread may already have decided to beat when stop() tells it not to. How can stop() know that it is over?',
  }, (run) => {
    const [whenStopped, later] = run.value as [number, number];
    expect('the number of beats long after stop()', later).toBe(whenStopped);
  }),
  test('the thread is called heartbeat', {
    entry: call('name', [], 'driver.py'),
    hint: 'Thread takes the name as a keyword: name=…',
  }, (run) => {
    expect('its name', run.value).toBe('heartbeat');
  }),
]);
