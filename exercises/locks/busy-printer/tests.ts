import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

type Answer = [boolean | string, number];
interface Office {
  answers: Answer[];
  printed: string[];
}

/** [document, arrival, patience] */
const office = (...people: [string, number, number][]) => call('office', [people], 'driver.py');

export default suite([
  test('who can wait long enough prints', {
    entry: office(['report', 0, 0], ['letter', 1, 10]),
    hint: 'The printer gets free four seconds after the letter comes.',
  }, (run) => {
    const { answers, printed } = run.value as Office;
    expect(
      'the answers',
      answers.map(([answer]) => answer),
    ).toEqual([true, true]);
    expect('what was printed', printed).toEqual(['report', 'letter']);
  }),
  test('who cannot wait is told in time', {
    entry: office(['report', 0, 0], ['letter', 1, 2]),
    hint: 'The letter comes at 1 and has 2 seconds. The printer is busy until 5.',
  }, (run) => {
    const { answers, printed } = run.value as Office;
    expect(
      'the answers',
      answers.map(([answer]) => answer),
    ).toEqual([true, false]);
    expect('what was printed', printed).toEqual(['report']);
    expect('the seconds until the letter was refused', answers[1]?.[1]).toBeAbout(2);
  }),
  test('giving up leaves the printer to its holder', {
    entry: office(['report', 0, 0], ['letter', 1, 2], ['memo', 4, 0]),
    hint: 'The memo comes at 4; the report is still printing. Who may release a lock?',
  }, (run) => {
    const { answers, printed } = run.value as Office;
    expect(
      'the answers',
      answers.map(([answer]) => answer),
    ).toEqual([true, false, false]);
    expect('what was printed', printed).toEqual(['report']);
  }),
  test('of two at once, one gives up in time', {
    entry: office(['one', 1, 1], ['two', 1, 1]),
    hint: 'Both may have found the printer free before either of them took it.',
  }, (run) => {
    const { answers, printed } = run.value as Office;
    const refused = answers.filter(([answer]) => answer === false);
    expect('the number of documents printed', printed.length).toBe(1);
    expect('the number of people refused', refused.length).toBe(1);
    expect('the seconds until the refusal', refused[0]?.[1]).toBeAbout(1);
  }),
  test('a document that cannot be printed leaves the printer free', {
    entry: office(['', 0, 0], ['letter', 1, 0]),
    hint: 'feed() may raise. Then, too, the lock must be released.',
  }, (run) => {
    const { answers, printed } = run.value as Office;
    expect(
      'the answers',
      answers.map(([answer]) => answer),
    ).toEqual(['ValueError', true]);
    expect('what was printed', printed).toEqual(['letter']);
  }),
]);
