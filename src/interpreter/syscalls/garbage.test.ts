/** Every call that C may make, with arguments that no C library would pass: each must be answered, and none may throw. */
import { expect, test } from 'vitest';
import { newHost } from '../../kernel/sockets/sample-host.ts';
import { AF } from '../../kernel/sockets/types.ts';
import { SIGNATURES, syscalls } from './index.ts';
import { Memory } from './memory.ts';
import { SocketNames } from './socket-names.ts';
import { MUST_WAIT } from './suspendable.ts';

const SIZE = 1 << 16;
/** Rounds for each call: enough that every small number stands in every place. */
const ROUNDS = 1_500;
/** Words that mean something somewhere: numbers of files, flags, sizes, addresses in the memory, at its edge, beyond. */
const WORDS = [
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 28, 64, 100, 128, 255, 256, 1023, 1024, 1025, 4096],
  ...[-1, -2, -100, 0x100, 0x800, 0x5413, 0x80000, 0x10000000, 2 ** 31 - 1, -(2 ** 31), 0xffff],
  ...[512, 1000, 5000, 8192, 30_000, SIZE - 8, SIZE - 4, SIZE - 1, SIZE, SIZE + 1],
];
/** Files that are open, and addresses at which there is what a call wants. */
const LIKELY = [...Array.from({ length: 13 }, (_, fd) => fd), 16, 512, 2048, 2080, 2200, 2300, 40_000];
const LONG_WORDS = [0n, 1n, -1n, 7n, 4096n, 2n ** 31n, 2n ** 32n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)];

/** Marsaglia's xorshift: the same garbage every time. */
function chance(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

/** A process with a file, a folder, a pipe and sockets, in a memory full of words. */
function newMachine(below: (bound: number) => number) {
  const HEAPU8 = new Uint8Array(SIZE);
  const memory = new Memory(() => ({ HEAPU8, _emscripten_builtin_memalign: () => 0 }));
  const host = newHost();
  const names = new SocketNames();
  const { calls } = host.files;
  const handlers = syscalls(memory, {
    files: () => calls,
    sockets: () => host.sockets,
    names: () => names,
    now: () => 1e9 + 0.5,
    mappings: { known: () => 0, mapped: () => 0, unmapped: () => 0, synchronised: () => 0 },
  });
  calls.open(null, '/tmp/file', 0o102, 0o644);
  calls.open(null, '/tmp', 0o200000, 0);
  calls.pipe(0);
  host.stream();
  host.datagram();
  host.pair();
  host.stream(AF.UNIX);
  const words = new Int32Array(HEAPU8.buffer);
  for (let n = 0; n < words.length; n++) words[n] = WORDS[below(WORDS.length)] as number;
  for (const [address, text] of [
    [512, '/tmp/file\0'],
    [1000, '../..//tmp/./x/\0'],
    [5000, '\0'],
    [8192, `/tmp/${'y'.repeat(300)}\0`],
    [30_000, '/'.repeat(5000)],
  ] as const)
    HEAPU8.set(new TextEncoder().encode(text), address);
  // Addresses of sockets, and a message with one buffer and a file.
  HEAPU8.set([AF.INET, 0, 31, 144, 127, 0, 0, 1], 2048);
  HEAPU8.set([AF.UNIX, 0, ...new TextEncoder().encode('/tmp/s\0')], 2080);
  words.set([2048, 16, 2300, 1, 2240, 16, 0], 2200 >> 2);
  words.set([16, 1, 1, 4], 2240 >> 2);
  words.set([40_000, 100], 2300 >> 2);
  return { handlers, HEAPU8 };
}

test.each(Object.entries(SIGNATURES))('%s', (name, signature) => {
  const below = chance(name.length * 7919 + 1);
  const { handlers, HEAPU8 } = newMachine(below);
  const handler = handlers[name];
  expect(handler).toBeDefined();
  const wordOf = (words: readonly number[]) => words[below(words.length)] as number;
  const one = (letter: string) =>
    letter === 'j' ? (LONG_WORDS[below(LONG_WORDS.length)] as bigint) : wordOf(below(2) ? WORDS : LIKELY);
  const before = HEAPU8.slice();
  for (let round = 0; round < ROUNDS; round++) {
    if (round % 50 === 0) HEAPU8.set(before);
    const args = [...signature].map(one);
    let answer = handler?.(...args);
    if (typeof answer === 'object') {
      const { later, finish } = answer;
      // Whoever has to wait is called back when it is possible, or too late, or a signal has come.
      const ends = later.possible() ? later.complete() : below(2) ? later.expired() : later.interrupted?.();
      answer = finish(ends ?? { errno: 'EINTR' });
    }
    const told = `${name}(${args.join(', ')})`;
    if (answer !== (answer as number) << 0 || answer === MUST_WAIT) expect.fail(`${told} answered ${answer}`);
  }
});

test('every handler has a signature', () => {
  const { handlers } = newMachine(chance(1));
  const unknown = Object.keys(handlers).filter((name) => !(name in SIGNATURES));
  expect(unknown).toEqual([]);
});
