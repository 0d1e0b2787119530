import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

interface Evening {
  answers: (boolean | null)[];
  free: number;
  guests: string[];
}

export default suite([
  test('the last seat is sold once', {
    entry: call('rush', [1, ['Ana', 'Ben']], 'driver.py'),
    hint: 'Both callers may look at the number of free seats before either of them takes one.',
  }, (run) => {
    const { answers, free, guests } = run.value as Evening;
    expect('the number of callers who got the last seat', answers.filter(Boolean).length).toBe(1);
    expect('the guests', guests).toEqual([answers[0] ? 'Ana' : 'Ben']);
    expect('the number of free seats', free).toBe(0);
  }),
  test('everybody gets a seat while there are enough', {
    entry: call('rush', [3, ['Ana', 'Ben']], 'driver.py'),
    hint: 'Two callers, three seats.',
  }, (run) => {
    const { answers, free, guests } = run.value as Evening;
    expect('the answers', answers).toEqual([true, true]);
    expect('the number of free seats', free).toBe(1);
    expect('the number of guests', guests.length).toBe(2);
  }),
  test('a full house keeps saying no', {
    entry: call('queue', [1, ['Ana', 'Ben', 'Cem']], 'driver.py'),
    hint: 'Is the lock released on every way out of book()?',
  }, (run) => {
    expect('the answers', run.value).toEqual([true, false, false]);
  }),
]);
