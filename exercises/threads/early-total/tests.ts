import { expect } from '../../../src/grader/expect.ts';
import { threadsStarted } from '../../../src/grader/observe.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';
import type { RunRecord } from '../../../src/kernel/types.ts';

const BOOK = ['It was late.\nIt had rained.\nNobody came.\nNobody ever came.', 'Then he came.', 'The end.'];

/** True if a thread was started after the main thread had already waited for another one. */
function waitedBetweenStarts(run: RunRecord): boolean {
  let waited = false;
  for (const event of run.trace.events) {
    if (event.kind === 'block' && event.waiting.on === 'join') waited = true;
    if (event.kind === 'spawn' && waited) return true;
  }
  return false;
}

export default suite([
  test('every word is counted', {
    entry: call('count_words', [BOOK]),
    hint: 'Somebody adds up before everybody has counted. Who has to wait for whom?',
  }, (run) => {
    expect('the number of words', run.value).toBe(16);
  }),
  test('all threads are started before the first is waited for', {
    trace: true,
    entry: call('count_words', [BOOK]),
    hint: 'Waiting inside the loop that starts the threads makes them run one after the other.',
  }, (run) => {
    expect('the number of threads for three texts', threadsStarted(run)).toBe(3);
    expect('a thread started after waiting for another one', waitedBetweenStarts(run)).toBe(false);
  }),
  test('no time is slept away', {
    entry: call('count_words', [BOOK]),
    hint: 'A sleep is a guess about how long the others need. A join knows.',
  }, (run) => {
    expect('the time slept, in seconds,', run.clock).toBeAbout(0);
  }),
]);
