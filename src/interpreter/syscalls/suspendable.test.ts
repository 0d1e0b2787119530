/** The trampolines pass on what they are given, and suspend whom they must. */
import { expect, test } from 'vitest';
import { MUST_WAIT, type Signature, suspendable } from './suspendable.ts';

const never = () => {
  throw new Error('must not be called');
};

test.each<[Signature, (number | bigint)[]]>([
  ['', []],
  ['iii', [1, 2, 3]],
  ['iiii', [1, 2, -3, 4]],
  ['iiiji', [1, 2, 3, -(2n ** 62n), 5]],
  ['ijji', [1, 2n, -(2n ** 63n), 5]],
  ['iiiiii', [1, 2, 3, 4, 5, 6]],
])('%s: an answer comes back at once, on any stack', (signature, args) => {
  const asked: unknown[] = [];
  const enter = (...given: unknown[]) => asked.push(given) - 29;
  const call = suspendable({ enter, leave: never, suspend: never, resume: never }, signature);
  expect(call(...args)).toBe(-28);
  expect(asked).toEqual([args]);
});

test('one that must wait is suspended, and resumed with what it waited for', async () => {
  const events: string[] = [];
  let wake: (carrier: number) => void = never;
  const call = suspendable(
    {
      enter: () => MUST_WAIT,
      leave: () => events.push('leave'),
      suspend: () => {
        events.push('suspend');
        return new Promise<number>((resolve) => {
          wake = resolve;
        });
      },
      resume: (carrier) => {
        events.push(`resume ${carrier}`);
        return -27;
      },
    },
    'iii',
  );
  const promising = (WebAssembly as unknown as { promising(f: unknown): (...args: number[]) => Promise<number> })
    .promising;
  const result = promising(call)(0, 0, 0);
  expect(events).toEqual(['leave', 'suspend']);
  wake(7);
  expect(await result).toBe(-27);
  expect(events).toEqual(['leave', 'suspend', 'resume 7']);
});

test('one that must wait again is suspended again', async () => {
  const events: string[] = [];
  const answers = [MUST_WAIT, MUST_WAIT, 3];
  const door = {
    enter: () => MUST_WAIT,
    leave: () => events.push('leave'),
    suspend: () => Promise.resolve(events.length),
    resume: (carrier: number) => {
      events.push(`resume ${carrier}`);
      return answers.shift() ?? 0;
    },
  };
  const promising = (WebAssembly as unknown as { promising(f: unknown): (...args: number[]) => Promise<number> })
    .promising;
  expect(await promising(suspendable(door, 'i'))(0)).toBe(3);
  expect(events).toEqual(['leave', 'resume 1', 'leave', 'resume 3', 'leave', 'resume 5']);
});
