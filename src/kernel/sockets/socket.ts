/** What stream and datagram sockets have in common. */
import { type ErrnoName, type Failed, failed } from '../errno.ts';
import { LEARNER } from '../files/inode.ts';
import { O, type OpenFile, type Stat } from '../files/types.ts';
import { WaitQueue } from '../later.ts';
import type { Pid } from '../types.ts';
import { inet } from './addresses.ts';
import { Options } from './options.ts';
import type { Bound, Ports } from './ports.ts';
import type { SocketHost } from './socket-host.ts';
import { type Address, AF, type InetAddress, SO, SOL } from './types.ts';

/** What was shut down: Linux's RCV_SHUTDOWN and SEND_SHUTDOWN. */
export const RECEIVES = 1;
export const SENDS = 2;

export abstract class Socket implements OpenFile, Bound {
  flags: number;
  readonly changes = new WaitQueue();
  readonly host: SocketHost;
  readonly family: Address['family'];
  abstract readonly type: number;
  /** Of its inode. */
  readonly number: number;
  readonly options: Options;
  local: Address | null = null;
  remote: Address | null = null;
  /** Its credentials' process: who made it, or began to listen or to connect. */
  pid: Pid;
  /** RECEIVES, SENDS. */
  shut = 0;
  closed = false;
  protected error: ErrnoName | null = null;
  /** The port was not the program's choice. */
  private chosen = false;
  private readonly born: number;

  /** After `SocketHost.takeSocket`. */
  constructor(host: SocketHost, family: Address['family'], pid: Pid, flags: number, options?: Options) {
    this.host = host;
    this.family = family;
    this.pid = pid;
    this.flags = O.RDWR | (flags & O.NONBLOCK);
    this.options = new Options(options);
    this.number = host.system.tree.newNumber();
    this.born = host.system.tree.now;
  }

  abstract readonly name: string;
  abstract readonly listens: boolean;
  abstract poll(): number;
  abstract ready(how: 'read' | 'write', size: number): boolean;
  abstract available(): number;
  abstract read(size: number): Uint8Array | Failed;
  abstract write(bytes: Uint8Array): number | Failed;
  abstract shutdown(bits: number): 0 | Failed;
  abstract close(): void;

  get reuses(): boolean {
    return this.options.reuses;
  }

  stat(): Stat {
    const { number, born } = this;
    return {
      kind: 'socket',
      inode: number,
      mode: 0o777,
      links: 1,
      owner: LEARNER,
      size: 0,
      accessed: born,
      modified: born,
      changed: born,
    };
  }

  /** The error that has come meanwhile; it is told once. */
  takeError(): Failed | null {
    const { error } = this;
    this.error = null;
    if (error === null) return null;
    this.changes.changed();
    return failed(error);
  }

  option(level: number, name: number): readonly number[] | Failed {
    if (level === SOL.SOCKET) {
      if (name === SO.TYPE) return [this.type];
      if (name === SO.DOMAIN) return [this.family === 'unix' ? AF.UNIX : AF.INET];
      if (name === SO.PROTOCOL) return [this.family === 'unix' ? 0 : this.protocol];
      if (name === SO.ACCEPTCONN) return [Number(this.listens)];
    } else if (!this.has(level)) return failed('EOPNOTSUPP');
    return this.options.get(level, name);
  }

  setOption(level: number, name: number, value: readonly number[]): 0 | Failed {
    if (level !== SOL.SOCKET && !this.has(level)) return failed('EOPNOTSUPP');
    return this.options.set(level, name, value);
  }

  private has(level: number): boolean {
    return this.family === 'inet' && (level === SOL.IP || level === this.protocol);
  }

  /** Binds it to a port; port 0: to any. */
  bind({ host, port }: InetAddress): 0 | Failed {
    if (this.local || this.closed) return failed('EINVAL');
    if (!Number.isInteger(port) || port < 0 || port > 65_535) return failed('EINVAL');
    if (!this.host.network.isOwn(host)) return failed('EADDRNOTAVAIL');
    const free = this.ports.choose(host, port, this.reuses);
    if (typeof free !== 'number') return free;
    this.local = inet(host, free);
    this.ports.add(free, this);
    return 0;
  }

  /** Binds it to some port if it is not bound. */
  protected bindAny(host: number): 0 | Failed {
    if (this.local) return 0;
    const bound = this.bind(inet(host, 0));
    this.chosen = bound === 0;
    return bound === 0 ? 0 : failed('EADDRNOTAVAIL');
  }

  protected unbind(lingers: boolean): void {
    const { local } = this;
    if (local?.family === 'inet') this.ports.remove(local.port, this, lingers);
    if (local?.family === 'unix' && local.path.startsWith('\0')) this.host.names.delete(local.path);
  }

  /** After a connection that did not come about. */
  protected unbindChosen(): void {
    if (!this.chosen) return;
    this.unbind(false);
    this.local = null;
    this.chosen = false;
  }

  protected touch(changes = true): void {
    this.host.surroundings.touch(this.number, changes);
  }

  protected abstract readonly protocol: number;
  protected abstract readonly ports: Ports<Bound>;
}
