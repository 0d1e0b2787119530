import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

/** What one process needs for 4000 numbers, on the virtual clock. */
const ALONE = 0.055;

export default suite([
  test('four processes are faster than one', {
    entry: call('count_primes', [4000]),
    // It is about what one run costs, not about who comes first.
    model: 'blocking-only',
    runs: 5,
    hint: 'Are there processes, and do they compute at the same time? Are their parts about equally hard?',
  }, (run) => {
    expect('the number of primes below 4000', run.value).toBe(550);
    expect('the time that it takes, in seconds,', run.clock).toBeAtMost(ALONE / 2);
  }),
  test('no prime is lost', {
    entry: call('count_primes', [12]),
    hint: 'How do the counts of the processes come together?',
  }, (run) => {
    expect('the number of primes below 12', run.value).toBe(5);
  }),
]);
