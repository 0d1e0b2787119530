/** A small machine for the tests beside this file: an image, a terminal that says nothing, and processes on it. */
import { isFailed } from '../errno.ts';
import { type Answered, isLater, type Later, WaitQueue } from '../later.ts';
import { type Base, makeBase } from './base.ts';
import { FileSystem } from './file-system.ts';
import { FileTree } from './file-tree.ts';
import { ProcessFiles } from './process-files.ts';
import { O, type OpenFile, POLL } from './types.ts';

export const BORN = 1_000;

/** ASCII only. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

export function textOf(bytes: unknown): string {
  if (!(bytes instanceof Uint8Array)) throw new Error(`not bytes: ${JSON.stringify(bytes)}`);
  return String.fromCharCode(...bytes);
}

export const base: Base = makeBase({
  files: { '/lib/library.zip': bytesOf('library'), '/bin/ls': bytesOf('#!'), '/etc/hosts': bytesOf('127.0.0.1') },
  links: { '/bin/dir': 'ls' },
  scratch: ['/home/learner', '/tmp', '/dev/shm'],
  born: BORN,
  encode: bytesOf,
});

/** One run; its clock counts how often it was read. */
export function newSystem(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  let now = BORN;
  const tree = new FileTree(base, files, () => ++now);
  const broken: number[] = [];
  const moved: string[] = [];
  const touched: string[] = [];
  const system = new FileSystem(tree, {
    chance: (bound) => bound - 1,
    terminal,
    caller: () => null,
    looked: () => {},
    brokenPipe: (pid) => broken.push(pid),
    touch: (object, changes) => touched.push(`${changes ? 'changes' : 'looks at'} ${object}`),
    moved: (how, channel, bytes) => moved.push(`${how} ${channel} ${bytes}`),
  });
  return Object.assign(system, { broken, moved, touched });
}

export function boot(system: FileSystem = newSystem()): ProcessFiles {
  return ProcessFiles.boot(system, 42, [terminal(), terminal(), terminal()]);
}

/** The final answer of a call that must not wait. */
export function now<T>(answered: Answered<T>): T {
  if (isFailed(answered)) throw new Error(answered.errno);
  if (isLater(answered)) throw new Error(`waits ${JSON.stringify((answered as Later<T>).waiting)}`);
  return answered as T;
}

/** A call that must wait. Its caller stands in the queues, as the dispatcher puts it there. */
export function later<T>(answered: Answered<T>): Later<T> {
  if (!isLater(answered)) throw new Error(`does not wait: ${JSON.stringify(answered)}`);
  const waiting = answered as Later<T>;
  for (const queue of waiting.queues) queue.add({ changed: () => {} });
  return waiting;
}

function terminal(): OpenFile {
  return {
    flags: O.RDWR,
    name: 'the terminal',
    waitsFor: { on: 'stdin' },
    terminal: true,
    changes: new WaitQueue(),
    stat: () => ({
      kind: 'device',
      inode: 1,
      mode: 0o620,
      links: 1,
      owner: 1000,
      size: 0,
      accessed: 0,
      modified: 0,
      changed: 0,
    }),
    poll: () => POLL.OUT,
    read: () => ({ errno: 'EAGAIN' }),
    write: (bytes) => bytes.length,
    close: () => {},
  };
}
