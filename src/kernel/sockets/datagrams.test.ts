/** Datagrams, over the internet's addresses and between names. */
import { describe, expect, test } from 'vitest';
import { failed } from '../errno.ts';
import { bytesOf, later, now, textOf } from '../files/sample-machine.ts';
import { POLL } from '../files/types.ts';
import { BROADCAST, inet } from './addresses.ts';
import { local, named, newHost, settled } from './sample-host.ts';
import { type Address, AF, MSG, type Received, SO, SOCK, SOL } from './types.ts';

const { IN, OUT, ERR } = POLL;
const to = (address: Address | null, bytes: string | Uint8Array) => ({
  bytes: typeof bytes === 'string' ? bytesOf(bytes) : bytes,
  to: address,
  files: [],
});

describe('UDP', () => {
  test('borders, senders, MSG_TRUNC, MSG_PEEK', () => {
    const { sockets, datagram, receive, poll, files } = newHost();
    const [one, other] = [datagram(), datagram()];
    now(sockets.bind(other, local(5_000)));
    expect(poll(one)).toBe(OUT);
    const waiting = receive(other);
    expect(later(waiting).waiting).toEqual({ on: 'read', what: 'the socket 127.0.0.1:5000' });
    for (const text of ['first', '', 'third']) expect(sockets.send(one, to(local(5_000), text), 0)).toBe(text.length);
    const first = settled<Received>(waiting);
    expect([textOf(first.bytes), first.from]).toEqual(['first', local(32_768)]);
    expect(now(receive(other)).bytes.length).toBe(0);
    expect(files.calls.available(other)).toBe(5);
    expect(now(receive(other, 2, MSG.PEEK))).toMatchObject({ length: 5, flags: MSG.TRUNC });
    expect(textOf(now(receive(other, 2)).bytes)).toBe('th');
    expect(sockets.receive(other, 9, 0, MSG.DONTWAIT)).toEqual(failed('EAGAIN'));
  });

  test('connected: hears only its peer, and that nobody is there', () => {
    const { sockets, datagram, send, text, receive, poll } = newHost();
    const [one, other, third] = [datagram(), datagram(), datagram()];
    expect(send(one, 'x')).toEqual(failed('EDESTADDRREQ'));
    now(sockets.connect(one, local(5_000)));
    expect(sockets.peer(one)).toEqual(local(5_000));
    expect(send(one, 'x')).toBe(1);
    expect(poll(one)).toBe(OUT | ERR);
    expect(receive(one)).toEqual(failed('ECONNREFUSED'));
    now(sockets.bind(other, local(5_000)));
    send(one, 'x');
    expect(text(other)).toBe('x');
    now(sockets.send(third, to(sockets.name(one) as Address, 'stranger'), 0));
    expect(poll(one)).toBe(OUT);
    now(sockets.send(other, to(sockets.name(one) as Address, 'answer'), 0));
    expect(text(one)).toBe('answer');
    now(sockets.send(third, to(local(9), 'nobody hears it, nobody says so'), 0));
    expect(poll(third)).toBe(OUT);
  });

  test('EMSGSIZE, EACCES, ENETUNREACH, EINVAL', () => {
    const { sockets, datagram } = newHost();
    const [one, other] = [datagram(), datagram()];
    now(sockets.bind(other, local(5_000)));
    expect(sockets.send(one, to(local(5_000), new Uint8Array(65_507)), 0)).toBe(65_507);
    expect(sockets.send(one, to(local(5_000), new Uint8Array(65_508)), 0)).toEqual(failed('EMSGSIZE'));
    expect(sockets.send(one, to(inet(BROADCAST, 5_000), 'x'), 0)).toEqual(failed('EACCES'));
    sockets.setOption(one, SOL.SOCKET, SO.BROADCAST, [1]);
    expect(sockets.send(one, to(inet(BROADCAST, 5_000), 'x'), 0)).toEqual(failed('ENETUNREACH'));
    expect(sockets.send(one, to(local(0), 'x'), 0)).toEqual(failed('EINVAL'));
    expect(sockets.send(one, to(named('x'), 'x'), 0)).toEqual(failed('EAFNOSUPPORT'));
  });

  test('a full socket loses what comes', () => {
    const { sockets, datagram, poll } = newHost();
    const [one, other] = [datagram(), datagram()];
    now(sockets.bind(other, local(5_000)));
    for (let n = 0; n < 1_000; n++) expect(sockets.send(one, to(local(5_000), 'x'), 0)).toBe(1);
    let kept = 0;
    while ((poll(other) ?? 0) & IN) {
      now(sockets.receive(other, 1, 0, 0));
      kept++;
    }
    expect(kept).toBe(Math.floor(212_992 / 769));
  });
});

describe('between names', () => {
  test('a sender waits while eleven are unread', () => {
    const { sockets, pair, send, receive, poll } = newHost();
    const [one, other] = pair(SOCK.DGRAM);
    for (let n = 0; n < 11; n++) expect(send(one, String(n))).toBe(String(n).length);
    expect(poll(one)).toBe(0);
    expect(send(one, 'x', MSG.DONTWAIT)).toEqual(failed('EAGAIN'));
    const waiting = send(one, 'last');
    expect(textOf(now(receive(other)).bytes)).toBe('0');
    expect(settled(waiting)).toBe(4);
    expect(sockets.send(other, to(null, new Uint8Array(212_992)), 0)).toEqual(failed('EMSGSIZE'));
  });

  test('tells who polls for a place in the queue of its other end', () => {
    const { files, sockets, pair, send, receive } = newHost();
    const [one, other] = pair(SOCK.DGRAM);
    for (let n = 0; n <= 10; n++) send(one, 'x');
    const waiting = later(files.calls.poll([{ fd: one, events: OUT }], null));
    let told = 0;
    for (const queue of waiting.queues) queue.add({ changed: () => told++ });
    expect(waiting.possible()).toBe(false);
    now(receive(other));
    expect([told, waiting.possible()]).toEqual([1, true]);
    now(sockets.shutdown(other, 2));
    files.calls.close(other);
    expect(told).toBe(2);
  });

  test('ENOTCONN, ECONNREFUSED, EPROTOTYPE, EPERM', () => {
    const { sockets, files, stream, datagram, pair, send } = newHost();
    const [one, other, third, listening] = [...[1, 2, 3].map(() => datagram(AF.UNIX)), stream(AF.UNIX)] as [
      number,
      number,
      number,
      number,
    ];
    expect(send(one, 'x')).toEqual(failed('ENOTCONN'));
    now(sockets.bind(other, named('/tmp/d')));
    now(sockets.bind(listening, named('/tmp/s')));
    now(sockets.listen(listening, 1));
    expect(sockets.send(one, to(named('/tmp/s'), 'x'), 0)).toEqual(failed('EPROTOTYPE'));
    expect(sockets.connect(one, named('/tmp/s'))).toEqual(failed('EPROTOTYPE'));
    expect(sockets.send(one, to(named('/tmp/d'), 'x'), 0)).toBe(1);
    expect(now(sockets.receive(other, 9, 0, 0)).from).toBe(null);
    now(sockets.bind(third, named('/tmp/e')));
    now(sockets.connect(other, named('/tmp/e')));
    expect(sockets.send(one, to(named('/tmp/d'), 'x'), 0)).toEqual(failed('EPERM'));
    files.calls.close(third);
    expect(send(other, 'x')).toEqual(failed('ECONNREFUSED'));
    const [left, right] = pair(SOCK.DGRAM);
    files.calls.close(right);
    expect(send(left, 'x')).toEqual(failed('ECONNREFUSED'));
    expect(send(left, 'x')).toEqual(failed('ENOTCONN'));
  });
});
