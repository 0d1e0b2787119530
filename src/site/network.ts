/** The network between the hosts of a world, as sliders show and set it. */
import type { LinkSpec } from '../kernel/hosts/types.ts';

/** What a slider can be set to, from left to right. Seconds, and bytes a second. */
export const DELAYS: readonly number[] = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
export const PARTS: readonly number[] = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1];
export const BANDWIDTHS: readonly (number | null)[] = [null, 10e6, 1e6, 100e3, 10e3, 1000, 100];

/** Every host, as an end of a link. */
export const ALL = '*';

const CALM = { latency: 0, jitter: 0, loss: 0, duplicate: 0, reorder: 0, bandwidth: null };

/** How parcels come from one host to another: the last link that fits is the one. */
export function linkBetween(links: readonly LinkSpec[], from: string, to: string): LinkSpec {
  const fits = (end: string, host: string) => end === ALL || end === host;
  const link = links.findLast((one) => fits(one.from, from) && fits(one.to, to));
  return { ...CALM, ...link, from, to };
}

/** This link is the one that holds from here on: it replaces all that it covers. */
export function withLink(links: readonly LinkSpec[], link: LinkSpec): readonly LinkSpec[] {
  const covers = (end: string, other: string) => end === ALL || end === other;
  return [...links.filter((one) => !(covers(link.from, one.from) && covers(link.to, one.to))), link];
}

/** The place on the slider that comes nearest to a value that an author chose. */
export function nearest(values: readonly (number | null)[], value: number | null): number {
  const distance = (other: number | null) =>
    other === null || value === null ? (other === value ? 0 : Number.MAX_VALUE) : Math.abs(other - value);
  let best = 0;
  values.forEach((other, index) => {
    if (distance(other) < distance(values[best] ?? null)) best = index;
  });
  return best;
}

export function delayText(seconds: number): string {
  return seconds < 1 ? `${Number((seconds * 1000).toPrecision(3))} ms` : `${Number(seconds.toPrecision(3))} s`;
}

export function partText(part: number): string {
  return `${Number((part * 100).toPrecision(3))} %`;
}

export function bandwidthText(bytes: number | null): string {
  if (bytes === null) return 'any';
  if (bytes >= 1e6) return `${Number((bytes / 1e6).toPrecision(3))} MB/s`;
  return bytes >= 1000 ? `${Number((bytes / 1000).toPrecision(3))} kB/s` : `${Number(bytes.toPrecision(3))} B/s`;
}
