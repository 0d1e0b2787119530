/** Worlds that are none, as a stranger's link or a forged message could bring them. */

const A = { name: 'a', address: '10.0.0.1', files: null };
const B = { name: 'b', address: '10.0.0.2', files: null };
const TERMINAL = { name: 't', host: 'a', command: ['ls'], start: 0, service: false, reboots: false };
const LINK = { from: '*', to: '*', latency: 0, jitter: 0, loss: 0, duplicate: 0, reorder: 0, bandwidth: null };
const CRASH = { kind: 'crash', host: 'a', backAfter: 1 };

const world = (more: object) => ({ hosts: [A, B], terminals: [], links: [], ...more });
const named = (name: unknown) => world({ hosts: [{ ...A, name }] });
const at = (address: unknown) => world({ hosts: [{ ...A, address }] });
const terminal = (more: object) => world({ terminals: [{ ...TERMINAL, ...more }] });
const link = (more: object) => world({ links: [{ ...LINK, ...more }] });
const faults = (of: unknown, most: unknown = 1) => world({ faults: { of, most } });

const NONE = /this is no world$/;

export const BAD_WORLDS: readonly { readonly name: string; readonly world: unknown; readonly says: RegExp }[] = [
  { name: 'a number', world: 7, says: NONE },
  { name: 'nothing in it', world: {}, says: NONE },
  { name: 'no host', world: world({ hosts: [] }), says: /needs a host/ },
  { name: 'a hole', world: world({ hosts: [A, undefined, B] }), says: NONE },
  { name: 'holes only', world: world({ hosts: new Array(3) }), says: NONE },
  {
    name: 'a thousand million hosts',
    world: world({ hosts: new Array(1_000_000_000) }),
    says: /16 hosts, not 1000000000/,
  },
  { name: 'a name that is a list', world: named(['a']), says: NONE },
  { name: 'a name that every object has', world: named('__proto__'), says: /cannot be the name/ },
  { name: 'a name with a line end', world: named('a\n'), says: /cannot be the name/ },
  { name: 'a name without an end', world: named('a'.repeat(1_000_000)), says: /cannot be the name/ },
  { name: 'an address that is a number', world: at(5), says: NONE },
  { name: 'an address that is none', world: at('10.0.0.256'), says: /cannot be the address/ },
  { name: 'everybody’s address', world: at('127.0.0.1'), says: /cannot be the address/ },
  {
    name: 'aliases in a loop',
    world: world({
      hosts: [
        { ...A, aliases: ['b'] },
        { ...B, aliases: ['a'] },
      ],
    }),
    says: /cannot both be called "b"/,
  },
  {
    name: 'a hundred thousand aliases',
    world: world({ hosts: [{ ...A, aliases: Array.from({ length: 100_000 }, (_, n) => `n${n}`) }] }),
    says: NONE,
  },
  { name: 'files outside', world: world({ hosts: [{ ...A, files: { '../x': '' } }] }), says: /is not a path/ },
  {
    name: 'hosts that are large together',
    world: world({ hosts: [A, B].map((host) => ({ ...host, files: { x: 'x'.repeat(17 * 1024 * 1024) } })) }),
    says: /larger than 32 MB/,
  },
  { name: 'the program’s terminal twice', world: terminal({ name: 'main' }), says: /both be called "main"/ },
  { name: 'a terminal on Mars', world: terminal({ host: 'mars' }), says: /no such host/ },
  { name: 'a command that is a text', world: terminal({ command: 'ls' }), says: NONE },
  { name: 'a command with a zero', world: terminal({ command: ['l\0s'] }), says: /a command that is none/ },
  {
    name: 'a command without an end',
    world: terminal({ command: ['ls', 'x'.repeat(1e6)] }),
    says: /a command that is none/,
  },
  { name: 'a start before the beginning', world: terminal({ start: -1 }), says: /cannot start at second -1/ },
  { name: 'a start at no time', world: terminal({ start: Number.NaN }), says: /cannot start at second NaN/ },
  { name: 'a latency that is no number', world: link({ latency: Number.NaN }), says: /makes no sense/ },
  { name: 'a negative latency', world: link({ latency: -1 }), says: /makes no sense/ },
  { name: 'a jitter for ever', world: link({ jitter: Number.POSITIVE_INFINITY }), says: /makes no sense/ },
  { name: 'no bandwidth', world: link({ bandwidth: 1e-300 }), says: /makes no sense/ },
  { name: 'a link to nowhere', world: link({ to: 'c' }), says: /no such host/ },
  { name: 'a fault that there is not', world: faults([{ kind: '__proto__' }]), says: /there is no fault/ },
  {
    name: 'a fault that is never known to be over',
    world: faults([{ kind: 'crash', host: 'a' }]),
    says: /over after undefined/,
  },
  { name: 'faults without number', world: faults([CRASH], Number.NaN), says: /there cannot be NaN faults/ },
  { name: 'a million kinds of faults', world: faults(new Array(1_000_000).fill(CRASH)), says: /64 kinds of faults/ },
  {
    name: 'a partition of more than all',
    world: faults([{ kind: 'partition', hosts: new Array(1_000_000).fill('a'), healsAfter: 1 }]),
    says: NONE,
  },
];
