import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

type Office = [accepted: string[], delivered: string[], failed: string[], seconds: number];
/** [mail, second at which it is sent]; the outbox is closed at 1. */
const office = (...mails: [string, number][]) => call('office', [mails], 'driver.py');

export default suite([
  test('what was accepted is delivered', {
    entry: office(['ann@a', 0], ['bob@b', 0.5]),
    hint: 'The program ends a moment after close() has returned. What becomes of tasks that are not done by then?',
  }, (run) => {
    const [accepted, delivered, failed, seconds] = run.value as Office;
    expect('the mails that were accepted', accepted).toEqual(['ann@a', 'bob@b']);
    expect('the mails that were delivered', delivered).toEqual(['ann@a', 'bob@b']);
    expect('what close() says', failed).toEqual([]);
    expect('the seconds until close() returned', seconds).toBe(2.5);
  }),
  test('what fails is told', {
    entry: office(['ann', 0], ['bob@b', 0.25], ['cid', 0.5]),
    hint: 'The exception of a task stays in the task. Who looks at it?',
  }, (run) => {
    const [, delivered, failed] = run.value as Office;
    expect('what close() says', failed).toEqual(['ann', 'cid']);
    expect('the mails that were delivered', delivered).toEqual(['bob@b']);
  }),
  test('nothing is accepted while it closes', {
    entry: office(['ann@a', 0], ['bob@b', 1.5]),
    hint: 'The outbox is closed at 1 s. The first mail is on its way until 2 s, and the second one is sent at 1.5 s.',
  }, (run) => {
    const [accepted, delivered] = run.value as Office;
    expect('the mails that were accepted', accepted).toEqual(['ann@a']);
    expect('the mails that were delivered', delivered).toEqual(['ann@a']);
  }),
  test('a mail that comes as it closes', {
    entry: office(['ann@a', 1]),
    hint: 'The mail is sent in the moment of close(). Whichever is first: what is accepted is delivered.',
  }, (run) => {
    const [accepted, delivered] = run.value as Office;
    expect('the mails that were delivered', delivered).toEqual(accepted);
  }),
]);
