/** Debian's redis-server on loopback, with a password and a folder that outlives it: killed and started again by tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const PROGRAM = '/usr/bin/redis-server';
export const MISSING = 'redis-server is not installed (apt-get install redis-server): the queue is not tested';

export class RealRedis {
  readonly folder: string;
  readonly port: number;
  readonly password = randomBytes(12).toString('hex');
  private readonly more: readonly string[];
  private child: ChildProcess | null = null;

  static get installed(): boolean {
    return existsSync(PROGRAM);
  }

  /** `more`: further options, as on the command line. */
  static async start(...more: string[]): Promise<RealRedis> {
    const server = new RealRedis(await freePort(), more);
    await server.start();
    return server;
  }

  private constructor(port: number, more: readonly string[]) {
    this.port = port;
    this.more = more;
    this.folder = mkdtempSync(path.join(os.tmpdir(), 'hb-queue-'));
  }

  get url(): string {
    return `redis://:${this.password}@127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const words = {
      port: this.port,
      bind: '127.0.0.1',
      requirepass: this.password,
      appendonly: 'yes',
      save: '',
      dir: this.folder,
    };
    const given = Object.entries(words).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn(PROGRAM, [...given, ...this.more], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes('Ready to accept connections')) resolve();
      });
      child.once('exit', () => reject(new Error(`redis-server ended: ${said}`)));
    });
  }

  /** kill -9. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** As after a disk failure. */
  forget(): void {
    rmSync(path.join(this.folder, 'appendonlydir'), { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
