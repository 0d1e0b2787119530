/** What `setsockopt` has set on one socket. Most of it is only remembered: there is no wire that it could matter to. */
import { type Failed, failed } from '../errno.ts';
import { SO, SOL } from './types.ts';

/** Linux's net.core.wmem_default and rmem_default; twice that is the most that can be asked for. */
export const BUFFER = 212_992;
/** SOCK_MIN_SNDBUF and SOCK_MIN_RCVBUF. */
const LEAST_SEND = 4_608;
const LEAST_RECEIVE = 2_304;

/** Options that are one number, by `level:name`, and what they are at first. */
const REMEMBERED: ReadonlyMap<string, number> = new Map(
  Object.entries({
    [`${SOL.SOCKET}:${SO.REUSEADDR}`]: 0,
    [`${SOL.SOCKET}:5`]: 0, // SO_DONTROUTE
    [`${SOL.SOCKET}:${SO.BROADCAST}`]: 0,
    [`${SOL.SOCKET}:9`]: 0, // SO_KEEPALIVE
    [`${SOL.SOCKET}:10`]: 0, // SO_OOBINLINE
    [`${SOL.SOCKET}:12`]: 0, // SO_PRIORITY
    [`${SOL.SOCKET}:${SO.REUSEPORT}`]: 0,
    [`${SOL.SOCKET}:16`]: 0, // SO_PASSCRED
    [`${SOL.SOCKET}:18`]: 1, // SO_RCVLOWAT
    [`${SOL.TCP}:1`]: 0, // TCP_NODELAY
    [`${SOL.TCP}:2`]: 65_483, // TCP_MAXSEG, of a loopback's
    [`${SOL.TCP}:3`]: 0, // TCP_CORK
    [`${SOL.TCP}:4`]: 7_200, // TCP_KEEPIDLE
    [`${SOL.TCP}:5`]: 75, // TCP_KEEPINTVL
    [`${SOL.TCP}:6`]: 9, // TCP_KEEPCNT
    [`${SOL.TCP}:7`]: 6, // TCP_SYNCNT
    [`${SOL.TCP}:8`]: 60, // TCP_LINGER2
    [`${SOL.TCP}:9`]: 0, // TCP_DEFER_ACCEPT
    [`${SOL.TCP}:12`]: 1, // TCP_QUICKACK
    [`${SOL.TCP}:18`]: 0, // TCP_USER_TIMEOUT
    [`${SOL.IP}:1`]: 0, // IP_TOS
    [`${SOL.IP}:2`]: 64, // IP_TTL
    [`${SOL.IP}:33`]: 1, // IP_MULTICAST_TTL
    [`${SOL.IP}:34`]: 1, // IP_MULTICAST_LOOP
  }),
);
/** Options of SOL.SOCKET that are no switches. */
const NUMBERS: ReadonlySet<string> = new Set([`${SOL.SOCKET}:12`, `${SOL.SOCKET}:18`]);

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
    const key = `${level}:${name}`;
    const value = this.values.get(key) ?? REMEMBERED.get(key);
    return value === undefined ? failed('ENOPROTOOPT') : [value];
  }

  set(level: number, name: number, value: readonly number[]): 0 | Failed {
    const [number, second = 0] = value;
    const key = `${level}:${name}`;
    const linger = level === SOL.SOCKET && name === SO.LINGER;
    const buffer = level === SOL.SOCKET && (name === SO.SNDBUF || name === SO.RCVBUF);
    if (!linger && !buffer && !REMEMBERED.has(key)) return failed('ENOPROTOOPT');
    if (number === undefined || !value.every(Number.isSafeInteger) || (linger && value.length < 2)) {
      return failed('EINVAL');
    }
    if (linger) this.linger = [number === 0 ? 0 : 1, second];
    // Linux doubles what is asked for, for its own book-keeping, and tells it so.
    else if (name === SO.SNDBUF && buffer) this.send = bounded(number, LEAST_SEND);
    else if (buffer) this.receive = bounded(number, LEAST_RECEIVE);
    else this.values.set(key, level === SOL.SOCKET && !NUMBERS.has(key) ? Number(number !== 0) : number | 0);
    return 0;
  }

  private is(name: number): boolean {
    return this.values.get(`${SOL.SOCKET}:${name}`) === 1;
  }
}

function bounded(asked: number, least: number): number {
  return Math.max(Math.min(asked < 0 ? BUFFER : asked, BUFFER) * 2, least);
}
