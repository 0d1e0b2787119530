/** One host of a run: its files and sockets, and whether it has power. */
import type { FileSystem } from '../files/file-system.ts';
import type { Process } from '../process.ts';
import type { SocketHost } from '../sockets/socket-host.ts';

export interface Computer {
  /** From 0. */
  readonly index: number;
  readonly name: string;
  /** 0 if there are no others. */
  readonly address: number;
  /** Set as soon as it is made, as are its sockets. */
  files: FileSystem;
  sockets: SocketHost;
  /** Who adopts its orphans, and who began the program. Neither ever runs. */
  init: Process;
  shell: Process;
  isUp: boolean;
}

export function newComputer(index: number, name: string, address: number): Computer {
  return {
    index,
    name,
    address,
    files: undefined as never,
    sockets: undefined as never,
    init: undefined as never,
    shell: undefined as never,
    isUp: true,
  };
}
