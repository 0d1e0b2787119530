import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

type Outcome = [thumbnails: string[], dead: string[], pending: number];

export default suite([
  test('the good pictures get through', {
    entry: call('pictures', [['broken', 'cat']], 'driver.py'),
    model: 'blocking-only',
    runs: 1,
    hint: 'The broken one is handed out again and again. Who counts?',
  }, (run) => {
    const [thumbnails, dead, pending] = run.value as Outcome;
    expect('the thumbnails', thumbnails).toEqual(['small cat']);
    expect('the dead letters', dead).toEqual(['broken']);
    expect('the number of pictures that are not acknowledged', pending).toBe(0);
  }),
  test('bad luck is not poison', {
    entry: call('pictures', [['large']], 'driver.py'),
    model: 'blocking-only',
    runs: 1,
    hint: 'This one crashes the worker the first time only.',
  }, (run) => {
    const [thumbnails, dead] = run.value as Outcome;
    expect('the thumbnails', thumbnails).toEqual(['small large']);
    expect('the dead letters', dead).toEqual([]);
  }),
  test('no picture is lost, whatever one crash does', {
    entry: call('pictures', [['broken']], 'driver.py'),
    model: 'blocking-only',
    faults: { most: 1, of: [{ kind: 'crash', host: 'worker', backAfter: 1 }] },
    runs: 250,
    hint: 'There is a moment when the picture is on its way to the dead letters. Where is it then?',
  }, (run) => {
    const [, dead] = run.value as Outcome;
    expect('the dead letters', dead).toEqual(['broken']);
  }),
]);
