/** The ports of one host, for streams or for datagrams: who is bound to which, and which are free. */
import { type Failed, failed } from '../errno.ts';
import { ANY } from './addresses.ts';
import type { Address, InetAddress } from './types.ts';

/** Linux's range for sockets that do not choose. */
const FIRST = 32_768;
const LAST = 60_999;
/** Seconds for which the side that hung up first keeps its port (TIME-WAIT). */
const LINGERS = 60;

/** Somebody who is bound. */
export interface Bound {
  readonly local: Address | null;
  /** SO_REUSEADDR: may share its port with others that say so. */
  readonly reuses: boolean;
  readonly listens: boolean;
}

interface Lingering extends Bound {
  readonly until: number;
}

export class Ports<B extends Bound> {
  private readonly bound = new Map<number, Set<B>>();
  private readonly lingering = new Map<number, Lingering>();
  private readonly clock: () => number;
  private next = FIRST;

  /** `clock`: in seconds, from anywhere. */
  constructor(clock: () => number) {
    this.clock = clock;
  }

  /** Which port somebody gets who asks for this address; port 0: any. */
  choose(host: number, port: number, reuses: boolean): number | Failed {
    if (port !== 0) return this.isFree(host, port, reuses) ? port : failed('EADDRINUSE');
    for (let tried = FIRST; tried <= LAST; tried++) {
      const candidate = this.next;
      this.next = candidate === LAST ? FIRST : candidate + 1;
      if (!this.bound.has(candidate) && this.isFree(host, candidate, false)) return candidate;
    }
    return failed('EADDRINUSE');
  }

  add(port: number, socket: B): void {
    const there = this.bound.get(port);
    if (there) there.add(socket);
    else this.bound.set(port, new Set([socket]));
  }

  /** `lingers`: its connection is remembered for a while. */
  remove(port: number, socket: B, lingers: boolean): void {
    const there = this.bound.get(port);
    if (!there?.delete(socket)) return;
    if (there.size === 0) this.bound.delete(port);
    if (!lingers) return;
    const { local, reuses } = socket;
    this.lingering.set(port, { local, reuses, listens: false, until: this.clock() + LINGERS });
  }

  /** Nobody is bound any more. */
  clear(): void {
    this.bound.clear();
    this.lingering.clear();
  }

  /** Whoever is bound to an address, those to exactly this one first. */
  at({ host, port }: InetAddress): readonly B[] {
    const there = [...(this.bound.get(port) ?? [])].filter((socket) => overlap(hostOf(socket), host));
    return there.sort((a, b) => Number(hostOf(b) === host) - Number(hostOf(a) === host));
  }

  private isFree(host: number, port: number, reuses: boolean): boolean {
    const shares = (other: Bound) => !overlap(hostOf(other), host) || (reuses && other.reuses && !other.listens);
    for (const other of this.bound.get(port) ?? []) if (!shares(other)) return false;
    const old = this.lingering.get(port);
    if (old && old.until <= this.clock()) this.lingering.delete(port);
    else if (old) return shares(old);
    return true;
  }
}

function hostOf({ local }: Bound): number {
  return local?.family === 'inet' ? local.host : ANY;
}

function overlap(one: number, other: number): boolean {
  return one === other || one === ANY || other === ANY;
}
