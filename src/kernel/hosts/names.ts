/** The names of a world's hosts, as each of them finds the others. */
import { isLoopback, LOOPBACK } from '../sockets/addresses.ts';
import type { HostSpec } from './types.ts';
import { addressOf } from './wires.ts';

export class Names {
  private readonly addresses = new Map<string, number>([['localhost', LOOPBACK]]);
  private readonly names = new Map<number, string>();

  constructor(hosts: readonly HostSpec[]) {
    for (const { name, address, aliases = [] } of hosts) {
      for (const called of [name, ...aliases]) this.addresses.set(called.toLowerCase(), addressOf(address));
      this.names.set(addressOf(address), name);
    }
  }

  resolve(name: string): readonly number[] {
    const address = this.addresses.get(name.toLowerCase().replace(/\.$/, ''));
    return address === undefined ? [] : [address];
  }

  nameOf(address: number): string | null {
    return isLoopback(address) ? 'localhost' : (this.names.get(address) ?? null);
  }
}
