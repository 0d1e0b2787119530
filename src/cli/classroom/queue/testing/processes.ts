/** Processes of a test, what they say, and how they end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Role } from './stand-in-process.ts';

/** Milliseconds after which something will not happen any more. */
const PATIENCE = 40_000;

export class Spoken {
  readonly child: ChildProcess;
  readonly lines: string[] = [];
  readonly errors: string[] = [];
  private readonly ended: Promise<unknown[]>;
  private listeners: (() => void)[] = [];

  /** `prefix`: a program that becomes this one, as `taskset` does. */
  constructor(words: readonly string[], env: Readonly<Record<string, string>> = {}, prefix: readonly string[] = []) {
    const [program = process.execPath, ...rest] = [...prefix, process.execPath, ...words];
    this.child = spawn(program, rest, { stdio: 'pipe', env: { ...process.env, ...env } });
    // Once all that it said is here.
    this.ended = once(this.child, 'close');
    this.collect(this.child.stdout, this.lines);
    this.collect(this.child.stderr, this.errors);
  }

  /** The line that says it, on stdout or stderr, before or after now. */
  async line(what: string | RegExp): Promise<string> {
    const matches = (line: string) => (typeof what === 'string' ? line === what : what.test(line));
    const patience = AbortSignal.timeout(PATIENCE);
    for (;;) {
      const found = [...this.lines, ...this.errors].find(matches);
      if (found !== undefined) return found;
      if (patience.aborted || this.over)
        throw new Error(
          `${this.over ? 'it ended and' : 'it'} never said ${what}, but:\n${[...this.lines, ...this.errors].join('\n')}`,
        );
      await new Promise<void>((resolve) => {
        this.listeners.push(resolve);
        patience.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  release(): void {
    this.child.stdin?.write('\n');
  }

  /** The exit code, or the signal that ended it. */
  async end(): Promise<unknown> {
    const [code, signal] = await this.ended;
    return code ?? signal;
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }

  private get over(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private collect(stream: NodeJS.ReadableStream | null, lines: string[]): void {
    let rest = '';
    const wake = () => {
      for (const listener of this.listeners.splice(0)) listener();
    };
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
      wake();
    });
    stream?.on('end', () => setImmediate(wake));
    void this.ended.then(() => setImmediate(wake));
  }
}

/** All of a test file's; `endAll` leaves none behind. */
export class Processes {
  private readonly all: Spoken[] = [];

  worker(role: Role, env?: Readonly<Record<string, string>>): Spoken {
    return this.start('worker', role, env);
  }

  producer(role: Role): Spoken {
    return this.start('producer', role);
  }

  async endAll(): Promise<void> {
    await Promise.all(this.all.splice(0).map((one) => one.kill()));
  }

  private start(what: string, role: Role, env?: Readonly<Record<string, string>>): Spoken {
    const file = path.join(import.meta.dirname, 'stand-in-process.ts');
    const one = new Spoken(['--no-warnings', file, what, JSON.stringify(role)], env);
    this.all.push(one);
    return one;
  }
}
