/** One host's place in a world: what its sockets see of the network. */
import { ANY, BROADCAST, isLoopback, LOOPBACK } from '../sockets/addresses.ts';
import type { Network, Parcel } from '../sockets/network.ts';
import type { Computer } from './computer.ts';
import type { Names } from './names.ts';
import type { Wires } from './wires.ts';

/** Hosts whose addresses begin with the same 24 bits could hear each other. */
const NEAR = 8;

export class Attachment implements Network {
  private readonly computer: Computer;
  private readonly wires: Wires;
  private readonly names: Names;

  constructor(computer: Computer, wires: Wires, names: Names) {
    this.computer = computer;
    this.wires = wires;
    this.names = names;
  }

  get isUp(): boolean {
    return this.computer.isUp;
  }

  isOwn(host: number): boolean {
    return host === ANY || isLoopback(host) || host === this.computer.address;
  }

  source(to: number): number | null {
    const { address } = this.computer;
    if (to === ANY || isLoopback(to)) return LOOPBACK;
    if (to === BROADCAST) return address;
    return this.wires.at(to) || to >>> NEAR === address >>> NEAR ? address : null;
  }

  resolve(name: string): readonly number[] {
    return this.names.resolve(name);
  }

  nameOf(host: number): string | null {
    return this.names.nameOf(host);
  }

  carry(parcel: Parcel): void {
    this.wires.carry(this.computer, parcel);
  }
}
