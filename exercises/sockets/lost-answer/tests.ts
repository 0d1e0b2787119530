import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

const TOLD = 'the sums that the client is told';

const WORLD = {
  hosts: [{ name: 'desk' }, { name: 'machine' }],
  terminals: [{ host: 'machine', command: 'python3 driver.py', service: true }],
  links: [{ latency: 0.01 }],
};
const BAD_LINE = (['lose', 'duplicate'] as const).flatMap((kind) => [
  { kind, from: 'desk' },
  { kind, from: 'machine' },
]);

export default suite([
  test('a question that is lost is asked again', {
    entry: call('orders', [[1, 2], '-'], 'driver.py'),
    runs: 20,
    hint: 'Nothing comes, and recv waits for ever. How long is long enough?',
  }, (run) => {
    expect(TOLD, run.value).toEqual([1, 3]);
    expect('the time, in seconds,', run.clock).toBeAbout(1, 0.2);
  }),
  test('when the answer is lost, nothing is done twice', {
    entry: call('orders', [[1, 2], '', '-'], 'driver.py'),
    runs: 20,
    hint: 'The machine hears the same order a second time. How can it know?',
  }, (run) => {
    expect(TOLD, run.value).toEqual([1, 3]);
  }),
  test('a datagram that comes twice is done once', {
    entry: call('orders', [[1, 2], '2', '.2'], 'driver.py'),
    runs: 20,
    hint: 'The second answer lies in the socket. Who takes it for theirs?',
  }, (run) => {
    expect(TOLD, run.value).toEqual([1, 3]);
  }),
  test('a late answer is not taken for another one', {
    entry: call('orders', [[1, 2, 4], '', 'z'], 'driver.py'),
    runs: 20,
    hint: 'The client has asked twice, and got two answers in the end. The next order finds the second one.',
  }, (run) => {
    expect(TOLD, run.value).toEqual([1, 3, 7]);
  }),
  test('it gives up', {
    entry: call('orders', [[1], '---------'], 'driver.py'),
    runs: 20,
    hint: 'Five times, and a second each.',
  }, (run) => {
    expect(TOLD, run.value).toEqual(['TimeoutError']);
    expect('the time, in seconds,', run.clock).toBeAbout(5, 0.2);
  }),
  test('two clients do not get in each other’s way', {
    entry: call('two_clients', [], 'driver.py'),
    hint: 'Their orders must not look like one order that came twice.',
  }, (run) => {
    expect('the sum of all cups', run.value).toBe(2);
  }),
  test('whatever two datagrams of a network are lost or doubled', {
    entry: call('order_from_afar', [[1, 2]], 'driver.py'),
    model: 'blocking-only',
    world: WORLD,
    faults: { most: 2, of: BAD_LINE },
    runs: 260,
    hint: 'The same as above, on two machines, and with every datagram.',
  }, (run) => {
    expect(TOLD, run.value).toEqual([1, 3]);
  }),
]);
