import { expect } from '../../../src/grader/expect.ts';
import { call, suite, test } from '../../../src/grader/suite.ts';

type Page = [answers: string[], seconds: number];
const page = (...services: [name: string, seconds: number][]) => call('page', [services], 'driver.py');

export default suite([
  test('the page takes as long as its slowest service', {
    entry: page(['mail', 1], ['weather', 2], ['stocks', 3]),
    hint: 'All of them must have been asked before the first answer is waited for.',
  }, (run) => {
    const [answers, seconds] = run.value as Page;
    expect('the answers', answers).toEqual(['MAIL', 'WEATHER', 'STOCKS']);
    expect('the seconds until the page was there', seconds).toBe(3);
  }),
  test('the answers stand in the order of the services', {
    entry: page(['mail', 1], ['news', 1], ['sport', 1]),
    hint: 'Which of several answers that come at the same time is first, nobody promises.',
  }, (run) => {
    expect('the answers', (run.value as Page)[0]).toEqual(['MAIL', 'NEWS', 'SPORT']);
  }),
  test('a service that fails costs its own answer only', {
    entry: page(['mail', 1], ['', 2], ['news', 3]),
    hint: 'The second service raises after two seconds. Who catches it, and what becomes of the others?',
  }, (run) => {
    const [answers, seconds] = run.value as Page;
    expect('the answers', answers).toEqual(['MAIL', 'no answer', 'NEWS']);
    expect('the seconds until the page was there', seconds).toBe(3);
  }),
]);
