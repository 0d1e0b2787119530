import { expect } from '../../../src/grader/expect.ts';
import { outputOf } from '../../../src/grader/observe.ts';
import { suite, test } from '../../../src/grader/suite.ts';

interface Outcome {
  thumbnails: string[];
  dead: string[];
  pending: number;
}

const world = (pictures: string) => ({
  hosts: [{ name: 'shop' }, { name: 'broker', files: [] }, { name: 'worker' }],
  terminals: [
    { host: 'shop', command: `python3 driver.py ${pictures}` },
    { host: 'broker', command: 'redis-server --protected-mode no', service: true },
    {
      host: 'worker',
      command: ['sh', '-c', 'until python3 exercise.py; do sleep 1; done'],
      start: 0.5,
      service: true,
      reboots: true,
    },
  ],
  links: [{ latency: 0.001 }],
});

export default suite([
  test('the good pictures get through', {
    world: world('broken cat'),
    model: 'blocking-only',
    runs: 1,
    hint: 'The broken one is handed out again and again. Who counts?',
  }, (run) => {
    const { thumbnails, dead, pending }: Outcome = JSON.parse(outputOf(run, 'shop'));
    expect('the thumbnails', thumbnails).toEqual(['small cat']);
    expect('the dead letters', dead).toEqual(['broken']);
    expect('the number of pictures that are not acknowledged', pending).toBe(0);
  }),
  test('bad luck is not poison', {
    world: world('large'),
    model: 'blocking-only',
    runs: 1,
    hint: 'This one crashes the worker the first time only.',
  }, (run) => {
    const { thumbnails, dead }: Outcome = JSON.parse(outputOf(run, 'shop'));
    expect('the thumbnails', thumbnails).toEqual(['small large']);
    expect('the dead letters', dead).toEqual([]);
  }),
  test('no picture is lost, whatever one crash does', {
    world: world('broken'),
    model: 'blocking-only',
    faults: { most: 1, of: [{ kind: 'crash', host: 'worker', backAfter: 1 }] },
    runs: 250,
    hint: 'There is a moment when the picture is on its way to the dead letters. Where is it then?',
  }, (run) => {
    const { dead }: Outcome = JSON.parse(outputOf(run, 'shop'));
    expect('the dead letters', dead).toEqual(['broken']);
  }),
]);
