import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

interface Report {
  codes: Record<string, number>;
  left: number;
}

export default suite([
  test('every exit code is known', {
    entry: call('batch', [{ resize: [0, 0], upload: [0, 3] }], 'driver.py'),
    hint: 'How many children may have ended when the handler is called once? And may one end before its pid is in `names`?',
  }, (run) => {
    expect('the exit codes', (run.value as Report).codes).toEqual({ resize: 0, upload: 3 });
  }),
  test('no zombie is left', {
    entry: call('batch', [{ resize: [0, 0], upload: [0, 3] }], 'driver.py'),
    hint: 'A child is a zombie until its parent has waited for it, however it ended.',
  }, (run) => {
    expect('the number of children nobody waited for', (run.value as Report).left).toBe(0);
  }),
  test('the jobs overlap', {
    entry: call('batch', [{ resize: [1, 0], upload: [2, 3] }], 'driver.py'),
    hint: 'Start all of them before you wait for the first.',
  }, (run) => {
    expect('the exit codes', (run.value as Report).codes).toEqual({ resize: 0, upload: 3 });
    expect('the time for jobs of 1 and 2 seconds', run.clock).toBeAbout(2);
  }),
]);
