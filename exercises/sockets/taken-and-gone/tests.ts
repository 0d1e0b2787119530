import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('every frame gets its picture, whatever one crash does', {
    entry: call('render', [['one']], 'driver.py'),
    model: 'blocking-only',
    faults: { most: 1, of: [{ kind: 'crash', host: 'ann' }] },
    runs: 260,
    hint: 'A worker has taken a frame, and its machine is dead. Who still knows of that frame?',
  }, (run) => {
    const [frames, finished] = run.value as [string[], boolean];
    expect('the frames that there is a picture of', frames).toEqual(['one']);
    expect('whether the film is finished', finished).toBe(true);
  }),
  test('two who ask at once do not get the same frame', {
    entry: call('at_once', [['one']], 'driver.py'),
    world: { hosts: [{ name: 'studio' }], terminals: [] },
    runs: 60,
    hint: 'Each connection to the manager has a thread of its own.',
  }, (run) => {
    expect('what was given to the two', [...(run.value as (string | null)[])].sort()).toEqual([null, 'one'].sort());
  }),
]);
