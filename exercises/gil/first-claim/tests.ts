import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

interface Offer {
  winners: string[];
  courier: string | null;
}

export default suite([
  test('exactly one of them gets the parcel', {
    entry: call('offer', [['Ana', 'Ben']], 'driver.py'),
    hint: 'Both may have asked before either of them took it.',
  }, (run) => {
    const { winners, courier } = run.value as Offer;
    expect('the number of couriers who were told True', winners.length).toBe(1);
    expect('the name on the parcel', courier).toBe(winners[0]);
  }),
  test('who comes alone gets it', {
    entry: call('offer', [['Cem']], 'driver.py'),
    hint: 'The first one is told True, also if nobody else comes.',
  }, (run) => {
    expect('who was told True', (run.value as Offer).winners).toEqual(['Cem']);
  }),
]);
