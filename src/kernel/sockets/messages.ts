/** What is sent and received: loops of calls that wait, datagrams, and the open files that travel with bytes. */
import { type Failed, failed, isFailed } from '../errno.ts';
import type { Shared } from '../files/descriptors.ts';
import type { Standing } from '../files/standing.ts';
import { type Fd, O } from '../files/types.ts';
import type { Answered, Later } from '../later.ts';
import { DatagramSocket } from './datagram-socket.ts';
import type { SocketHost } from './socket-host.ts';
import { StreamSocket } from './stream-socket.ts';
import { type Message, MSG, type Received, type UnixAddress } from './types.ts';

type AnySocket = StreamSocket | DatagramSocket;

/** SCM_MAX_FD: open files in one message. */
const MOST_FILES = 253;

export class Messages {
  private readonly host: SocketHost;
  private readonly standing: Standing;
  private readonly named: (address: UnixAddress) => AnySocket | Failed;

  /** `named`: who is bound to a name. */
  constructor(host: SocketHost, standing: Standing, named: (address: UnixAddress) => AnySocket | Failed) {
    this.host = host;
    this.standing = standing;
    this.named = named;
  }

  /** The socket of a descriptor. */
  find(fd: Fd): AnySocket | Failed {
    const file = this.standing.descriptors.get(fd);
    if (!file) return failed('EBADF');
    return file instanceof StreamSocket || file instanceof DatagramSocket ? file : failed('ENOTSOCK');
  }

  send(fd: Fd, message: Message, flags: number): Answered<number> {
    const socket = this.find(fd);
    if (isFailed(socket)) return socket;
    const files = this.files(message.files, socket);
    if (isFailed(files)) return files;
    if (socket instanceof StreamSocket) return this.sendStream(socket, message, files, flags);
    return this.sendDatagram(socket, message, files, flags);
  }

  receive(fd: Fd, size: number, files: number, flags: number): Answered<Received> {
    const socket = this.find(fd);
    if (isFailed(socket)) return socket;
    if (!(size >= 0)) return failed('EINVAL');
    const take =
      socket instanceof StreamSocket
        ? this.pulls(socket, size, files, flags)
        : () => this.takeDatagram(socket, size, files, flags);
    return this.waiting(socket, flags, take);
  }

  // ---- streams -------------------------------------------------------------------------------------------------

  private sendStream(
    socket: StreamSocket,
    message: Message,
    files: readonly Shared[],
    flags: number,
  ): Answered<number> {
    if (message.to !== null && socket.family === 'unix')
      return failed(socket.state === 'connected' ? 'EISCONN' : 'EOPNOTSUPP');
    let rest = message.bytes;
    let written = 0;
    let own = false;
    const put = (): number | Failed | Later<number> => {
      do {
        const held = written === 0 ? this.hold(files) : [];
        if (isFailed(held)) return held;
        const taken = socket.put(rest, held);
        if (isFailed(taken) || taken === 0) this.drop(held);
        if (isFailed(taken)) {
          if (taken.errno === 'EAGAIN' && waits(socket, flags)) return wait();
          if (written > 0) return written;
          if (taken.errno === 'EPIPE' && !(flags & MSG.NOSIGNAL)) this.host.surroundings.brokenPipe(this.standing.pid);
          return taken;
        }
        written += taken;
        rest = rest.subarray(taken);
      } while (rest.length > 0);
      return written;
    };
    const wait = (): Later<number> => {
      // The caller's memory may be another's before the rest is sent.
      if (!own) rest = rest.slice();
      own = true;
      return {
        queues: [socket.changes],
        waiting: { on: 'write', what: socket.name },
        timeout: null,
        possible: () => socket.ready('write', rest.length),
        complete: put,
        expired: () => failed('EAGAIN'),
        interrupted: () => (written > 0 ? written : failed('EINTR')),
      };
    };
    return put();
  }

  /** Takes what there is, or, with MSG_WAITALL, goes on until it is all that was asked for. */
  private pulls(socket: StreamSocket, size: number, files: number, flags: number): () => Answered<Received> {
    const peeks = (flags & MSG.PEEK) !== 0;
    const parts: Uint8Array[] = [];
    let length = 0;
    let got: readonly Fd[] = [];
    let cut = 0;
    const result = (): Received => ({ bytes: joined(parts, length), length, from: null, files: got, flags: cut });
    const pull = (): Answered<Received> => {
      for (;;) {
        const pulled = socket.pull(size - length, peeks);
        if (isFailed(pulled)) {
          if (length === 0 || (pulled.errno === 'EAGAIN' && waits(socket, flags))) return pulled;
          return result();
        }
        parts.push(pulled.bytes);
        length += pulled.bytes.length;
        if (pulled.files.length > 0) {
          got = this.install(pulled.files, files, flags);
          if (got.length < pulled.files.length) cut = MSG.CTRUNC;
        }
        const more = (flags & MSG.WAITALL) !== 0 && !peeks && length < size && pulled.bytes.length > 0;
        if (!more || pulled.files.length > 0) return result();
      }
    };
    return pull;
  }

  // ---- datagrams -----------------------------------------------------------------------------------------------

  private sendDatagram(
    socket: DatagramSocket,
    { bytes, to }: Message,
    files: readonly Shared[],
    flags: number,
  ): Answered<number> {
    if (socket.family === 'inet') {
      if (to !== null && to.family !== 'inet') return failed('EAFNOSUPPORT');
      return socket.sendTo(bytes, to);
    }
    if (to !== null && to.family !== 'unix') return failed('EINVAL');
    const target = to === null ? (socket.peer ?? failed('ENOTCONN')) : this.named(to);
    if (isFailed(target)) return target;
    if (target instanceof StreamSocket) return failed('EPROTOTYPE');
    const own = waits(socket, flags) ? bytes.slice() : bytes;
    const put = (): number | Failed | Later<number> => {
      const held = this.hold(files);
      if (isFailed(held)) return held;
      const sent = socket.put(own, target, held);
      if (!isFailed(sent)) return sent;
      this.drop(held);
      if (sent.errno !== 'EAGAIN' || !waits(socket, flags)) return sent;
      return {
        queues: [target.changes, socket.changes],
        waiting: { on: 'write', what: target.name },
        timeout: null,
        possible: () => target.hasPlace,
        complete: put,
        expired: () => failed('EAGAIN'),
      };
    };
    return put();
  }

  private takeDatagram(socket: DatagramSocket, size: number, files: number, flags: number): Received | Failed {
    const next = socket.pull((flags & MSG.PEEK) !== 0);
    if (isFailed(next)) return next;
    const got = this.install(next.files, files, flags);
    const { length } = next.bytes;
    const cut = (length > size ? MSG.TRUNC : 0) | (got.length < next.files.length ? MSG.CTRUNC : 0);
    return { bytes: next.bytes.slice(0, size), length, from: next.from, files: got, flags: cut };
  }

  // ---- open files in messages ----------------------------------------------------------------------------------

  private files(fds: readonly Fd[], socket: AnySocket): readonly Shared[] | Failed {
    if (fds.length === 0) return [];
    if (fds.length > MOST_FILES || socket.family !== 'unix') return failed('EINVAL');
    const files = fds.map((fd) => this.standing.descriptors.shared(fd));
    return files.every((file) => file !== undefined) ? (files as Shared[]) : failed('EBADF');
  }

  /** They stay open while they travel. */
  private hold(files: readonly Shared[]): readonly Shared[] | Failed {
    if (files.length > 0 && !this.host.room.takeFiles(files.length)) return failed('ETOOMANYREFS');
    for (const file of files) file.hold();
    return files;
  }

  private drop(files: readonly Shared[]): void {
    if (files.length > 0) this.host.room.returnFiles(files.length);
    for (const file of files) file.release();
  }

  /** Gives the process as many of them as it has room for, and lets go of the message's own. */
  private install(files: readonly Shared[], most: number, flags: number): readonly Fd[] {
    const got: Fd[] = [];
    for (const file of files) {
      const fd = got.length < most ? this.standing.descriptors.add(file, (flags & MSG.CMSG_CLOEXEC) !== 0) : -1;
      if (typeof fd === 'number' && fd >= 0) got.push(fd);
      file.release();
    }
    return got;
  }

  // --------------------------------------------------------------------------------------------------------------

  private waiting<T>(socket: AnySocket, flags: number, take: () => Answered<T>): Answered<T> {
    const attempt = (): Answered<T> => {
      const taken = take();
      if (!isFailed(taken) || taken.errno !== 'EAGAIN' || !waits(socket, flags)) return taken;
      return {
        queues: [socket.changes],
        waiting: { on: 'read', what: socket.name },
        timeout: null,
        possible: () => socket.ready('read', 1),
        complete: attempt as () => T | Failed | Later<T>,
        expired: () => failed('EAGAIN'),
      };
    };
    return attempt();
  }
}

function waits({ flags }: AnySocket, how: number): boolean {
  return (flags & O.NONBLOCK) === 0 && (how & MSG.DONTWAIT) === 0;
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
