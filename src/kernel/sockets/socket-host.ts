/** What the sockets of one host have in common: its ports and names, its network, and how much they may keep. */
import type { FileSystem } from '../files/file-system.ts';
import type { DatagramSocket } from './datagram-socket.ts';
import { type Host, Loopback, type Network } from './network.ts';
import { Ports } from './ports.ts';
import type { StreamSocket } from './stream-socket.ts';

/** Sockets of all processes together, those among them that nobody has accepted yet. */
const MOST_SOCKETS = 4_096;
/** Bytes that were sent and not read, in all sockets together. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Open files in messages that nobody has received: Linux counts them against RLIMIT_NOFILE. */
const MOST_FILES = 1_024;

export class SocketHost implements Host {
  readonly system: FileSystem;
  readonly streams: Ports<StreamSocket>;
  readonly datagrams: Ports<DatagramSocket>;
  /** Linux's abstract names. */
  readonly names = new Map<string, StreamSocket | DatagramSocket>();
  readonly network: Network;
  private sockets = 0;
  private bytes = 0;
  private files = 0;
  private pairs = 0;

  /** `system`: the host's files, of which some name sockets. */
  constructor(system: FileSystem, network?: (host: Host) => Network) {
    this.system = system;
    this.streams = new Ports(() => system.tree.now);
    this.datagrams = new Ports(() => system.tree.now);
    this.network = network?.(this) ?? new Loopback(this);
  }

  get surroundings(): FileSystem['surroundings'] {
    return this.system.surroundings;
  }

  /** For a new socket; false if there are too many. */
  takeSocket(): boolean {
    if (this.sockets >= MOST_SOCKETS) return false;
    this.sockets++;
    return true;
  }

  returnSocket(): void {
    this.sockets--;
  }

  /** For bytes that are sent; false if there is no room. */
  takeBytes(size: number): boolean {
    if (size > MOST_BYTES - this.bytes) return false;
    this.bytes += size;
    return true;
  }

  returnBytes(size: number): void {
    this.bytes -= size;
  }

  takeFiles(count: number): boolean {
    if (count > MOST_FILES - this.files) return false;
    this.files += count;
    return true;
  }

  returnFiles(count: number): void {
    this.files -= count;
  }

  /** Counts pairs, for their names in reports. */
  nextPair(): number {
    return ++this.pairs;
  }
}
