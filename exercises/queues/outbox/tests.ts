import { expect } from '../../../src/grader/expect.ts';
import { outputOf } from '../../../src/grader/observe.ts';
import { suite, test } from '../../../src/grader/suite.ts';

type Outcome = Record<'book' | 'queue' | 'confirmed', string[]>;

export default suite([
  test('every order is booked and sent', {
    model: 'blocking-only',
    runs: 1,
    hint: 'Nothing happens to the machine here.',
  }, (run) => {
    const { queue, book, confirmed }: Outcome = JSON.parse(outputOf(run, 'warehouse'));
    expect('what is confirmed', confirmed).toEqual(['1 lamp', '2 rug']);
    expect('the book', book).toEqual(confirmed);
    expect('the different orders in the queue', queue).toEqual(confirmed);
  }),
  test('book and queue agree, whatever one crash does', {
    model: 'blocking-only',
    faults: { most: 1, of: [{ kind: 'crash', host: 'shop', backAfter: 2 }] },
    runs: 250,
    hint: 'When the program begins anew, it finds a book and a note. Which orders has nobody been told of?',
  }, (run) => {
    const { queue, book, confirmed }: Outcome = JSON.parse(outputOf(run, 'warehouse'));
    expect('the different orders in the queue', queue).toEqual(book);
    expect(
      'the confirmed orders that are not in the book',
      confirmed.filter((order) => !book.includes(order)),
    ).toEqual([]);
  }),
]);
