/** The structs that system calls write are those of the C library: byte for byte what Emscripten's own JavaScript writes. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import type { ErrnoName } from '../../kernel/errno.ts';
import { O } from '../../kernel/files/types.ts';
import { numberOf } from './errno-numbers.ts';
import { HOME, Machine } from './fixtures/machine.ts';

const folder = path.dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
const script = path.join(folder, 'pyodide.asm.mjs');

/** Emscripten's module with its own files; no Python runs. */
interface Original {
  readonly HEAPU8: Uint8Array;
  // biome-ignore lint/suspicious/noExplicitAny: Emscripten's file system
  readonly FS: any;
  _malloc(size: number): number;
}
let original: Original;
let imports: Readonly<Record<string, Readonly<Record<string, (...args: (number | bigint)[]) => number>>>>;
const machine = new Machine({ 'data/a': 'hello', 'data/bé': '' });
let fd: number;

beforeAll(async () => {
  const wasm = await WebAssembly.compile(readFileSync(path.join(folder, 'pyodide.asm.wasm')));
  const { default: createModule } = await import(pathToFileURL(script).href);
  original = await createModule({
    noInitialRun: true,
    arguments: [],
    preRun: [],
    print: () => {},
    printErr: () => {},
    API: { config: { jsglobals: Object.create(null) }, runtimeEnv: {} },
    instantiateWasm(given: WebAssembly.Imports, receive: (instance: WebAssembly.Instance, module: object) => void) {
      imports = given as unknown as typeof imports;
      WebAssembly.instantiate(wasm, given).then((instance) => receive(instance, wasm));
      return {};
    },
  });
  const { FS } = original;
  FS.mkdirTree(`${HOME}/data`);
  FS.writeFile(`${HOME}/data/a`, 'hello');
  FS.writeFile(`${HOME}/data/bé`, '');
  FS.chdir(HOME);
  FS.chmod('data/a', 0o640);
  machine.call('__syscall_chmod', machine.put('data/a'), 0o640);
  fd = theirs('data/a', O.RDWR);
  expect(machine.open('data/a')).toBe(fd);
});

/** Opens a file of theirs. */
function theirs(name: string, flags: number): number {
  return original.FS.open(name, flags).fd;
}

/** Arguments that stand for the address of a path, and for that of a pointer to where the answer goes. */
const [PATH, POINTER] = [-1001, -1002];

/** What both write in answer to a call: its arguments, given where the answer goes. */
function both(name: string, size: number, of: (result: number) => (number | bigint)[], text = '') {
  const place = (args: (number | bigint)[], path: number, pointer: number) =>
    args.map((arg) => (arg === PATH ? path : arg === POINTER ? pointer : arg));
  const at = original._malloc(size + 256);
  const [path, pointer] = [at + size, at + size + 128];
  original.HEAPU8.fill(0, at, at + size + 256);
  original.HEAPU8.set(new TextEncoder().encode(text), path);
  new DataView(original.HEAPU8.buffer).setUint32(pointer, at, true);
  const space = name.startsWith('fd_') ? 'wasi_snapshot_preview1' : 'env';
  const answer = imports[space]?.[name]?.(...place(of(at), path, pointer));

  const mine = machine.take(size);
  expect(machine.call(name, ...place(of(mine), machine.put(text), machine.words(mine)))).toBe(answer);
  return [machine.memory.bytes(mine, size), original.HEAPU8.slice(at, at + size)] as const;
}

/** Zero where the two are meant to differ. */
function without(bytes: Uint8Array, ...ranges: (readonly [from: number, to: number])[]): number[] {
  const copy = bytes.slice();
  for (const [from, to] of ranges) copy.fill(0, from, to);
  return [...copy];
}

test('struct stat', () => {
  const times = [1_000_000_000, 1_234_567_890.125] as const;
  original.FS.utime(`${HOME}/data/a`, times[0] * 1e3, times[1] * 1e3);
  machine.calls.setTimes(null, 'data/a', ...times);
  // Owner and group, blocks (theirs are of 4096 bytes, Linux's of 512), the last change's time and the inode's number.
  const differ = [
    [12, 20],
    [36, 40],
    [72, 84],
    [88, 96],
  ] as const;
  for (const [name, args] of [
    ['__syscall_fstat64', (at: number) => [fd, at]],
    ['__syscall_stat64', (at: number) => [PATH, at]],
    ['__syscall_lstat64', (at: number) => [PATH, at]],
    ['__syscall_newfstatat', (at: number) => [-100, PATH, at, 0]],
  ] as const) {
    const [mine, original] = both(name, 96, args, 'data/a');
    expect(without(mine, ...differ)).toEqual(without(original, ...differ));
    expect(new DataView(mine.buffer).getInt32(12, true)).toBe(1000);
    expect(new DataView(mine.buffer).getInt32(16, true)).toBe(1000);
    expect(new DataView(mine.buffer).getInt32(36, true)).toBe(8);
    expect(new DataView(mine.buffer).getBigInt64(88, true)).toBeGreaterThan(0n);
  }
});

test('struct dirent', () => {
  const open = theirs('data', O.RDONLY);
  expect(machine.open('data', O.DIRECTORY)).toBe(open);
  const [mine, original] = both('__syscall_getdents64', 4 * 280, (at) => [open, at, 4 * 280 + 100]);
  // Inodes' numbers, and positions: ours count entries.
  const differ = [0, 1, 2, 3].map((n) => [n * 280, n * 280 + 16] as const);
  expect(without(mine, ...differ)).toEqual(without(original, ...differ));
  expect([0, 1, 2, 3].map((n) => Number(new DataView(mine.buffer).getBigInt64(n * 280 + 8, true)))).toEqual([
    1, 2, 3, 4,
  ]);
  const [end] = both('__syscall_getdents64', 280, (at) => [open, at, 280]);
  expect(without(end)).toEqual(Array(280).fill(0));
});

test('struct statfs, where the two agree on how large the disk is: not at all', () => {
  const differ = [
    [8, 56],
    [64, 88],
  ] as const;
  const [mine, original] = both('__syscall_fstatfs64', 88, (at) => [fd, 88, at]);
  expect(without(mine, ...differ)).toEqual(without(original, ...differ));
});

test('fdstat, winsize, termios', () => {
  const [file, file2] = both('fd_fdstat_get', 24, (at) => [fd, at]);
  expect(file).toEqual(file2);
  const [terminal, terminal2] = both('fd_fdstat_get', 24, (at) => [0, at]);
  expect(terminal).toEqual(terminal2);
  const [size, size2] = both('__syscall_ioctl', 8, () => [0, 0x5413, POINTER]);
  expect(size).toEqual(size2);
  const [termios, termios2] = both('__syscall_ioctl', 60, () => [0, 0x5401, POINTER]);
  expect(termios).toEqual(termios2);
});

test('the numbers of errors', () => {
  const [, codes = ''] = /ERRNO_CODES=\{([^}]+)\}/.exec(readFileSync(script, 'utf8')) ?? [];
  const known = codes
    .split(',')
    .map((code) => code.split(':') as [ErrnoName, string])
    .filter(([name]) => numberOf(name) !== undefined);
  expect(known.length).toBeGreaterThan(50);
  for (const [name, number] of known) expect([name, numberOf(name)]).toEqual([name, Number(number)]);
});
