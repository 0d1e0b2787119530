/** The words of sockets: addresses, options, and the calls that a process can make. Numbers are Linux's, which musl shares. */
import type { Failed } from '../errno.ts';
import { type Fd, O } from '../files/types.ts';
import type { Answered } from '../later.ts';

export const AF = { UNIX: 1, INET: 2 } as const;
export const SOCK = { STREAM: 1, DGRAM: 2, RAW: 3, NONBLOCK: O.NONBLOCK, CLOEXEC: O.CLOEXEC } as const;
export const MSG = {
  PEEK: 0x2,
  CTRUNC: 0x8,
  TRUNC: 0x20,
  DONTWAIT: 0x40,
  WAITALL: 0x100,
  NOSIGNAL: 0x4000,
  CMSG_CLOEXEC: 0x4000_0000,
} as const;
export const SHUT = { RD: 0, WR: 1, RDWR: 2 } as const;

export const SOL = { IP: 0, SOCKET: 1, TCP: 6, UDP: 17 } as const;
/** Options of level SOL.SOCKET. */
export const SO = {
  REUSEADDR: 2,
  TYPE: 3,
  ERROR: 4,
  BROADCAST: 6,
  SNDBUF: 7,
  RCVBUF: 8,
  LINGER: 13,
  REUSEPORT: 15,
  PEERCRED: 17,
  ACCEPTCONN: 30,
  PROTOCOL: 38,
  DOMAIN: 39,
} as const;

/** `host`: four bytes as one number, 0x7f000001 for 127.0.0.1. */
export interface InetAddress {
  readonly family: 'inet';
  readonly host: number;
  readonly port: number;
}

export interface UnixAddress {
  readonly family: 'unix';
  /** Empty: it has none. Begins with NUL: a name of Linux's abstract ones, in no folder. */
  readonly path: string;
}

export type Address = InetAddress | UnixAddress;

export interface Message {
  readonly bytes: Uint8Array;
  /** Null: whom the socket is connected to. */
  readonly to: Address | null;
  /** Open files that travel with it (SCM_RIGHTS). */
  readonly files: readonly Fd[];
}

export interface Received {
  readonly bytes: Uint8Array;
  /** How long the datagram was, if it was cut. */
  readonly length: number;
  /** Null: a stream, or from nobody with a name. */
  readonly from: Address | null;
  readonly files: readonly Fd[];
  /** MSG.TRUNC, MSG.CTRUNC. */
  readonly flags: number;
}

/** The calls on sockets that one process makes, with Linux's errors. A socket is an open file: FileCalls know it, too. */
export interface SocketCalls {
  /** `type`: SOCK's, with NONBLOCK and CLOEXEC. */
  socket(family: number, type: number, protocol: number): Fd | Failed;
  socketPair(family: number, type: number, protocol: number): readonly [Fd, Fd] | Failed;
  bind(fd: Fd, address: Address): 0 | Failed;
  listen(fd: Fd, backlog: number): 0 | Failed;
  /** `flags`: SOCK's NONBLOCK and CLOEXEC, for the new one. */
  accept(fd: Fd, flags: number): Answered<Fd>;
  connect(fd: Fd, address: Address): Answered<0>;
  /** Answers how many bytes were taken: all of them, unless it must not wait. */
  send(fd: Fd, message: Message, flags: number): Answered<number>;
  /** At most `size` bytes and `files` open files. No bytes: the end, or an empty datagram. */
  receive(fd: Fd, size: number, files: number, flags: number): Answered<Received>;
  shutdown(fd: Fd, how: number): 0 | Failed;
  name(fd: Fd): Address | Failed;
  peer(fd: Fd): Address | Failed;
  /** Most are one number; SO.LINGER has two, SO.PEERCRED three. */
  option(fd: Fd, level: number, name: number): readonly number[] | Failed;
  setOption(fd: Fd, level: number, name: number, value: readonly number[]): 0 | Failed;
}
