/** What is between the hosts of a world: brings parcels from one to another, late, more than once, or not at all. */
import { BROADCAST, isLoopback, parseHost } from '../sockets/addresses.ts';
import type { Flow } from '../sockets/flow.ts';
import type { Parcel } from '../sockets/network.ts';
import type { Computer } from './computer.ts';
import { type Link, Links } from './links.ts';
import type { LinkSpec } from './types.ts';

/** Seconds after which Linux sends again what nobody has answered, doubled each time, up to the longest. */
const AGAIN = 0.2;
const LONGEST = 120;
/** It waits so often before it gives up (tcp_retries2): 924.6 seconds. */
const PATIENCE = 16;
/** The same while a connection is opened (tcp_syn_retries): 127 seconds. */
const FIRST = 1;
const FIRST_PATIENCE = 7;
/** Seconds in which nobody says that they have an address of this network (ARP). */
const UNHEARD = 3;
/** Seconds for which a datagram waits at most to be overtaken. */
const HELD = 0.1;

/** Bytes of datagrams that are on their way; more are lost, as at a router that cannot keep them. */
const MOST_FLYING = 4 * 1024 * 1024;
/** What one counts for beside its bytes. */
const OVERHEAD = 768;

/** What wires need of the kernel. */
export interface Ground {
  readonly now: number;
  at(time: number, ring: () => void): { stop(): void };
  chance(bound: number): number;
  /** Something passes between these two, or tries to. */
  passes(from: Computer, to: Computer): void;
  /** This one sends a datagram: what was to happen to the next one happens to it. */
  throws(from: Computer): void;
}

export class Wires {
  readonly links: Links;
  private readonly ground: Ground;
  private readonly computers = new Map<number, Computer>();
  private flying = 0;
  /** Hosts whose next datagram is lost, or comes twice. */
  readonly losing = new Set<Computer>();
  readonly doubling = new Set<Computer>();

  constructor(links: readonly LinkSpec[], ground: Ground) {
    this.links = new Links(links, (bound) => ground.chance(bound));
    this.ground = ground;
  }

  connect(computer: Computer): void {
    this.computers.set(computer.address, computer);
  }

  /** Whoever has this address. */
  at(address: number): Computer | null {
    return this.computers.get(address) ?? null;
  }

  carry(from: Computer, parcel: Parcel): void {
    const { host } = parcel.to;
    if (host === BROADCAST && !parcel.flow) {
      for (const to of this.computers.values()) this.pass(parcel, from, to);
      return;
    }
    const to = isLoopback(host) ? from : this.at(host);
    if (to) this.pass(parcel, from, to);
    else this.vanish(parcel);
  }

  private pass(parcel: Parcel, from: Computer, to: Computer): void {
    if (to === from) {
      parcel.arrive(from.sockets);
      return;
    }
    this.ground.passes(from, to);
    if (!from.isUp) parcel.lost?.();
    else if (parcel.flow) this.join(parcel.flow, parcel, from, to);
    else this.throw(parcel, from, to);
  }

  // ---- parts of connections ------------------------------------------------------------------------------------

  private join(flow: Flow, parcel: Parcel, from: Computer, to: Computer): void {
    if (flow.over) {
      parcel.lost?.();
      return;
    }
    const { ground, links } = this;
    const link = links.between(from.name, to.name);
    const first = flow.moving.length === 0;
    if (first && link.instant && this.isOpen(from, to)) {
      parcel.arrive(to.sockets);
      return;
    }
    const before = flow.moving.at(-1)?.at ?? 0;
    flow.moving.push({ parcel, at: Math.max(this.arrival(link, parcel, flow), before) });
    if (!first) return;
    if (this.isOpen(from, to)) flow.timer = ground.at(flow.moving[0]?.at ?? 0, () => this.ring(flow, from, to));
    else this.retry(flow, from, to);
  }

  /** The first of what moves is there, or is to be sent again. */
  private ring(flow: Flow, from: Computer, to: Computer): void {
    const { ground, links } = this;
    flow.timer = null;
    if (!this.isOpen(from, to)) {
      this.retry(flow, from, to);
      return;
    }
    if (flow.tries > 0) {
      flow.tries = 0;
      const link = links.between(from.name, to.name);
      const again = flow.moving.splice(0);
      for (const { parcel } of again) {
        const before = flow.moving.at(-1)?.at ?? 0;
        flow.moving.push({ parcel, at: Math.max(this.arrival(link, parcel, flow), before) });
      }
    }
    for (let next = flow.moving[0]; next && next.at <= ground.now; next = flow.moving[0]) {
      flow.moving.shift();
      ground.passes(from, to);
      next.parcel.arrive(to.sockets);
    }
    const [next] = flow.moving;
    if (next && !flow.timer) flow.timer = ground.at(next.at, () => this.ring(flow, from, to));
  }

  /** Nobody has answered: after a while it is sent again, or its sender gives up. */
  private retry(flow: Flow, from: Computer, to: Computer): void {
    const patience = flow.opens ? FIRST_PATIENCE : PATIENCE;
    if (flow.tries >= patience || flow.over) {
      flow.abandon();
      flow.fail('ETIMEDOUT');
      return;
    }
    const wait = waitOf(flow);
    flow.tries++;
    flow.timer = this.ground.at(this.ground.now + wait, () => this.ring(flow, from, to));
  }

  /** When a part arrives: each time it is lost on the way it is sent again, later. */
  private arrival(link: Link, parcel: Parcel, flow: Flow): number {
    const at = this.links.arrival(link, parcel.bytes, this.ground.now);
    let late = 0;
    let wait = flow.opens ? FIRST : AGAIN;
    while (late < LONGEST && this.links.happens(link.spec.loss)) {
      late += wait;
      wait *= 2;
    }
    return at + late;
  }

  // ---- datagrams -----------------------------------------------------------------------------------------------

  private throw(parcel: Parcel, from: Computer, to: Computer): void {
    const { links, losing, doubling, ground } = this;
    const link = links.between(from.name, to.name);
    const { spec } = link;
    ground.throws(from);
    if (losing.delete(from) || !this.isOpen(from, to) || links.happens(spec.loss)) return;
    const copies = doubling.delete(from) || links.happens(spec.duplicate) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const at = links.arrival(link, parcel.bytes, ground.now);
      const size = parcel.bytes + OVERHEAD;
      if (this.flying + size > MOST_FLYING) return;
      this.flying += size;
      const land = () => {
        this.flying -= size;
        if (!this.isOpen(from, to)) return;
        ground.passes(from, to);
        parcel.arrive(to.sockets);
      };
      if (links.happens(spec.reorder)) this.holdBack(link, at, land);
      else if (at <= ground.now) this.overtake(link, land);
      else ground.at(at, () => this.overtake(link, land));
    }
  }

  /** It comes when another has come, or after a while. */
  private holdBack(link: Link, at: number, land: () => void): void {
    const release = () => {
      timer.stop();
      const place = link.heldBack.indexOf(release);
      if (place >= 0) link.heldBack.splice(place, 1);
      land();
    };
    const timer = this.ground.at(at + HELD, release);
    link.heldBack.push(release);
  }

  private overtake(link: Link, land: () => void): void {
    land();
    for (const release of [...link.heldBack]) release();
  }

  // --------------------------------------------------------------------------------------------------------------

  /** Nobody has this address, though it is one of this network's: in the end Linux finds out. */
  private vanish({ flow, lost }: Parcel): void {
    lost?.();
    if (flow) this.ground.at(this.ground.now + UNHEARD, () => flow.fail('EHOSTUNREACH'));
  }

  private isOpen(from: Computer, to: Computer): boolean {
    return to.isUp && this.links.joins(from.name, to.name);
  }
}

function waitOf({ opens, tries }: Flow): number {
  return Math.min((opens ? FIRST : AGAIN) * 2 ** tries, LONGEST);
}

/** An address that is in a world is one: see check.ts. */
export function addressOf(text: string): number {
  return parseHost(text) ?? 0;
}
