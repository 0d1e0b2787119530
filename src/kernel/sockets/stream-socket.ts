/** Streams: Linux's TCP and AF_UNIX connections, from either end, and the sockets that listen for them. */
import { type ErrnoName, type Failed, failed } from '../errno.ts';
import type { Shared } from '../files/descriptors.ts';
import { O, POLL } from '../files/types.ts';
import { inet, LOOPBACK, spell } from './addresses.ts';
import { ByteQueue } from './byte-queue.ts';
import { Flow } from './flow.ts';
import type { Host, Parcel } from './network.ts';
import type { Ports } from './ports.ts';
import { RECEIVES, SENDS, Socket } from './socket.ts';
import { type Address, type InetAddress, SOCK, SOL } from './types.ts';

/** `over`: it was connected, and one side has cut it off. */
type State = 'idle' | 'listening' | 'connecting' | 'connected' | 'over';

/** Linux's net.core.somaxconn. */
const MOST_BACKLOG = 4_096;

export class StreamSocket extends Socket {
  readonly type = SOCK.STREAM;
  state: State = 'idle';
  private peer: StreamSocket | null = null;
  private readonly incoming = new ByteQueue();
  /** What is on its way from here to the other end. */
  private readonly flow = new Flow((error) => this.unanswered(error));
  /** Its host has lost its memory: there never was such a connection. */
  private forgotten = false;
  /** Bytes that the peer has not taken. */
  private outstanding = 0;
  /** The other end has sent all it will. */
  private finished = false;
  /** It was this end that said so first. */
  private first = false;
  /** A `connect` that did not wait has not heard how it went. */
  private announced = false;
  /** Connections that nobody has accepted, and those that wait to be such. */
  private readonly pending: StreamSocket[] = [];
  private readonly requests: StreamSocket[] = [];
  private backlog = 0;
  /** Connections that ever waited to be accepted. */
  private borne = 0;
  private admitted = 0;
  private title: string | null = null;
  /** What its two directions are called, from here and to here. */
  private channels: readonly [string, string] = ['', ''];

  get name(): string {
    if (this.title !== null) return this.title;
    if (this.state === 'connecting') return `the socket ${spell(this.remote)}`;
    return this.local ? `the socket ${spell(this.local)}` : 'a socket that is not connected';
  }

  get listens(): boolean {
    return this.state === 'listening';
  }

  protected get protocol(): number {
    return SOL.TCP;
  }

  protected get ports(): Ports<StreamSocket> {
    return this.host.streams;
  }

  // ---- what poll tells -----------------------------------------------------------------------------------------

  poll(): number {
    const { state, shut, error } = this;
    if (state === 'listening') return (this.pending.length > 0 ? POLL.IN : 0) | (shut === 3 ? POLL.HUP : 0);
    let bits = error === null ? 0 : POLL.ERR;
    if (shut === (RECEIVES | SENDS) || state === 'idle') bits |= POLL.HUP;
    if (shut & RECEIVES) bits |= POLL.IN | POLL.RDHUP;
    if (state === 'connecting') return bits;
    if (this.incoming.length > 0) bits |= POLL.IN;
    if (shut & SENDS || this.hasRoom) bits |= POLL.OUT;
    return bits;
  }

  ready(how: 'read' | 'write', size: number): boolean {
    const { state, shut, error } = this;
    if (state === 'connecting') return false;
    if (state !== 'connected' || error !== null || size === 0) return true;
    if (how === 'read') return this.incoming.length > 0 || (shut & RECEIVES) !== 0;
    return (shut & SENDS) !== 0 || this.hasRoom;
  }

  arrived(): number {
    return this.incoming.arrived + this.borne;
  }

  available(): number {
    return this.incoming.length;
  }

  private get room(): number {
    return Math.max(this.options.send - this.outstanding, 0);
  }

  /** As Linux's TCP: whoever waits is woken when a third is free. */
  private get hasRoom(): boolean {
    return 3 * this.room >= this.options.send;
  }

  // ---- bytes ---------------------------------------------------------------------------------------------------

  write(bytes: Uint8Array): number | Failed {
    return this.put(bytes, []);
  }

  /** Sends as much as there is room for. The files, held by the caller, go with it if it answers a number. */
  put(bytes: Uint8Array, files: readonly Shared[]): number | Failed {
    const { host, peer } = this;
    if (this.state === 'connecting') return failed('EAGAIN');
    if (this.family === 'unix' && !peer) return failed('ENOTCONN');
    // Linux's TCP says so of a socket that was never connected, too.
    if (this.error !== null || !peer || this.shut & SENDS) return this.takeError() ?? failed('EPIPE');
    const size = Math.min(bytes.length, this.room);
    if (size === 0) return bytes.length === 0 ? 0 : failed('EAGAIN');
    if (!host.room.takeBytes(size)) return failed('ENOBUFS');
    this.touch();
    const parcel = bytes.slice(0, size);
    this.outstanding += size;
    host.surroundings.moved('send', this.channels[0], size);
    this.carry(
      size,
      () => peer.arrive(parcel, files),
      () => host.room.returnBytes(size),
    );
    this.changes.changed();
    return size;
  }

  read(size: number): Uint8Array | Failed {
    const pulled = this.pull(size, false);
    if ('errno' in pulled) return pulled;
    for (const file of pulled.files) file.release();
    return pulled.bytes;
  }

  /** What has arrived, and the open files that came with it: the caller's to release. `peeks`: leaves it there. */
  pull(size: number, peeks: boolean): { readonly bytes: Uint8Array; readonly files: readonly Shared[] } | Failed {
    const { incoming, host, peer } = this;
    if (incoming.length === 0) return this.hasNothing() ?? { bytes: new Uint8Array(), files: [] };
    const bytes = incoming.peek(size);
    if (peeks || bytes.length === 0) return { bytes, files: [] };
    this.touch();
    const files = incoming.drop(bytes.length);
    host.room.returnBytes(bytes.length);
    host.room.returnFiles(files.length);
    host.surroundings.moved('receive', this.channels[1], bytes.length);
    peer?.acknowledge(bytes.length);
    this.changes.changed();
    return { bytes, files };
  }

  /** Why there is nothing to read; null: it is the end. */
  private hasNothing(): Failed | null {
    const unix = this.family === 'unix';
    if (this.state === 'connecting') return failed('EAGAIN');
    if (this.finished && !unix) return null;
    const error = this.takeError();
    if (error) return error;
    if (this.state === 'idle' || this.state === 'listening') return failed(unix ? 'EINVAL' : 'ENOTCONN');
    return this.shut & RECEIVES ? null : failed('EAGAIN');
  }

  // ---- what arrives from the other end -------------------------------------------------------------------------

  private arrive(bytes: Uint8Array, files: readonly Shared[]): void {
    if (this.closed || this.state !== 'connected') {
      this.host.room.returnBytes(bytes.length);
      this.host.room.returnFiles(files.length);
      for (const file of files) file.release();
      if (this.closed) this.reject();
      return;
    }
    this.touch();
    this.incoming.push(bytes, files);
    this.changes.changed();
  }

  private acknowledge(bytes: number): void {
    this.touch();
    this.outstanding -= bytes;
    this.changes.changed();
  }

  private finish(): void {
    if (this.forgotten) this.reject();
    this.touch();
    this.finished = true;
    this.shut |= RECEIVES;
    this.changes.changed();
  }

  /** The other end is no more, and what was sent there is lost. */
  private cut(error: ErrnoName = this.finished ? 'EPIPE' : 'ECONNRESET'): void {
    if (this.closed || this.state !== 'connected') return;
    this.touch();
    this.error = error;
    this.state = 'over';
    this.shut = RECEIVES | SENDS;
    this.changes.changed();
  }

  // ---- connecting ----------------------------------------------------------------------------------------------

  /** Waits for connections, so many and one more, or changes how many. */
  listen(backlog: number): 0 | Failed {
    const { state, family } = this;
    if (state !== 'idle' && state !== 'listening') return failed('EINVAL');
    if (family === 'unix' && !this.local) return failed('EINVAL');
    const bound = family === 'inet' ? this.bindAny(0) : 0;
    if (bound !== 0) return bound;
    this.touch();
    this.shut = 0;
    this.state = 'listening';
    this.backlog = Math.min(backlog < 0 ? MOST_BACKLOG : backlog, MOST_BACKLOG);
    this.admitWaiting();
    return 0;
  }

  /** Whether `accept` would be answered. */
  get accepts(): boolean {
    return this.pending.length > 0 || !this.listens || this.shut !== 0;
  }

  /** Only if one is there: EINVAL, or nothing for EAGAIN, if not. */
  accept(): StreamSocket | Failed {
    if (!this.listens) return failed('EINVAL');
    const child = this.pending.shift();
    if (!child) return failed(this.shut === 0 ? 'EAGAIN' : 'EINVAL');
    this.touch();
    this.admitWaiting();
    this.changes.changed();
    return child;
  }

  /** Whether one more could wait to be accepted: the queue holds one more than was asked for. */
  get hasPlace(): boolean {
    return this.listens && this.shut === 0 && this.pending.length <= this.backlog;
  }

  /** Begins to connect. 0: it is connected or on its way: `state` tells. */
  connect(to: InetAddress): 0 | Failed {
    if (this.state === 'connecting') return failed('EALREADY');
    if (this.announced) {
      this.announced = false;
      const error = this.takeError();
      if (error || this.state === 'connected') return error ?? 0;
    }
    if (this.state !== 'idle') return failed('EISCONN');
    const source = this.host.network.source(to.host);
    if (source === null) return failed('ENETUNREACH');
    const bound = this.bindAny(source);
    if (bound !== 0) return bound;
    if (this.local?.family === 'inet' && this.local.host === 0) this.local = inet(source, this.local.port);
    this.touch();
    this.error = null;
    this.shut = 0;
    const remote = inet(to.host === 0 ? LOOPBACK : to.host, to.port);
    this.remote = remote;
    this.state = 'connecting';
    this.changes.changed();
    this.flow.opens = true;
    const { local } = this;
    this.send(0, ({ streams, network }) => {
      if (this.state !== 'connecting') return;
      const listener = streams.at(remote).find(({ listens }) => listens);
      if (listener) listener.request(this);
      else network.carry(refusal(this, remote, local as InetAddress));
    });
    return 0;
  }

  /** A `connect` that does not wait says that it is on its way, however far it has come. */
  announce(): Failed {
    this.announced = true;
    return failed('EINPROGRESS');
  }

  /** It was on its way, and will not come about. */
  fail(error: ErrnoName): void {
    if (this.state !== 'connecting') return;
    this.touch();
    this.state = 'idle';
    this.error = error;
    this.shut = RECEIVES | SENDS;
    this.remote = null;
    this.unbindChosen();
    this.changes.changed();
  }

  /** Somebody else's connection comes in: at once if there is a place for it, else later. */
  private request(client: StreamSocket): void {
    this.touch();
    if (this.hasPlace) this.admit(client);
    else this.requests.push(client);
  }

  private admitWaiting(): void {
    while (this.hasPlace && this.requests.length > 0) this.admit(this.requests.shift() as StreamSocket);
  }

  private admit(client: StreamSocket): void {
    if (client.state !== 'connecting' || client.closed) return;
    const child = this.bear(client.remote, client.local);
    if (!child) {
      this.refuse(client);
      return;
    }
    child.join(client, `the connection from ${spell(client.local)} to ${spell(client.remote)}`);
    if (client.remote?.family === 'inet') this.ports.add(client.remote.port, child);
    this.pending.push(child);
    this.changes.changed();
    child.send(0, () => client.established(child));
  }

  private established(peer: StreamSocket): void {
    // It may have given up, and have begun to connect elsewhere.
    const meant = spell(peer.local) === spell(this.remote) && spell(peer.remote) === spell(this.local);
    if (this.closed || this.state !== 'connecting' || !meant) {
      this.reject(peer);
      return;
    }
    this.touch();
    this.join(peer, peer.name);
    this.changes.changed();
  }

  /** A connection to a name of this machine's, which is there at once. */
  connectHere(listener: StreamSocket): 0 | Failed {
    if (this.state === 'listening') return failed('EINVAL');
    if (this.state !== 'idle') return failed('EISCONN');
    const child = listener.bear(listener.local, this.local);
    if (!child) return failed('ENFILE');
    this.touch();
    listener.touch();
    this.remote = listener.local;
    const name = `connection ${++listener.admitted} to ${listener.name}`;
    child.join(this, name);
    child.pid = listener.pid;
    this.join(child, name);
    listener.pending.push(child);
    listener.changes.changed();
    this.changes.changed();
    return 0;
  }

  /** socketpair. */
  pair(other: StreamSocket, name: string): void {
    this.join(other, name);
    other.join(this, name);
    this.channels = [`${name}, there`, `${name}, back`];
    other.channels = [`${name}, back`, `${name}, there`];
  }

  get credentials(): Socket | null {
    return this.peer ?? (this.listens ? this : null);
  }

  private bear(local: Address | null, remote: Address | null): StreamSocket | null {
    if (!this.host.room.takeSocket()) return null;
    this.borne++;
    const child = new StreamSocket(this.host, this.family, this.pid, this.flags & ~O.NONBLOCK, this.options);
    child.local = local;
    child.remote = remote;
    return child;
  }

  private join(peer: StreamSocket, name: string): void {
    this.state = 'connected';
    this.flow.opens = false;
    this.peer = peer;
    this.title = name;
    // The one that was born by a listening one is joined first.
    const serves = peer.state !== 'connected';
    const [there, back] = [`${name}, there`, `${name}, back`];
    this.channels = serves ? [back, there] : [there, back];
  }

  // ---- the end -------------------------------------------------------------------------------------------------

  shutdown(bits: number): 0 | Failed {
    const { state, family, peer } = this;
    this.touch();
    if (family === 'unix') {
      this.shut |= bits;
      // Each end's receiving is the other's sending.
      if (peer) peer.shut |= (bits & RECEIVES ? SENDS : 0) | (bits & SENDS ? RECEIVES : 0);
      peer?.changes.changed();
    } else if (state === 'idle' || state === 'over') return failed('ENOTCONN');
    else if (state === 'listening') {
      if (bits & RECEIVES) this.deafen();
    } else if (state === 'connecting') this.fail('ECONNABORTED');
    else {
      if (bits & SENDS) this.hangUp();
      this.shut |= bits;
    }
    this.changes.changed();
    return 0;
  }

  close(): void {
    const { incoming, peer, host } = this;
    this.touch();
    this.closed = true;
    if (!host.network.isUp) {
      this.forgotten = true;
      this.flow.orphan();
    }
    if (this.listens) this.deafen();
    if (this.state === 'connecting') this.state = 'idle';
    if (this.state === 'connected' && peer) {
      const lost = incoming.length > 0;
      if (this.family === 'unix') peer.left(lost);
      else if (lost || this.options.cuts) this.carry(0, () => peer.cut());
      else this.hangUp();
    }
    this.unbind(this.first);
    host.room.returnBytes(incoming.length);
    host.room.returnFiles(incoming.clear());
    host.room.returnSocket();
    this.changes.changed();
  }

  /** Tells the other end that nothing more will come. */
  private hangUp(): void {
    if (this.shut & SENDS) return;
    this.shut |= SENDS;
    this.first = !this.finished;
    this.carry(0, () => this.peer?.finish());
  }

  /** The other end of an AF_UNIX connection was closed. */
  private left(lost: boolean): void {
    this.touch();
    this.shut = RECEIVES | SENDS;
    if (lost) this.error = 'ECONNRESET';
    this.changes.changed();
  }

  /** Listens no more: those whom nobody has accepted are cut off. */
  private deafen(): void {
    this.state = 'idle';
    for (const child of this.pending.splice(0)) {
      const { peer } = child;
      child.state = 'over';
      child.close();
      if (this.family === 'unix') peer?.left(true);
      else child.carry(0, () => peer?.cut());
    }
    for (const client of this.requests.splice(0)) this.refuse(client);
  }

  /** Tells the other end that nobody is here. */
  private reject(peer = this.peer): void {
    const { local, remote } = peer ?? {};
    if (peer && local?.family === 'inet' && remote?.family === 'inet')
      this.host.network.carry({ from: remote, to: local, bytes: 0, flow: new Flow(), arrive: () => peer.cut() });
  }

  /** Somebody's connection does not come about. */
  private refuse(client: StreamSocket): void {
    const { local, remote } = client;
    if (local?.family === 'inet' && remote?.family === 'inet') this.host.network.carry(refusal(client, remote, local));
  }

  /** The network could not bring to the other end what was sent there. */
  private unanswered(error: ErrnoName): void {
    if (this.state === 'connecting') this.fail(error);
    else this.cut(error);
  }

  // ---- the way to the other end --------------------------------------------------------------------------------

  private carry(bytes: number, arrive: () => void, lost?: () => void): void {
    if (this.family === 'unix') arrive();
    else this.send(bytes, arrive, lost);
  }

  private send(bytes: number, arrive: (host: Host) => void, lost?: () => void): void {
    const { local, remote, flow } = this;
    if (local?.family !== 'inet' || remote?.family !== 'inet') return;
    this.host.network.carry({ from: local, to: remote, bytes, flow, arrive, ...(lost && { lost }) });
  }
}

/** What tells somebody who connects that nobody listens there. */
function refusal(client: StreamSocket, from: InetAddress, to: InetAddress): Parcel {
  return { from, to, bytes: 0, flow: new Flow(), arrive: () => client.fail('ECONNREFUSED') };
}
