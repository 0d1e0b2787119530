import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('what was accepted is read', {
    entry: call('busy_day', [], 'driver.py'),
    hint: 'put asks, and then acts. In between, the mailbox may be closed and read to its end.',
  }, (run) => {
    const [accepted, read] = run.value as unknown[];
    expect('what was read', read).toEqual(accepted);
  }),
  test('a closed mailbox accepts nothing', {
    entry: call('closed', [], 'driver.py'),
    hint: 'After close, put answers False. What was accepted before is still read.',
  }, (run) => {
    const [answers, read] = run.value as unknown[];
    expect('the answers of put before and after close', answers).toEqual([true, false]);
    expect('what was read', read).toEqual(['early']);
  }),
]);
