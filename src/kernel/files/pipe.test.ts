/** Pipes and fifos: what fits, who waits, and what happens when an end is gone. */
import { describe, expect, test } from 'vitest';
import { isFailed } from '../errno.ts';
import { isLater, type Later } from '../later.ts';
import { PIPE_BUF, PIPE_SIZE } from './pipe.ts';
import { MOST_PIPES } from './room.ts';
import { boot, bytesOf, later, newSystem, now, textOf } from './sample-machine.ts';
import { O, POLL } from './types.ts';

const fail = (errno: string) => ({ errno });

function setUp(flags = 0) {
  const system = newSystem();
  const files = boot(system);
  const { calls } = files;
  const [read, write] = now(calls.pipe(flags));
  const poll = (fd: number) => now(calls.poll([{ fd, events: POLL.IN | POLL.OUT }], 0))[0];
  return { system, files, calls, read, write, poll };
}

/** Bytes that show if one is lost or comes out of order. */
const stream = (size: number) => Uint8Array.from({ length: size }, (_, at) => (at * 7 + (at >> 8)) & 0xff);

describe('a pipe', () => {
  test('gives what it was given, in order, however it is cut', () => {
    const { calls, read, write } = setUp();
    const all = stream(200_000);
    const out: number[] = [];
    let sent = 0;
    for (let turn = 0; out.length < all.length; turn++) {
      const piece = all.subarray(sent, sent + 1 + ((turn * 977) % 9_000));
      if (piece.length > 0) {
        const written = calls.write(write, piece, null);
        sent += isLater(written) ? 0 : now(written);
      }
      out.push(...now(calls.read(read, 1 + ((turn * 541) % 8_000), null)));
    }
    expect(Uint8Array.from(out)).toEqual(all);
  });

  test('makes a reader wait for a writer', () => {
    const { calls, read, write } = setUp();
    const waiting = later(calls.read(read, 9, null));
    expect(waiting.waiting).toEqual({ on: 'read', what: 'pipe 1' });
    expect(waiting.possible()).toBe(false);
    now(calls.write(write, bytesOf('hello'), null));
    expect(waiting.possible()).toBe(true);
    expect(textOf(waiting.complete())).toBe('hello');
    expect(waiting.possible()).toBe(false);
  });

  test('tells those who wait when it changes', () => {
    const { calls, read, write } = setUp();
    let told = 0;
    for (const queue of (calls.read(read, 1, null) as Later<Uint8Array>).queues) queue.add({ changed: () => told++ });
    now(calls.write(write, bytesOf('x'), null));
    now(calls.read(read, 1, null));
    calls.close(write);
    expect(told).toBe(3);
  });

  test('ends when all writers are gone and it is empty', () => {
    const { calls, read, write, poll } = setUp();
    now(calls.write(write, bytesOf('last'), null));
    calls.close(write);
    expect(poll(read)).toBe(POLL.IN | POLL.HUP);
    expect(textOf(now(calls.read(read, 9, null)))).toBe('last');
    expect(poll(read)).toBe(POLL.HUP);
    expect(now(calls.read(read, 9, null))).toHaveLength(0);
  });

  test('breaks when nobody reads, and the process hears of it', () => {
    const { system, calls, read, write, poll } = setUp();
    calls.close(read);
    expect(poll(write)).toBe(POLL.OUT | POLL.ERR);
    expect(calls.write(write, new Uint8Array(), null)).toBe(0);
    expect(system.broken).toEqual([]);
    expect(calls.write(write, bytesOf('x'), null)).toEqual(fail('EPIPE'));
    expect(system.broken).toEqual([42]);
  });

  test('takes a small piece whole, or not yet', () => {
    const { calls, read, write, poll } = setUp(O.NONBLOCK);
    expect(calls.write(write, stream(PIPE_SIZE - 100), null)).toBe(PIPE_SIZE - 100);
    expect(poll(write)).toBe(0);
    expect(calls.write(write, stream(101), null)).toEqual(fail('EAGAIN'));
    expect(calls.write(write, stream(60), null)).toBe(60);
    calls.setFlags(write, 0);
    const waiting = later(calls.write(write, stream(PIPE_BUF), null));
    now(calls.read(read, PIPE_BUF - 41, null));
    expect(waiting.possible()).toBe(false);
    now(calls.read(read, 1, null));
    expect(waiting.possible()).toBe(true);
    expect(waiting.complete()).toBe(PIPE_BUF);
  });

  test('takes a large piece in portions, and answers its whole length', () => {
    const { calls, read, write, system } = setUp();
    const all = stream(PIPE_SIZE * 2 + 5_000);
    const given = all.slice();
    let answer: unknown = calls.write(write, given, null);
    // The caller's memory may change: the rest is already the kernel's.
    given.fill(0);
    const out: number[] = [];
    while (isLater(answer)) {
      expect(answer.possible()).toBe(false);
      out.push(...now(calls.read(read, 10_000, null)));
      expect(answer.possible()).toBe(true);
      answer = answer.complete();
    }
    expect(answer).toBe(all.length);
    out.push(...now(calls.read(read, PIPE_SIZE, null)));
    expect(Uint8Array.from(out)).toEqual(all);
    expect(system.moved[0]).toBe(`send pipe 1 ${PIPE_SIZE}`);
    expect(system.moved[1]).toBe('receive pipe 1 10000');
  });

  test('answers how much a long write has written when a signal or the end of its readers cuts it short', () => {
    const { system, calls, read, write } = setUp();
    const waiting = later(calls.write(write, stream(PIPE_SIZE + 9), null));
    expect(waiting.interrupted?.()).toBe(PIPE_SIZE);
    calls.close(read);
    expect(waiting.possible()).toBe(true);
    expect(waiting.complete()).toBe(PIPE_SIZE);
    expect(system.broken).toEqual([42]);
    const [, other] = now(calls.pipe(0));
    now(calls.write(other, stream(PIPE_SIZE), null));
    expect(later(calls.write(other, bytesOf('x'), null)).interrupted?.()).toEqual(fail('EINTR'));
  });

  test('that must not wait takes what fits of a large piece', () => {
    const { calls, read, write } = setUp(O.NONBLOCK);
    expect(calls.read(read, 1, null)).toEqual(fail('EAGAIN'));
    expect(calls.write(write, stream(PIPE_SIZE + 1), null)).toBe(PIPE_SIZE);
    expect(calls.write(write, stream(PIPE_SIZE), null)).toEqual(fail('EAGAIN'));
    expect(calls.available(read)).toBe(PIPE_SIZE);
  });

  test('has no offsets', () => {
    const { calls, read, write } = setUp();
    expect(calls.seek(read, 0, 1)).toEqual(fail('ESPIPE'));
    expect(calls.read(read, 1, 0)).toEqual(fail('ESPIPE'));
    expect(calls.write(write, bytesOf('x'), 0)).toEqual(fail('ESPIPE'));
    expect(calls.read(write, 1, null)).toEqual(fail('EBADF'));
    expect(calls.write(read, bytesOf('x'), null)).toEqual(fail('EBADF'));
    expect(calls.statOpen(read)).toMatchObject({ kind: 'fifo', mode: 0o600, size: 0 });
    expect(now(calls.read(read, 0, null))).toHaveLength(0);
  });

  test('is one of a bounded number', () => {
    const { files } = setUp();
    let made = 1;
    for (let pid = 43; pid < 50; pid++) {
      const child = files.fork(pid);
      for (;;) {
        const ends = child.calls.pipe(0);
        if (!isFailed(ends)) made++;
        else if (ends.errno === 'EMFILE') break;
        else {
          expect(ends).toEqual(fail('ENFILE'));
          expect(made).toBe(MOST_PIPES);
          child.end();
          expect(isFailed(files.calls.pipe(0))).toBe(false);
          return;
        }
      }
    }
    expect.unreachable();
  });
});

describe('a fifo', () => {
  function fifo() {
    const files = boot();
    expect(files.calls.makeFifo(null, 'fifo', 0o666)).toBe(0);
    const { calls } = files;
    return { files, calls, open: (flags: number) => calls.open(null, 'fifo', flags, 0) };
  }

  test('is opened when both ends are', () => {
    const { calls, open } = fifo();
    const reader = later(open(O.RDONLY));
    expect(reader.waiting).toEqual({ on: 'read', what: 'fifo fifo' });
    expect(reader.possible()).toBe(false);
    const write = now(open(O.WRONLY));
    expect(reader.possible()).toBe(true);
    // Before the reader had its turn: it counts as there.
    now(calls.write(write, bytesOf('early'), null));
    calls.close(write);
    const read = now(reader.complete() as number);
    expect(textOf(now(calls.read(read, 9, null)))).toBe('early');
    expect(now(calls.read(read, 9, null))).toHaveLength(0);
  });

  test('makes a writer wait for a reader', () => {
    const { open } = fifo();
    const writer = later(open(O.WRONLY));
    expect(writer.possible()).toBe(false);
    now(open(O.RDONLY));
    expect(writer.possible()).toBe(true);
  });

  test('that must not wait is there for a reader, and not for a writer', () => {
    const { calls, open } = fifo();
    expect(open(O.WRONLY | O.NONBLOCK)).toEqual(fail('ENXIO'));
    const read = now(open(O.RDONLY | O.NONBLOCK));
    const poll = () => now(calls.poll([{ fd: read, events: POLL.IN }], 0))[0];
    expect(poll()).toBe(0);
    expect(now(calls.read(read, 1, null))).toHaveLength(0);
    const write = now(open(O.WRONLY | O.NONBLOCK));
    expect(calls.read(read, 1, null)).toEqual(fail('EAGAIN'));
    calls.close(write);
    expect(poll()).toBe(POLL.HUP);
  });

  test('can be both ends at once, and forgets what nobody read', () => {
    const { calls, open } = fifo();
    const both = now(open(O.RDWR));
    now(calls.write(both, bytesOf('x'), null));
    expect(textOf(now(calls.read(both, 1, null)))).toBe('x');
    expect(later(calls.read(both, 1, null)).possible()).toBe(false);
    now(calls.write(both, bytesOf('lost'), null));
    calls.close(both);
    const again = now(open(O.RDWR | O.NONBLOCK));
    expect(calls.read(again, 1, null)).toEqual(fail('EAGAIN'));
  });

  test('cannot be opened when no number is left', () => {
    const { calls, open } = fifo();
    const reader = later(open(O.RDONLY));
    now(open(O.WRONLY));
    while (!isFailed(calls.duplicate(0, 0, false)));
    expect(reader.complete()).toEqual(fail('EMFILE'));
  });
});
