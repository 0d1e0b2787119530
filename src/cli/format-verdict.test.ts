import { expect, test } from 'vitest';
import { adviceOn, explainUnrepeatable } from '../grader/explain-unrepeatable.ts';
import { formatVerdict } from './format-verdict.ts';

test('a program that does not repeat itself: where it first differed, why, what to do, and no schedule to see again', () => {
  const at = (line: number) => ({ file: 'exercise.py', line });
  const why = { cause: 'addresses', decision: 4, first: at(7), second: at(9) } as const;
  const text = formatVerdict('locks/transfer', {
    kind: 'unrepeatable',
    tests: [{ name: 'no money is lost', verdict: 'unrepeatable', proof: 'after 1 schedule' }],
    test: 'no money is lost',
    message: explainUnrepeatable(why),
    hint: adviceOn(why),
    schedule: '',
    at: null,
    run: null,
  });
  expect(text).toBe(`✗ locks/transfer: not repeatable
  ✗ no money is lost (after 1 schedule)
    The program does not do the same again under the same schedule, so nothing can be said about it. The first difference: decision 4 of the schedule was made at exercise.py:7 the first time, and at exercise.py:9 the second. It depends on where its objects happen to be in memory: on id(), on the order of a set of objects, or on a repr with an address in it.
    Hint: Keep objects in a list or a dict instead of a set, and order them by something of their own, a name or a number.
`);
});
