import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

const LONG = Array.from({ length: 3000 }, (_, n) => `ERROR no paper in printer ${n}`);

export default suite([
  test('every error is counted', {
    entry: call('count_errors', [['ERROR no paper', 'ok', 'ERROR no ink']]),
    hint: 'A reader comes to the end of a pipe when nobody can write into it any more: nobody at all.',
  }, (run) => {
    expect('the number of errors', run.value).toBe(2);
  }),
  test('a long log is counted too', {
    entry: call('count_errors', [LONG]),
    hint: 'A pipe holds 64 KiB. Who writes more waits until somebody reads.',
  }, (run) => {
    expect('the number of errors', run.value).toBe(3000);
  }),
]);
