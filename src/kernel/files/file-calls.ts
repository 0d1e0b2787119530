/** All calls on files of one process: here those that open files by name, and tell or change what is known of them. */
import { type Failed, failed, isFailed } from '../errno.ts';
import { type Answered, isLater } from '../later.ts';
import { NAMES } from './file-system.ts';
import { type Inode, permits, statOf } from './inode.ts';
import { NameCalls } from './name-calls.ts';
import { inodeOf, mayRead, mayWrite } from './open-file.ts';
import { type Place, pathOf } from './paths.ts';
import { type Fd, type FileCalls, O, type OpenFile, type Stat } from './types.ts';

export class ProcessFileCalls extends NameCalls implements FileCalls {
  open(at: Fd | null, path: string, flags: number, mode: number): Answered<Fd> {
    if ((flags & O.ACCMODE) === O.ACCMODE) return failed('EINVAL');
    const { changing } = this;
    if (!changing.hasRoom()) return failed('EMFILE');
    const creates = (flags & O.CREAT) !== 0;
    const stays = (flags & O.NOFOLLOW) !== 0 || (creates && (flags & O.EXCL) !== 0);
    const place = this.place(at, path, stays ? 'slash' : 'all', creates);
    if (isFailed(place)) return place;
    if (place.inode) this.touch(place.inode.number, (flags & O.TRUNC) !== 0 || place.inode.kind === 'fifo');
    const inode = place.inode ? this.openable(place.inode, flags) : this.create(place, flags, mode);
    if (isFailed(inode)) return inode;
    const opened = this.standing.system.open(
      inode,
      flags & ~(O.CREAT | O.EXCL | O.TRUNC | O.CLOEXEC),
      path,
      this.standing.pid,
    );
    const take = (file: OpenFile | Failed): Fd | Failed => {
      if (isFailed(file)) return file;
      return this.changing.add(this.sharedOf(inode, file), (flags & O.CLOEXEC) !== 0);
    };
    if (!isLater(opened)) return take(opened);
    const { queues, waiting } = opened;
    return {
      queues,
      waiting,
      timeout: null,
      possible: () => opened.possible(),
      complete: () => {
        // Other threads may have taken the last number meanwhile.
        if (!changing.hasRoom()) return failed('EMFILE');
        const file = opened.complete();
        return isLater(file) ? failed('EAGAIN') : take(file);
      },
      expired: () => failed('EAGAIN'),
    };
  }

  stat(at: Fd | null, path: string, follow: boolean): Stat | Failed {
    const inode = this.find(at, path, follow ? 'all' : 'slash');
    if (isFailed(inode)) return inode;
    this.touch(inode.number, false);
    return inode.kind === 'device' && typeof inode.device === 'object' ? inode.device.stat() : statOf(inode);
  }

  truncate(path: string, size: number): 0 | Failed {
    const inode = this.find(null, path, 'all');
    if (isFailed(inode)) return inode;
    if (inode.kind !== 'file') return failed(inode.kind === 'folder' ? 'EISDIR' : 'EINVAL');
    const refused = refusesAccess(inode, 2);
    if (refused) return refused;
    this.touch(inode.number, true);
    return this.tree.truncate(inode, size);
  }

  access(at: Fd | null, path: string, bits: number): 0 | Failed {
    const inode = this.find(at, path, 'all');
    if (isFailed(inode)) return inode;
    this.touch(inode.number, false);
    return refusesAccess(inode, bits & 7) ?? 0;
  }

  setMode(at: Fd | null, path: string, mode: number, follow: boolean): 0 | Failed {
    const inode = this.find(at, path, follow ? 'all' : 'slash');
    if (isFailed(inode)) return inode;
    return inode.kind === 'link' ? failed('EOPNOTSUPP') : this.changeMode(inode, mode);
  }

  setModeOpen(fd: Fd, mode: number): 0 | Failed {
    const inode = this.inodeOf(fd);
    return isFailed(inode) ? inode : this.changeMode(inode, mode);
  }

  setTimes(at: Fd | null, path: string | null, accessed: number | null, modified: number | null): 0 | Failed {
    const inode = path === null ? this.inodeOf(at ?? -1) : this.find(at, path, 'all');
    if (isFailed(inode)) return inode;
    if (inode.sealed) return failed('EROFS');
    if (![accessed, modified].every((time) => time === null || Number.isFinite(time))) return failed('EINVAL');
    this.touch(inode.number, true);
    inode.accessed = accessed ?? inode.accessed;
    inode.modified = modified ?? inode.modified;
    inode.changed = this.tree.now;
    return 0;
  }

  changeFolder(path: string): 0 | Failed {
    const inode = this.find(null, path, 'all');
    return isFailed(inode) ? inode : this.enter(inode);
  }

  changeFolderOpen(fd: Fd): 0 | Failed {
    const inode = this.inodeOf(fd);
    return isFailed(inode) ? inode : this.enter(inode);
  }

  currentFolder(): string | Failed {
    this.touch(NAMES, false);
    return pathOf(this.standing.folder) ?? failed('ENOENT');
  }

  setMask(mask: number): number {
    const before = this.standing.mask;
    this.standing.mask = mask & 0o777;
    return before;
  }

  // --------------------------------------------------------------------------------------------------------------

  /** The inode itself if it may be opened like this; emptied, if that was asked for. */
  private openable(inode: Inode, flags: number): Inode | Failed {
    const writes = mayWrite(flags) || (flags & O.TRUNC) !== 0;
    if (flags & O.CREAT && flags & O.EXCL) return failed('EEXIST');
    if (inode.kind === 'link') return failed(flags & O.DIRECTORY ? 'ENOTDIR' : 'ELOOP');
    if (inode.kind === 'folder' && (writes || flags & O.CREAT)) return failed('EISDIR');
    if (inode.kind !== 'folder' && flags & O.DIRECTORY) return failed('ENOTDIR');
    const refused = refusesAccess(inode, (mayRead(flags) ? 4 : 0) | (writes ? 2 : 0));
    if (refused) return refused;
    if (flags & O.TRUNC && inode.kind === 'file') this.tree.truncate(inode, 0);
    return inode;
  }

  private create(place: Place, flags: number, mode: number): Inode | Failed {
    if (!(flags & O.CREAT)) return failed('ENOENT');
    if (place.slash) return failed('EISDIR');
    const refused = this.tree.refusesEntry(place);
    if (refused) return refused;
    const inode = this.tree.newFile(this.masked(mode));
    this.tree.enter(place, inode);
    return inode;
  }

  /** `/dev/fd/N` of what has no inode is the very same open file. */
  private sharedOf(inode: Inode, file: OpenFile) {
    if (inode.kind !== 'device' || inode.device !== file) return file;
    const { descriptors } = this.standing;
    const same = descriptors.numbers.find((fd) => descriptors.get(fd) === file);
    return (same === undefined ? undefined : descriptors.shared(same)) ?? file;
  }

  private changeMode(inode: Inode, mode: number): 0 | Failed {
    if (inode.sealed) return failed('EROFS');
    this.touch(inode.number, true);
    inode.mode = mode & 0o7777;
    inode.changed = this.tree.now;
    return 0;
  }

  private enter(inode: Inode): 0 | Failed {
    if (inode.kind !== 'folder') return failed('ENOTDIR');
    if (!permits(inode, 1)) return failed('EACCES');
    this.standing.folder = inode;
    return 0;
  }

  /** The inode of an open file, or EBADF; EINVAL if it has none. */
  private inodeOf(fd: Fd): Inode | Failed {
    const file = this.file(fd, true);
    return isFailed(file) ? file : (inodeOf(file) ?? failed('EINVAL'));
  }
}

/** Why the learner may not read (4), write (2) or run (1) it; null: they may. */
function refusesAccess(inode: Inode, bits: number): Failed | null {
  const readOnly = inode.sealed && inode.kind !== 'device';
  if (bits & 2 && readOnly) return failed('EROFS');
  return permits(inode, bits) ? null : failed('EACCES');
}
