import { expect, test } from 'vitest';
import type { World } from '../kernel/hosts/types.ts';
import { BadWorld, worldOf } from './complete-world.ts';
import { checkWorld, readWorld, type WorldFile } from './world.ts';

const TWO: WorldFile = {
  hosts: [{ name: 'master' }, { name: 'worker', files: ['w.py'] }],
  terminals: [
    { host: 'master', command: 'python3 "my master.py"' },
    { name: 'w1', host: 'worker', command: ['python3', 'w.py'], start: 0.5 },
  ],
};
const FILES = { 'my master.py': 'm', 'w.py': 'w' };

test('what is left out is put in: addresses, names, all files, a calm network', () => {
  const world: World = worldOf('x', checkWorld('x', { ...TWO, links: [{ to: 'worker', loss: 0.1 }] }), FILES);
  const usual = { service: false, reboots: false };
  expect(world).toEqual({
    hosts: [
      { name: 'master', address: '10.0.0.1', files: null },
      { name: 'worker', address: '10.0.0.2', files: { 'w.py': 'w' } },
    ],
    terminals: [
      { name: 'master', host: 'master', command: ['python3', 'my master.py'], start: 0, ...usual },
      { name: 'w1', host: 'worker', command: ['python3', 'w.py'], start: 0.5, ...usual },
    ],
    links: [{ from: '*', to: 'worker', latency: 0, jitter: 0, loss: 0.1, duplicate: 0, reorder: 0, bandwidth: null }],
  });
});

test('a complete world is its own description', () => {
  const world = worldOf('x', checkWorld('x', TWO), FILES);
  expect(JSON.stringify(worldOf('x', checkWorld('x', world), FILES))).toBe(JSON.stringify(world));
});

test('a host whose address is left out gets one that nobody has', () => {
  const hosts = [{ name: 'a' }, { name: 'b', address: '10.0.0.1' }, { name: 'c' }];
  const world = worldOf('x', checkWorld('x', { hosts, terminals: [{ host: 'a', command: 'ls' }] }), {});
  expect(world.hosts.map(({ address }) => address)).toEqual(['10.0.0.2', '10.0.0.1', '10.0.0.3']);
});

const [terminal] = TWO.terminals as [WorldFile['terminals'][number]];
test.each([
  ['no JSON', '{', /^hosts\.json: is not valid JSON/],
  ['no host', { ...TWO, hosts: [] }, /`hosts`: must have at least one host/],
  ['nine hosts', { ...TWO, hosts: Array.from({ length: 9 }, (_, at) => ({ name: `h${at}` })) }, /`hosts`/],
  ['a typing error', { ...TWO, host: [] }, /host/],
  [
    'an unknown host',
    { ...TWO, terminals: [{ ...terminal, host: 'mstr' }] },
    /`terminals\.0\.host`: there is no host "mstr"; there are: master, worker/,
  ],
  [
    'two terminals of one name',
    { ...TWO, terminals: [terminal, terminal] },
    /`terminals\.1\.name`: "master" is there twice/,
  ],
  [
    '17 terminals',
    { ...TWO, terminals: Array.from({ length: 17 }, (_, at) => ({ ...terminal, name: `t${at}` })) },
    /`terminals`/,
  ],
  ['an empty command', { ...TWO, terminals: [{ ...terminal, command: ' ' }] }, /must name a program/],
  [
    'two hosts of one address',
    {
      ...TWO,
      hosts: [
        { name: 'a', address: '10.0.0.9' },
        { name: 'b', address: '10.0.0.9' },
      ],
    },
    /twice/,
  ],
  ['localhost', { ...TWO, hosts: [{ name: 'master', address: '127.0.0.1' }, { name: 'worker' }] }, /one host/],
  ['more than all is lost', { ...TWO, links: [{ loss: 1.5 }] }, /`links\.0\.loss`: must be from 0 to 1/],
  ['a delay that is none', { ...TWO, links: [{ latency: '1' }] }, /`links\.0\.latency`/],
  ['a link to nowhere', { ...TWO, links: [{ to: 'x' }] }, /`links\.0\.to`: there is no host "x"/],
  [
    'a fault of nobody',
    { ...TWO, faults: { of: [{ kind: 'kill', terminal: 'x' }] } },
    /`faults\.of\.0\.terminal`: there is no terminal "x"/,
  ],
  ['a path out', { ...TWO, hosts: [{ name: 'master', files: { '../x': '' } }, { name: 'worker' }] }, /hosts/],
] as const)('%s is refused with its place', (_what, world, message) => {
  const text = typeof world === 'string' ? world : JSON.stringify(world);
  expect(() => readWorld('hosts.json', text)).toThrow(message);
  expect(() => readWorld('hosts.json', text)).toThrow(BadWorld);
});

test('a host cannot have a file that the program has not', () => {
  expect(() => worldOf('hosts.json', checkWorld('hosts.json', TWO), { 'm.py': '' })).toThrow(
    'hosts.json: `hosts.1.files`: there is no text file "w.py"; there are: m.py.',
  );
});
