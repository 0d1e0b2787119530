/** Datagrams: Linux's UDP and AF_UNIX ones. Each keeps its borders, its sender, and the open files that it carries. */
import { type Failed, failed } from '../errno.ts';
import type { Shared } from '../files/descriptors.ts';
import type { Caller } from '../files/pipe-end.ts';
import { POLL } from '../files/types.ts';
import { BROADCAST, inet, LOOPBACK, spell } from './addresses.ts';
import type { Ports } from './ports.ts';
import { RECEIVES, SENDS, Socket } from './socket.ts';
import { type Address, type InetAddress, SOCK, SOL } from './types.ts';

export interface Datagram {
  readonly bytes: Uint8Array;
  readonly from: Address | null;
  readonly files: readonly Shared[];
  /** Who has sent it, for the trace. */
  readonly by: Caller;
}

/** Bytes of the longest one over UDP: 65,535 without the headers. */
const LONGEST = 65_507;
/** What Linux counts for one beside its bytes, so that empty ones do not fill the memory. */
const OVERHEAD = 768;
/** Linux's net.unix.max_dgram_qlen: an AF_UNIX sender waits while more are unread. */
const MOST_UNREAD = 10;

export class DatagramSocket extends Socket {
  readonly type = SOCK.DGRAM;
  readonly listens = false;
  /** Whom an AF_UNIX one is connected to. */
  private receiver: DatagramSocket | null = null;
  /** Who is connected to this one: whether they may send depends on its queue. */
  private readonly senders = new Set<DatagramSocket>();
  private readonly queue: Datagram[] = [];
  private charged = 0;
  private come = 0;
  private title: string | null = null;

  get name(): string {
    return this.title ?? (this.local ? `the socket ${spell(this.local)}` : 'a socket without an address');
  }

  get peer(): DatagramSocket | null {
    return this.receiver;
  }

  private turnTo(receiver: DatagramSocket | null): void {
    this.receiver?.senders.delete(this);
    this.receiver = receiver;
    receiver?.senders.add(this);
  }

  /** Its queue is longer or shorter than before. */
  private stir(): void {
    this.changes.changed();
    for (const sender of this.senders) {
      if (sender === this) continue;
      sender.touch();
      sender.changes.changed();
    }
  }

  protected get protocol(): number {
    return SOL.UDP;
  }

  protected get ports(): Ports<DatagramSocket> {
    return this.host.datagrams;
  }

  poll(): number {
    const { shut, error } = this;
    let bits = error === null ? 0 : POLL.ERR;
    if (shut === (RECEIVES | SENDS)) bits |= POLL.HUP;
    if (shut & RECEIVES) bits |= POLL.IN | POLL.RDHUP;
    if (this.queue.length > 0) bits |= POLL.IN;
    if (!this.peer || this.peer.hasPlace) bits |= POLL.OUT;
    return bits;
  }

  ready(how: 'read' | 'write', _size: number): boolean {
    if (this.error !== null) return true;
    if (how === 'write') return this.peer === null || this.peer.hasPlace;
    return this.queue.length > 0 || (this.shut & RECEIVES) !== 0;
  }

  arrived(): number {
    return this.come;
  }

  /** Bytes of the next one. */
  available(): number {
    return this.queue[0]?.bytes.length ?? 0;
  }

  /** Whether an AF_UNIX sender need not wait: it may be told that nobody is there any more. */
  get hasPlace(): boolean {
    return this.closed || this.queue.length <= MOST_UNREAD;
  }

  read(size: number): Uint8Array | Failed {
    const next = this.pull(false);
    if ('errno' in next) return next;
    for (const file of next.files) file.release();
    return next.bytes.slice(0, size);
  }

  /** The next one, its open files the caller's to release. `peeks`: leaves it there, and its files in it. */
  pull(peeks: boolean): Datagram | Failed {
    const error = this.takeError();
    if (error) return error;
    const [next] = this.queue;
    if (!next)
      return this.shut & RECEIVES ? { bytes: new Uint8Array(), from: null, files: [], by: null } : failed('EAGAIN');
    if (peeks) return { ...next, files: [] };
    this.touch();
    this.queue.shift();
    this.let(next);
    const { length } = next.bytes;
    this.host.surroundings.moved('receive', this.name, length);
    this.stir();
    return next;
  }

  write(bytes: Uint8Array): number | Failed {
    return this.peer ? this.put(bytes, this.peer, []) : this.sendTo(bytes, null);
  }

  /** Over UDP: nobody says whether it has come. `to` null: to whom it is connected. */
  sendTo(bytes: Uint8Array, to: InetAddress | null): number | Failed {
    const error = this.takeError();
    if (error) return error;
    if (this.family === 'unix') return failed('ENOTCONN');
    if (this.shut & SENDS) return failed('EPIPE');
    const target = to ?? this.remote;
    if (target?.family !== 'inet') return failed('EDESTADDRREQ');
    if (bytes.length > LONGEST) return failed('EMSGSIZE');
    if (target.port === 0) return failed('EINVAL');
    if (target.host === BROADCAST && !this.options.broadcasts) return failed('EACCES');
    const { network } = this.host;
    const source = network.source(target.host);
    if (source === null) return failed('ENETUNREACH');
    const bound = this.bindAny(0);
    if (bound !== 0) return failed('EAGAIN');
    this.touch();
    const { host, port } = this.local as InetAddress;
    const way = { from: inet(host === 0 ? source : host, port), to: inet(target.host || LOOPBACK, target.port) };
    const connected = this.remote !== null;
    // The caller's memory may be another's before it arrives.
    const own = bytes.slice();
    const by = this.host.surroundings.caller();
    network.carry({
      ...way,
      bytes: bytes.length,
      flow: null,
      arrive: ({ datagrams, network: there }) => {
        const receiver = datagrams.at(way.to).find((socket) => socket.hears(way.from));
        if (receiver) receiver.arrive({ bytes: own.slice(), from: way.from, files: [], by });
        else if (connected) {
          const refuse = () => this.refuse();
          there.carry({ from: way.to, to: way.from, bytes: 0, flow: null, arrive: refuse });
        }
      },
    });
    return bytes.length;
  }

  /** To an AF_UNIX socket that has a place; the files, held by the caller, go with it if it answers a number. */
  put(bytes: Uint8Array, to: DatagramSocket, files: readonly Shared[]): number | Failed {
    if (this.shut & SENDS) return failed('EPIPE');
    if (to.closed) {
      if (to === this.peer) this.turnTo(null);
      return failed('ECONNREFUSED');
    }
    if (to.peer !== null && to.peer !== this) return failed('EPERM');
    if (to.shut & RECEIVES) return failed('EPIPE');
    if (bytes.length > this.options.send - 32) return failed('EMSGSIZE');
    if (!to.hasPlace) return failed('EAGAIN');
    this.touch();
    return to.arrive({ bytes: bytes.slice(), from: this.local, files, by: this.host.surroundings.caller() })
      ? bytes.length
      : failed('ENOBUFS');
  }

  connect(to: InetAddress): 0 | Failed {
    const source = this.host.network.source(to.host);
    if (source === null) return failed('ENETUNREACH');
    const bound = this.bindAny(0);
    if (bound !== 0) return bound;
    this.touch();
    const { host, port } = this.local as InetAddress;
    this.local = inet(host || source, port);
    this.remote = inet(to.host || LOOPBACK, to.port);
    return 0;
  }

  connectHere(to: DatagramSocket): 0 | Failed {
    if (to.peer !== null && to.peer !== this) return failed('EPERM');
    this.touch();
    this.turnTo(to);
    this.remote = to.local;
    return 0;
  }

  /** socketpair. */
  pair(other: DatagramSocket, name: string): void {
    this.turnTo(other);
    other.turnTo(this);
    this.title = `${name}, this end`;
    other.title = `${name}, other end`;
  }

  shutdown(bits: number): 0 | Failed {
    if (this.family === 'inet' && this.remote === null) return failed('ENOTCONN');
    this.touch();
    this.shut |= bits;
    this.changes.changed();
    return 0;
  }

  close(): void {
    this.touch();
    this.closed = true;
    this.unbind(false);
    for (const datagram of this.queue.splice(0)) {
      this.let(datagram);
      for (const file of datagram.files) file.release();
    }
    this.host.room.returnSocket();
    this.turnTo(null);
    this.stir();
  }

  /** A connected one hears nobody else. */
  private hears(from: InetAddress): boolean {
    const { remote } = this;
    return remote?.family !== 'inet' || (remote.host === from.host && remote.port === from.port);
  }

  /** False if there was no room for it: it is lost. */
  private arrive(datagram: Datagram): boolean {
    const size = datagram.bytes.length + OVERHEAD;
    const full = this.family === 'inet' && this.charged + size > this.options.receive;
    if (full || this.shut & RECEIVES || !this.host.room.takeBytes(size)) return false;
    this.touch();
    this.charged += size;
    this.come++;
    this.queue.push(datagram);
    const { length } = datagram.bytes;
    this.host.surroundings.moved('send', this.name, length, datagram.by);
    this.stir();
    return true;
  }

  private let({ bytes, files }: Datagram): void {
    this.charged -= bytes.length + OVERHEAD;
    this.host.room.returnBytes(bytes.length + OVERHEAD);
    this.host.room.returnFiles(files.length);
  }

  /** Nobody is bound to where it has sent. */
  private refuse(): void {
    if (this.closed) return;
    this.touch();
    this.error = 'ECONNREFUSED';
    this.changes.changed();
  }
}
