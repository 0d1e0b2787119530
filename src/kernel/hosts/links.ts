/** The links between hosts: how long a parcel takes from one to another, and which pairs are cut off from each other. */
import type { LinkSpec } from './types.ts';

/** Of hosts that nobody has said anything about: all comes at once, as within one host. */
export const PLAIN: LinkSpec = {
  from: '*',
  to: '*',
  latency: 0,
  jitter: 0,
  loss: 0,
  duplicate: 0,
  reorder: 0,
  bandwidth: null,
};
/** Bytes that a parcel has beside what it carries: Ethernet's, IP's and TCP's heads. */
const HEAD = 66;

/** One direction between two hosts. */
export interface Link {
  readonly spec: LinkSpec;
  /** Whatever is sent is there at once. */
  readonly instant: boolean;
  /** When the last parcel has left, in kernel seconds. */
  busyUntil: number;
  /** Datagrams that wait until another has overtaken them. */
  readonly heldBack: (() => void)[];
}

export class Links {
  private specs: LinkSpec[];
  private readonly known = new Map<string, Link>();
  /** Each part is cut off from all hosts outside it. */
  private parts: ReadonlySet<string>[] = [];
  private readonly draw: (bound: number) => number;

  /** `draw`: a whole number in [0, bound), by chance. */
  constructor(specs: readonly LinkSpec[], draw: (bound: number) => number) {
    this.specs = [...specs];
    this.draw = draw;
  }

  between(from: string, to: string): Link {
    const key = `${from} ${to}`;
    let link = this.known.get(key);
    if (!link) {
      const spec = this.specs.findLast((one) => fits(one.from, from) && fits(one.to, to)) ?? PLAIN;
      const { latency, jitter, loss, bandwidth } = spec;
      const instant = latency === 0 && jitter === 0 && loss === 0 && bandwidth === null;
      link = { spec, instant, busyUntil: 0, heldBack: [] };
      this.known.set(key, link);
    }
    return link;
  }

  set(spec: LinkSpec): void {
    this.specs = [...this.specs.filter(({ from, to }) => from !== spec.from || to !== spec.to), spec];
    for (const { heldBack } of this.known.values()) for (const release of heldBack.splice(0)) release();
    this.known.clear();
  }

  /** Cuts these off from all others, until what it answers is called; none: heals all. */
  cut(hosts: readonly string[]): () => void {
    if (hosts.length === 0) this.parts = [];
    const part = new Set(hosts);
    if (hosts.length > 0) this.parts.push(part);
    return () => {
      this.parts = this.parts.filter((other) => other !== part);
    };
  }

  isCut(hosts: readonly string[]): boolean {
    return this.parts.some((part) => part.size === hosts.length && hosts.every((host) => part.has(host)));
  }

  /** Whether anything ever passes. */
  joins(from: string, to: string): boolean {
    if (this.parts.length === 0 && this.specs.length === 0) return true;
    return this.between(from, to).spec.loss < 1 && this.parts.every((part) => part.has(from) === part.has(to));
  }

  /** When what leaves now arrives, in kernel seconds. */
  arrival(link: Link, bytes: number, now: number): number {
    const { latency, jitter, bandwidth } = link.spec;
    if (bandwidth !== null) link.busyUntil = Math.max(now, link.busyUntil) + (bytes + HEAD) / bandwidth;
    const left = bandwidth === null ? now : link.busyUntil;
    return left + latency + (jitter > 0 ? (jitter * this.draw(1_000_000)) / 1_000_000 : 0);
  }

  happens(chance: number): boolean {
    return chance > 0 && (chance >= 1 || this.draw(2 ** 30) < chance * 2 ** 30);
  }
}

function fits(end: string, host: string): boolean {
  return end === '*' || end === host;
}
