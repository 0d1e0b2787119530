import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

interface Shift {
  charged: string[];
  shipped: string[];
  ended: number;
}

export default suite([
  test('what was charged is shipped', {
    entry: call('stop_after_first_charge', [['lamp']], 'driver.py'),
    hint: 'The signal comes after the first charge, at any moment. What does the worker do between charge and ship?',
  }, (run) => {
    const { charged, shipped, ended } = run.value as Shift;
    expect('what was shipped', shipped).toEqual(charged);
    expect('the exit code of the worker', ended).toBe(0);
  }),
  test('nothing new is begun', {
    entry: call('stop_at', [['lamp', 'rug', 'bed'], 3.5], 'driver.py'),
    runs: 20,
    hint: 'Charging and shipping take a second each; SIGTERM comes after three and a half.',
  }, (run) => {
    const { shipped, ended } = run.value as Shift;
    expect('what was shipped', shipped).toEqual(['lamp', 'rug']);
    expect('the exit code of the worker', ended).toBe(0);
    expect('the end of the worker, in seconds,', run.clock).toBeAbout(4);
  }),
  test('a worker that nobody stops ships everything', {
    entry: call('never_stop', [['lamp', 'rug']], 'driver.py'),
    runs: 20,
    hint: 'Only SIGTERM ends the work early.',
  }, (run) => {
    expect('what was shipped', (run.value as Shift).shipped).toEqual(['lamp', 'rug']);
  }),
]);
