/** The server's sockets: one loop over `poll` that accepts, reads, lets the broker do it, and writes. */
import { isFailed } from '../../kernel/errno.ts';
import { type Fd, POLL, type Polled } from '../../kernel/files/types.ts';
import { isLoopback, spell } from '../../kernel/sockets/addresses.ts';
import { type Address, MSG, SOCK, type SocketCalls } from '../../kernel/sockets/types.ts';
import { wait } from '../program.ts';
import type { Calling, CommandProcess, Failed } from '../types.ts';
import type { AppendOnly } from './append-only.ts';
import type { Broker } from './broker.ts';
import { toBytes } from './bytes.ts';
import type { Client } from './client.ts';

/** Bytes that are read at once, as in Redis. */
const BLOCK = 16 * 1024;
/** Replies that wait before no more requests of this client are read. */
const ENOUGH_UNSENT = 1024 * 1024;
/** Connections that are accepted at once. */
const MOST_ACCEPTED = 1000;

const PROTECTED =
  "-DENIED Redis is running in protected mode because protected mode is enabled and no password is set for the default user. In this mode connections are only accepted from the loopback interface. If you want to connect from external computers to Redis you may adopt one of the following solutions: 1) Just disable protected mode sending the command 'CONFIG SET protected-mode no' from the loopback interface by connecting to Redis from the same host the server is running, however MAKE SURE Redis is not publicly accessible from internet if you do so. Use CONFIG REWRITE to make this change permanent. 2) Alternatively you can just disable the protected mode by editing the Redis configuration file, and setting the protected mode option to 'no', and then restarting the server. 3) If you started the server manually just for testing, restart it with the '--protected-mode no' option. 4) Setup a an authentication password for the default user. NOTE: You only need to do one of the above things in order for the server to start accepting connections from the outside.\r\n";

interface Connection {
  readonly fd: Fd;
  readonly client: Client;
  /** What the socket has not taken yet. */
  rest: Uint8Array;
}

export class Listening {
  private readonly process: CommandProcess;
  private readonly sockets: SocketCalls;
  private readonly broker: Broker;
  private readonly listeners: readonly Fd[];
  private readonly file: AppendOnly | null;
  private readonly connections = new Map<Fd, Connection>();

  constructor(
    process: CommandProcess,
    sockets: SocketCalls,
    broker: Broker,
    listeners: readonly Fd[],
    file: AppendOnly | null,
  ) {
    this.process = process;
    this.sockets = sockets;
    this.broker = broker;
    this.listeners = listeners;
    this.file = file;
  }

  /** Serves until it is told to stop: by a signal, whose number it answers with, or by SHUTDOWN (null). */
  *serve(): Calling<number | null> {
    const { broker, process } = this;
    for (;;) {
      const questions = this.questions();
      const bits = yield* wait(process.calls.poll(questions, this.patience()));
      this.setClock();
      const signal = process.caught?.() ?? null;
      if (signal !== null) return signal;
      broker.tick();
      if (!isFailed(bits)) {
        for (const [i, { fd }] of questions.entries()) {
          const bit = bits[i] ?? 0;
          if (bit === 0) continue;
          if (this.listeners.includes(fd)) yield* this.accept(fd);
          else if (bit & ~POLL.OUT) yield* this.read(fd);
        }
      }
      if (broker.sleeps > 0) {
        const seconds = broker.sleeps;
        broker.sleeps = 0;
        yield* wait(process.calls.sleep(seconds));
        this.setClock();
      }
      yield* this.finish();
      if (broker.stopping) return null;
    }
  }

  setClock(): void {
    // A hair more than a millisecond's beginning is that millisecond.
    this.broker.now = Math.floor(this.seconds() * 1000 + 0.001);
  }

  /** What has changed is written down, and then who asked is answered. */
  private *finish(): Calling<void> {
    if (this.file) yield* this.file.write(this.broker);
    for (const connection of [...this.connections.values()]) yield* this.write(connection);
  }

  private seconds(): number {
    return this.process.epoch + this.process.calls.clock();
  }

  /** Seconds until the broker has something to do; null: it has not before somebody comes. */
  private patience(): number | null {
    const deadline = this.broker.deadline();
    return deadline === null ? null : Math.max(deadline / 1000 - this.seconds(), 0);
  }

  private questions(): Polled[] {
    const questions: Polled[] = this.listeners.map((fd) => ({ fd, events: POLL.IN }));
    for (const { fd, client, rest } of this.connections.values()) {
      const reads = client.unsent + rest.length <= ENOUGH_UNSENT ? POLL.IN : 0;
      questions.push({ fd, events: reads | (rest.length > 0 ? POLL.OUT : 0) });
    }
    return questions;
  }

  private *accept(listener: Fd): Calling<void> {
    const { broker, sockets } = this;
    for (let i = 0; i < MOST_ACCEPTED; i++) {
      const fd = yield* wait(sockets.accept(listener, SOCK.NONBLOCK | SOCK.CLOEXEC));
      if (isFailed(fd)) return;
      const peer = sockets.peer(fd);
      const own = sockets.name(fd);
      const refused = this.refuses(peer);
      if (refused) {
        yield* wait(sockets.send(fd, { bytes: toBytes(refused), to: null, files: [] }, MSG.NOSIGNAL | MSG.DONTWAIT));
        yield* wait(this.process.calls.close(fd));
        broker.statistics.rejected++;
        continue;
      }
      const client = broker.connect(spelled(peer), spelled(own));
      this.connections.set(fd, { fd, client, rest: new Uint8Array(0) });
    }
  }

  private refuses(peer: Address | Failed): string | null {
    const { settings, clients } = this.broker;
    if (clients.size >= settings.number('maxclients')) return '-ERR max number of clients reached\r\n';
    const near = !isFailed(peer) && peer.family === 'inet' && isLoopback(peer.host);
    return settings.get('protected-mode') === 'yes' && settings.password === '' && !near ? PROTECTED : null;
  }

  private *read(fd: Fd): Calling<void> {
    const connection = this.connections.get(fd);
    if (!connection) return;
    const received = yield* wait(this.sockets.receive(fd, BLOCK, 0, MSG.DONTWAIT));
    if (isFailed(received)) {
      if (received.errno !== 'EAGAIN' && received.errno !== 'EINTR') yield* this.close(connection);
    } else if (received.bytes.length === 0) yield* this.close(connection);
    else this.broker.receive(connection.client, received.bytes);
  }

  private *write(connection: Connection): Calling<void> {
    const { client, fd } = connection;
    if (client.unsent > 0) connection.rest = joined(connection.rest, toBytes(client.take()));
    while (connection.rest.length > 0 && client.closing !== 'now') {
      const { rest } = connection;
      const message = { bytes: rest, to: null, files: [] };
      const count = yield* wait(this.sockets.send(fd, message, MSG.NOSIGNAL | MSG.DONTWAIT));
      if (isFailed(count)) {
        if (count.errno === 'EINTR') continue;
        if (count.errno !== 'EAGAIN') client.closing = 'now';
        break;
      }
      connection.rest = rest.subarray(count);
    }
    if (client.closing === 'now' || (client.closing === 'after' && connection.rest.length === 0)) {
      yield* this.close(connection);
    }
  }

  private *close({ fd, client }: Connection): Calling<void> {
    this.connections.delete(fd);
    this.broker.disconnect(client);
    yield* wait(this.process.calls.close(fd));
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

function spelled(address: Address | Failed): string {
  return isFailed(address) ? '?:0' : spell(address);
}
