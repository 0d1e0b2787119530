import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

type Read = Record<string, [text: string, second: number][]>;
const textsOf = (read: Read, name: string) => read[name]?.map(([text]) => text);

export default suite([
  test('a slow line holds up nobody', {
    entry: call(
      'evening',
      [
        [
          ['Ann', 5],
          ['Bob', 0],
        ],
        [
          ['one', 1],
          ['two', 2],
        ],
      ],
      'driver.py',
    ),
    hint: "Ann's line takes five seconds for each text. Bob should not notice.",
  }, (run) => {
    const read = run.value as Read;
    expect('what Bob reads, and at which second', read.Bob).toEqual([
      ['one', 1],
      ['two', 2],
    ]);
    expect('what Ann reads, and at which second', read.Ann).toEqual([
      ['one', 6],
      ['two', 11],
    ]);
  }),
  test('everybody reads the same conversation', {
    entry: call(
      'evening',
      [
        [
          ['Ann', 1],
          ['Bob', 1],
        ],
        [
          ['tea?', 1],
          ['coffee?', 1],
        ],
      ],
      'driver.py',
    ),
    hint: 'Two people speak at the same moment. Either may be first, but for all members it is the same one.',
  }, (run) => {
    const read = run.value as Read;
    expect('the number of texts', read.Ann?.length).toBe(2);
    expect('what Bob reads, compared with Ann,', textsOf(read, 'Bob')).toEqual(textsOf(read, 'Ann'));
  }),
  test('who leaves does no harm', {
    entry: call(
      'evening',
      [
        [
          ['Ann', 1],
          ['Bob', 2],
          ['Cid', 1],
        ],
        [
          ['hello', 0],
          ['bye', 3],
        ],
        'Bob',
      ],
      'driver.py',
    ),
    hint: 'Bob leaves while the first text is on its way. The others get both.',
  }, (run) => {
    const read = run.value as Read;
    expect('what Ann reads', textsOf(read, 'Ann')).toEqual(['hello', 'bye']);
    expect('what Cid reads', textsOf(read, 'Cid')).toEqual(['hello', 'bye']);
    expect('the number of texts for Bob, who has left,', read.Bob?.length).toBeAtMost(1);
  }),
]);
