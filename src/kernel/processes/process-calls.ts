/** The calls that a process makes about itself and others: POSIX's, with Linux's errors. */
import type { Dispatcher } from '../dispatcher.ts';
import { type Failed, failed, isFailed } from '../errno.ts';
import { pathOf, resolve } from '../files/paths.ts';
import type { ProcessFiles } from '../files/process-files.ts';
import type { Standing } from '../files/standing.ts';
import type { Answered } from '../later.ts';
import type { Machine } from '../machine.ts';
import { isLive, type Process } from '../process.ts';
import { PROCESSES, READ, WRITE } from '../touch.ts';
import type { Pid } from '../types.ts';
import type { ProcessTable } from './process-table.ts';
import { isAbsolute, LAST_SIGNAL } from './signals.ts';
import {
  type ProcessCalls as Calls,
  type Disposition,
  type Ended,
  type ProcessStatus,
  type Program,
  SIGNALS,
  type Signal,
  type SpawnRequest,
} from './types.ts';

/** As on Linux. */
const LONGEST_FIRST_LINE = 255;

export class ProcessCalls implements Calls {
  private readonly process: Process;
  private readonly table: ProcessTable;
  private readonly dispatcher: Dispatcher;
  private readonly machine: Machine;
  private alarm: { readonly at: number; readonly interval: number; stop(): void } | null = null;

  constructor(process: Process, table: ProcessTable, dispatcher: Dispatcher, machine: Machine) {
    this.process = process;
    this.table = table;
    this.dispatcher = dispatcher;
    this.machine = machine;
  }

  spawn(request: SpawnRequest): Pid | Failed {
    const { process, table } = this;
    const refused = table.refuses();
    if (refused) return refused;
    const program = this.prepare(request);
    if (isFailed(program)) return program;
    let files: ProcessFiles | Failed | null = null;
    const child = table.spawn(process, program, (pid) => {
      files = process.files.spawn(pid, request);
      // A child without its files is one that has ended at once.
      return isFailed(files) ? process.files.fork(pid) : files;
    });
    if (isFailed(files)) {
      table.end(child, 0xff00);
      return files;
    }
    if (request.newSession) child.group = child.session = child.pid;
    else if (request.group >= 0) child.group = request.group || child.pid;
    if (request.restoreSignals)
      for (const signal of [SIGNALS.SIGPIPE, SIGNALS.SIGXFSZ]) child.dispositions.delete(signal);
    return child.pid;
  }

  /** The program that a path stands for: itself, or what its first line names (`#!/bin/sh`). */
  prepare({ path, argv, environment }: Program, depth = 0): Program | Failed {
    const { standing, files } = { standing: this.process.files.place, files: this.process.files.calls };
    const inode = standing.system.tree.lookup(path, standing.folder);
    if (isFailed(inode)) return inode;
    if (inode.kind === 'folder') return failed('EACCES');
    const allowed = files.access(null, path, 1);
    if (isFailed(allowed)) return allowed;
    const real = pathOfProgram(path, standing);
    if (this.machine.runs(real)) {
      const refused = this.machine.refuses(real);
      return refused ?? { path: real, argv, environment };
    }
    if (inode.kind !== 'file' || depth > 4) return failed(depth > 4 ? 'ELOOP' : 'EACCES');
    const first = firstLine(inode.bytes.subarray(0, Math.min(inode.size, LONGEST_FIRST_LINE)));
    if (first === null) return failed('ENOEXEC');
    const [interpreter = '', ...rest] = first.split(/[ \t]+(.*)/).filter((word) => word !== '');
    const words = [interpreter, ...rest, path, ...argv.slice(1)];
    return this.prepare({ path: interpreter, argv: words, environment }, depth + 1);
  }

  pid(): Pid {
    return this.process.pid;
  }

  parentPid(): Pid {
    this.dispatcher.touch(PROCESSES, READ);
    return this.process.parent?.pid ?? 0;
  }

  group(pid: Pid): Pid | Failed {
    return this.find(pid)?.group ?? failed('ESRCH');
  }

  setGroup(pid: Pid, group: Pid): 0 | Failed {
    const process = this.find(pid);
    if (!process || (process !== this.process && process.parent !== this.process)) return failed('ESRCH');
    if (group < 0) return failed('EINVAL');
    const joins = group !== 0 && group !== process.pid;
    if (
      joins &&
      !this.table.on(process.host).some((other) => other.group === group && other.session === process.session)
    )
      return failed('EPERM');
    if (process.session === process.pid) return failed('EPERM');
    process.group = group || process.pid;
    return 0;
  }

  session(pid: Pid): Pid | Failed {
    return this.find(pid)?.session ?? failed('ESRCH');
  }

  newSession(): Pid | Failed {
    const { process } = this;
    if (process.group === process.pid) return failed('EPERM');
    process.group = process.session = process.pid;
    return process.pid;
  }

  wait(who: number, { noHang, leave }: { readonly noHang: boolean; readonly leave: boolean }): Answered<Ended | null> {
    const { process, table, dispatcher } = this;
    dispatcher.touch(PROCESSES, WRITE);
    const mine = () => process.children.filter((child) => isMeant(child, who, process.group));
    const ended = () => mine().find((child) => child.state === 'zombie');
    const take = (): Ended | Failed => {
      const child = ended();
      if (!child) return failed('ECHILD');
      if (!leave) {
        table.reap(child);
        if (dispatcher.current) dispatcher.record(dispatcher.current, { kind: 'reap', process: child.pid });
      }
      return { pid: child.pid, status: child.status };
    };
    if (ended() || mine().length === 0) return take();
    if (noHang) return null;
    return {
      queues: [process.changes],
      waiting: { on: 'child', process: who > 0 ? who : null },
      timeout: null,
      possible: () => ended() !== undefined || mine().length === 0,
      complete: take,
      expired: () => failed('ECHILD'),
    };
  }

  kill(who: number, signal: Signal): 0 | Failed {
    if (!Number.isInteger(signal) || signal < 0 || signal > LAST_SIGNAL) return failed('EINVAL');
    const { process, table, dispatcher } = this;
    dispatcher.touch(PROCESSES, WRITE);
    const meant = table
      .on(process.host)
      .filter(
        (other) =>
          other.state !== 'gone' &&
          (who === -1 ? other !== process && other.index >= 0 : isMeant(other, who, process.group)),
      );
    if (meant.length === 0) return failed('ESRCH');
    // The machine's own processes belong to root.
    if (meant.every((other) => other.index < 0)) return failed('EPERM');
    if (signal === 0) return 0;
    // The caller itself comes last: it may not live to see the others get theirs.
    for (const other of [...meant.filter((one) => one !== process), ...meant.filter((one) => one === process)]) {
      if (dispatcher.current) dispatcher.record(dispatcher.current, { kind: 'signal', signal, process: other.pid });
      table.send(other, signal);
    }
    return 0;
  }

  setDisposition(signal: Signal, disposition: Disposition): 0 | Failed {
    if (!Number.isInteger(signal) || signal < 1 || signal > LAST_SIGNAL) return failed('EINVAL');
    if (isAbsolute(signal)) return failed('EINVAL');
    this.process.dispositions.set(signal, disposition);
    if (disposition === 'handle') this.process.handles = true;
    return 0;
  }

  setAlarm(seconds: number, interval: number): readonly [number, number] {
    const { dispatcher, alarm } = this;
    // A negative number only asks.
    const left = alarm ? ([Math.max(alarm.at - dispatcher.time, 0), alarm.interval] as const) : ([0, 0] as const);
    if (seconds < 0) return left;
    alarm?.stop();
    this.alarm = null;
    if (seconds > 0) this.ring(seconds, Math.max(interval, 0));
    return left;
  }

  processes(): readonly ProcessStatus[] {
    this.dispatcher.touch(PROCESSES, READ);
    return this.table.on(this.process.host).map((process) => ({
      pid: process.pid,
      parent: process.parent?.pid ?? 0,
      group: process.group,
      session: process.session,
      state: stateOf(process),
      command: process.program.argv.join(' '),
      started: process.started,
      used: process.used,
      threads: process.live,
    }));
  }

  clock(): number {
    return this.dispatcher.readClock();
  }

  sleep(seconds: number): Answered<0> {
    if (!(seconds > 0)) return 0;
    return {
      queues: [],
      waiting: { on: 'sleep' },
      timeout: seconds,
      possible: () => false,
      complete: () => 0,
      expired: () => 0,
    };
  }

  environment(): Readonly<Record<string, string>> {
    return this.process.program.environment;
  }

  /** pthread_sigmask: Linux's `how` 0 block, 1 unblock, 2 set; -1 only asks which are pending, -2 which are ignored. Bit n - 1 is n. */
  mask(how: number, low: number, high: number): readonly [number, number] {
    const { process } = this;
    if (how === -1) return toBits(process.deferred);
    if (how === -2)
      return toBits([...process.dispositions].flatMap(([signal, what]) => (what === 'ignore' ? signal : [])));
    const before = toBits(process.blocked);
    const named = fromBits(low, high);
    const kept = [...process.blocked].filter((signal) => how === 0 || (how === 1 && !named.has(signal)));
    process.blocked = new Set(how === 1 ? kept : [...kept, ...named].filter((signal) => !isAbsolute(signal)));
    for (const signal of [...process.deferred]) {
      if (process.blocked.has(signal)) continue;
      process.deferred.delete(signal);
      this.table.send(process, signal);
    }
    return before;
  }

  /** Waits until a signal's handler has been called; or, if bits are set, for one of these signals, which is then taken. */
  pause(timeout: number, low: number, high: number): Answered<Signal> {
    const { process } = this;
    const meant = fromBits(low, high);
    const arrived = () => [...process.deferred].find((signal) => meant.has(signal));
    const take = (): Signal => {
      const signal = arrived() ?? 0;
      process.deferred.delete(signal);
      return signal;
    };
    if (arrived() !== undefined) return take();
    return {
      queues: [process.changes],
      waiting: { on: 'signal' },
      timeout: timeout < 0 ? null : timeout,
      possible: () => arrived() !== undefined,
      complete: take,
      expired: () => 0,
    };
  }

  /** The next signal for the program's handlers, 0: none. */
  takeSignal(): Signal {
    this.dispatcher.signalTaken();
    return this.process.pending.shift() ?? 0;
  }

  private ring(seconds: number, interval: number): void {
    const { dispatcher, process, table } = this;
    const at = dispatcher.time + seconds;
    const timer = dispatcher.at(at, () => {
      this.alarm = null;
      if (!isLive(process)) return;
      if (interval > 0) this.ring(interval, interval);
      table.send(process, SIGNALS.SIGALRM);
    });
    this.alarm = { at, interval, stop: () => timer.stop() };
  }

  private find(pid: Pid): Process | undefined {
    return pid === 0 ? this.process : this.table.find(this.process.host, pid);
  }
}

/** Without the links on the way: what the machine knows a program by. */
function pathOfProgram(path: string, standing: Standing): string {
  const found = resolve(standing, standing.folder, path, 'all');
  if (isFailed(found)) return path;
  const folder = pathOf(found.folder) ?? '';
  return `${folder === '/' ? '' : folder}/${found.name}`;
}

/** What stands behind `#!` in a script's first line; null: it has none. ASCII. */
function firstLine(bytes: Uint8Array): string | null {
  if (bytes[0] !== 0x23 || bytes[1] !== 0x21) return null;
  const end = bytes.indexOf(10);
  return String.fromCharCode(...bytes.subarray(2, end < 0 ? bytes.length : end)).trim();
}

function toBits(signals: Iterable<Signal>): readonly [number, number] {
  let [low, high] = [0, 0];
  for (const signal of signals) {
    if (signal <= 32) low += 2 ** (signal - 1);
    else high += 2 ** (signal - 33);
  }
  return [low, high];
}

function fromBits(low: number, high: number): Set<Signal> {
  const signals = new Set<Signal>();
  for (let bit = 0; bit < 32; bit++) {
    if (Math.floor(low / 2 ** bit) % 2 === 1) signals.add(bit + 1);
    if (Math.floor(high / 2 ** bit) % 2 === 1) signals.add(bit + 33);
  }
  return signals;
}

/** What waitpid and kill mean by a number. */
function isMeant(process: Process, who: number, group: Pid): boolean {
  if (who > 0) return process.pid === who;
  if (who === -1) return true;
  return process.group === (who === 0 ? group : -who);
}

function stateOf(process: Process): ProcessStatus['state'] {
  if (!isLive(process)) return 'Z';
  if (process.state === 'stopped') return 'T';
  for (const { state } of process.tasks.values())
    if (state === 'running' || state === 'ready' || state === 'new') return 'R';
  return 'S';
}
