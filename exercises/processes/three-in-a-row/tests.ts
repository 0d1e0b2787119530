import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

/** 80 KB, in few lines: each costs time. */
const LONG = Array.from({ length: 20 }, (_, n) => `ERROR ${n}${' no paper'.repeat(450)}`);

export default suite([
  test('every error is counted', {
    entry: call('count_errors', [['ERROR no paper']]),
    hint: 'A reader comes to the end of a pipe when nobody can write into it any more: nobody at all.',
  }, (run) => {
    expect('the number of errors', run.value).toBe(1);
  }),
  test('a long log is counted too', {
    entry: call('count_errors', [['ok', ...LONG, 'ok']]),
    model: 'blocking-only',
    hint: 'A pipe holds 64 KiB. Who writes more waits until somebody reads.',
  }, (run) => {
    expect('the number of errors', run.value).toBe(20);
  }),
]);
