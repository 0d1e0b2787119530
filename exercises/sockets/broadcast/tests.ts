import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('everybody reads the same', {
    entry: call('at_once', [], 'driver.py'),
    hint: 'Two members write at the same time. Who reads which line first?',
  }, (run) => {
    const [ann, bob] = run.value as [string[], string[]];
    expect('what Ann reads, whatever the order,', [...ann].sort()).toEqual(['cake', 'tea']);
    expect('what Bob reads', bob).toEqual(ann);
  }),
  test('a line that comes in pieces stays one line', {
    entry: call('in_pieces', [], 'driver.py'),
    runs: 20,
    hint: 'recv returns what is there, not a line. Whose bytes are waiting for the rest?',
  }, (run) => {
    expect('what Bob reads', run.value).toEqual(['cake', 'tea']);
  }),
  test('who has left disturbs nobody', {
    entry: call('one_leaves', [], 'driver.py'),
    hint: 'To write to somebody who has gone raises an exception. In whose name?',
  }, (run) => {
    expect('what Bob reads', run.value).toEqual(['hello Cid', 'are you there?', 'he is gone']);
  }),
]);
