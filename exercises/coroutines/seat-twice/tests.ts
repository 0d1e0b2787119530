import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

type Sale = [answers: (boolean | string)[], owners: [seat: string, name: string][], paid: string[], seconds: number];
/** [name, seat, arrives at second, what the bank says] */
const sell = (...passengers: [string, string, number, string][]) => call('sell', passengers, 'driver.py');

export default suite([
  test('a seat is sold once', {
    entry: sell(['Ann', '12A', 0, 'agrees'], ['Bob', '12A', 0.5, 'agrees']),
    hint: 'Bob asks while Ann is paying. Is the seat free?',
  }, (run) => {
    const [answers, owners, paid] = run.value as Sale;
    expect('the answers', answers).toEqual([true, false]);
    expect('the owners', owners).toEqual([['12A', 'Ann']]);
    expect('who has paid', paid).toEqual(['Ann']);
  }),
  test('whoever comes at the same moment gets it or not', {
    entry: sell(['Ann', '12A', 0, 'agrees'], ['Bob', '12A', 0, 'agrees']),
    hint: 'They come at the same time, and either of them may be first. The other one must not pay.',
  }, (run) => {
    const [answers, owners, paid] = run.value as Sale;
    expect('the number of those who got the seat', answers.filter((answer) => answer === true).length).toBe(1);
    expect('the number of those who have paid', paid.length).toBe(1);
    expect('the owner', owners[0]?.[1]).toBe(paid[0]);
  }),
  test('a seat that is not paid for is free', {
    entry: sell(['Ann', '12A', 0, 'refuses'], ['Bob', '12A', 0.5, 'agrees']),
    hint: "The bank refuses Ann's card at 1 s. Bob has waited since 0.5 s.",
  }, (run) => {
    const [answers, owners, paid] = run.value as Sale;
    expect('the answers', answers).toEqual(['refused', true]);
    expect('the owners', owners).toEqual([['12A', 'Bob']]);
    expect('who has paid', paid).toEqual(['Bob']);
  }),
  test('different seats are paid for at the same time', {
    entry: sell(['Ann', '12A', 0, 'agrees'], ['Bob', '12B', 0, 'agrees']),
    hint: 'What do Ann in 12A and Bob in 12B have to do with each other?',
  }, (run) => {
    const [answers, , , seconds] = run.value as Sale;
    expect('the answers', answers).toEqual([true, true]);
    expect('the seconds for two seats', seconds).toBe(1);
  }),
]);
