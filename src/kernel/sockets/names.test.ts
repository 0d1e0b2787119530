/** Sockets that have names on their own machine: AF_UNIX's streams and datagrams, and open files that travel. */
import { describe, expect, test } from 'vitest';
import { failed } from '../errno.ts';
import { bytesOf, later, now, textOf } from '../files/sample-machine.ts';
import { O, POLL } from '../files/types.ts';
import { local, named, newHost, settled } from './sample-host.ts';
import { AF, MSG, SHUT, SO, SOCK, SOL } from './types.ts';

const { IN, OUT, HUP, RDHUP } = POLL;

describe('names', () => {
  test('a file of its own kind: EADDRINUSE while it is there, ECONNREFUSED when nobody listens, ENOENT', () => {
    const { sockets, files, stream, send, text } = newHost();
    const [listening, second, client] = [stream(AF.UNIX), stream(AF.UNIX), stream(AF.UNIX)];
    expect(sockets.connect(client, named('/tmp/x'))).toEqual(failed('ENOENT'));
    expect(sockets.bind(listening, named('/tmp/x'))).toBe(0);
    expect(now(files.calls.stat(null, '/tmp/x', true))).toMatchObject({ kind: 'socket', mode: 0o755 });
    expect(files.calls.open(null, '/tmp/x', O.RDWR, 0)).toEqual(failed('ENXIO'));
    expect(sockets.bind(second, named('/tmp/x'))).toEqual(failed('EADDRINUSE'));
    expect(sockets.bind(second, named('/nowhere/x'))).toEqual(failed('ENOENT'));
    expect(sockets.bind(second, named(`/tmp/${'x'.repeat(120)}`))).toEqual(failed('EINVAL'));
    expect(sockets.bind(second, local(1))).toEqual(failed('EINVAL'));
    expect(sockets.listen(second, 1)).toEqual(failed('EINVAL'));
    expect(sockets.connect(client, named('/tmp/x'))).toEqual(failed('ECONNREFUSED'));
    now(sockets.listen(listening, 1));
    now(sockets.connect(client, named('../../tmp/x')));
    const server = now(sockets.accept(listening, 0));
    expect(sockets.peer(client)).toEqual(named('/tmp/x'));
    expect(sockets.peer(server)).toEqual(named(''));
    send(client, 'hello');
    expect(text(server)).toBe('hello');
    expect(later(sockets.receive(server, 1, 0, 0)).waiting).toEqual({
      on: 'read',
      what: 'connection 1 to the socket /tmp/x',
    });
    expect(later(sockets.accept(listening, 0)).waiting).toEqual({ on: 'accept', what: 'the socket /tmp/x' });
    files.calls.close(listening);
    expect(sockets.connect(stream(AF.UNIX), named('/tmp/x'))).toEqual(failed('ECONNREFUSED'));
    now(files.calls.remove(null, '/tmp/x', false));
    expect(sockets.bind(second, named('/tmp/x'))).toBe(0);
  });

  test('abstract ones are in no folder, and gone with their socket', () => {
    const { sockets, files, stream } = newHost();
    const [listening, other] = [stream(AF.UNIX), stream(AF.UNIX)];
    now(sockets.bind(listening, named('\0name')));
    now(sockets.listen(listening, 0));
    expect(sockets.bind(other, named('\0name'))).toEqual(failed('EADDRINUSE'));
    expect(sockets.connect(other, named('\0name'))).toBe(0);
    files.calls.close(listening);
    expect(sockets.connect(stream(AF.UNIX), named('\0name'))).toEqual(failed('ECONNREFUSED'));
    const automatic = stream(AF.UNIX);
    now(sockets.bind(automatic, named('')));
    expect(sockets.name(automatic)).toEqual(named('\x0000001'));
  });

  test('a full queue: EAGAIN, or it waits', () => {
    const { sockets, files, stream } = newHost();
    const listening = stream(AF.UNIX);
    now(sockets.bind(listening, named('x')));
    now(sockets.listen(listening, 0));
    now(sockets.connect(stream(AF.UNIX), named('x')));
    const waiting = sockets.connect(stream(AF.UNIX), named('x'));
    const eager = now(sockets.socket(AF.UNIX, SOCK.STREAM | SOCK.NONBLOCK, 0));
    expect(sockets.connect(eager, named('x'))).toEqual(failed('EAGAIN'));
    now(sockets.accept(listening, 0));
    expect(settled(waiting)).toBe(0);
    const last = sockets.connect(stream(AF.UNIX), named('x'));
    files.calls.close(listening);
    expect(settled(last)).toEqual(failed('ECONNREFUSED'));
  });
});

describe('pairs', () => {
  test('closed: EPIPE at once; with something unread: ECONNRESET', () => {
    const { files, pair, send, receive, text, poll, system } = newHost();
    const [one, other] = pair();
    expect(later(receive(one)).waiting).toEqual({ on: 'read', what: 'the socket pair 1' });
    files.calls.close(other);
    expect(poll(one)).toBe(IN | OUT | HUP | RDHUP);
    expect(text(one)).toBe('');
    expect(send(one, 'x')).toEqual(failed('EPIPE'));
    expect(system.broken).toEqual([42]);
    const [left, right] = pair();
    send(left, 'unread');
    files.calls.close(right);
    expect(receive(left)).toEqual(failed('ECONNRESET'));
    expect(text(left)).toBe('');
  });

  test('shutdown: one end’s receiving is the other’s sending', () => {
    const { sockets, pair, send, text } = newHost();
    const [one, other] = pair();
    now(sockets.shutdown(one, SHUT.RD));
    expect(send(other, 'x')).toEqual(failed('EPIPE'));
    expect(send(one, 'y')).toBe(1);
    expect(text(other)).toBe('y');
  });

  test('who is at the other end', () => {
    const { sockets, pair, fork, stream } = newHost();
    const [one] = pair();
    expect(sockets.option(one, SOL.SOCKET, SO.PEERCRED)).toEqual([42, 0, 0]);
    const listening = stream(AF.UNIX);
    now(sockets.bind(listening, named('x')));
    now(sockets.listen(listening, 1));
    const child = fork(43);
    const client = child.stream(AF.UNIX);
    now(child.sockets.connect(client, named('x')));
    expect(child.sockets.option(client, SOL.SOCKET, SO.PEERCRED)).toEqual([42, 0, 0]);
    expect(sockets.option(now(sockets.accept(listening, 0)), SOL.SOCKET, SO.PEERCRED)).toEqual([43, 0, 0]);
    expect(sockets.setOption(one, SOL.TCP, 1, [1])).toEqual(failed('EOPNOTSUPP'));
  });
});

describe('open files that travel', () => {
  const send = (text: string, files: readonly number[]) => ({ bytes: bytesOf(text), to: null, files });

  test('they stay open on their way, and come with their bytes', () => {
    const { sockets, files, pair, fork } = newHost();
    const [one, other] = pair();
    const child = fork(43);
    const [read, write] = now(files.calls.pipe(0));
    sockets.send(one, send('a', []), 0);
    expect(sockets.send(one, send('bc', [read, write]), 0)).toBe(2);
    sockets.send(one, send('d', []), 0);
    files.calls.close(read);
    files.calls.close(write);
    expect(textOf(now(child.sockets.receive(other, 9, 2, 0)).bytes)).toBe('a');
    const got = now(child.sockets.receive(other, 9, 2, MSG.CMSG_CLOEXEC));
    expect([textOf(got.bytes), got.files.length, got.flags]).toEqual(['bc', 2, 0]);
    const [childRead, childWrite] = got.files as [number, number];
    now(child.files.calls.write(childWrite, bytesOf('through'), null));
    expect(textOf(child.files.calls.read(childRead, 9, null))).toBe('through');
    expect(child.files.calls.closeOnExec(childRead)).toBe(true);
    expect(textOf(now(child.sockets.receive(other, 9, 2, 0)).bytes)).toBe('d');
  });

  test('without room for them they are closed: MSG_CTRUNC; so are those that nobody receives', () => {
    const { sockets, files, pair, host } = newHost();
    const [one, other] = pair();
    const [read, write] = now(files.calls.pipe(0));
    sockets.send(one, send('x', [write, write]), 0);
    files.calls.close(write);
    const got = now(sockets.receive(other, 9, 1, 0));
    expect([got.files.length, got.flags]).toEqual([1, MSG.CTRUNC]);
    sockets.send(one, send('x', got.files), 0);
    files.calls.close(got.files[0] as number);
    expect(files.calls.read(read, 1, null)).toMatchObject({ waiting: { on: 'read' } });
    files.calls.close(other);
    // The last end to write to is gone.
    expect(textOf(files.calls.read(read, 1, null))).toBe('');
    expect(host.room.takeFiles(1_024)).toBe(true);
  });

  test('EBADF, too many, not over the internet', () => {
    const { sockets, pair, connected } = newHost();
    const [one] = pair();
    expect(sockets.send(one, send('x', [99]), 0)).toEqual(failed('EBADF'));
    expect(sockets.send(one, send('x', new Array(254).fill(0)), 0)).toEqual(failed('EINVAL'));
    for (let n = 0; n < 4; n++) expect(sockets.send(one, send('x', new Array(253).fill(0)), 0)).toBe(1);
    expect(sockets.send(one, send('x', new Array(13).fill(0)), 0)).toEqual(failed('ETOOMANYREFS'));
    expect(sockets.send(connected()[1], send('x', [0]), 0)).toEqual(failed('EINVAL'));
  });
});
