/** The calls that give files names, and take them away. */
import { type Failed, failed, isFailed } from '../errno.ts';
import { DataCalls } from './data-calls.ts';
import { NAMES } from './file-system.ts';
import type { FolderInode, Inode } from './inode.ts';
import { inodeOf } from './open-file.ts';
import { type Follow, isEntry, type Place, resolve } from './paths.ts';
import type { Fd } from './types.ts';
import { utf8Length } from './utf8.ts';

/** Bytes of a symbolic link. */
const LONGEST_TARGET = 4095;

export class NameCalls extends DataCalls {
  makeFolder(at: Fd | null, path: string, mode: number): 0 | Failed {
    return this.make(at, path, true, (place) => this.tree.newFolder(this.masked(mode), place.folder));
  }

  makeFifo(at: Fd | null, path: string, mode: number): 0 | Failed {
    return this.make(at, path, false, ({ name }) => this.tree.newPipe(this.masked(mode), name));
  }

  symlink(target: string, at: Fd | null, path: string): 0 | Failed {
    if (target === '' || target.includes('\0')) return failed('ENOENT');
    if (utf8Length(target) > LONGEST_TARGET) return failed('ENAMETOOLONG');
    return this.make(at, path, false, () => this.tree.newLink(target));
  }

  link(at: Fd | null, from: string, to: Fd | null, path: string): 0 | Failed {
    const inode = this.find(at, from, 'slash');
    if (isFailed(inode)) return inode;
    const made = this.make(to, path, false, () => {
      if (inode.kind === 'folder') return failed('EPERM');
      return inode.sealed ? failed('EXDEV') : inode;
    });
    if (made !== 0) return made;
    this.touch(inode.number, true);
    inode.links++;
    inode.changed = this.tree.now;
    return 0;
  }

  remove(at: Fd | null, path: string, folder: boolean): 0 | Failed {
    const place = this.place(at, path, 'none', true);
    if (isFailed(place)) return place;
    const { inode, name } = place;
    if (!isEntry(place)) {
      if (!folder) return failed('EISDIR');
      return failed(name === '.' ? 'EINVAL' : name === '..' ? 'ENOTEMPTY' : 'EBUSY');
    }
    if (!inode) return failed('ENOENT');
    const refused = this.tree.refusesChange(place.folder);
    if (refused) return refused;
    if (folder && inode.kind !== 'folder') return failed('ENOTDIR');
    if (!folder && inode.kind === 'folder') return failed('EISDIR');
    if (inode.kind === 'folder' && inode.entries.size > 0) return failed('ENOTEMPTY');
    this.touch(inode.number, true);
    this.tree.leave(place, inode);
    return 0;
  }

  rename(at: Fd | null, from: string, to: Fd | null, path: string): 0 | Failed {
    const source = this.place(at, from, 'none', true);
    if (isFailed(source)) return source;
    const target = this.place(to, path, 'none', true);
    if (isFailed(target)) return target;
    if (!isEntry(source) || !isEntry(target)) return failed('EBUSY');
    const { inode } = source;
    if (!inode) return failed('ENOENT');
    const refused = this.tree.refusesChange(source.folder) ?? this.tree.refusesChange(target.folder);
    if (refused) return refused;
    if (inode === target.inode) return 0;
    const clash = refusesRename(inode, target);
    if (clash) return clash;
    if (target.inode) {
      this.touch(target.inode.number, true);
      this.tree.leave(target, target.inode);
    }
    this.tree.move(source, target, inode);
    return 0;
  }

  readLink(at: Fd | null, path: string): string | Failed {
    const inode = this.find(at, path, 'slash');
    if (isFailed(inode)) return inode;
    return inode.kind === 'link' ? inode.target : failed('EINVAL');
  }

  // ---- paths ---------------------------------------------------------------------------------------------------

  protected get tree() {
    return this.standing.system.tree;
  }

  /** `changes`: the call is going to change what names there are. */
  protected place(at: Fd | null, path: string, follow: Follow, changes: boolean): Place | Failed {
    this.touch(NAMES, changes);
    const from = this.from(at, path);
    return isFailed(from) ? from : resolve(this.standing, from, path, follow);
  }

  /** What a path names, or ENOENT. */
  protected find(at: Fd | null, path: string, follow: Follow): Inode | Failed {
    const place = this.place(at, path, follow, false);
    if (isFailed(place)) return place;
    return place.inode ?? failed('ENOENT');
  }

  /** The permissions of a new file. */
  protected masked(mode: number): number {
    return mode & ~this.standing.mask & 0o7777;
  }

  private from(at: Fd | null, path: string): FolderInode | Failed {
    if (at === null || path.startsWith('/')) return this.standing.folder;
    const file = this.file(at, false);
    if (isFailed(file)) return file;
    const inode = inodeOf(file);
    return inode?.kind === 'folder' ? inode : failed('ENOTDIR');
  }

  private make(at: Fd | null, path: string, folder: boolean, inodeFor: (place: Place) => Inode | Failed): 0 | Failed {
    const place = this.place(at, path, 'none', true);
    if (isFailed(place)) return place;
    const refused = this.tree.refusesEntry(place);
    if (refused) return refused;
    if (place.slash && !folder) return failed('ENOENT');
    const inode = inodeFor(place);
    if (isFailed(inode)) return inode;
    this.tree.enter(place, inode);
    return 0;
  }
}

/** POSIX's rules for what may take the place of what; null: it may. */
function refusesRename(inode: Inode, { folder, inode: replaced, slash }: Place): Failed | null {
  if (inode.kind === 'folder') {
    for (let above = folder; ; above = above.parent) {
      if (above === inode) return failed('EINVAL');
      if (above === above.parent) break;
    }
    if (!replaced) return null;
    if (replaced.kind !== 'folder') return failed('ENOTDIR');
    return replaced.entries.size > 0 ? failed('ENOTEMPTY') : null;
  }
  if (replaced?.kind === 'folder') return failed('EISDIR');
  return slash ? failed('ENOTDIR') : null;
}
