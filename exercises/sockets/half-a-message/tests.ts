import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('every message arrives whole', {
    entry: call('arrive', [['0003tea0004ca', 'ke']], 'driver.py'),
    hint: 'recv returns as soon as there is something. It may be less than you asked for.',
  }, (run) => {
    expect('what is received', run.value).toEqual(['tea', 'cake']);
  }),
  test('the four digits may come in pieces, too', {
    entry: call('arrive', [['00', '03tea']], 'driver.py'),
    hint: 'Four bytes are not so few that they could not be torn apart.',
  }, (run) => {
    expect('what is received', run.value).toEqual(['tea']);
  }),
  test('an end in the middle is an error', {
    entry: call('arrive', [['0003tea0004ca']], 'driver.py'),
    hint: 'Half a cake is no cake. What does recv return when the connection has ended?',
  }, (run) => {
    expect('what is received', run.value).toEqual(['tea', 'EOFError']);
  }),
  test('an empty message is a message', {
    entry: call('arrive', [['00000003tea']], 'driver.py'),
    runs: 20,
    hint: 'To receive zero bytes, one must not call recv.',
  }, (run) => {
    expect('what is received', run.value).toEqual(['', 'tea']);
  }),
]);
