/** Open devices: `/dev/null`, `/dev/zero`, `/dev/full` and `/dev/random`. */
import { type Failed, failed } from '../errno.ts';
import type { WaitQueue } from '../later.ts';
import { type DeviceInode, statOf } from './inode.ts';
import type { NodeFile } from './open-file.ts';
import { POLL, type Stat } from './types.ts';

/** One read answers no more, however much is asked for. */
const MOST = 1024 * 1024;

export class DeviceFile implements NodeFile {
  readonly inode: DeviceInode;
  readonly name: string;
  readonly changes: WaitQueue;
  flags: number;
  offset = 0;
  private readonly chance: (bound: number) => number;

  constructor(inode: DeviceInode, flags: number, name: string, still: WaitQueue, chance: (bound: number) => number) {
    this.inode = inode;
    this.flags = flags;
    this.name = name;
    this.changes = still;
    this.chance = chance;
  }

  stat(): Stat {
    return statOf(this.inode);
  }

  poll(): number {
    return POLL.IN | POLL.OUT;
  }

  read(size: number): Uint8Array {
    const { device } = this.inode;
    const bytes = new Uint8Array(device === 'null' ? 0 : Math.min(size, MOST));
    if (device === 'random') for (let at = 0; at < bytes.length; at++) bytes[at] = this.chance(256);
    return bytes;
  }

  write(bytes: Uint8Array): number | Failed {
    return this.inode.device === 'full' && bytes.length > 0 ? failed('ENOSPC') : bytes.length;
  }

  close(): void {}
}
