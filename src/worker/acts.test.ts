import { expect, test } from 'vitest';
import type { World } from '../kernel/hosts/types.ts';
import { checkAct, checkActs } from './acts.ts';

const WORLD: World = {
  hosts: [
    { name: 'a', address: '10.0.0.1', files: null },
    { name: 'b', address: '10.0.0.2', files: null },
  ],
  terminals: [{ name: 't', host: 'a', command: ['ls'], start: 0, service: false, reboots: false }],
  links: [],
};
const LINK = { from: '*', to: 'b', latency: 0, jitter: 0, loss: 0.5, duplicate: 0, reorder: 1, bandwidth: null };

test.each([
  { act: 'start', terminal: 't' },
  { act: 'type', terminal: 't', text: 'x\n' },
  { act: 'type', terminal: 't', text: null },
  { act: 'crash', host: 'b' },
  { act: 'partition', hosts: [] },
  { act: 'link', link: LINK },
  { act: 'end' },
])('%j is passed on, and nothing beside it', (act) => {
  expect(checkAct({ ...act, more: 1 }, WORLD)).toEqual(act);
});

test.each([
  null,
  'start',
  { act: 'format', host: 'a' },
  { act: 'start', terminal: 'a' },
  { act: 'start', terminal: ['t'] },
  { act: 'type', terminal: 't', text: 5 },
  { act: 'type', terminal: 't', text: 'x'.repeat(1_000_001) },
  { act: 'crash', host: '__proto__' },
  { act: 'partition', hosts: ['a', 'c'] },
  { act: 'partition', hosts: ['a', 'a', 'a'] },
  { act: 'link', link: { ...LINK, latency: Number.NaN } },
  { act: 'link', link: { ...LINK, latency: Number.POSITIVE_INFINITY } },
  { act: 'link', link: { ...LINK, loss: -0.1 } },
  { act: 'link', link: { ...LINK, bandwidth: 0 } },
  { act: 'link', link: { ...LINK, from: 'c' } },
  { act: 'link' },
])('%j is refused', (act) => {
  expect(checkAct(act, WORLD)).toBeNull();
});

test('records come in their order, with whole numbers of steps', () => {
  const act = { act: 'end' } as const;
  const records = [
    { steps: 3, time: 0, act },
    { steps: 3, time: 0.5, act },
  ];
  expect(checkActs(records, WORLD)).toEqual(records);
  expect(checkActs([...records].reverse(), WORLD)).toBeNull();
  expect(checkActs([{ steps: 1.5, time: 0, act }], WORLD)).toBeNull();
  expect(checkActs([{ steps: 1, time: -1, act }], WORLD)).toBeNull();
  expect(checkActs([{ steps: 1, time: 0, act: { act: 'start', terminal: 'x' } }], WORLD)).toBeNull();
  expect(
    checkActs(
      Array.from({ length: 10_001 }, () => records[0]),
      WORLD,
    ),
  ).toBeNull();
});
