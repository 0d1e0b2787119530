import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('everybody is called once', {
    entry: call('long_job', [], 'driver.py'),
    hint: 'The job may end between the question of when_done and what it does with the answer.',
  }, (run) => {
    expect('the calls after a long job', run.value).toEqual([true]);
  }),
  test('the early and the late are called', {
    entry: call('short_job', [], 'driver.py'),
    hint: 'Who comes when the job is done is called at once. Nobody is called twice.',
  }, (run) => {
    expect('the values that were handed over', run.value).toEqual([42, 42]);
  }),
  test('an error is handed over', {
    entry: call('failing_job', [], 'driver.py'),
    hint: 'If the job raises, what does _run not do any more?',
  }, (run) => {
    expect('the errors that were handed over', run.value).toEqual(['ValueError']);
  }),
]);
