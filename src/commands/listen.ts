/** How a server among the commands begins to listen. */
import { isFailed } from '../kernel/errno.ts';
import type { Fd } from '../kernel/files/types.ts';
import { inet } from '../kernel/sockets/addresses.ts';
import { AF, SO, SOCK, SOL, type SocketCalls } from '../kernel/sockets/types.ts';
import type { Failed } from './types.ts';

/** A socket that listens; or why there is none. */
export function listen(sockets: SocketCalls, host: number, port: number): Fd | Failed {
  const fd = sockets.socket(AF.INET, SOCK.STREAM | SOCK.NONBLOCK | SOCK.CLOEXEC, 0);
  if (isFailed(fd)) return fd;
  sockets.setOption(fd, SOL.SOCKET, SO.REUSEADDR, [1]);
  const bound = sockets.bind(fd, inet(host, port));
  if (isFailed(bound)) return bound;
  const listening = sockets.listen(fd, 511);
  return isFailed(listening) ? listening : fd;
}
