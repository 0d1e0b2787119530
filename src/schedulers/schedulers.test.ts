/** Policies: what each answers, and that a schedule string says it all. */
import { describe, expect, test } from 'vitest';
import type { Scheduler, SwitchPoint, TaskId } from '../kernel/types.ts';
import { Prng } from './prng.ts';
import { RandomWalk } from './random.ts';
import { Recording } from './recording.ts';
import { Divergence, Replay } from './replay.ts';
import { RoundRobin } from './round-robin.ts';
import { BadSchedule, decode, encode, fingerprint, type Schedule, withCheck } from './schedule.ts';

/** A made-up run: what a scheduler is asked depends on nothing but the round. */
function question(round: number): [TaskId[], TaskId | null, SwitchPoint] {
  const size = 2 + (round % 3);
  const runnable = Array.from({ length: size }, (_, i) => ((i + round) % 5) + 1);
  const why: SwitchPoint = (['step', 'call', 'block', 'yield'] as const)[round % 4] as SwitchPoint;
  return [runnable, why === 'block' ? null : (runnable[size - 1] as TaskId), why];
}

function answers(scheduler: Scheduler, rounds = 500): TaskId[] {
  scheduler.nextRun();
  return Array.from({ length: rounds }, (_, round) => scheduler.nextTask(...question(round)));
}

const base: Omit<Schedule, 'deviations'> = {
  model: 'every-bytecode',
  observed: false,
  seed: 4_000_000_000,
  fingerprint: 'abc123',
};

describe('round-robin', () => {
  test('goes on at steps and calls, and otherwise runs whoever waited longest', () => {
    const scheduler = new RoundRobin();
    expect(scheduler.nextTask([3, 1], 1, 'step')).toBe(1);
    expect(scheduler.nextTask([3, 1], 1, 'call')).toBe(1);
    expect(scheduler.nextTask([3, 1], 1, 'yield')).toBe(3);
    expect(scheduler.nextTask([3, 2], null, 'block')).toBe(3);
  });

  test('has exactly one run, and an empty schedule', () => {
    const recording = new Recording(new RoundRobin());
    answers(recording);
    expect(recording.deviations).toEqual([]);
    expect(recording.nextRun()).toBeNull();
  });
});

describe('random', () => {
  test('the same seed gives the same run, another seed another', () => {
    expect(answers(new RandomWalk(7))).toEqual(answers(new RandomWalk(7)));
    expect(answers(new RandomWalk(7))).not.toEqual(answers(new RandomWalk(8)));
  });

  test('always answers one of those who can run', () => {
    answers(new RandomWalk(3)).forEach((chosen, round) => {
      expect(question(round)[0]).toContain(chosen);
    });
  });

  test('the generator is the published Mulberry32', () => {
    const prng = new Prng(1);
    expect([prng.next(), prng.next(), prng.next()]).toEqual([2693262067, 11749833, 2265367787]);
  });
});

describe('schedule strings', () => {
  test.each([1, 2, 3, 4, 5, 99])('seed %i: what was recorded replays through its string', (seed) => {
    const recording = new Recording(new RandomWalk(seed));
    const expected = answers(recording);
    const text = encode({ ...base, deviations: recording.deviations });
    expect(text).toMatch(/^hb1\.e\.[0-9a-z]+\.abc123\.[\w-]+\.[0-9a-z]{3}$/);
    const schedule = decode(text);
    expect(schedule).toEqual({ ...base, deviations: recording.deviations });
    const replay = new Replay(schedule);
    expect(answers(replay)).toEqual(expected);
    expect(() => replay.finish()).not.toThrow();
  });

  test('a program that ends too early, or has too few tasks, diverges', () => {
    const recording = new Recording(new RandomWalk(1));
    answers(recording);
    const short = new Replay({ ...base, deviations: recording.deviations });
    answers(short, 100);
    expect(() => short.finish()).toThrow(Divergence);
    const narrow = new Replay({ ...base, deviations: [{ gap: 0, choice: 5 }] });
    expect(() => answers(narrow)).toThrow('decision 1');
  });

  test.each([
    ['', 'is not a schedule'],
    ['hb0.e.1.x.AA', 'is not a schedule'],
    ['hb1.e.1.x.AA', 'is missing or was changed'],
    [withCheck('hb1.e.1.x.AA').replace('.x.', '.y.'), 'is missing or was changed'],
    [withCheck('hb1.e.1.x.AAAA').slice(0, -1), 'is missing or was changed'],
    [withCheck('hb1.x.1.x.AA'), 'unknown model'],
    [withCheck('hb1.e.-1.x.AA'), 'unknown model or seed'],
    [withCheck('hb1.e.1.x.A*'), 'does not belong'],
    [withCheck('hb1.e.1.x._w'), 'ends in the middle'],
    [withCheck('hb1.e.1.x.AQ'), 'ends in the middle'],
    [`hb1.e.1.x.${'A'.repeat(5_000_000)}`, 'too long'],
  ])('%.20s is refused with a reason', (text, reason) => {
    expect(() => decode(text)).toThrow(BadSchedule);
    expect(() => decode(text)).toThrow(reason);
  });

  test('programs are told apart', () => {
    expect(fingerprint('a')).not.toBe(fingerprint('b'));
    expect(fingerprint('')).toBe((0x811c9dc5).toString(36));
  });
});
