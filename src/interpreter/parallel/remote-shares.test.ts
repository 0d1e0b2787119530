/** Shared memory that travels: only what differs, to the right place, and never beyond its end. */
import { expect, test } from 'vitest';
import type { FromOutpost } from './messages.ts';
import { differences, RemoteShares } from './remote-shares.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

test.each([
  ['equal', [1, 2, 3], [1, 2, 3], []],
  ['one in the middle', [1, 2, 3], [1, 9, 3], [[1, 2]]],
  [
    'two places, up to the end',
    [1, 2, 3, 4, 5],
    [9, 2, 3, 8, 8],
    [
      [0, 1],
      [3, 5],
    ],
  ],
  ['up to the shorter end', [1, 2], [1, 2, 3], []],
] as const)('differences: %s', (_, before, after, found) => {
  expect([...differences(bytes(...before), bytes(...after))]).toEqual(found);
});

test('what was written goes out once, what comes in is read', () => {
  const posted: FromOutpost[] = [];
  const shares = new RemoteShares((message) => posted.push(message));
  const share = shares.map(5, 8, bytes(0, 0, 0, 0));
  expect(posted).toEqual([{ kind: 'share', share: 1, fd: 5, offset: 8, length: 4 }]);
  share.write(bytes(0, 7, 0, 0), 8);
  expect(shares.take()).toEqual([[1, 1, bytes(7)]]);
  share.write(bytes(0, 7, 0, 0), 8);
  expect(shares.take()).toEqual([]);
  shares.apply([
    [1, 2, bytes(3, 4)],
    [1, 3, bytes(9, 9)], // beyond its end
    [2, 0, bytes(1)], // nobody's
  ]);
  expect(share.read(4, 8)).toEqual(bytes(0, 7, 3, 4));
  expect(share.stat().size).toBe(12);
});
