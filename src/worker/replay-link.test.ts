import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ActRecord } from '../kernel/hosts/types.ts';
import type { Program } from './protocol.ts';
import { BadLink, decodeReplay, encodeReplay } from './replay-link.ts';

const PROGRAM: Program = {
  files: { 'main.py': "print('grüß dich ✓')\n", 'lib/bank.py': 'x = 1\n' },
  entry: { kind: 'script', file: 'main.py', args: ['-v', ''] },
  stdin: 'a line\n',
};
const SCHEDULE = 'hb1.e.0.1x9f3kq.AgEB.4k2';

const pack = (value: unknown) =>
  `#replay=${deflateRawSync(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')}`;
const plain = { ...PROGRAM, schedule: SCHEDULE };

test.each<Program>([
  PROGRAM,
  { ...PROGRAM, stdin: '', entry: { kind: 'script', file: 'main.py' } },
  { ...PROGRAM, entry: { kind: 'module', module: 'unittest', args: ['x'] } },
  { ...PROGRAM, entry: { kind: 'call', file: 'main.py', function: 'run', args: [1, [null, { a: 'b' }]] } },
])('a program and its schedule survive, key by key: %j', async (program) => {
  const fragment = await encodeReplay({ program, schedule: SCHEDULE, interactive: false, acts: [] });
  expect(fragment).toMatch(/^replay=[\w-]+$/);
  for (const link of [fragment, `#${fragment}`, `https://example.org/course/replay#${fragment}\n`, fragment.slice(7)]) {
    const read = await decodeReplay(link);
    // As text: the engine tells programs apart by their JSON, where order counts.
    expect(JSON.stringify(read)).toBe(JSON.stringify({ program, schedule: SCHEDULE, interactive: false, acts: [] }));
  }
});

test('whether the reader typed the input is part of it', async () => {
  const link = await encodeReplay({ program: PROGRAM, schedule: SCHEDULE, interactive: true, acts: [] });
  expect((await decodeReplay(link)).interactive).toBe(true);
});

describe('several machines', () => {
  const host = { name: 'a', address: '10.0.0.1' };
  const terminal = { name: 't', host: 'a', command: ['ls'], start: 0, service: false, reboots: false };
  const link = { from: '*', to: 'a', latency: 0.1, jitter: 0, loss: 0, duplicate: 0, reorder: 0, bandwidth: null };
  const world = {
    hosts: [{ ...host, files: { 'main.py': PROGRAM.files['main.py'] } }],
    terminals: [terminal],
    links: [link],
  };
  const acts: readonly ActRecord[] = [
    { steps: 5, time: 0.5, act: { act: 'kill', terminal: 't' } },
    { steps: 5, time: 0.6, act: { act: 'link', link: { ...link, loss: 0.5 } } },
  ];
  const program = { ...PROGRAM, entry: { kind: 'terminals' }, world } as Program;

  test('a world survives, and what the reader did to it', async () => {
    const fragment = await encodeReplay({ program, schedule: SCHEDULE, interactive: true, acts });
    const read = await decodeReplay(fragment);
    expect(JSON.stringify(read)).toBe(JSON.stringify({ program, schedule: SCHEDULE, interactive: true, acts }));
  });

  test.each([
    ['no world', { world: undefined }],
    ['a terminal nowhere', { world: { ...world, terminals: [{ ...terminal, host: 'b' }] } }],
    ['nine hosts', { world: { ...world, hosts: Array.from({ length: 9 }, (_, at) => ({ name: `h${at}` })) } }],
    ['a file that is not there', { world: { ...world, hosts: [{ ...host, files: ['x.py'] }] } }],
    ['endless latency', { world: { ...world, links: [{ ...link, latency: 1e9 }] } }],
    ['an act of another world', { acts: [{ steps: 1, time: 0, act: { act: 'crash', host: 'b' } }] }],
  ])('refused: %s', async (_what, change) => {
    const hostile = pack({ ...plain, entry: { kind: 'terminals' }, world, acts: [], ...change });
    await expect(decodeReplay(hostile)).rejects.toThrow(BadLink);
  });
});

test('a program of forty lines makes a link that any messenger takes', async () => {
  const text = Array.from({ length: 40 }, (_, i) => `    balance = balance + amount${i}  # line\n`).join('');
  const link = await encodeReplay({
    program: { ...PROGRAM, files: { 'main.py': text } },
    schedule: SCHEDULE,
    interactive: false,
    acts: [],
  });
  expect(link.length).toBeLessThan(1000);
});

describe('a link is refused in a sentence', () => {
  test.each([
    ['nothing', '', /not a replay link/],
    ['another fragment', '#section', /damaged/],
    ['foreign characters', '#replay=%3Cscript%3E', /not a replay link/],
    ['not compressed', '#replay=aGVsbG8', /damaged/],
    ['cut', pack(plain).slice(0, -20), /damaged/],
    ['not JSON', pack('{'), /damaged/],
    ['not UTF-8', `#replay=${deflateRawSync(Buffer.from([0x22, 0xff, 0x22])).toString('base64url')}`, /damaged/],
    ['a bomb', pack('x'.repeat(50_000_000)), /more than 600 kB/],
    ['long', `#replay=${'A'.repeat(300_000)}`, /too long/],
    ['another key', pack({ ...plain, html: '<b>' }), /no program/],
    ['no files', pack({ ...plain, files: {} }), /no program/],
    [
      'too many files',
      pack({ ...plain, files: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [i, ''])) }),
      /no/,
    ],
    ['a path out', pack({ ...plain, files: { '../x.py': '' } }), /no program/],
    ['a name that hides its end', pack({ ...plain, files: { 'x\u202eyp.py': '' } }), /no program/],
    [
      'a name that is no text',
      pack('{"files":{"\\ud800":""},"entry":{"kind":"script","file":"x"},"schedule":"hb1.x"}'),
      /no program/,
    ],
    ['an absolute path', pack({ ...plain, files: { '/etc/x': '' } }), /no program/],
    ['a file that is no text', pack({ ...plain, files: { 'x.py': 1 } }), /no program/],
    ['no entry', pack({ ...plain, entry: { kind: 'shell', command: 'x' } }), /no program/],
    ['no schedule', pack({ ...plain, schedule: '<img onerror=alert(1)>' }), /no program/],
    [
      'nesting without end',
      pack(
        `{"files":{"x":""},"entry":{"kind":"call","file":"x","function":"f","args":${'['.repeat(200_000)}${']'.repeat(200_000)}},"schedule":"hb1.x"}`,
      ),
      /no program/,
    ],
    ['a prototype', pack('{"__proto__": {"files": {}}}'), /no program/],
  ])('%s', async (_what, link, message) => {
    await expect(decodeReplay(link)).rejects.toThrow(BadLink);
    await expect(decodeReplay(link)).rejects.toThrow(message);
  });
});

test.each([
  ['bytes', { 'a.bin': new Uint8Array([255]) }, /a.bin is not text/],
  ['size', { 'a.py': '#'.repeat(300_000) }, /too large for a link \(300 kB\)/],
])('a program does not fit into a link: %s', async (_what, files, message) => {
  const program = { ...PROGRAM, files } as Program;
  await expect(encodeReplay({ program, schedule: SCHEDULE, interactive: false, acts: [] })).rejects.toThrow(message);
});
