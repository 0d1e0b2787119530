import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

interface Watched {
  losses: [string, string][];
  at: number;
  open: string[];
}

export default suite([
  test('who leaves and who falls silent', {
    entry: call('run', [{ press: [[1, 2], 3], lathe: [[1.5], null] }, 2], 'driver.py'),
    runs: 20,
    hint: 'The press leaves after 3 s. The lathe was last heard after 1.5 s, and the patience is 2 s.',
  }, (run) => {
    const { losses, at, open } = run.value as Watched;
    expect('who was lost', losses).toEqual([
      ['press', 'left'],
      ['lathe', 'silent'],
    ]);
    expect('the time when the last one is lost, in seconds,', at).toBeAbout(3.5, 0.1);
    expect('the silent ones whose connection is still open', open).toEqual([]);
  }),
  test('nobody lives on another one’s heartbeats', {
    entry: call('run', [{ press: [[1, 2, 3, 4, 5], 6], lathe: [[0.5], null], drill: [[1.2], null] }, 2], 'driver.py'),
    runs: 20,
    hint: 'The press is heard each second. Since when has the lathe been silent?',
  }, (run) => {
    expect('who was lost', (run.value as Watched).losses).toEqual([
      ['lathe', 'silent'],
      ['drill', 'silent'],
      ['press', 'left'],
    ]);
  }),
  test('a slow heart is no dead one', {
    entry: call('run', [{ press: [[1.8, 3.6, 5.4], 7.2] }, 2], 'driver.py'),
    runs: 20,
    hint: 'Each byte begins the patience anew.',
  }, (run) => {
    const { losses, at } = run.value as Watched;
    expect('who was lost', losses).toEqual([['press', 'left']]);
    expect('the time when it is lost, in seconds,', at).toBeAbout(7.2, 0.1);
  }),
  test('two leave at the same moment', {
    entry: call('run', [{ press: [[], 0], lathe: [[], 0] }, 60], 'driver.py'),
    hint: 'Both losses must be in the list, and watch returns once both are.',
  }, (run) => {
    const { losses, at } = run.value as Watched;
    expect('who was lost, by name,', losses).toEqual([
      ['lathe', 'left'],
      ['press', 'left'],
    ]);
    expect('the time when the last one is lost, in seconds,', at).toBeAbout(0, 0.1);
  }),
]);
