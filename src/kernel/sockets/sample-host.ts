/** A host with processes on it, for the tests beside this file. */
import type { ProcessFiles } from '../files/process-files.ts';
import { boot, bytesOf, later, newSystem, now, textOf } from '../files/sample-machine.ts';
import type { Fd } from '../files/types.ts';
import { isLater } from '../later.ts';
import { inet, LOOPBACK } from './addresses.ts';
import { ProcessSocketCalls } from './socket-calls.ts';
import { SocketHost } from './socket-host.ts';
import { AF, MSG, SOCK } from './types.ts';

export const local = (port: number) => inet(LOOPBACK, port);
export const named = (path: string) => ({ family: 'unix', path }) as const;

export function newHost() {
  const system = newSystem();
  const host = new SocketHost(system);
  const process = (files: ProcessFiles) => {
    const sockets = new ProcessSocketCalls(host, files.place);
    const stream = (family: number = AF.INET) => now(sockets.socket(family, SOCK.STREAM, 0));
    const send = (fd: Fd, text: string, flags = 0) =>
      sockets.send(fd, { bytes: bytesOf(text), to: null, files: [] }, flags);
    const receive = (fd: Fd, size = 1_000, flags = 0) => sockets.receive(fd, size, 0, flags);
    return {
      files,
      sockets,
      send,
      receive,
      stream,
      datagram: (family: number = AF.INET) => now(sockets.socket(family, SOCK.DGRAM, 0)),
      /** What has arrived, without waiting. */
      text: (fd: Fd, size = 1_000) => textOf(now(sockets.receive(fd, size, 0, MSG.DONTWAIT)).bytes),
      /** POLL's bits, whatever is asked. */
      poll: (fd: Fd) => now(files.calls.poll([{ fd, events: 0xffff }], 0))[0],
      /** A socket that listens at a port, and both ends of a connection to it: [listening, client, server]. */
      connected: (port = 5_000): readonly [Fd, Fd, Fd] => {
        const listening = stream();
        now(sockets.bind(listening, local(port)));
        now(sockets.listen(listening, 5));
        const client = stream();
        now(sockets.connect(client, local(port)));
        return [listening, client, now(sockets.accept(listening, 0))];
      },
      pair: (type: number = SOCK.STREAM) => now(sockets.socketPair(AF.UNIX, type, 0)),
    };
  };
  const first = boot(system);
  return { system, host, ...process(first), fork: (pid: number) => process(first.fork(pid)) };
}

/** The answer of a call that waited and need not any more. */
export function settled<T>(answered: unknown): T {
  const waiting = later<T>(answered as never);
  if (!waiting.possible()) throw new Error('it must still wait');
  const answer = waiting.complete();
  return isLater(answer) ? settled(answer) : (answer as T);
}
