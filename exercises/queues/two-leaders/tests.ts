import { expect } from '../../../src/grader/expect.ts';
import { outputOf } from '../../../src/grader/observe.ts';
import { suite, test } from '../../../src/grader/suite.ts';

/** Token, name and number of each invoice. */
const invoicesOf = (run: Parameters<typeof outputOf>[0]) =>
  outputOf(run, 'bob')
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' '));

export default suite([
  test('two leaders, one after the other', {
    model: 'blocking-only',
    runs: 1,
    hint: 'Nothing happens to anybody here: both write all of their invoices.',
  }, (run) => {
    expect('the invoices', outputOf(run, 'bob').split('\n').slice(0, -1)).toEqual([
      '1 ann 1',
      '1 ann 2',
      '2 bob 1',
      '2 bob 2',
    ]);
  }),
  test('nobody writes for a leader of the past, whatever one partition does', {
    model: 'blocking-only',
    faults: { most: 1, of: [{ kind: 'partition', hosts: ['ann'], healsAfter: 8 }] },
    runs: 250,
    hint: 'The command was sent by a leader. When did it arrive?',
  }, (run) => {
    const tokens = invoicesOf(run).map(([token]) => Number(token));
    expect('the tokens, in the order of the invoices,', tokens).toEqual([...tokens].sort((a, b) => a - b));
  }),
  test('the other one takes over', {
    model: 'blocking-only',
    faults: { most: 1, of: [{ kind: 'crash', host: 'ann' }] },
    runs: 250,
    hint: 'Bob must write both of his invoices, whenever Ann has left.',
  }, (run) => {
    const bob = invoicesOf(run).filter(([, name]) => name === 'bob');
    expect(
      'the numbers of Bob’s invoices',
      bob.map(([, , number]) => number),
    ).toEqual(['1', '2']);
  }),
]);
