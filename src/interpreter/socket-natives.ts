/** The natives of sockets: for what Pyodide's `_socket` was compiled without. python/sockets.py calls them. */
import { type Failed, failed, isFailed } from '../kernel/errno.ts';
import { SOL, type SocketCalls } from '../kernel/sockets/types.ts';
import type { Arguments, Ask, Native } from './native-types.ts';
import type { SocketNames } from './syscalls/socket-names.ts';

/** Names of files and abstract ones come as UTF-8. `names`: of the run that goes on. */
export function socketCalls({ number, text, bytes }: Arguments, ask: Ask, names: () => SocketNames) {
  return {
    socket: (args) => {
      const [family, type, protocol] = [number(args, 0), number(args, 1), number(args, 2)];
      return ask(({ dispatcher }) => dispatcher.me.process.sockets.socket(family, type, protocol));
    },
    socketpair: (args) => {
      const [family, type, protocol] = [number(args, 0), number(args, 1), number(args, 2)];
      return ask(({ dispatcher }) => dispatcher.me.process.sockets.socketPair(family, type, protocol));
    },
    setsockopt: (args) => {
      const [fd, level, name, value] = [number(args, 0), number(args, 1), number(args, 2), bytes(args, 3)];
      return ask(({ dispatcher }) => setOption(dispatcher.me.process.sockets, fd, level, name, value));
    },
    /** A number to stand for a name, and back. */
    socket_number: (args) => {
      const name = text(args, 0);
      return ask(() => names().numberOf(name));
    },
    socket_name: (args) => {
      const value = number(args, 0);
      return ask(() => names().nameOf(value));
    },
    /** Addresses as numbers; below 2 ** 31 an int, above a float. */
    resolve: (args) => {
      const name = text(args, 0);
      return ask(({ network }) => network.resolve(name));
    },
    host_name: (args) => {
      const address = number(args, 0);
      return ask(({ network }) => network.nameOf(address >>> 0) ?? '');
    },
    /** What the host calls itself. */
    own_name: () => ask(({ hostName }) => hostName),
  } satisfies Record<string, Native>;
}

function setOption(calls: SocketCalls, fd: number, level: number, name: number, value: Uint8Array): null | Failed {
  // Of the options of IP one byte is enough.
  const short = level === SOL.IP ? 1 : 4;
  if (value.length < short || value.length > 1024) return failed('EINVAL');
  const view = new DataView(value.slice().buffer);
  const words =
    value.length < 4
      ? [value[0] as number]
      : Array.from({ length: value.length >> 2 }, (_, n) => view.getInt32(4 * n, true));
  const set = calls.setOption(fd, level, name, words);
  return isFailed(set) ? set : null;
}
