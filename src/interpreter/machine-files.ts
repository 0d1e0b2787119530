/** The machine's files before a program's own come in: Python's library, the commands, /etc. */
import { COMMANDS } from '../commands/index.ts';
import { type Base, makeBase } from '../kernel/files/base.ts';
import { FileTree } from '../kernel/files/file-tree.ts';
import type { HostSpec } from '../kernel/hosts/types.ts';
import type { Assets } from './cpython.ts';
import type { Snapshot } from './execution.ts';
import { BadPath, checkPath, MOST_BYTES } from './files.ts';
import { EPOCH, HOME, PYTHON } from './origin.ts';

const encoder = new TextEncoder();
/** What is in the file of a program that the machine itself runs: nobody can read its real code. */
const NATIVE = encoder.encode('#!native\n');

const TEXTS = {
  '/etc/passwd': `root:x:0:0:root:/root:/bin/sh\nlearner:x:1000:1000:,,,:${HOME}:/bin/sh\n`,
  '/etc/group': 'root:x:0:\nlearner:x:1000:\n',
};

/** What a host says of itself and others. */
const OWN: Texts = { '/etc/hostname': 'learner\n', '/etc/hosts': '127.0.0.1\tlocalhost\n127.0.1.1\tlearner\n' };

type Texts = Readonly<Record<string, string>>;

/** The same of each host of a world. */
export function textsOf(hosts: readonly HostSpec[], { name }: HostSpec): Texts {
  const lines = hosts.map((host) => `${[`${host.address}\t${host.name}`, ...(host.aliases ?? [])].join(' ')}\n`);
  return { '/etc/hostname': `${name}\n`, '/etc/hosts': `127.0.0.1\tlocalhost\n${lines.join('')}` };
}

export function machineBase(assets: Pick<Assets, 'stdlib'>, site: Snapshot['site'], own: Texts = OWN): Base {
  const files: Record<string, Uint8Array> = { '/lib/python314.zip': assets.stdlib, [PYTHON]: NATIVE };
  for (const [path, text] of Object.entries({ ...TEXTS, ...own, ...site })) files[path] = encoder.encode(text);
  const links: Record<string, string> = { '/usr/bin/python': PYTHON };
  for (const name of Object.keys(COMMANDS)) {
    files[`/usr/bin/${name}`] = NATIVE;
    links[`/bin/${name}`] = `/usr/bin/${name}`;
  }
  return makeBase({
    files,
    links,
    scratch: [HOME, '/tmp', '/dev/shm'],
    born: EPOCH,
    encode: (text) => encoder.encode(text),
  });
}

/** The files as a program finds them. Throws BadPath. */
export function treeOf(
  base: Base,
  files: Readonly<Record<string, string | Uint8Array>>,
  clock: () => number,
): FileTree {
  let total = 0;
  for (const [path, contents] of Object.entries(files)) {
    checkPath(path);
    total += contents.length;
    if (total > MOST_BYTES) throw new BadPath('the program is larger than 32 MB');
  }
  try {
    return new FileTree(base, files, clock);
  } catch (error) {
    throw new BadPath(error instanceof Error ? error.message : String(error));
  }
}
