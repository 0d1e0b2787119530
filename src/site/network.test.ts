import { expect, test } from 'vitest';
import type { LinkSpec } from '../kernel/hosts/types.ts';
import { BANDWIDTHS, bandwidthText, DELAYS, delayText, linkBetween, nearest, partText, withLink } from './network.ts';

const link = (from: string, to: string, latency: number): LinkSpec => ({
  from,
  to,
  latency,
  jitter: 0,
  loss: 0,
  duplicate: 0,
  reorder: 0,
  bandwidth: null,
});

test('the last link that fits holds', () => {
  const links = [link('*', '*', 0.1), link('a', '*', 0.2), link('a', 'b', 0.3)];
  expect(linkBetween(links, 'a', 'b').latency).toBe(0.3);
  expect(linkBetween(links, 'a', 'c')).toEqual(link('a', 'c', 0.2));
  expect(linkBetween(links, 'b', 'a').latency).toBe(0.1);
  expect(linkBetween([], 'b', 'a')).toEqual(link('b', 'a', 0));
});

test('what is set for all replaces what was set for some', () => {
  const links = withLink(withLink([link('*', '*', 0.1)], link('a', 'b', 0.3)), link('b', 'a', 0.3));
  expect(links).toHaveLength(3);
  expect(withLink(links, link('a', 'b', 0.4))).toEqual([links[0], links[2], link('a', 'b', 0.4)]);
  expect(withLink(links, link('*', '*', 0.5))).toEqual([link('*', '*', 0.5)]);
});

test('a value between two places of a slider stands at the nearer one', () => {
  expect(DELAYS[nearest(DELAYS, 0.019)]).toBe(0.02);
  expect(BANDWIDTHS[nearest(BANDWIDTHS, null)]).toBe(null);
  expect(BANDWIDTHS[nearest(BANDWIDTHS, 1200)]).toBe(1000);
});

test('values are said with their units', () => {
  expect([0, 0.02, 0.1 + 0.2, 1.5].map(delayText)).toEqual(['0 ms', '20 ms', '300 ms', '1.5 s']);
  expect([0, 0.05, 1].map(partText)).toEqual(['0 %', '5 %', '100 %']);
  expect([null, 1e6, 1500, 100].map(bandwidthText)).toEqual(['any', '1 MB/s', '1.5 kB/s', '100 B/s']);
});
