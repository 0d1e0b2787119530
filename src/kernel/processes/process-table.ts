/** The processes of one run: how they begin, get signals, end, leave zombies behind and are waited for. */
import type { Dispatcher, SUSPEND } from '../dispatcher.ts';
import { type Failed, failed, isFailed } from '../errno.ts';
import type { ProcessFiles } from '../files/process-files.ts';
import type { Computer } from '../hosts/computer.ts';
import type { Console } from '../hosts/console.ts';
import type { Machine } from '../machine.ts';
import { isLive, newProcess, type Process } from '../process.ts';
import { ProcessSocketCalls } from '../sockets/socket-calls.ts';
import type { Task } from '../task.ts';
import type { ThreadCalls } from '../thread-calls.ts';
import { EVERYTHING, PROCESSES, WRITE } from '../touch.ts';
import type { Pid } from '../types.ts';
import { ProcessCalls } from './process-calls.ts';
import { effectOf, isAbsolute } from './signals.ts';
import { type Program, SIGNALS, type Signal } from './types.ts';

/** Who adopts orphans, and who began the program. Neither ever runs. */
const INIT: Pid = 1;
const SHELL: Pid = 7;
/** Processes at one time, zombies among them: one more is refused with EAGAIN. */
const MOST_AT_ONCE = 256;
const NO_PROGRAM = { argv: [], environment: {} };

export class ProcessTable {
  private readonly dispatcher: Dispatcher;
  private readonly machine: Machine;
  private readonly threads: ThreadCalls;
  private readonly all = new Map<Pid, Process>();
  private count = 0;
  private nextIndex = 0;
  /** Hears of each process that has ended, when nothing of it runs any more. */
  onEnd: (process: Process) => void = () => {};

  constructor(dispatcher: Dispatcher, machine: Machine, threads: ThreadCalls) {
    this.dispatcher = dispatcher;
    this.machine = machine;
    this.threads = threads;
  }

  /** Puts those on a host that begin and adopt others; `login`: with a shell at which somebody sits. */
  settle(host: Computer, login: boolean): void {
    const init = { path: '/sbin/init', ...NO_PROGRAM, argv: ['init'] };
    host.init = newProcess(INIT, -1, host, null, null, init, 0, 1);
    if (!login) return;
    host.shell = newProcess(SHELL, -1, host, null, host.init, { path: '/bin/sh', ...NO_PROGRAM, argv: ['-sh'] }, 0, 1);
    host.shell.group = host.shell.session = SHELL;
  }

  /** The program's first process; `thread`: the number of its first thread. */
  boot(console: Console, firstLock: number, filesOf: (pid: Pid) => ProcessFiles, thread = 1): Process {
    const { host, program } = console;
    const process = this.add(host.shell ?? host.init, console, program, firstLock, filesOf);
    console.process = process;
    this.machine.load(process.pid, program);
    process.group = process.pid;
    process.dispositions.set(SIGNALS.SIGPIPE, 'ignore').set(SIGNALS.SIGINT, 'handle');
    process.main = this.threads.create(process, thread);
    return process;
  }

  /** A terminal's command, which does not run yet; or why it cannot be run: then its process has ended. */
  open(console: Console, filesOf: (pid: Pid) => ProcessFiles): Process | Failed {
    const { host } = console;
    const process = this.add(host.init, console, console.program, 1, filesOf);
    console.process = process;
    process.group = process.session = process.pid;
    process.main = this.threads.create(process);
    const program = process.calls.prepare(console.program);
    if (isFailed(program)) return program;
    process.program = program;
    this.machine.load(process.pid, program);
    return process;
  }

  get(pid: Pid): Process | undefined {
    return this.all.get(pid);
  }

  /** All but those that never run, in order of their numbers. */
  get processes(): readonly Process[] {
    return [...this.all.values()];
  }

  /** All of a host, those first that never run. */
  on(host: Computer): readonly Process[] {
    const others = this.processes.filter((process) => process.host === host);
    return host.shell ? [host.init, host.shell, ...others] : [host.init, ...others];
  }

  /** The one that a host knows by this number. */
  find(host: Computer, pid: Pid): Process | undefined {
    const process = this.all.get(pid) ?? [host.init, host.shell].find((one) => one?.pid === pid);
    return process?.host === host ? process : undefined;
  }

  /** Processes that have not ended. */
  get live(): readonly Process[] {
    return this.processes.filter(isLive);
  }

  /** Whether there can be one more; null: there can. */
  refuses(): Failed | null {
    const { processes } = this.dispatcher.options.limits;
    if (this.nextIndex >= processes) this.dispatcher.finish({ kind: 'limit', limit: 'processes', bound: processes });
    return this.nextIndex >= processes || this.count >= MOST_AT_ONCE ? failed('EAGAIN') : null;
  }

  /** A child that runs a program of its own. */
  spawn(parent: Process, program: Program, filesOf: (pid: Pid) => ProcessFiles): Process {
    const child = this.add(parent, parent.console, program, 1, filesOf);
    for (const [signal, disposition] of parent.dispositions)
      if (disposition === 'ignore') child.dispositions.set(signal, disposition);
    child.blocked = parent.blocked;
    this.machine.load(child.pid, program);
    this.begin(child, this.threads.create(child));
    return child;
  }

  /** A child that goes on where the calling task is, and to which the call answers 0. */
  fork(parent: Process): Process {
    const { me } = this.dispatcher;
    const child = this.add(parent, parent.console, parent.program, 1, (pid) => parent.files.fork(pid));
    child.blocked = parent.blocked;
    for (const [signal, disposition] of parent.dispositions) child.dispositions.set(signal, disposition);
    child.handles = parent.handles;
    child.interval = parent.interval;
    const task = this.threads.create(child, me.number);
    child.nextNumber = parent.nextNumber;
    const { recorder } = this.dispatcher;
    child.locks.copy(
      parent.locks,
      (owner) => (owner === me ? task : null),
      (from, to) => recorder.copyLock(from, to),
    );
    task.holds = [...child.locks.heldBy(task)];
    task.answer = 0;
    // A copy is made by doing again what the parent did: whoever forks often must not get that for nothing.
    this.dispatcher.steps += this.machine.copy(child.pid, parent.pid);
    this.begin(child, task);
    return child;
  }

  /** The caller's process runs another program from here on; its other threads are gone. */
  exec(process: Process, program: Program): typeof SUSPEND {
    const { dispatcher } = this;
    for (const task of process.tasks.values()) if (task.state !== 'done') this.threads.end(task);
    process.tasks.clear();
    process.nextNumber = 1;
    process.program = program;
    process.locks.clear();
    for (const [signal, disposition] of process.dispositions)
      if (disposition === 'handle') process.dispositions.delete(signal);
    this.machine.unload(process.pid);
    this.machine.load(process.pid, program);
    const task = this.threads.create(process);
    process.main = task;
    const parent = process.parent?.pid ?? INIT;
    dispatcher.recorder.process(process.pid, parent, program.argv.join(' '), this.hostOf(process));
    dispatcher.admit(task);
    return dispatcher.leave('exit');
  }

  /** Ends a process with Linux's wait status, whoever runs. */
  end(process: Process, status: number): void {
    if (!isLive(process)) return;
    const { dispatcher } = this;
    dispatcher.touch(PROCESSES, WRITE);
    // With the program's first process the run is over, as a rule: that is no event.
    const told = process.index > 0;
    if (told) dispatcher.record(process.main as Task, { kind: 'end', status });
    for (const task of process.tasks.values()) if (task.state !== 'done') this.threads.end(task, told);
    process.state = 'zombie';
    process.status = status;
    dispatcher.hold(process, false);
    for (const child of process.children) {
      child.parent = process.host.init;
      if (child.state === 'zombie') this.reap(child);
      else process.host.init.children.push(child);
    }
    process.children.length = 0;
    process.files.end();
    this.machine.unload(process.pid);
    this.onEnd(process);
    const { parent } = process;
    if (!parent || parent.index < 0 || parent.dispositions.get(SIGNALS.SIGCHLD) === 'ignore') this.reap(process);
    else this.send(parent, SIGNALS.SIGCHLD);
    parent?.changes.changed();
  }

  /** A host loses its power: its processes are gone, and nobody is told. */
  vanish(host: Computer): void {
    const { dispatcher, machine, threads } = this;
    const gone = this.processes.filter((process) => process.host === host);
    // Whoever goes first must not wake, or tell, those that follow.
    for (const process of gone)
      for (const task of process.tasks.values()) if (task.state !== 'done') threads.vanish(task);
    for (const process of gone) {
      const lived = isLive(process);
      process.state = 'gone';
      this.all.delete(process.pid);
      this.count--;
      process.children.length = 0;
      process.parent = null;
      if (!lived) continue;
      dispatcher.hold(process, false);
      process.files.end();
      machine.unload(process.pid);
    }
    host.init.children.length = 0;
    if (host.shell) host.shell.children.length = 0;
  }

  /** Nobody need remember it any more. */
  reap(process: Process): void {
    process.state = 'gone';
    this.all.delete(process.pid);
    this.count--;
    const siblings = process.parent?.children ?? [];
    const at = siblings.indexOf(process);
    if (at >= 0) siblings.splice(at, 1);
  }

  /** A signal arrives; it is acted upon at once, or told to the program's main thread as soon as that runs. */
  send(process: Process, signal: Signal): void {
    if (process.index < 0 || !isLive(process)) return;
    const { dispatcher } = this;
    if (signal === SIGNALS.SIGCONT) this.resume(process);
    const disposition = isAbsolute(signal) ? 'default' : (process.dispositions.get(signal) ?? 'default');
    if (disposition === 'ignore') return;
    if (process.blocked.has(signal) && !isAbsolute(signal)) {
      process.deferred.add(signal);
      process.changes.changed();
      return;
    }
    if (disposition === 'handle') {
      this.tell(process, signal);
      return;
    }
    const effect = effectOf(signal);
    if (effect === 'end') this.end(process, signal & 0x7f);
    else if (effect === 'stop') {
      process.state = 'stopped';
      dispatcher.hold(process, true);
      process.parent?.changes.changed();
    }
  }

  /** A signal is for the program's handler: its main thread hears of it as soon as it runs Python, or now if it waits. */
  tell(process: Process, signal: Signal): void {
    const elsewhere = this.machine.tells(process.pid, signal);
    if (!elsewhere && !process.pending.includes(signal)) process.pending.push(signal);
    this.dispatcher.touch(EVERYTHING, WRITE);
    process.changes.changed();
    if (process.main) this.dispatcher.interrupt(process.main);
  }

  private resume(process: Process): void {
    if (process.state !== 'stopped') return;
    process.state = 'running';
    this.dispatcher.hold(process, false);
  }

  private add(
    parent: Process,
    console: Console | null,
    program: Program,
    firstLock: number,
    filesOf: (pid: Pid) => ProcessFiles,
  ): Process {
    const pid = this.threads.nextId();
    const { host } = parent;
    const process = newProcess(pid, this.nextIndex++, host, console, parent, program, this.dispatcher.time, firstLock);
    process.files = filesOf(pid);
    process.sockets = new ProcessSocketCalls(host.sockets, process.files.place);
    process.calls = new ProcessCalls(process, this, this.dispatcher, this.machine);
    this.all.set(process.pid, process);
    this.count++;
    parent.children.push(process);
    this.dispatcher.recorder.process(process.pid, parent.pid, program.argv.join(' '), this.hostOf(process));
    return process;
  }

  /** Said of it in the trace, if there are several. */
  private hostOf({ host }: Process): string | undefined {
    return host.address === 0 ? undefined : host.name;
  }

  private begin(child: Process, task: Task): void {
    const { dispatcher } = this;
    const { me } = dispatcher;
    child.main = task;
    dispatcher.touch(PROCESSES, WRITE);
    dispatcher.record(me, { kind: 'spawn', child: task.id });
    dispatcher.scheduler.spawn?.(me.acts, task.id);
    dispatcher.races?.spawn(me.acts, task.id);
    dispatcher.admit(task);
  }
}
