import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

export default suite([
  test('the answers come in the order of the questions', {
    entry: call('stock', [['Cork', 'Antwerp', 'Bilbao']]),
    hint: 'The threads may finish in any order. Give each one its own place for the answer, and wait for all of them.',
  }, (run) => {
    expect("stock(['Cork', 'Antwerp', 'Bilbao'])", run.value).toEqual([7, 40, 0]);
  }),
  test('three warehouses take as long as one', {
    entry: call('stock', [['Antwerp', 'Bilbao', 'Cork']]),
    hint: 'Start all the threads before you wait for the first.',
  }, (run) => {
    expect('the time for three warehouses, in seconds,', run.clock).toBeAbout(1);
  }),
  test('no warehouses, no answers', {
    entry: call('stock', [[]]),
    hint: 'What do your two loops do with an empty list?',
  }, (run) => {
    expect('stock([])', run.value).toEqual([]);
  }),
]);
