/** The trampoline is what its text says (needs Debian's package wabt for that), and suspends whom it must. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MUST_WAIT, type Signature, suspendable } from './suspendable.ts';

const missing = spawnSync('wat2wasm', ['--version']).error !== undefined;
if (missing) console.log('suspendable.test.ts: partly skipped, install wabt to run it (apt-get install wabt)');

test.skipIf(missing)('syscall.wat is what suspendable.ts holds', () => {
  const source = readFileSync(path.join(import.meta.dirname, 'suspendable.ts'), 'utf8');
  const written = /const SYSCALL =\s*'([^']+)'/.exec(source)?.[1];
  const text = path.join(import.meta.dirname, 'syscall.wat');
  expect(written).toBe(spawnSync('wat2wasm', [text, '--output=-']).stdout.toString('base64'));
});

const never = () => {
  throw new Error('must not be called');
};

test.each<[Signature, (number | bigint)[]]>([
  ['iii', [1, 2, 3]],
  ['iiii', [1, 2, -3, 4]],
  ['iiiji', [1, 2, 3, -(2n ** 62n), 5]],
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
