/** `mmap` of files: a copy of their bytes in the process's own memory. What is shared, somebody else keeps equal. */
import { type Failed, failed, isFailed } from '../../kernel/errno.ts';
import { O } from '../../kernel/files/types.ts';
import { answer, type Calls, type Machine } from './calls.ts';

/** A part of a file in memory. */
export interface Mapping {
  readonly fd: number;
  readonly inode: number;
  readonly offset: number;
  readonly address: number;
  readonly length: number;
  readonly shared: boolean;
  readonly writable: boolean;
}

/** Whoever keeps shared mappings and their files equal. */
export interface Mappings {
  /** Where this part of a file is shared in this memory already, and now once more; 0: nowhere. */
  known(inode: number, offset: number, length: number, writable: boolean): number;
  /** The file's bytes are in memory now. The descriptor may be closed long before the mapping is. */
  mapped(mapping: Mapping): 0 | Failed;
  /** C frees the memory afterwards, unless it is shared. */
  unmapped(address: number, length: number): 0 | Failed;
  /** `msync`: the file must hold what the memory does. */
  synchronised(address: number, length: number): 0 | Failed;
}

/** PROT_WRITE; MAP_SHARED. */
const [WRITE, SHARED] = [2, 1] as const;

export function mapping({ memory, files }: Machine, mappings: Mappings): Calls {
  return {
    // `result`: where the address goes; `allocated`: whether C must free it.
    _mmap_js: (
      size: number,
      protection: number,
      kind: number,
      fd: number,
      from: bigint,
      allocated: number,
      result: number,
    ) => {
      const [length, offset] = [size >>> 0, Number(from)];
      const [shared, writable] = [(kind & SHARED) !== 0, (protection & WRITE) !== 0];
      if (length === 0 || !Number.isSafeInteger(offset) || offset < 0) return failed('EINVAL');
      memory.check(allocated, 4);
      memory.check(result, 4);
      const flags = files().flags(fd);
      const stat = files().statOpen(fd);
      if (isFailed(flags)) return flags;
      if (isFailed(stat)) return stat;
      const access = flags & O.ACCMODE;
      if (access === O.WRONLY || (shared && writable && access !== O.RDWR)) return failed('EACCES');
      if (stat.kind !== 'file') return failed('ENODEV');
      const known = shared ? mappings.known(stat.inode, offset, length, writable) : 0;
      if (known !== 0) {
        memory.writeI32(allocated, 0);
        memory.writeI32(result, known);
        return 0;
      }
      return answer(files().read(fd, length, offset), (bytes) => {
        const address = memory.allocate(length);
        if (address === 0) return failed('ENOMEM');
        memory.write(address, bytes);
        // What is shared may be mapped again, at the same place: whoever keeps it frees it.
        memory.writeI32(allocated, shared ? 0 : 1);
        memory.writeI32(result, address);
        return mappings.mapped({ fd, inode: stat.inode, offset, address, length, shared, writable });
      });
    },
    _munmap_js: (address: number, length: number) => mappings.unmapped(address >>> 0, length >>> 0),
    _msync_js: (address: number, length: number) => mappings.synchronised(address >>> 0, length >>> 0),
  };
}
