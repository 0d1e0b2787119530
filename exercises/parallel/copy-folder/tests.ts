import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

interface Report {
  readonly answer: unknown;
  readonly copies: unknown;
}

export default suite([
  test('what could not be copied is named', {
    entry: call('back_up', [['beach', 'hills'], ['dunes']], 'driver.py'),
    hint: 'The job of that file has raised an exception. Who asked for its result?',
  }, (run) => {
    const { answer, copies } = run.value as Report;
    expect('the files that were copied, and those that were not,', answer).toEqual([['beach', 'hills'], ['dunes']]);
    expect('what the copies hold', copies).toEqual({ beach: 'picture of beach', hills: 'picture of hills' });
    expect('what is printed', run.stdout).toBe('1 of 3\n2 of 3\n3 of 3\n');
  }),
]);
