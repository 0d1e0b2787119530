/** The two servers that scenarios are played to: our broker under a clock of the test's own, and Debian's over loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import net from 'node:net';
import { Broker } from '../../commands/redis/broker.ts';
import { toBytes } from '../../commands/redis/bytes.ts';
import type { Client } from '../../commands/redis/client.ts';
import { type Received, ReplyParser } from '../../commands/redis/reply-parser.ts';

/** What a connection gets next; 'closed'; null: nothing, for as long as one waits. */
export type Next = Received | 'closed' | null;

export interface Server {
  connect(name: string): Promise<void>;
  /** `silent`: no answer comes by which one could see that it has arrived; it has when this is over. */
  send(name: string, bytes: string, silent: boolean): Promise<void>;
  /** Real servers are waited for so many milliseconds. */
  next(name: string, patience: number): Promise<Next>;
  wait(milliseconds: number): Promise<void>;
  /** Forgets all connections and data. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

export class OurServer implements Server {
  private broker = new Broker();
  private clients = new Map<string, { readonly client: Client; readonly replies: ReplyParser; told: boolean }>();

  constructor() {
    this.broker.now = 1_767_225_600_000;
  }

  async connect(name: string): Promise<void> {
    const client = this.broker.connect(`127.0.0.1:${40_000 + this.clients.size}`, '127.0.0.1:6379');
    this.clients.set(name, { client, replies: new ReplyParser(), told: false });
  }

  async send(name: string, bytes: string): Promise<void> {
    const { client } = this.of(name);
    this.broker.receive(client, toBytes(bytes));
    this.collect();
  }

  async next(name: string, patience = 1000): Promise<Next> {
    const one = this.of(name);
    let reply = one.replies.next();
    const deadline = this.broker.deadline();
    if (!reply && deadline !== null && deadline - this.broker.now <= patience) {
      await this.wait(deadline - this.broker.now);
      reply = one.replies.next();
    }
    if (reply || one.client.closing === 'no' || one.told) return reply;
    one.told = true;
    return 'closed';
  }

  async wait(milliseconds: number): Promise<void> {
    const end = this.broker.now + milliseconds;
    for (let at = this.broker.deadline(); at !== null && at <= end; at = this.broker.deadline()) {
      this.broker.now = Math.max(at, this.broker.now);
      this.broker.tick();
    }
    this.broker.now = end;
    this.broker.tick();
    this.collect();
  }

  async clear(): Promise<void> {
    const { now } = this.broker;
    this.broker = new Broker();
    this.broker.now = now;
    this.clients.clear();
  }

  async stop(): Promise<void> {}

  private of(name: string) {
    const found = this.clients.get(name);
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  }

  private collect(): void {
    for (const { client, replies } of this.clients.values()) {
      replies.add(toBytes(client.take()));
      if (client.closing !== 'no') this.broker.disconnect(client);
    }
  }
}

const PROGRAM = '/usr/bin/redis-server';

interface Connection {
  readonly socket: net.Socket;
  readonly replies: ReplyParser;
  closed: boolean;
  told: boolean;
  wake: () => void;
}

export class RealServer implements Server {
  private readonly child: ChildProcess;
  private readonly port: number;
  private readonly connections = new Map<string, Connection>();

  static get installed(): boolean {
    return existsSync(PROGRAM);
  }

  static async start(): Promise<RealServer> {
    const port = await freePort();
    const words = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--logfile', ''];
    const child = spawn(PROGRAM, [...words, '--enable-debug-command', 'yes'], { stdio: 'ignore', cwd: '/tmp' });
    const server = new RealServer(child, port);
    for (let tries = 0; ; tries++) {
      try {
        await server.connect('@');
        return server;
      } catch (error) {
        if (tries > 200) throw error;
        await pause(25);
      }
    }
  }

  private constructor(child: ChildProcess, port: number) {
    this.child = child;
    this.port = port;
  }

  async connect(name: string): Promise<void> {
    const socket = net.connect(this.port, '127.0.0.1');
    socket.setNoDelay(true);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    const made: Connection = { socket, replies: new ReplyParser(), closed: false, told: false, wake: () => {} };
    socket.on('data', (bytes) => {
      made.replies.add(bytes as Buffer);
      made.wake();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      made.closed = true;
      made.wake();
    });
    this.connections.set(name, made);
  }

  async send(name: string, bytes: string, silent: boolean): Promise<void> {
    this.of(name).socket.write(toBytes(bytes));
    // What was there before the server answered for the first time was read before it answers for the second.
    for (let i = 0; silent && i < 2; i++) {
      this.of('@').socket.write('PING\r\n');
      await this.next('@', 2000);
    }
  }

  async next(name: string, patience: number): Promise<Next> {
    const one = this.of(name);
    for (let waited = false; ; waited = true) {
      const reply = one.replies.next();
      if (reply) return reply;
      if (one.closed && !one.told) {
        one.told = true;
        return 'closed';
      }
      if (waited || one.closed) return null;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patience);
        one.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      // More of the same reply may be on its way.
      if (one.replies.size > 0 || one.closed) waited = false;
    }
  }

  async wait(milliseconds: number): Promise<void> {
    await pause(milliseconds);
  }

  async clear(): Promise<void> {
    for (const [name, { socket }] of this.connections) {
      if (name === '@') continue;
      socket.destroy();
      this.connections.delete(name);
    }
    for (const words of [['FLUSHALL'], ['SCRIPT', 'FLUSH'], ['CONFIG', 'SET', 'maxmemory', '0']]) {
      await this.send(
        '@',
        `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`,
        false,
      );
      await this.next('@', 2000);
    }
  }

  async stop(): Promise<void> {
    for (const { socket } of this.connections.values()) socket.destroy();
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill();
    await ended;
  }

  private of(name: string): Connection {
    const found = this.connections.get(name);
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
