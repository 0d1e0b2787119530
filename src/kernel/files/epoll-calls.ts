/** The calls on epolls: which files one is told of, and what there is to hear of them. */
import { type Failed, failed, isFailed } from '../errno.ts';
import type { Answered } from '../later.ts';
import { DescriptorCalls } from './descriptor-calls.ts';
import type { Shared } from './descriptors.ts';
import { CONTROL, Epoll } from './epoll.ts';
import { inodeOf } from './open-file.ts';
import type { Fd, OpenFile } from './types.ts';

export class EpollCalls extends DescriptorCalls {
  epoll(closeOnExec: boolean): Fd | Failed {
    const { changing } = this;
    return changing.hasRoom() ? changing.add(new Epoll(this.standing.system), closeOnExec) : failed('EMFILE');
  }

  epollControl(fd: Fd, operation: number, target: Fd, events: number): 0 | Failed {
    const epoll = this.file(fd, true);
    if (isFailed(epoll)) return epoll;
    const file = this.file(target, false);
    if (isFailed(file)) return file;
    if (isAlwaysReady(file)) return failed('EPERM');
    if (!(epoll instanceof Epoll) || epoll === file) return failed('EINVAL');
    const shared = this.standing.descriptors.shared(target) as Shared;
    if (operation === CONTROL.ADD) return epoll.add(shared, target, events | 0);
    if (operation === CONTROL.MODIFY) return epoll.modify(shared, target, events | 0);
    return operation === CONTROL.REMOVE ? epoll.remove(shared, target) : failed('EINVAL');
  }

  epollWait(fd: Fd, most: number, timeout: number | null): Answered<readonly number[]> {
    if (!(most > 0)) return failed('EINVAL');
    const epoll = this.file(fd, true);
    if (isFailed(epoll)) return epoll;
    if (!(epoll instanceof Epoll)) return failed('EINVAL');
    const answer = epoll.wait(most, timeout);
    if (timeout === 0 && Array.isArray(answer) && answer.length === 0) this.standing.system.surroundings.looked();
    return answer;
  }
}

/** Nobody can wait for files on a disk, nor for devices that have no far end. */
function isAlwaysReady(file: OpenFile): boolean {
  const inode = inodeOf(file);
  if (inode?.kind === 'device') return inode.device === 'null' || inode.device === 'zero' || inode.device === 'full';
  return inode?.kind === 'file' || inode?.kind === 'folder';
}
