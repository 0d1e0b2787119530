/** What `setsockopt` has set on one socket. Most of it is only remembered: there is no wire that it could matter to. */
import { type Failed, failed } from '../errno.ts';
import { SO, SOL } from './types.ts';

/** Linux's net.core.wmem_default and rmem_default; twice that is the most that can be asked for. */
export const BUFFER = 212_992;
/** SOCK_MIN_SNDBUF and SOCK_MIN_RCVBUF. */
const LEAST_SEND = 4_608;
const LEAST_RECEIVE = 2_304;

/** An option that is one number: what it is at first, and what it may be. */
interface Remembered {
  readonly first: number;
  /** Inclusive; null: any number, of which only is kept whether it is 0. */
  readonly range: readonly [number, number] | null;
}

const ANY_NUMBER = [-(2 ** 31), 2 ** 31 - 1] as const;
const off: Remembered = { first: 0, range: null };
const on: Remembered = { first: 1, range: null };
const number = (first: number, least: number = ANY_NUMBER[0], most: number = ANY_NUMBER[1]): Remembered => ({
  first,
  range: [least, most],
});

/** By `level:name`. */
const REMEMBERED: ReadonlyMap<string, Remembered> = new Map(
  Object.entries({
    [`${SOL.SOCKET}:1`]: off, // SO_DEBUG
    [`${SOL.SOCKET}:${SO.REUSEADDR}`]: off,
    [`${SOL.SOCKET}:5`]: off, // SO_DONTROUTE
    [`${SOL.SOCKET}:${SO.BROADCAST}`]: off,
    [`${SOL.SOCKET}:9`]: off, // SO_KEEPALIVE
    [`${SOL.SOCKET}:10`]: off, // SO_OOBINLINE
    [`${SOL.SOCKET}:12`]: number(0, 0, 6), // SO_PRIORITY
    [`${SOL.SOCKET}:${SO.REUSEPORT}`]: off,
    [`${SOL.SOCKET}:16`]: off, // SO_PASSCRED
    [`${SOL.SOCKET}:18`]: number(1), // SO_RCVLOWAT
    [`${SOL.SOCKET}:29`]: off, // SO_TIMESTAMP
    [`${SOL.TCP}:1`]: off, // TCP_NODELAY
    [`${SOL.TCP}:2`]: number(65_483, 88, 32_767), // TCP_MAXSEG, of a loopback's
    [`${SOL.TCP}:3`]: off, // TCP_CORK
    [`${SOL.TCP}:4`]: number(7_200, 1, 32_767), // TCP_KEEPIDLE
    [`${SOL.TCP}:5`]: number(75, 1, 32_767), // TCP_KEEPINTVL
    [`${SOL.TCP}:6`]: number(9, 1, 127), // TCP_KEEPCNT
    [`${SOL.TCP}:7`]: number(6, 1, 127), // TCP_SYNCNT
    [`${SOL.TCP}:8`]: number(60), // TCP_LINGER2
    [`${SOL.TCP}:9`]: number(0), // TCP_DEFER_ACCEPT
    [`${SOL.TCP}:12`]: on, // TCP_QUICKACK
    [`${SOL.TCP}:18`]: number(0, 0), // TCP_USER_TIMEOUT
    [`${SOL.TCP}:23`]: number(0, 0), // TCP_FASTOPEN
    [`${SOL.IP}:1`]: number(0, 0, 255), // IP_TOS
    [`${SOL.IP}:2`]: number(64, 1, 255), // IP_TTL
    [`${SOL.IP}:8`]: off, // IP_PKTINFO
    [`${SOL.IP}:11`]: off, // IP_RECVERR
    [`${SOL.IP}:12`]: off, // IP_RECVTTL
    [`${SOL.IP}:13`]: off, // IP_RECVTOS
    [`${SOL.IP}:15`]: off, // IP_FREEBIND
    [`${SOL.IP}:24`]: off, // IP_BIND_ADDRESS_NO_PORT
    [`${SOL.IP}:33`]: number(1, 0, 255), // IP_MULTICAST_TTL
    [`${SOL.IP}:34`]: on, // IP_MULTICAST_LOOP
  }),
);
/** IP_MULTICAST_IF, IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP: there is no device that could send to several at once. */
const MULTICAST: ReadonlySet<string> = new Set([32, 35, 36].map((name) => `${SOL.IP}:${name}`));
/** SO_SNDLOWAT: can be asked only. */
const LOW_WATER = 19;

export class Options {
  private readonly values: Map<string, number>;
  private linger: readonly [number, number];
  /** Bytes that may be on their way to the other end. */
  send: number;
  receive: number;

  /** A connection that was accepted begins with the options of who listened. */
  constructor(inherited?: Options) {
    this.values = new Map(inherited?.values);
    this.linger = inherited?.linger ?? [0, 0];
    this.send = inherited?.send ?? BUFFER;
    this.receive = inherited?.receive ?? BUFFER;
  }

  get reuses(): boolean {
    return this.is(SO.REUSEADDR) || this.is(SO.REUSEPORT);
  }

  get broadcasts(): boolean {
    return this.is(SO.BROADCAST);
  }

  /** To close it is to cut it off. */
  get cuts(): boolean {
    return this.linger[0] !== 0 && this.linger[1] === 0;
  }

  get(level: number, name: number): readonly number[] | Failed {
    if (level === SOL.SOCKET && name === SO.SNDBUF) return [this.send];
    if (level === SOL.SOCKET && name === SO.RCVBUF) return [this.receive];
    if (level === SOL.SOCKET && name === SO.LINGER) return this.linger;
    if (level === SOL.SOCKET && name === LOW_WATER) return [1];
    const key = `${level}:${name}`;
    const value = this.values.get(key) ?? REMEMBERED.get(key)?.first;
    return value === undefined ? failed('ENOPROTOOPT') : [value];
  }

  set(level: number, name: number, value: readonly number[]): 0 | Failed {
    const [first, second = 0] = value;
    const key = `${level}:${name}`;
    if (MULTICAST.has(key)) return failed('ENODEV');
    const linger = level === SOL.SOCKET && name === SO.LINGER;
    const buffer = level === SOL.SOCKET && (name === SO.SNDBUF || name === SO.RCVBUF);
    const known = REMEMBERED.get(key);
    if (!linger && !buffer && !known) return failed('ENOPROTOOPT');
    if (first === undefined || !value.every(Number.isSafeInteger) || (linger && value.length < 2))
      return failed('EINVAL');
    if (linger) this.linger = [first === 0 ? 0 : 1, second];
    // Linux doubles what is asked for, for its own book-keeping, and tells it so.
    else if (name === SO.SNDBUF && buffer) this.send = bounded(first, LEAST_SEND);
    else if (buffer) this.receive = bounded(first, LEAST_RECEIVE);
    else return this.remember(key, known as Remembered, first);
    return 0;
  }

  private remember(key: string, { first, range }: Remembered, asked: number): 0 | Failed {
    // For IP_TTL and IP_MULTICAST_TTL -1 means: as it was at first.
    const value = asked === -1 && range?.[1] === 255 ? first : asked;
    if (range && (value < range[0] || value > range[1])) return failed('EINVAL');
    this.values.set(key, range ? value : Number(value !== 0));
    return 0;
  }

  private is(name: number): boolean {
    return this.values.get(`${SOL.SOCKET}:${name}`) === 1;
  }
}

function bounded(asked: number, least: number): number {
  return Math.max(Math.min(asked < 0 ? BUFFER : asked, BUFFER) * 2, least);
}
