import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('taking and undoing do not wait for each other', {
    entry: call('take_and_undo', [], 'driver.py'),
    hint: 'In which order does each method acquire the two locks?',
  }, (run) => {
    const expected = { undone: true, taken: true, pieces: 2, journal: ['Bob'] };
    expect('what Ann undid and Bob took', run.value).toEqual(expected);
  }),
  test('an audit counts every piece once', {
    entry: call('audit_meanwhile', [], 'driver.py'),
    hint: 'Between the two changes of undo, the piece is neither on the shelf nor in the journal. Who may look then?',
  }, (run) => {
    expect('the pieces that the audit counts, of three,', run.value).toEqual([3]);
  }),
]);
