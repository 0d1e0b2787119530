/** One student's answers after the other's, and alone what may end workers. */
import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

/** Says in which order turns come. */
class Jobs {
  readonly begun: string[] = [];
  readonly turns: Turns;

  constructor(lanes: number) {
    this.turns = new Turns(lanes);
  }

  async enter(...names: string[]): Promise<void> {
    for (const name of names) {
      void this.turns.enter(name.charAt(0), false).then((now) => this.begun.push(now ? name : `not ${name}`));
      await Promise.resolve();
    }
  }

  async leave(name: string): Promise<void> {
    this.turns.leave(name.charAt(0));
    await Promise.resolve();
  }
}

test('one lane keeps to one student', async () => {
  const jobs = new Jobs(1);
  expect(jobs.turns.admits('a', false)).toBe(true);
  await jobs.enter('a1', 'a2');
  expect(jobs.turns.admits('a', false)).toBe(true);
  expect(jobs.turns.admits('b', false)).toBe(false);
  expect(jobs.begun).toEqual(['a1']);
  await jobs.leave('a1');
  expect(jobs.begun).toEqual(['a1', 'a2']);
  expect(jobs.turns.hasRoom).toBe(false);
  await jobs.leave('a2');
  expect(jobs.turns.hasRoom).toBe(true);
  expect(jobs.turns.count).toBe(0);
});

test('two lanes have two students, and each goes on with its own', async () => {
  const jobs = new Jobs(2);
  await jobs.enter('a1', 'b1', 'a2', 'b2');
  expect(jobs.begun).toEqual(['a1', 'b1']);
  await jobs.leave('b1');
  await jobs.leave('a1');
  expect(jobs.begun).toEqual(['a1', 'b1', 'b2', 'a2']);
});

test('a lane that has nothing else to do helps with a student who has another one', async () => {
  const jobs = new Jobs(2);
  await jobs.enter('a1', 'a2', 'a3');
  expect(jobs.begun).toEqual(['a1', 'a2']);
});

test('what a dead worker left is graded alone', async () => {
  const jobs = new Jobs(2);
  await jobs.enter('a1');
  expect(jobs.turns.admits('a', true)).toBe(false);
  await jobs.leave('a1');
  expect(jobs.turns.admits('a', true)).toBe(true);
  void jobs.turns.enter('a', true);
  expect(jobs.turns.admits('a', false)).toBe(false);
  expect(jobs.turns.hasRoom).toBe(false);
  jobs.turns.leave('a');
  expect(jobs.turns.admits('b', false)).toBe(true);
});

test('at the end nothing more begins', async () => {
  const jobs = new Jobs(1);
  await jobs.enter('a1', 'a2');
  jobs.turns.end();
  await Promise.resolve();
  expect(jobs.begun).toEqual(['a1', 'not a2']);
  expect(jobs.turns.admits('a', false)).toBe(false);
  await jobs.leave('a1');
  expect(jobs.turns.hasRoom).toBe(false);
});
