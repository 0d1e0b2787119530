/** Calls whose answers come later, made as if they were there: natives, and system calls of the C library's. */
import { expect, test } from 'vitest';
import { SUSPEND } from '../../kernel/kernel.ts';
import { isLater, type Later } from '../../kernel/later.ts';
import { Elsewhere, type Pending } from './elsewhere.ts';

interface Numbers {
  add(a: number, b: number): number;
}

/** An elsewhere, the questions that it has asked, and a way to answer the last of them. */
function setUp() {
  const asked: { question: Pending; come: (answer: unknown) => void }[] = [];
  const elsewhere = new Elsewhere((question, come) => asked.push({ question, come }));
  return { elsewhere, asked, numbers: elsewhere.of<Numbers>('kernel') };
}

test('a native waits for each answer in turn, and is done again with all of them', () => {
  const { elsewhere, asked, numbers } = setUp();
  let later: Later<unknown> | null = null;
  const started = elsewhere.native(
    () => numbers.add(numbers.add(1, 2), 3),
    (waits) => {
      later = waits;
      return SUSPEND;
    },
  );
  expect(started).toBe(SUSPEND);
  const first = later as unknown as Later<unknown>;
  expect(asked[0]?.question).toMatchObject({ target: 'kernel', method: 'add', args: [1, 2] });
  expect(first.possible()).toBe(false);
  asked[0]?.come(3);
  expect(first.possible()).toBe(true);
  const second = first.complete();
  expect(isLater(second)).toBe(true);
  expect(asked[1]?.question.args).toEqual([3, 3]);
  asked[1]?.come(6);
  expect((second as Later<unknown>).complete()).toBe(6);
  expect(asked).toHaveLength(2);
});

test('a native that asks nobody is answered at once', () => {
  const { elsewhere, asked } = setUp();
  expect(
    elsewhere.native(
      () => 7,
      () => SUSPEND,
    ),
  ).toBe(7);
  expect(asked).toEqual([]);
});

test('a native that a signal cuts short is not done again', () => {
  const { elsewhere, asked, numbers } = setUp();
  let done = 0;
  let later: Later<unknown> | null = null;
  elsewhere.native(
    () => {
      done++;
      return numbers.add(1, 2);
    },
    (waits) => {
      later = waits;
      return SUSPEND;
    },
  );
  asked[0]?.come(-2);
  expect((later as unknown as Later<unknown>).complete()).toBe(-2);
  expect(done).toBe(1);
});

test('a system call writes nothing before its caller is back', () => {
  const { elsewhere, asked, numbers } = setUp();
  const written: number[] = [];
  const first = elsewhere.handled(() => {
    const sum = numbers.add(2, 2);
    written.push(sum);
    return 0;
  });
  if (typeof first === 'number') throw new Error('must wait');
  asked[0]?.come(4);
  expect(first.later.complete()).toBe(4);
  expect(written).toEqual([]);
  expect(first.finish(4)).toBe(0);
  expect(written).toEqual([4]);
});

test('what is asked outside any call is thrown out', () => {
  const { numbers } = setUp();
  expect(() => numbers.add(1, 1)).toThrow('no answer yet');
});
