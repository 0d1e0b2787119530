/** The calls on sockets of one process: arguments checked, and who must wait is made to. */
import { type Failed, failed, isFailed } from '../errno.ts';
import { NAMES } from '../files/file-system.ts';
import { permits } from '../files/inode.ts';
import { isEntry, resolve } from '../files/paths.ts';
import type { Standing } from '../files/standing.ts';
import { type Fd, O } from '../files/types.ts';
import { utf8Length } from '../files/utf8.ts';
import type { Answered, Later } from '../later.ts';
import { spell } from './addresses.ts';
import { DatagramSocket } from './datagram-socket.ts';
import { Messages } from './messages.ts';
import type { SocketHost } from './socket-host.ts';
import { StreamSocket } from './stream-socket.ts';
import {
  type Address,
  AF,
  type Message,
  type Received,
  SO,
  SOCK,
  SOL,
  type SocketCalls,
  type UnixAddress,
} from './types.ts';

type AnySocket = StreamSocket | DatagramSocket;

/** Bytes of a `sun_path`. */
const LONGEST_PATH = 108;
/** Seconds after which Linux has sent all its requests for a connection in vain. */
const PATIENCE = 127;
const MODES = SOCK.NONBLOCK | SOCK.CLOEXEC;

export class ProcessSocketCalls implements SocketCalls {
  private readonly host: SocketHost;
  private readonly standing: Standing;
  private readonly messages: Messages;

  constructor(host: SocketHost, standing: Standing) {
    this.host = host;
    this.standing = standing;
    this.messages = new Messages(host, standing, (address) => this.find(address));
  }

  socket(family: number, type: number, protocol: number): Fd | Failed {
    const refused = refusesKind(family, type, protocol);
    if (refused) return refused;
    if (!this.standing.descriptors.hasRoom()) return failed('EMFILE');
    const socket = this.make(family, type);
    return isFailed(socket) ? socket : this.add(socket, type);
  }

  socketPair(family: number, type: number, protocol: number): readonly [Fd, Fd] | Failed {
    const refused = refusesKind(family, type, protocol);
    if (refused) return refused;
    if (family !== AF.UNIX) return failed('EOPNOTSUPP');
    if (!this.standing.descriptors.hasRoom(2)) return failed('EMFILE');
    const one = this.make(family, type);
    if (isFailed(one)) return one;
    const other = this.make(family, type);
    if (isFailed(other)) {
      one.close();
      return other;
    }
    const name = `the socket pair ${this.host.nextPair()}`;
    if (one instanceof StreamSocket && other instanceof StreamSocket) one.pair(other, name);
    else if (one instanceof DatagramSocket && other instanceof DatagramSocket) one.pair(other, name);
    return [this.add(one, type) as Fd, this.add(other, type) as Fd];
  }

  bind(fd: Fd, address: Address): 0 | Failed {
    const socket = this.messages.find(fd);
    if (isFailed(socket)) return socket;
    this.touch(socket);
    if (address.family !== socket.family) return failed(socket.family === 'unix' ? 'EINVAL' : 'EAFNOSUPPORT');
    return address.family === 'inet' ? socket.bind(address) : this.bindName(socket, address);
  }

  listen(fd: Fd, backlog: number): 0 | Failed {
    const socket = this.messages.find(fd);
    if (isFailed(socket)) return socket;
    if (socket instanceof DatagramSocket) return failed('EOPNOTSUPP');
    socket.pid = this.standing.pid;
    return socket.listen(backlog);
  }

  accept(fd: Fd, flags: number): Answered<Fd> {
    const socket = this.messages.find(fd);
    if (isFailed(socket)) return socket;
    if ((flags & ~MODES) !== 0) return failed('EINVAL');
    if (socket instanceof DatagramSocket) return failed('EOPNOTSUPP');
    if (!socket.listens) return failed('EINVAL');
    const take = (): Fd | Failed => {
      if (!this.standing.descriptors.hasRoom()) return failed('EMFILE');
      const child = socket.accept();
      if (isFailed(child)) return child;
      child.flags |= flags & O.NONBLOCK;
      return this.add(child, flags);
    };
    // Linux, too, looks for a number before it waits.
    if (socket.accepts || socket.flags & O.NONBLOCK || !this.standing.descriptors.hasRoom()) return take();
    return {
      queues: [socket.changes],
      waiting: { on: 'accept', what: socket.name },
      timeout: null,
      possible: () => socket.accepts,
      complete: take,
      expired: () => failed('EAGAIN'),
    };
  }

  connect(fd: Fd, address: Address): Answered<0> {
    const socket = this.messages.find(fd);
    if (isFailed(socket)) return socket;
    if (address.family !== socket.family) return failed(socket.family === 'unix' ? 'EINVAL' : 'EAFNOSUPPORT');
    if (address.family === 'unix') return this.connectHere(socket, address);
    if (socket instanceof DatagramSocket) return socket.connect(address);
    const waits = (socket.flags & O.NONBLOCK) === 0;
    // Another thread's attempt: this one waits for it, too.
    if (socket.state !== 'connecting' || !waits) {
      const begins = socket.state === 'idle';
      const failure = socket.connect(address);
      if (failure !== 0) return failure;
      // Linux does not say at once how it went, though it may be known: only when asked again.
      if (!waits) return begins ? socket.announce() : 0;
    }
    const outcome = () => (socket.state === 'connected' ? 0 : (socket.takeError() ?? failed('ECONNABORTED')));
    if (socket.state !== 'connecting') return outcome();
    return {
      queues: [socket.changes],
      waiting: { on: 'connect', what: socket.name },
      timeout: PATIENCE,
      possible: () => socket.state !== 'connecting',
      complete: outcome,
      expired: () => {
        socket.fail('ETIMEDOUT');
        return outcome();
      },
    };
  }

  send(fd: Fd, message: Message, flags: number): Answered<number> {
    return this.messages.send(fd, message, flags);
  }

  receive(fd: Fd, size: number, files: number, flags: number): Answered<Received> {
    return this.messages.receive(fd, size, files, flags);
  }

  shutdown(fd: Fd, how: number): 0 | Failed {
    const socket = this.messages.find(fd);
    if (isFailed(socket)) return socket;
    return how === 0 || how === 1 || how === 2 ? socket.shutdown(how + 1) : failed('EINVAL');
  }

  name(fd: Fd): Address | Failed {
    const socket = this.messages.find(fd);
    if (isFailed(socket)) return socket;
    return socket.local ?? nowhere(socket.family);
  }

  peer(fd: Fd): Address | Failed {
    const socket = this.messages.find(fd);
    if (isFailed(socket)) return socket;
    const connected = socket instanceof StreamSocket ? socket.state === 'connected' : (socket.remote ?? socket.peer);
    return connected ? (socket.remote ?? nowhere(socket.family)) : failed('ENOTCONN');
  }

  option(fd: Fd, level: number, name: number): readonly number[] | Failed {
    const socket = this.messages.find(fd);
    if (isFailed(socket)) return socket;
    if (level === SOL.SOCKET && name === SO.ERROR) return socket.takeError() ?? [0];
    if (level === SOL.SOCKET && name === SO.PEERCRED) {
      const other = socket instanceof StreamSocket && socket.family === 'unix' ? socket.credentials : null;
      return other ? [other.pid, 0, 0] : [0, -1, -1];
    }
    return socket.option(level, name);
  }

  setOption(fd: Fd, level: number, name: number, value: readonly number[]): 0 | Failed {
    const socket = this.messages.find(fd);
    return isFailed(socket) ? socket : socket.setOption(level, name, value);
  }

  // ---- names ---------------------------------------------------------------------------------------------------

  /** AF_UNIX: a name of the abstract ones, or a file of a kind of its own. */
  private bindName(socket: AnySocket, { path }: UnixAddress): 0 | Failed {
    if (socket.local) return failed('EINVAL');
    if (utf8Length(path) > LONGEST_PATH) return failed('EINVAL');
    if (path === '' || path.startsWith('\0')) {
      const name = path === '' ? this.freeName() : path;
      if (this.host.names.has(name)) return failed('EADDRINUSE');
      this.host.names.set(name, socket);
      socket.local = { family: 'unix', path: name };
      return 0;
    }
    const { standing } = this;
    const { tree } = standing.system;
    const place = resolve(standing, standing.folder, path, 'none');
    if (isFailed(place)) return place;
    if (place.inode || !isEntry(place)) return failed('EADDRINUSE');
    const refused = place.slash ? failed('ENOENT') : tree.refusesEntry(place);
    if (refused) return refused;
    tree.enter(place, tree.newSocket(0o777 & ~standing.mask, socket));
    socket.local = { family: 'unix', path };
    standing.system.surroundings.touch(NAMES, true);
    return 0;
  }

  /** Linux's autobind: five digits. */
  private freeName(): string {
    let n = 1;
    while (this.host.names.has(`\0${n.toString(16).padStart(5, '0')}`)) n++;
    return `\0${n.toString(16).padStart(5, '0')}`;
  }

  /** Who is bound to a name. */
  private find({ path }: UnixAddress): AnySocket | Failed {
    if (path === '') return failed('EINVAL');
    if (path.startsWith('\0')) return this.host.names.get(path) ?? failed('ECONNREFUSED');
    const place = resolve(this.standing, this.standing.folder, path, 'all');
    if (isFailed(place)) return place;
    const { inode } = place;
    if (!inode) return failed('ENOENT');
    if (!permits(inode, 2)) return failed('EACCES');
    const bound = inode.kind === 'socket' ? inode.bound : null;
    if (!(bound instanceof StreamSocket || bound instanceof DatagramSocket) || bound.closed)
      return failed('ECONNREFUSED');
    return bound;
  }

  private connectHere(socket: AnySocket, address: UnixAddress): Answered<0> {
    const target = this.find(address);
    if (isFailed(target)) return target;
    if (target.type !== socket.type) return failed('EPROTOTYPE');
    if (socket instanceof DatagramSocket) return socket.connectHere(target as DatagramSocket);
    const listener = target as StreamSocket;
    const join = (): 0 | Failed | Later<0> => {
      if (!listener.listens || listener.shut !== 0) return failed('ECONNREFUSED');
      if (socket.state !== 'idle' || listener.hasPlace) {
        socket.pid = this.standing.pid;
        return socket.connectHere(listener);
      }
      if (socket.flags & O.NONBLOCK) return failed('EAGAIN');
      return {
        queues: [listener.changes],
        waiting: { on: 'connect', what: `the socket ${spell(address)}` },
        timeout: null,
        possible: () => !listener.listens || listener.shut !== 0 || listener.hasPlace,
        complete: join,
        expired: () => failed('EAGAIN'),
      };
    };
    return join();
  }

  // --------------------------------------------------------------------------------------------------------------

  private make(family: number, type: number): AnySocket | Failed {
    if (!this.host.room.takeSocket()) return failed('ENFILE');
    const Kind = (type & ~MODES) === SOCK.STREAM ? StreamSocket : DatagramSocket;
    return new Kind(this.host, family === AF.UNIX ? 'unix' : 'inet', this.standing.pid, type);
  }

  /** After `hasRoom`. */
  private add(socket: AnySocket, modes: number): Fd | Failed {
    return this.standing.descriptors.add(socket, (modes & SOCK.CLOEXEC) !== 0);
  }

  private touch({ number }: AnySocket): void {
    this.host.surroundings.touch(number, true);
  }
}

/** Why there is no socket of this kind; null: there is. */
function refusesKind(family: number, type: number, protocol: number): Failed | null {
  const kind = type & ~MODES;
  if ((kind & ~0xf) !== 0) return failed('EINVAL');
  if (family !== AF.UNIX && family !== AF.INET) return failed('EAFNOSUPPORT');
  if (family === AF.INET && kind === SOCK.RAW) return failed('EPERM');
  if (kind !== SOCK.STREAM && kind !== SOCK.DGRAM) return failed('ESOCKTNOSUPPORT');
  const own = family === AF.UNIX ? AF.UNIX : kind === SOCK.STREAM ? SOL.TCP : SOL.UDP;
  return protocol === 0 || protocol === own ? null : failed('EPROTONOSUPPORT');
}

function nowhere(family: Address['family']): Address {
  return family === 'unix' ? { family, path: '' } : { family, host: 0, port: 0 };
}
