/** What the sockets of one host have in common: its ports and names, its network, and how much they may keep. */
import type { FileSystem } from '../files/file-system.ts';
import type { DatagramSocket } from './datagram-socket.ts';
import { type Host, Loopback, type Network } from './network.ts';
import { Ports } from './ports.ts';
import { SocketRoom } from './room.ts';
import type { StreamSocket } from './stream-socket.ts';

export class SocketHost implements Host {
  readonly system: FileSystem;
  readonly room: SocketRoom;
  readonly streams: Ports<StreamSocket>;
  readonly datagrams: Ports<DatagramSocket>;
  /** Linux's abstract names. */
  readonly names = new Map<string, StreamSocket | DatagramSocket>();
  readonly network: Network;
  private pairs = 0;

  /** `system`: the host's files, of which some name sockets. */
  constructor(system: FileSystem, network?: (host: Host) => Network, room = new SocketRoom()) {
    this.system = system;
    this.room = room;
    this.streams = new Ports(() => system.tree.now);
    this.datagrams = new Ports(() => system.tree.now);
    this.network = network?.(this) ?? new Loopback(this);
  }

  get surroundings(): FileSystem['surroundings'] {
    return this.system.surroundings;
  }

  /** Counts pairs, for their names in reports. */
  nextPair(): number {
    return ++this.pairs;
  }

  /** Its memory is lost, and its sockets are gone: no port is bound any more, or remembered. */
  forget(): void {
    this.streams.clear();
    this.datagrams.clear();
    this.names.clear();
  }
}
