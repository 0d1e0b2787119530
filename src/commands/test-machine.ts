/**
 * A machine that has these commands only, for their tests: the kernel's files, a process table of its own, and a
 * scheduler that takes whoever can run in turn. Whatever a pipeline, redirection or job does here is really done.
 */
import { type Failed, failed, isFailed } from '../kernel/errno.ts';
import { makeBase } from '../kernel/files/base.ts';
import { FileSystem } from '../kernel/files/file-system.ts';
import { FileTree } from '../kernel/files/file-tree.ts';
import { ProcessFiles } from '../kernel/files/process-files.ts';
import { type FileCalls, O, type OpenFile, POLL, type Stat } from '../kernel/files/types.ts';
import { type Answered, isLater, type Later, WaitQueue } from '../kernel/later.ts';
import { codeOf, effectOf } from '../kernel/processes/signals.ts';
import {
  type Disposition,
  type Ended,
  type ProcessCalls,
  type Program,
  SIGNALS,
  type Signal,
  type SpawnRequest,
} from '../kernel/processes/types.ts';
import type { Pid } from '../kernel/types.ts';
import { COMMANDS } from './index.ts';
import { encode } from './text.ts';
import type { Calling, CommandProcess, NameTable } from './types.ts';

/** 2026-01-01. */
export const EPOCH = 1_767_225_600;
export const HOME = '/home/learner';
const ENVIRONMENT = { PATH: '/usr/bin:/bin', HOME, LC_ALL: 'C' };

const NAMES: NameTable = {
  server: '192.168.19.4',
  records: new Map([
    ['www.python.org', { alias: 'python.map.fastly.net', addresses: [] }],
    ['python.map.fastly.net', { addresses: ['199.27.79.223'] }],
    ['python.org', { addresses: [], mail: [{ preference: 50, host: 'mail.python.org' }] }],
    ['mail.python.org', { addresses: ['82.94.164.166', '2001:888:2000:d::a6'] }],
  ]),
};

interface Process {
  readonly pid: Pid;
  parent: Pid;
  group: Pid;
  session: Pid;
  readonly files: ProcessFiles;
  program: Program;
  body: Calling<number>;
  /** What it waits for, until when; null: it can run. */
  waiting: { readonly call: Later<unknown>; readonly until: number | null } | null;
  /** The wait status once it has ended. */
  status: number | null;
  /** What its last call has answered, if that did not have to wait. */
  answer: unknown;
  readonly dispositions: Map<Signal, Disposition>;
  readonly pending: Signal[];
  readonly started: number;
}

export interface Result {
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  /** As `$?` shows it. */
  readonly status: number;
}

export interface Settings {
  readonly stdin?: string | Uint8Array | null;
  /** Standard input, output and errors are a terminal's. */
  readonly terminal?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether a shell can become another program, and hear of signals. */
  readonly bare?: boolean;
}

/** Stands in the queues: the machine asks again and again, and need not be told. */
const NOBODY = { changed: () => {} };

export class TestMachine {
  readonly tree: FileTree;
  clock = 0;
  private readonly system: FileSystem;
  private readonly processes = new Map<Pid, Process>();
  private next = 42;

  constructor(files: Readonly<Record<string, string>>) {
    const programs = Object.keys(COMMANDS).flatMap((name) => [`/bin/${name}`, `/usr/bin/${name}`]);
    const base = makeBase({
      files: Object.fromEntries(programs.map((path) => [path, new Uint8Array(1)])),
      scratch: [HOME, '/tmp'],
      born: EPOCH,
      encode,
    });
    this.tree = new FileTree(base, files, () => EPOCH + this.clock);
    this.system = new FileSystem(this.tree, {
      chance: () => 0,
      terminal: () => this.stream('', [], true),
      caller: () => null,
      looked: () => {},
      brokenPipe: (pid) => this.send(this.processes.get(pid), SIGNALS.SIGPIPE),
      touch: () => {},
      moved: () => {},
    });
  }

  /** Runs a program to its end. Those that it has left behind are run on until nobody can go on. */
  run(argv: readonly string[], settings: Settings = {}): Result {
    const out: Uint8Array[] = [];
    const err: Uint8Array[] = [];
    const { stdin = null, terminal = false } = settings;
    const input = typeof stdin === 'string' ? encode(stdin) : stdin;
    const standard = [
      input === null ? this.devNull() : this.stream(input, [], terminal),
      this.stream('', out, terminal),
      this.stream('', err, terminal),
    ];
    const pid = this.next++;
    const name = argv[0]?.split('/').at(-1) as string;
    const program = { path: `/bin/${name}`, argv, environment: { ...ENVIRONMENT, ...settings.environment } };
    const first = this.add(pid, ProcessFiles.boot(this.system, pid, standard), program, null, settings);
    for (let steps = 0; this.step(); steps++) if (steps > 2_000_000) throw new Error('this never ends');
    const stuck = [...this.processes.values()].filter(({ status }) => status === null);
    if (stuck.length > 0) {
      throw new Error(`deadlock: ${stuck.map(({ program: { argv: words } }) => words.join(' ')).join(', ')}`);
    }
    this.processes.clear();
    const status = first.status as number;
    return {
      stdout: whole(out),
      stderr: whole(err),
      status: codeOf(status),
    };
  }

  /** Lets everybody who can run do one piece of work; moves the clock if nobody can. */
  private step(): boolean {
    let ran = false;
    for (const process of [...this.processes.values()]) {
      if (process.status !== null || (process.waiting && !process.waiting.call.possible())) continue;
      ran = true;
      if (!process.waiting) this.resume(process, process.answer);
      else {
        const answer = process.waiting.call.complete();
        if (isLater(answer)) this.wait(process, answer);
        else this.resume(process, answer);
      }
    }
    if (ran) return true;
    const sleepers = [...this.processes.values()].filter(
      ({ status, waiting }) => status === null && waiting?.until != null,
    );
    const until = Math.min(...sleepers.map(({ waiting }) => waiting?.until as number));
    if (!Number.isFinite(until)) return false;
    this.clock = Math.max(this.clock, until);
    for (const process of sleepers) {
      if (process.waiting?.until !== until || process.status !== null) continue;
      this.resume(process, process.waiting.call.expired());
    }
    return true;
  }

  private wait(process: Process, call: Later<unknown>): void {
    this.leave(process);
    for (const queue of call.queues) queue.add(NOBODY);
    process.waiting = { call, until: call.timeout === null ? null : this.clock + call.timeout };
  }

  private leave({ waiting }: Process): void {
    for (const queue of waiting?.call.queues ?? []) queue.remove(NOBODY);
  }

  private resume(process: Process, answer: unknown): void {
    this.leave(process);
    process.waiting = null;
    const { body } = process;
    // A signal may have ended it in the middle of its own call: then it is not heard of again.
    if (process.status !== null) return;
    const { done, value } = body.next(answer as never);
    if (process.status !== null) return;
    if (process.body !== body) return;
    if (done) this.end(process, (value & 255) << 8);
    else if (isLater(value)) this.wait(process, value);
    else process.answer = value;
  }

  private add(pid: Pid, files: ProcessFiles, program: Program, parent: Process | null, settings: Settings): Process {
    const process: Process = {
      pid,
      parent: parent?.pid ?? 1,
      group: parent?.group ?? pid,
      session: parent?.session ?? pid,
      files,
      program,
      body: undefined as never,
      waiting: null,
      status: null,
      answer: undefined,
      dispositions: new Map([...(parent?.dispositions ?? [])].filter(([, what]) => what === 'ignore')),
      pending: [],
      started: this.clock,
    };
    this.processes.set(pid, process);
    this.load(process, settings);
    return process;
  }

  private load(process: Process, settings: Settings): void {
    const { program } = process;
    const command = COMMANDS[program.path.split('/').at(-1) as string];
    if (!command) throw new Error(`no such command: ${program.path}`);
    const calls = Object.assign(Object.create(process.files.calls) as FileCalls, this.processCalls(process, settings));
    const given: CommandProcess = { calls, argv: program.argv, names: NAMES, epoch: EPOCH };
    const more = {
      caught: () => process.pending.shift() ?? null,
      execute: (next: Program): Failed | Later<never> => {
        const refused = this.refuses(calls, next.path);
        if (refused) return refused;
        process.program = next;
        process.files.exec();
        this.load(process, settings);
        // Whoever yields this is not run again.
        return { queues: [], waiting: { on: 'sleep' }, timeout: null, possible: () => false } as never;
      },
    };
    process.body = command(settings.bare ? given : { ...given, ...more });
  }

  private refuses(calls: FileCalls, path: string): Failed | null {
    const access = calls.access(null, path, 1);
    if (isFailed(access)) return access;
    return /^\/(usr\/)?bin\//.test(path) ? null : failed('ENOEXEC');
  }

  private processCalls(process: Process, settings: Settings): ProcessCalls {
    const found = (pid: Pid) => (pid === 0 ? process : this.processes.get(pid));
    const children = () => [...this.processes.values()].filter(({ parent }) => parent === process.pid);
    return {
      pid: () => process.pid,
      parentPid: () => process.parent,
      group: (pid) => found(pid)?.group ?? failed('ESRCH'),
      setGroup: (pid, group) => {
        const one = found(pid);
        if (one) one.group = group || one.pid;
        return one ? 0 : failed('ESRCH');
      },
      session: (pid) => found(pid)?.session ?? failed('ESRCH'),
      newSession: () => {
        process.group = process.session = process.pid;
        return process.pid;
      },
      spawn: (request: SpawnRequest) => {
        const refused = this.refuses(process.files.calls, request.path);
        if (refused) return refused;
        if (this.processes.size > 200) return failed('EAGAIN');
        const pid = this.next++;
        const files = process.files.spawn(pid, request);
        if (isFailed(files)) return files;
        this.add(pid, files, request, process, settings);
        return pid;
      },
      wait: (who, { noHang }): Answered<Ended | null> => {
        const mine = () => children().filter(({ pid }) => who === -1 || pid === who);
        const ended = () => mine().find(({ status }) => status !== null);
        const take = (): Ended | Failed => {
          const child = ended();
          if (!child) return failed('ECHILD');
          this.processes.delete(child.pid);
          return { pid: child.pid, status: child.status as number };
        };
        if (ended() || mine().length === 0) return take();
        if (noHang) return null;
        return {
          queues: [],
          waiting: { on: 'child', process: null },
          timeout: null,
          possible: () => ended() !== undefined,
          complete: take,
          expired: () => failed('ECHILD'),
        };
      },
      kill: (who, signal) => {
        const one = found(who);
        if (!one) return failed('ESRCH');
        if (signal !== 0) this.send(one, signal);
        return 0;
      },
      setDisposition: (signal, disposition) => {
        process.dispositions.set(signal, disposition);
        return 0;
      },
      setAlarm: () => [0, 0],
      processes: () =>
        [...this.processes.values()].map((one) => ({
          pid: one.pid,
          parent: one.parent,
          group: one.group,
          session: one.session,
          state: one.status !== null ? 'Z' : one.waiting ? 'S' : 'R',
          command: one.program.argv.join(' '),
          started: one.started,
          used: 0,
          threads: 1,
        })),
      clock: () => this.clock,
      sleep: (seconds): Answered<0> => ({
        queues: [],
        waiting: { on: 'sleep' },
        timeout: seconds,
        possible: () => false,
        complete: () => 0,
        expired: () => 0,
      }),
      environment: () => process.program.environment,
    };
  }

  private send(process: Process | undefined, signal: Signal): void {
    if (!process || process.status !== null) return;
    const disposition = signal === SIGNALS.SIGKILL ? 'default' : (process.dispositions.get(signal) ?? 'default');
    if (disposition === 'ignore') return;
    if (disposition === 'default') {
      if (effectOf(signal) === 'end') this.end(process, signal);
      return;
    }
    process.pending.push(signal);
    const { waiting } = process;
    if (!waiting) return;
    const cut = waiting.call.interrupted?.() ?? failed('EINTR');
    process.waiting = { call: { ...waiting.call, possible: () => true, complete: () => cut }, until: null };
  }

  private end(process: Process, status: number): void {
    if (process.status !== null) return;
    process.status = status;
    process.files.end();
    for (const [pid, one] of this.processes) {
      if (one.parent !== process.pid) continue;
      one.parent = 1;
      if (one.status !== null) this.processes.delete(pid);
    }
    // Init waits for its own at once.
    if (process.parent === 1 && process.pid !== process.session) this.processes.delete(process.pid);
  }

  private devNull(): OpenFile {
    const inode = this.tree.lookup('/dev/null');
    if (isFailed(inode)) throw new Error('no /dev/null');
    const file = this.system.open(inode, O.RDONLY, '/dev/null', 1);
    if (isFailed(file) || isLater(file)) throw new Error('/dev/null does not open');
    return file;
  }

  /** A stream from the outside to the outside. */
  private stream(input: Uint8Array | '', output: Uint8Array[], terminal: boolean): OpenFile {
    let rest = input === '' ? new Uint8Array(0) : input;
    const stat: Stat = {
      kind: terminal ? 'device' : 'fifo',
      inode: 3,
      mode: 0o620,
      links: 1,
      owner: 1000,
      size: 0,
      accessed: EPOCH,
      modified: EPOCH,
      changed: EPOCH,
    };
    return {
      flags: O.RDWR,
      name: 'outside',
      changes: new WaitQueue(),
      terminal,
      stat: () => stat,
      poll: () => POLL.IN | POLL.OUT,
      read: (size) => {
        // A terminal gives a line at a time.
        const line = terminal ? rest.indexOf(10) + 1 || rest.length : rest.length;
        const bytes = rest.slice(0, Math.min(size, line));
        rest = rest.slice(bytes.length);
        return bytes;
      },
      write: (bytes) => {
        output.push(bytes.slice());
        return bytes.length;
      },
      close: () => {},
    };
  }
}

function whole(pieces: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}
