import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

type Report = [answer: number | string | null, attempts: number, seconds: number, open: number];

export default suite([
  test('who has left is not asked for any more', {
    entry: call('shop', [[9, 9, 9], 3, 0.5], 'driver.py'),
    hint: 'The task is cancelled during the first attempt. Who catches the CancelledError?',
  }, (run) => {
    const [answer, attempts, seconds] = run.value as Report;
    expect('what the task ends with', answer).toBe('CancelledError');
    expect('the number of attempts', attempts).toBe(1);
    expect('the seconds until the task has ended', seconds).toBe(0.5);
  }),
  test('the second attempt succeeds', {
    entry: call('shop', [[9, 0.5], 2, 0], 'driver.py'),
    hint: '`cancel()` asks a task to stop. When has it stopped, and its connection been closed?',
  }, (run) => {
    const [answer, attempts, seconds, open] = run.value as Report;
    expect('the price', answer).toBe(100);
    expect('the number of attempts', attempts).toBe(2);
    expect('the seconds it took', seconds).toBe(1.5);
    expect('the connections left open', open).toBe(0);
  }),
  test('after so many attempts there is no price', {
    entry: call('shop', [[9, 9], 2, 0], 'driver.py'),
    hint: 'Both attempts take too long. What is returned then?',
  }, (run) => {
    const [answer, attempts] = run.value as Report;
    expect('the price', answer).toBe(null);
    expect('the number of attempts', attempts).toBe(2);
  }),
  test('a wrong password is an error', {
    entry: call('shop', [[-0.5, 0.5], 2, 0], 'driver.py'),
    hint: 'Only one exception means that it took too long.',
  }, (run) => {
    const [answer, attempts] = run.value as Report;
    expect('what ask ends with', answer).toBe('PermissionError');
    expect('the number of attempts', attempts).toBe(1);
  }),
]);
