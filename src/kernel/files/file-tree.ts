/** The files of one run: the machine's image with folders of the run's own in it. */
import { type Failed, failed, isFailed } from '../errno.ts';
import { WaitQueue } from '../later.ts';
import type { Base } from './base.ts';
import { resize, writeAt } from './contents.ts';
import { common, type FileInode, type FolderInode, type Inode, permits, type SocketInode } from './inode.ts';
import { type Follow, isEntry, type Names, type Place, resolve } from './paths.ts';
import { Pipe } from './pipe.ts';
import { Room } from './room.ts';

/** Like Linux's sticky /tmp. */
const SCRATCH_MODE = 0o1777;

export class FileTree implements Names {
  readonly root: FolderInode;
  readonly home: FolderInode;
  readonly base: Base;
  readonly room = new Room();
  /** Of open files whose `poll` never changes. */
  readonly still = new WaitQueue();
  private readonly scratch: readonly FolderInode[];
  private readonly clock: () => number;
  private next: number;
  private pipes = 0;

  /**
   * `files`: by path relative to the home; bytes are not copied until they are changed. `clock`: seconds since 1970.
   * Throws if a path is both a file and a folder.
   */
  constructor(base: Base, files: Readonly<Record<string, string | Uint8Array>>, clock: () => number) {
    this.base = base;
    this.root = base.root;
    this.clock = clock;
    this.next = base.next;
    this.scratch = base.scratch.map(({ parent, name }) => this.folder(SCRATCH_MODE, base.born, parent, name));
    const [home] = this.scratch;
    if (!home) throw new Error('an image without a home');
    this.home = home;
    home.mode = 0o755;
    for (const path in files) {
      const contents = files[path] as string | Uint8Array;
      this.lay(path, typeof contents === 'string' ? base.encode(contents) : contents);
    }
  }

  get now(): number {
    return this.clock();
  }

  // ---- looking -------------------------------------------------------------------------------------------------

  entry(folder: FolderInode, name: string): Inode | null {
    const inode = folder.entries.get(name);
    if (!inode) return null;
    if (!inode.sealed || inode.kind !== 'folder') return inode;
    const at = this.base.scratch.indexOf(inode);
    return at < 0 ? inode : (this.scratch[at] as FolderInode);
  }

  list(folder: FolderInode): Iterable<string> {
    return folder.entries.keys();
  }

  /** The inode at a path, from `from` if that is relative. */
  lookup(path: string, from = this.home, follow: Follow = 'all'): Inode | Failed {
    const place = resolve(this, from, path, follow);
    if (isFailed(place)) return place;
    return place.inode ?? failed('ENOENT');
  }

  // ---- names ---------------------------------------------------------------------------------------------------

  /** Why no entry can be made at a place; null: one can. */
  refusesEntry(place: Place): Failed | null {
    if (place.inode || !isEntry(place)) return failed('EEXIST');
    const refused = this.refusesChange(place.folder);
    if (refused) return refused;
    if (place.folder.links === 0) return failed('ENOENT');
    return this.room.hasName ? null : failed('ENOSPC');
  }

  /** Why no entry can be made in, or removed from, a folder; null: it can. */
  refusesChange(folder: FolderInode): Failed | null {
    if (folder.sealed) return failed('EROFS');
    return permits(folder, 3) ? null : failed('EACCES');
  }

  /** Takes away all that is in one of the run's own folders. */
  empty(path: string): void {
    const folder = this.lookup(path);
    if (isFailed(folder) || folder.kind !== 'folder' || folder.sealed) return;
    for (const [name, inode] of [...folder.entries]) {
      if (inode.kind === 'folder') this.empty(`${path}/${name}`);
      this.leave({ folder, name, inode, slash: false }, inode);
    }
  }

  /** Gives an inode a name, where `refusesEntry` has nothing against it. */
  enter({ folder, name }: Place, inode: Inode): void {
    this.room.takeName();
    folder.entries.set(name, inode);
    if (inode.kind === 'folder') {
      inode.parent = folder;
      inode.name = name;
      folder.links++;
    }
    folder.modified = folder.changed = this.now;
  }

  /** Takes a name away; what it stands for is gone with its last name, or when the last open file of it is closed. */
  leave({ folder, name }: Place, inode: Inode): void {
    folder.entries.delete(name);
    this.room.returnName();
    folder.modified = folder.changed = inode.changed = this.now;
    inode.links -= inode.kind === 'folder' ? 2 : 1;
    if (inode.kind === 'folder') folder.links--;
    this.forget(inode);
  }

  /** Moves an inode, from its name to one that is free. */
  move(from: Place, to: Place, inode: Inode): void {
    from.folder.entries.delete(from.name);
    to.folder.entries.set(to.name, inode);
    if (inode.kind === 'folder') {
      from.folder.links--;
      to.folder.links++;
      inode.parent = to.folder;
      inode.name = to.name;
    }
    const { now } = this;
    for (const changed of [from.folder, to.folder]) changed.modified = changed.changed = now;
    inode.changed = now;
  }

  // ---- inodes --------------------------------------------------------------------------------------------------

  newFile(mode: number): FileInode {
    return this.file(mode, new Uint8Array(), this.now);
  }

  newFolder(mode: number, parent: FolderInode): FolderInode {
    return this.folder(mode, this.now, parent, '');
  }

  newLink(target: string): Inode | Failed {
    const link: Inode = { kind: 'link', ...this.fields(0o777), target };
    return this.room.takeBytes(target.length) ? link : failed('ENOSPC');
  }

  /** For `bind`: to be given a name by `enter`. */
  newSocket(mode: number, bound: object): SocketInode {
    return { kind: 'socket', ...this.fields(mode), bound };
  }

  /** Without a name it is called by its number in reports: `pipe 1`. */
  newPipe(mode: number, name?: string): Extract<Inode, { kind: 'fifo' }> {
    const pipe = new Pipe(name === undefined ? `pipe ${++this.pipes}` : `fifo ${name}`, this.room);
    return { kind: 'fifo', ...this.fields(mode), pipe };
  }

  /** A number for something else that `stat` can tell of: a socket. */
  newNumber(): number {
    return this.next++;
  }

  // ---- contents ------------------------------------------------------------------------------------------------

  write(inode: FileInode, at: number, bytes: Uint8Array): number | Failed {
    const written = writeAt(inode, at, bytes, this.room);
    if (typeof written === 'number' && written > 0) inode.modified = inode.changed = this.now;
    return written;
  }

  truncate(inode: FileInode, size: number): 0 | Failed {
    if (!Number.isSafeInteger(size) || size < 0) return failed('EINVAL');
    const resized = resize(inode, size, this.room);
    if (resized === 0) inode.modified = inode.changed = this.now;
    return resized;
  }

  /** Gives back the room of an inode that has neither a name nor an open file. */
  forget(inode: Inode): void {
    if (inode.sealed || inode.links > 0) return;
    if (inode.kind === 'file' && inode.opens === 0) resize(inode, 0, this.room);
    if (inode.kind === 'link') this.room.takeBytes(-inode.target.length);
  }

  // --------------------------------------------------------------------------------------------------------------

  /** A program's file, as old as the machine. */
  private lay(path: string, bytes: Uint8Array): void {
    let folder = this.home;
    const names = path.split('/');
    const name = names.pop() as string;
    for (const step of names) {
      const child = folder.entries.get(step) ?? this.folder(0o755, this.base.born, folder, step);
      if (child.kind !== 'folder') throw new Error(`"${path}" cannot be both a file and a folder`);
      if (!folder.entries.has(step)) {
        folder.entries.set(step, child);
        folder.links++;
        this.room.takeName();
      }
      folder = child;
    }
    if (folder.entries.get(name)?.kind === 'folder') throw new Error(`"${path}" cannot be both a file and a folder`);
    folder.entries.set(name, this.file(0o644, bytes, this.base.born));
    this.room.takeName();
    this.room.takeBytes(bytes.length);
  }

  private file(mode: number, bytes: Uint8Array, born: number): FileInode {
    return {
      kind: 'file',
      ...common(this.next++, mode, born),
      bytes,
      size: bytes.length,
      borrowed: bytes.length > 0,
      opens: 0,
    };
  }

  private folder(mode: number, born: number, parent: FolderInode, name: string): FolderInode {
    return { kind: 'folder', ...common(this.next++, mode, born), links: 2, entries: new Map(), parent, name };
  }

  private fields(mode: number) {
    return common(this.next++, mode, this.now);
  }
}
