/** How bytes and connections get from one socket to another: the one interface behind which hosts and distances are. */
import { ANY, isLoopback, LOOPBACK } from './addresses.ts';
import type { DatagramSocket } from './datagram-socket.ts';
import type { Flow } from './flow.ts';
import type { Ports } from './ports.ts';
import type { StreamSocket } from './stream-socket.ts';
import type { InetAddress } from './types.ts';

/** What a host hears of the network: the sockets that are bound there. */
export interface Host {
  readonly streams: Ports<StreamSocket>;
  readonly datagrams: Ports<DatagramSocket>;
  /** What it answers through. */
  readonly network: Network;
}

/** Something on its way: part of a connection, or a datagram. */
export interface Parcel {
  readonly from: InetAddress;
  readonly to: InetAddress;
  /** Payload. */
  readonly bytes: number;
  /** The direction of a connection that it is a part of: it comes, once, and after what was sent there before. Null: a datagram. */
  readonly flow: Flow | null;
  /** To be called when it is there, with the host that has the address `to`. */
  arrive(host: Host): void;
  /** To be called when it is certain that a part of a connection never comes. */
  lost?(): void;
}

export interface Network {
  /** Whether the host has power. */
  readonly isUp: boolean;
  /** Whether an address is one of this host's, so that sockets can be bound to it. */
  isOwn(host: number): boolean;
  /** The address with which this host appears to that one; null: there is no way there. */
  source(to: number): number | null;
  /** The addresses that a name stands for: none if nobody is called so. */
  resolve(name: string): readonly number[];
  /** The name of an address; null: it has none. */
  nameOf(host: number): string | null;
  /** Lets it arrive, now, later, or never. */
  carry(parcel: Parcel): void;
}

/** As Debian's /etc/hosts has it. */
const NAMES: ReadonlyMap<string, number> = new Map([
  ['localhost', LOOPBACK],
  ['learner', 0x7f000101],
]);

/** One host, with itself only: everything arrives at once. */
export class Loopback implements Network {
  readonly isUp = true;
  private readonly host: Host;

  constructor(host: Host) {
    this.host = host;
  }

  isOwn(host: number): boolean {
    return host === ANY || isLoopback(host);
  }

  source(to: number): number | null {
    return this.isOwn(to) ? LOOPBACK : null;
  }

  resolve(name: string): readonly number[] {
    const host = NAMES.get(name.toLowerCase());
    return host === undefined ? [] : [host];
  }

  nameOf(host: number): string | null {
    for (const [name, address] of NAMES) if (address === host) return name;
    return null;
  }

  carry(parcel: Parcel): void {
    parcel.arrive(this.host);
  }
}
