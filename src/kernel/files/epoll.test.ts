/** Epolls: what is told, in which order, how often, and what is refused. */
import { describe, expect, test } from 'vitest';
import { settled } from '../sockets/sample-host.ts';
import { CONTROL, EPOLL, MOST_WATCHED } from './epoll.ts';
import { boot, bytesOf, later, newSystem, now } from './sample-machine.ts';
import { O, POLL } from './types.ts';

const fail = (errno: string) => ({ errno });
const { ADD, MODIFY, REMOVE } = CONTROL;

function setUp() {
  const system = newSystem();
  const files = boot(system);
  const { calls } = files;
  const make = () => now(calls.epoll(true));
  const epoll = make();
  const pipe = () => now(calls.pipe(O.NONBLOCK));
  return {
    system,
    files,
    calls,
    epoll,
    make,
    pipe,
    add: (fd: number, events: number, to = epoll) => calls.epollControl(to, ADD, fd, events),
    modify: (fd: number, events: number) => calls.epollControl(epoll, MODIFY, fd, events),
    remove: (fd: number) => calls.epollControl(epoll, REMOVE, fd, 0),
    look: (most = 99, from = epoll) => now(calls.epollWait(from, most, 0)),
    write: (fd: number, text = 'x') => now(calls.write(fd, bytesOf(text), null)),
    read: (fd: number, size = 99) => now(calls.read(fd, size, null)),
  };
}

describe('an epoll', () => {
  test('tells of what is ready, again and again, and of what hangs up without being asked', () => {
    const { pipe, add, look, write, read, calls } = setUp();
    const [one, other] = pipe();
    add(one, POLL.IN);
    add(other, 0);
    expect(look()).toEqual([]);
    write(other);
    expect(look()).toEqual([one, POLL.IN]);
    expect(look()).toEqual([one, POLL.IN]);
    read(one);
    expect(look()).toEqual([]);
    calls.close(other);
    expect(look()).toEqual([one, POLL.HUP]);
  });

  test('makes its caller wait, who can run exactly while there is something to tell', () => {
    const { pipe, add, write, read, calls, epoll } = setUp();
    const [one, other] = pipe();
    add(one, POLL.IN);
    const waiting = later(calls.epollWait(epoll, 9, null));
    expect(waiting.waiting).toEqual({ on: 'poll', what: 'pipe 1' });
    expect(waiting.possible()).toBe(false);
    write(other);
    expect(waiting.possible()).toBe(true);
    read(one);
    expect(waiting.possible()).toBe(false);
    write(other);
    expect(waiting.complete()).toEqual([one, POLL.IN]);
  });

  test('tells those who wait of every change, the contrary too', () => {
    const { pipe, add, write, read, calls, epoll } = setUp();
    const [one, other] = pipe();
    add(one, POLL.IN);
    const waiting = later(calls.epollWait(epoll, 9, null));
    const seen: boolean[] = [];
    for (const queue of waiting.queues) queue.add({ changed: () => seen.push(waiting.possible()) });
    write(other);
    read(one);
    expect(seen).toEqual([true, false]);
  });

  test('with EDGE tells of each arrival once, of what is left never', () => {
    const { pipe, add, look, write, read, modify } = setUp();
    const [one, other] = pipe();
    add(one, POLL.IN | EPOLL.EDGE);
    write(other, 'abc');
    expect(look()).toEqual([one, POLL.IN]);
    expect(look()).toEqual([]);
    read(one, 1);
    expect(look()).toEqual([]);
    write(other);
    expect(look()).toEqual([one, POLL.IN]);
    modify(one, POLL.IN | EPOLL.EDGE);
    expect(look()).toEqual([one, POLL.IN]);
    expect(look()).toEqual([]);
  });

  test('with ONESHOT tells once, until it is told again what to look for', () => {
    const { pipe, add, look, write, modify } = setUp();
    const [one, other] = pipe();
    add(one, POLL.IN | EPOLL.ONESHOT);
    write(other);
    expect(look()).toEqual([one, POLL.IN]);
    write(other);
    expect(look()).toEqual([]);
    modify(one, POLL.IN);
    expect(look()).toEqual([one, POLL.IN]);
  });

  test('with EXCLUSIVE one of two that wait is told', () => {
    const { pipe, add, write, calls, epoll, make } = setUp();
    const [one, other] = pipe();
    const second = make();
    const waiting = [epoll, second].map((who) => {
      add(one, POLL.IN | EPOLL.EXCLUSIVE, who);
      return later(calls.epollWait(who, 9, null));
    });
    write(other);
    expect(waiting.map((call) => call.possible())).toEqual([true, false]);
    expect(waiting[0]?.complete()).toEqual([one, POLL.IN]);
    // Who asks gets to know it without being told.
    expect(now(calls.epollWait(epoll, 9, 0))).toEqual([one, POLL.IN]);
  });

  test('tells as much as there is room for, and begins with the rest', () => {
    const { pipe, add, look, write } = setUp();
    const pipes = [pipe(), pipe(), pipe()];
    for (const [read] of pipes) add(read, POLL.IN);
    for (const [, end] of [...pipes].reverse()) write(end);
    const [a, b, c] = pipes.map(([read]) => read);
    const names = (told: readonly number[]) => told.filter((_, n) => n % 2 === 0);
    expect(names(look(2))).toEqual([c, b]);
    expect(names(look(2))).toEqual([a, c]);
    expect(names(look(2))).toEqual([b, a]);
  });

  test('keeps a file as long as anybody has it open, under the number that it had', () => {
    const { pipe, add, look, write, calls, remove, files } = setUp();
    const [one, other] = pipe();
    add(one, POLL.IN);
    const copy = now(calls.duplicate(one, 0, false));
    calls.close(one);
    write(other);
    expect(look()).toEqual([one, POLL.IN]);
    expect(remove(one)).toEqual(fail('EBADF'));
    const child = files.fork(43);
    calls.close(copy);
    expect(look()).toEqual([one, POLL.IN]);
    child.end();
    expect(look()).toEqual([]);
  });

  test('is inherited, and is one for parent and child', () => {
    const { pipe, look, write, files, epoll } = setUp();
    const [one, other] = pipe();
    const child = files.fork(43);
    expect(child.calls.epollControl(epoll, ADD, one, POLL.IN)).toBe(0);
    write(other);
    expect(look()).toEqual([one, POLL.IN]);
  });

  test('can be waited for itself', () => {
    const { pipe, add, look, write, read, calls, epoll, make } = setUp();
    const [one, other] = pipe();
    const outer = make();
    add(one, POLL.IN);
    expect(add(epoll, POLL.IN, outer)).toBe(0);
    const waiting = later(calls.epollWait(outer, 9, null));
    const polls = calls.poll([{ fd: epoll, events: POLL.IN }], null);
    write(other);
    expect(waiting.complete()).toEqual([epoll, POLL.IN]);
    expect(settled(polls)).toEqual([POLL.IN]);
    read(one);
    expect(look(9, outer)).toEqual([]);
  });

  test('refuses what Linux refuses', () => {
    const { pipe, add, modify, remove, calls, epoll, make } = setUp();
    const [one] = pipe();
    const file = now(calls.open(null, 'f', O.RDWR | O.CREAT, 0o600));
    expect(modify(one, POLL.IN)).toEqual(fail('ENOENT'));
    expect(remove(one)).toEqual(fail('ENOENT'));
    expect(add(one, POLL.IN)).toBe(0);
    expect(add(one, POLL.OUT)).toEqual(fail('EEXIST'));
    expect(add(99, POLL.IN)).toEqual(fail('EBADF'));
    expect(add(file, POLL.IN)).toEqual(fail('EPERM'));
    expect(add(now(calls.open(null, '/dev/null', O.RDWR, 0)), POLL.IN)).toEqual(fail('EPERM'));
    expect(add(epoll, POLL.IN)).toEqual(fail('EINVAL'));
    expect(add(0, POLL.IN | EPOLL.EXCLUSIVE | EPOLL.ONESHOT)).toEqual(fail('EINVAL'));
    expect(calls.epollControl(epoll, 9, one, 0)).toEqual(fail('EINVAL'));
    expect(calls.epollControl(one, ADD, 0, 0)).toEqual(fail('EINVAL'));
    expect(calls.epollWait(epoll, 0, 0)).toEqual(fail('EINVAL'));
    expect(calls.epollWait(file, 1, 0)).toEqual(fail('EINVAL'));
    expect(calls.read(epoll, 1, null)).toEqual(fail('EINVAL'));
    expect(calls.write(epoll, bytesOf('x'), null)).toEqual(fail('EINVAL'));
    const outer = make();
    add(epoll, POLL.IN, outer);
    expect(add(outer, POLL.IN)).toEqual(fail('ELOOP'));
    expect(add(epoll, POLL.IN | EPOLL.EXCLUSIVE, make())).toEqual(fail('EINVAL'));
  });

  test('bounds how deep they stand in each other, in how many, and how many files they watch', () => {
    const { add, make, system, pipe, calls } = setUp();
    let outer = make();
    const inner = outer;
    for (let depth = 1; depth < 5; depth++) {
      const next = make();
      expect(add(outer, POLL.IN, next)).toBe(0);
      outer = next;
    }
    expect(add(outer, POLL.IN, make())).toEqual(fail('ELOOP'));
    for (let n = 1; n < 4; n++) expect(add(inner, POLL.IN, make())).toBe(0);
    expect(add(inner, POLL.IN, make())).toEqual(fail('EINVAL'));
    const before = system.watched;
    system.watched = MOST_WATCHED;
    const [one] = pipe();
    expect(add(one, POLL.IN)).toEqual(fail('ENOSPC'));
    system.watched = before;
    add(one, POLL.IN);
    calls.close(one);
    expect(system.watched).toBe(before);
  });
});
