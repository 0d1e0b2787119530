/** The machine's image: a tree that is built once, shared by all runs, and changed by none. */
import { common, type DeviceName, type FolderInode, type Inode } from './inode.ts';

/** What the image is made of; paths are absolute. */
export interface Image {
  /** By reference: nobody may change the bytes. Files in a folder `bin` are executable. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Symbolic links, and what they point to. */
  readonly links?: Readonly<Record<string, string>>;
  /** Folders that each run gets empty, and may write to. The first is the home, where a program's files are. */
  readonly scratch: readonly string[];
  /** Seconds since 1970: how old everything is. */
  readonly born: number;
  /** UTF-8. */
  encode(text: string): Uint8Array;
}

/** Of `/dev`, with the permissions that Linux gives them. */
const DEVICES: readonly (readonly [string, DeviceName, number])[] = [
  ['null', 'null', 0o666],
  ['zero', 'zero', 0o666],
  ['full', 'full', 0o666],
  ['random', 'random', 0o666],
  ['urandom', 'random', 0o666],
  ['tty', 'tty', 0o666],
];
const LINKS = {
  '/dev/fd': '/proc/self/fd',
  '/dev/stdin': '/proc/self/fd/0',
  '/dev/stdout': '/proc/self/fd/1',
  '/dev/stderr': '/proc/self/fd/2',
};
const FOLDERS = ['/bin', '/usr/bin', '/lib', '/etc', '/dev', '/proc/self/fd'];
/** The root's number, as on Linux's file systems. */
const ROOT = 2;

export interface Base {
  readonly root: FolderInode;
  /** Stand where each run puts a folder of its own. */
  readonly scratch: readonly FolderInode[];
  /** Stands for the open files of whoever looks: `/proc/self/fd`. */
  readonly descriptors: FolderInode;
  /** The first inode number of a run. */
  readonly next: number;
  readonly born: number;
  encode(text: string): Uint8Array;
}

export function makeBase(image: Image): Base {
  const { born } = image;
  let next = ROOT;
  const fields = (mode: number) => common(next++, mode, born, true);

  const makeFolder = (parent: FolderInode | null, name: string): FolderInode => {
    const folder: Omit<FolderInode, 'parent'> = {
      kind: 'folder',
      ...fields(0o755),
      links: 2,
      entries: new Map(),
      name,
    };
    const made = Object.assign(folder, { parent: parent ?? (folder as FolderInode) });
    if (parent) {
      parent.entries.set(name, made);
      parent.links++;
    }
    return made;
  };

  const root = makeFolder(null, '');

  const folderAt = (path: string): FolderInode => {
    let folder = root;
    for (const name of path.split('/')) {
      if (name === '') continue;
      const child = folder.entries.get(name) ?? makeFolder(folder, name);
      if (child.kind !== 'folder') throw new Error(`${path} is both a file and a folder`);
      folder = child;
    }
    return folder;
  };

  const put = (path: string, inode: Inode): void => {
    const at = path.lastIndexOf('/');
    folderAt(path.slice(0, at)).entries.set(path.slice(at + 1), inode);
  };

  for (const path of FOLDERS) folderAt(path);
  for (const [name, device, mode] of DEVICES) put(`/dev/${name}`, { kind: 'device', ...fields(mode), device });
  for (const [path, target] of Object.entries({ ...LINKS, ...image.links })) {
    put(path, { kind: 'link', ...fields(0o777), target });
  }
  for (const [path, bytes] of Object.entries(image.files)) {
    const mode = path.includes('/bin/') ? 0o755 : 0o644;
    put(path, { kind: 'file', ...fields(mode), bytes, size: bytes.length, borrowed: true, opens: 0 });
  }
  const scratch = image.scratch.map(folderAt);
  const descriptors = folderAt('/proc/self/fd');
  return { root, scratch, descriptors, next, born, encode: (text) => image.encode(text) };
}
