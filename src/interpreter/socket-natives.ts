/** The natives of sockets: for what Pyodide's `_socket` was compiled without. python/sockets.py calls them. */
import { type Failed, failed, isFailed } from '../kernel/errno.ts';
import type { Network } from '../kernel/sockets/network.ts';
import type { SocketCalls } from '../kernel/sockets/types.ts';
import type { SocketNames } from './syscalls/socket-names.ts';

/** `name` and `value` come as bytes; names of files and abstract ones as UTF-8. Answers are what `give` understands. */
export function socketNatives(calls: () => SocketCalls, network: () => Network, names: SocketNames) {
  return {
    socket: (family: number, type: number, protocol: number): number | Failed => calls().socket(family, type, protocol),
    socketpair: (family: number, type: number, protocol: number): readonly number[] | Failed =>
      calls().socketPair(family, type, protocol),
    setsockopt: (fd: number, level: number, name: number, value: Uint8Array): null | Failed => {
      if (value.length < 4 || value.length > 1024) return failed('EINVAL');
      const view = new DataView(value.slice().buffer);
      const words = Array.from({ length: value.length >> 2 }, (_, n) => view.getInt32(4 * n, true));
      const set = calls().setOption(fd, level, name, words);
      return isFailed(set) ? set : null;
    },
    /** A number to stand for a name, and back. */
    socket_number: (name: string): number => names.numberOf(name),
    socket_name: (number: number): string => names.nameOf(number),
    /** Addresses as numbers; below 2 ** 31 an int, above a float. */
    resolve: (name: string): readonly number[] => network().resolve(name),
    host_name: (address: number): string => network().nameOf(address >>> 0) ?? '',
  };
}
