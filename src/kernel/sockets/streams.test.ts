/** Connections over the internet's addresses: how they come about, what goes through them, how they end. */
import { describe, expect, test } from 'vitest';
import { failed } from '../errno.ts';
import { bytesOf, later, now, textOf } from '../files/sample-machine.ts';
import { O, POLL } from '../files/types.ts';
import { inet } from './addresses.ts';
import { local, named, newHost, settled } from './sample-host.ts';
import { AF, MSG, type Received, SHUT, SO, SOCK, SOL } from './types.ts';

const { IN, OUT, ERR, HUP, RDHUP } = POLL;

describe('binding', () => {
  test('a port is taken once; SO_REUSEADDR shares it with those that do not listen', () => {
    const { sockets, stream } = newHost();
    const [a, b, c] = [stream(), stream(), stream()];
    expect(sockets.bind(a, local(5_000))).toBe(0);
    expect(sockets.bind(b, inet(0, 5_000))).toEqual(failed('EADDRINUSE'));
    expect(sockets.bind(b, inet(0x7f000002, 5_000))).toBe(0);
    expect(sockets.bind(b, local(5_001))).toEqual(failed('EINVAL'));
    expect(sockets.bind(c, inet(0x0a000001, 80))).toEqual(failed('EADDRNOTAVAIL'));
    expect(sockets.bind(c, named('/tmp/x'))).toEqual(failed('EAFNOSUPPORT'));
    for (const port of [-1, 65_536, 1.5, Number.NaN]) expect(sockets.bind(c, local(port))).toEqual(failed('EINVAL'));
    sockets.setOption(a, SOL.SOCKET, SO.REUSEADDR, [1]);
    sockets.setOption(c, SOL.SOCKET, SO.REUSEADDR, [1]);
    now(sockets.listen(a, 1));
    expect(sockets.bind(c, local(5_000))).toEqual(failed('EADDRINUSE'));
  });

  test('port 0 is 32768 and up, the same in every run', () => {
    const ports = () => {
      const { sockets, stream } = newHost();
      return [0, 1, 2].map(() => {
        const fd = stream();
        now(sockets.bind(fd, local(0)));
        return sockets.name(fd);
      });
    };
    expect(ports()).toEqual([local(32_768), local(32_769), local(32_770)]);
    expect(ports()).toEqual(ports());
  });

  test('who hangs up first keeps the port for a minute', () => {
    const { sockets, files, stream, connected } = newHost();
    const [listening, client, server] = connected();
    for (const fd of [server, client, listening]) files.calls.close(fd);
    const again = stream();
    expect(sockets.bind(again, local(5_000))).toEqual(failed('EADDRINUSE'));
    sockets.setOption(again, SOL.SOCKET, SO.REUSEADDR, [1]);
    // The first had not said so.
    expect(sockets.bind(again, local(5_000))).toEqual(failed('EADDRINUSE'));
  });
});

describe('connecting', () => {
  test('both ends know each other', () => {
    const { sockets, connected, system } = newHost();
    const [listening, client, server] = connected();
    expect([sockets.name(client), sockets.peer(client)]).toEqual([local(32_768), local(5_000)]);
    expect([sockets.name(server), sockets.peer(server)]).toEqual([local(5_000), local(32_768)]);
    expect(sockets.peer(listening)).toEqual(failed('ENOTCONN'));
    expect(sockets.connect(client, local(5_000))).toEqual(failed('EISCONN'));
    expect(sockets.connect(listening, local(5_000))).toEqual(failed('EISCONN'));
    expect(system.touched.length).toBeGreaterThan(0);
  });

  test('nobody listens: ECONNREFUSED, and the socket can try again; no way there: ENETUNREACH', () => {
    const { sockets, stream } = newHost();
    const [client, listening] = [stream(), stream()];
    expect(sockets.connect(client, local(5_000))).toEqual(failed('ECONNREFUSED'));
    expect(sockets.connect(client, inet(0x08080808, 80))).toEqual(failed('ENETUNREACH'));
    now(sockets.bind(listening, inet(0, 5_000)));
    expect(sockets.connect(client, local(5_000))).toEqual(failed('ECONNREFUSED'));
    now(sockets.listen(listening, 1));
    expect(sockets.connect(client, inet(0, 5_000))).toBe(0);
  });

  test('the queue holds one more than was asked for; the next waits for an accept', () => {
    const { sockets, stream } = newHost();
    const listening = stream();
    now(sockets.bind(listening, local(5_000)));
    now(sockets.listen(listening, 0));
    expect(sockets.connect(stream(), local(5_000))).toBe(0);
    const waiting = sockets.connect(stream(), local(5_000));
    expect(later(waiting).waiting).toEqual({ on: 'connect', what: 'the socket 127.0.0.1:5000' });
    expect(later(waiting).possible()).toBe(false);
    now(sockets.accept(listening, 0));
    expect(settled(waiting)).toBe(0);
    const vain = later(sockets.connect(stream(), local(5_000)));
    expect(vain.timeout).toBe(127);
    expect(vain.expired()).toEqual(failed('ETIMEDOUT'));
  });

  test('a listener that is closed refuses those that wait and cuts off those that nobody accepted', () => {
    const { sockets, files, stream, receive } = newHost();
    const listening = stream();
    now(sockets.bind(listening, local(5_000)));
    now(sockets.listen(listening, 0));
    const client = stream();
    now(sockets.connect(client, local(5_000)));
    const waiting = sockets.connect(stream(), local(5_000));
    files.calls.close(listening);
    expect(settled(waiting)).toEqual(failed('ECONNREFUSED'));
    expect(receive(client)).toEqual(failed('ECONNRESET'));
  });

  test('without waiting: EINPROGRESS, then POLLOUT and SO_ERROR', () => {
    const { sockets, stream, poll } = newHost();
    const listening = stream();
    now(sockets.bind(listening, local(5_000)));
    now(sockets.listen(listening, 0));
    const eager = () => now(sockets.socket(AF.INET, SOCK.STREAM | SOCK.NONBLOCK, 0));
    const [first, second, third] = [eager(), eager(), eager()];
    expect(sockets.connect(first, local(5_000))).toEqual(failed('EINPROGRESS'));
    expect(poll(first)).toBe(OUT);
    expect(sockets.option(first, SOL.SOCKET, SO.ERROR)).toEqual([0]);
    expect(sockets.connect(first, local(5_000))).toBe(0);
    expect(sockets.connect(first, local(5_000))).toEqual(failed('EISCONN'));
    expect(sockets.connect(second, local(5_000))).toEqual(failed('EINPROGRESS'));
    expect(sockets.connect(second, local(5_000))).toEqual(failed('EALREADY'));
    expect(poll(second)).toBe(0);
    expect(sockets.connect(third, local(5_001))).toEqual(failed('EINPROGRESS'));
    expect(poll(third)).toBe(IN | OUT | ERR | HUP | RDHUP);
    expect(sockets.option(third, SOL.SOCKET, SO.ERROR)).toEqual(failed('ECONNREFUSED'));
    expect(sockets.option(third, SOL.SOCKET, SO.ERROR)).toEqual([0]);
  });

  test('accept waits; EAGAIN, EINVAL, EOPNOTSUPP; the new socket waits whatever the listening one does', () => {
    const { sockets, files, stream, datagram } = newHost();
    const listening = stream();
    expect(sockets.accept(listening, 0)).toEqual(failed('EINVAL'));
    expect(sockets.accept(datagram(), 0)).toEqual(failed('EOPNOTSUPP'));
    expect(sockets.listen(datagram(), 1)).toEqual(failed('EOPNOTSUPP'));
    now(sockets.bind(listening, local(5_000)));
    now(sockets.listen(listening, 1));
    const waiting = sockets.accept(listening, SOCK.CLOEXEC);
    expect(later(waiting).waiting).toEqual({ on: 'accept', what: 'the socket 127.0.0.1:5000' });
    now(sockets.connect(stream(), local(5_000)));
    const fd = settled<number>(waiting);
    expect(files.calls.closeOnExec(fd)).toBe(true);
    files.calls.setFlags(listening, O.NONBLOCK);
    expect(sockets.accept(listening, 0)).toEqual(failed('EAGAIN'));
    now(sockets.connect(stream(), local(5_000)));
    expect(files.calls.flags(now(sockets.accept(listening, 0)))).toBe(O.RDWR);
    const woken = sockets.accept(listening, 0);
    expect(woken).toEqual(failed('EAGAIN'));
    now(sockets.shutdown(listening, SHUT.RDWR));
    expect(sockets.accept(listening, 0)).toEqual(failed('EINVAL'));
  });
});

describe('bytes', () => {
  test('send, receive, read and write are the same stream; MSG_PEEK leaves it there', () => {
    const { sockets, files, connected, send, receive, text, poll, system } = newHost();
    const [, client, server] = connected();
    expect([poll(client), poll(server)]).toEqual([OUT, OUT]);
    expect(send(client, 'hello ')).toBe(6);
    expect(files.calls.write(client, bytesOf('world'), null)).toBe(5);
    expect(poll(server)).toBe(IN | OUT);
    expect(files.calls.available(server)).toBe(11);
    expect(textOf(now(receive(server, 5, MSG.PEEK)).bytes)).toBe('hello');
    expect(text(server, 5)).toBe('hello');
    expect(textOf(files.calls.read(server, 100, null))).toBe(' world');
    expect(sockets.receive(server, 1, 0, MSG.DONTWAIT)).toEqual(failed('EAGAIN'));
    const waiting = receive(server);
    const name = 'the connection from 127.0.0.1:32768 to 127.0.0.1:5000';
    expect(later(waiting).waiting).toEqual({ on: 'read', what: name });
    send(client, 'x');
    expect(textOf(settled<Received>(waiting).bytes)).toBe('x');
    send(server, 'y');
    expect(system.moved[0]).toBe(`send ${name}, there 6`);
    expect(system.moved.at(-1)).toBe(`send ${name}, back 1`);
  });

  test('MSG_WAITALL goes on until it is all there, or the end', () => {
    const { files, connected, send, receive } = newHost();
    const [, client, server] = connected();
    send(client, 'ab');
    const waiting = later(receive(server, 4, MSG.WAITALL));
    send(client, 'c');
    const more = waiting.complete();
    send(client, 'def');
    expect(textOf(settled<Received>(more).bytes)).toBe('abcd');
    const last = receive(server, 9, MSG.WAITALL);
    files.calls.close(client);
    expect(textOf(settled<Received>(last).bytes)).toBe('ef');
  });

  test('208 KiB are on their way at most; a write that waits goes on when a third is free', () => {
    const { sockets, files, connected, send, receive, poll } = newHost();
    const [, client, server] = connected();
    const waiting = send(client, 'x'.repeat(300_000));
    expect(later(waiting).waiting.on).toBe('write');
    expect(files.calls.available(server)).toBe(212_992);
    expect(poll(client)).toBe(0);
    expect(send(client, 'x', MSG.DONTWAIT)).toEqual(failed('EAGAIN'));
    now(receive(server, 70_000));
    expect(later(waiting).possible()).toBe(false);
    now(receive(server, 70_000));
    expect(settled(waiting)).toBe(300_000);
    expect(later(send(client, 'x'.repeat(100_000))).interrupted?.()).toBe(52_992);
    sockets.setOption(client, SOL.SOCKET, SO.SNDBUF, [1]);
    expect(sockets.option(client, SOL.SOCKET, SO.SNDBUF)).toEqual([4_608]);
  });
});

describe('the end', () => {
  test('a half-closed connection still carries the other way', () => {
    const { sockets, connected, send, text, poll, system } = newHost();
    const [, client, server] = connected();
    send(client, 'last');
    now(sockets.shutdown(client, SHUT.WR));
    expect([text(server), text(server), text(server)]).toEqual(['last', '', '']);
    expect(poll(server)).toBe(IN | OUT | RDHUP);
    send(server, 'answer');
    expect(text(client)).toBe('answer');
    expect(send(client, 'x', MSG.NOSIGNAL)).toEqual(failed('EPIPE'));
    expect(system.broken).toEqual([]);
    expect(send(client, 'x')).toEqual(failed('EPIPE'));
    expect(system.broken).toEqual([42]);
    now(sockets.shutdown(server, SHUT.WR));
    expect(poll(client)).toBe(IN | OUT | HUP | RDHUP);
    expect(sockets.shutdown(client, 3)).toEqual(failed('EINVAL'));
  });

  test('closed: the end; the first write is lost, the second is EPIPE', () => {
    const { files, connected, send, text, poll, system } = newHost();
    const [, client, server] = connected();
    files.calls.close(client);
    expect(text(server)).toBe('');
    expect(send(server, 'lost')).toBe(4);
    expect(poll(server)).toBe(IN | OUT | ERR | HUP | RDHUP);
    expect(send(server, 'x')).toEqual(failed('EPIPE'));
    expect(system.broken).toEqual([42]);
    expect(text(server)).toBe('');
  });

  test('closed with something unread, or with SO_LINGER 0: ECONNRESET, once', () => {
    const { sockets, files, connected, send, receive, text } = newHost();
    const [, client, server] = connected();
    send(client, 'unread');
    files.calls.close(server);
    expect(receive(client)).toEqual(failed('ECONNRESET'));
    expect(text(client)).toBe('');
    const [, second, other] = connected(5_001);
    sockets.setOption(other, SOL.SOCKET, SO.LINGER, [1, 0]);
    files.calls.close(other);
    expect(send(second, 'x')).toEqual(failed('ECONNRESET'));
    expect(send(second, 'x')).toEqual(failed('EPIPE'));
  });

  test('who waits is woken by the end; a copy in another process keeps it open', () => {
    const { files, connected, receive, fork, text } = newHost();
    const [, client, server] = connected();
    const child = fork(43);
    const waiting = receive(server);
    files.calls.close(client);
    expect(later(waiting).possible()).toBe(false);
    child.send(client, 'from the child');
    expect(textOf(settled<Received>(waiting).bytes)).toBe('from the child');
    const last = receive(server);
    child.files.end();
    expect(settled<Received>(last).bytes.length).toBe(0);
    expect(text(server)).toBe('');
  });

  test('never connected', () => {
    const { sockets, stream, poll, send, receive, system } = newHost();
    const fd = stream();
    expect(poll(fd)).toBe(OUT | HUP);
    expect(send(fd, 'x')).toEqual(failed('EPIPE'));
    expect(system.broken).toEqual([42]);
    expect(receive(fd)).toEqual(failed('ENOTCONN'));
    expect(sockets.shutdown(fd, SHUT.RDWR)).toEqual(failed('ENOTCONN'));
    expect(sockets.peer(fd)).toEqual(failed('ENOTCONN'));
    expect(sockets.name(fd)).toEqual(inet(0, 0));
  });
});

describe('kinds and bounds', () => {
  test('what there is not', () => {
    const { sockets, files } = newHost();
    expect(sockets.socket(10, SOCK.STREAM, 0)).toEqual(failed('EAFNOSUPPORT'));
    expect(sockets.socket(AF.INET, 7, 0)).toEqual(failed('ESOCKTNOSUPPORT'));
    expect(sockets.socket(AF.INET, SOCK.STREAM, 17)).toEqual(failed('EPROTONOSUPPORT'));
    expect(sockets.socket(AF.INET, SOCK.RAW, 1)).toEqual(failed('EPERM'));
    expect(sockets.socketPair(AF.INET, SOCK.STREAM, 0)).toEqual(failed('EOPNOTSUPP'));
    expect(sockets.listen(99, 1)).toEqual(failed('EBADF'));
    expect(sockets.listen(0, 1)).toEqual(failed('ENOTSOCK'));
    const fd = now(sockets.socket(AF.INET, SOCK.STREAM, 6));
    expect(sockets.option(fd, SOL.SOCKET, 9_999)).toEqual(failed('ENOPROTOOPT'));
    expect(sockets.setOption(fd, SOL.SOCKET, SO.LINGER, [1])).toEqual(failed('EINVAL'));
    expect(sockets.setOption(fd, SOL.SOCKET, SO.REUSEADDR, [])).toEqual(failed('EINVAL'));
    expect(sockets.option(fd, SOL.SOCKET, SO.TYPE)).toEqual([SOCK.STREAM]);
    expect(files.calls.seek(fd, 0, 0)).toEqual(failed('ESPIPE'));
    expect(now(files.calls.statOpen(fd)).kind).toBe('socket');
  });

  test('1,000 sockets at once; a process that has no number left gets EMFILE', () => {
    const { sockets, stream, fork, send } = newHost();
    const listening = stream();
    now(sockets.bind(listening, local(5_000)));
    now(sockets.listen(listening, 1_000));
    const child = fork(43);
    for (let n = 0; n < 500; n++) now(child.sockets.connect(child.stream(), local(5_000)));
    const accepted = Array.from({ length: 500 }, () => now(sockets.accept(listening, 0)));
    accepted.forEach((fd, n) => void send(fd, String(n)));
    expect(child.text(4 + 499)).toBe('499');
    while (typeof sockets.socket(AF.INET, SOCK.STREAM, 0) === 'number');
    expect(sockets.socket(AF.INET, SOCK.STREAM, 0)).toEqual(failed('EMFILE'));
    expect(sockets.accept(listening, 0)).toEqual(failed('EMFILE'));
  });

  test('what nobody reads is bounded for all sockets together, and given back', () => {
    const { sockets, files, pair } = newHost();
    const bytes = new Uint8Array(212_992);
    const fill = () => {
      const [one] = pair();
      return sockets.send(one, { bytes, to: null, files: [] }, MSG.DONTWAIT);
    };
    for (let n = 0; n < 315; n++) expect(fill()).toBe(212_992);
    expect(fill()).toEqual(failed('ENOBUFS'));
    for (let fd = 3; fd < 600; fd++) files.calls.close(fd);
    expect(fill()).toBe(212_992);
    expect(typeof sockets.socket(AF.INET, SOCK.STREAM, 0)).toBe('number');
  });
});
