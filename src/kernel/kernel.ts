/** A small operating system for one run: processes, their threads, files and signals, one way to wait, one clock. */

import { Channels } from './channels.ts';
import { Dispatcher, type KernelOptions, SUSPEND } from './dispatcher.ts';
import { isFailed } from './errno.ts';
import { FiberCalls } from './fibers.ts';
import { FileSystem, NAMES, type Surroundings } from './files/file-system.ts';
import type { FileTree } from './files/file-tree.ts';
import { ProcessFiles } from './files/process-files.ts';
import { Input } from './input.ts';
import { type Answered, isLater } from './later.ts';
import { LockCalls } from './lock-calls.ts';
import type { Machine } from './machine.ts';
import { isLive, type Process } from './process.ts';
import { ProcessTable } from './processes/process-table.ts';
import { codeOf, exited } from './processes/signals.ts';
import { type Program, SIGNALS, type Signal, type SpawnRequest } from './processes/types.ts';
import { Semaphores } from './semaphores.ts';
import { SocketHost } from './sockets/socket-host.ts';
import type { Answer } from './task.ts';
import { Terminal } from './terminal.ts';
import { ThreadCalls } from './thread-calls.ts';
import { CHANCE, EVERYTHING, FILES, fileObject, INPUT, OUTPUT, READ, SIGNALLED, WRITE } from './touch.ts';
import type { Outcome, Pid, Race, Scheduler, TaskId, Trace } from './types.ts';

export { INTERRUPTED, type KernelOptions, SUSPEND } from './dispatcher.ts';

/** Seconds that processes may live on after the program's first one has ended, by each clock. */
const AFTERLIFE = { virtual: 60, real: 5 } as const;
/** A shorter or longer switch interval is none. In microseconds. */
const LONGEST_INTERVAL = 1_000_000_000;

export interface Setup {
  readonly program: Program;
  readonly stdin: string;
  /** What there is when it begins. */
  readonly files: FileTree;
  /** Locks with lower numbers may still be around from earlier runs of the same life. */
  readonly firstLock: number;
  /** The number of the program's first process, and whatever it begins counts on from there; else the usual one. */
  readonly firstPid?: Pid;
}

export class Kernel {
  readonly dispatcher: Dispatcher;
  readonly threads: ThreadCalls;
  readonly fibers: FiberCalls;
  readonly locks: LockCalls;
  readonly table: ProcessTable;
  readonly semaphores = new Semaphores();
  readonly terminal: Terminal;
  readonly files: FileSystem;
  readonly host: SocketHost;
  private readonly machine: Machine;
  private readonly setup: Setup;
  private readonly input: Input;
  private main: Process | null = null;
  /** How the program's first process ended. */
  private ending: Outcome | null = null;
  private written = 0;

  constructor(machine: Machine, scheduler: Scheduler, options: KernelOptions, setup: Setup) {
    this.machine = machine;
    this.setup = setup;
    this.dispatcher = new Dispatcher(machine, scheduler, options);
    this.threads = new ThreadCalls(this.dispatcher, setup.firstPid);
    this.fibers = new FiberCalls(this.dispatcher);
    this.locks = new LockCalls(this.dispatcher);
    this.table = new ProcessTable(this.dispatcher, machine, this.threads);
    this.files = new FileSystem(setup.files, this.surroundings());
    this.host = new SocketHost(this.files);
    this.table.host = () => this.host;
    this.input = new Input(setup.stdin, options.interactive);
    this.terminal = new Terminal(this.input, machine, (fd, text) => this.show(fd, text));
    this.dispatcher.onStuck = (stuck) => this.ending ?? { kind: 'deadlock', stuck };
    this.dispatcher.hearing = () => this.hears;
    this.threads.onLast = (process) => this.table.end(process, exited(0));
    this.table.onEnd = (process) => this.ended(process);
  }

  /** Begins the program and runs its main task. */
  boot(): void {
    const { main } = this.prepare(1);
    if (main) this.dispatcher.begin(main);
  }

  /** The program's first process, which does not run yet; `thread`: the number of its first thread. */
  protected prepare(thread: number): Process {
    const { program, firstLock, files } = this.setup;
    const standard = ([0, 1, 2] as const).map((fd) => this.terminal.open(fd, files.base.born));
    this.main = this.table.boot(program, firstLock, (pid) => ProcessFiles.boot(this.files, pid, standard), thread);
    return this.main;
  }

  // ---- what the machine asks -----------------------------------------------------------------------------------

  /** The running task. */
  get running(): TaskId | null {
    return this.dispatcher.current?.id ?? null;
  }

  get time(): number {
    return this.dispatcher.time;
  }

  get steps(): number {
    return this.dispatcher.steps;
  }

  get outcome(): Outcome | null {
    return this.dispatcher.outcome;
  }

  /** Somebody waits for standard input, and may get some. */
  get hears(): boolean {
    return this.input.open && this.dispatcher.tasks.some((task) => task.waiting?.on === 'stdin');
  }

  /** Null unless the run is observed. */
  get races(): readonly Race[] | null {
    return this.dispatcher.races?.races ?? null;
  }

  answer(task: TaskId): Answer {
    return this.dispatcher.tasks[task - 1]?.answer;
  }

  /** Whose a task is, and what that calls it. */
  whose(task: TaskId): { readonly pid: Pid; readonly number: number } {
    const { process, number } = this.dispatcher.tasks[task - 1] ?? this.dispatcher.me;
    return { pid: process.pid, number };
  }

  trace(): Trace {
    return this.dispatcher.recorder.trace();
  }

  /** The first lock number that the program's first process has not used. */
  get lockNumber(): number {
    return this.main?.locks.next ?? this.setup.firstLock;
  }

  /** The number of the program's first process, once it has begun. */
  get firstPid(): Pid | null {
    return this.main?.pid ?? null;
  }

  /** More than the program's first thread was there, and may still be. */
  get crowded(): boolean {
    return this.table.processes.some((process) => process.index > 0) || (this.main?.live ?? 0) > 1;
  }

  isOver(task: TaskId): boolean {
    return this.dispatcher.tasks[task - 1]?.state === 'done';
  }

  // ---- system calls --------------------------------------------------------------------------------------------

  /** The answer of a call that may have to wait. `offers`: others can see that it was made, and may go first. */
  system(answered: Answered<unknown>, offers = false): Answer | typeof SUSPEND {
    const { dispatcher } = this;
    if (dispatcher.outcome !== null || dispatcher.current === null) return SUSPEND;
    // It may have been the end of the caller: a signal to itself, a broken pipe.
    if (dispatcher.current.state === 'done') return dispatcher.leave('exit');
    if (isLater(answered)) return dispatcher.await(answered);
    if (dispatcher.current.process.state === 'stopped') return dispatcher.park(answered);
    if (!offers || isFailed(answered)) return answered;
    const answer = dispatcher.offer('call', answered);
    if (answer !== SUSPEND) this.goesOn();
    return answer;
  }

  /**
   * The caller is about to send something to another process. A thread of the library's own, which runs no code of the
   * learner's (the feeder of a queue), has pickled it before: it has looked at whatever is in it, and nobody has seen that.
   */
  sends(): void {
    const { number, site, touches } = this.dispatcher.me;
    if (number > 1 && site === 0 && touches.length === 0) this.dispatcher.touch(EVERYTHING, READ);
  }

  /** Carries out what the dispatcher's `tick` asked for. */
  handle(): Answer | typeof SUSPEND {
    return this.dispatcher.handle();
  }

  /**
   * A call of the C library's has been answered. Where a signal can have a handler called, others may go first: it would
   * be called as soon as the call is over, before the caller takes its next step. `goesOn` when it does go on.
   */
  returns(): Answer | typeof SUSPEND {
    return this.mayBeSignalled ? this.dispatcher.offer('call', null) : null;
  }

  /** The caller has heard of what signals there were. */
  goesOn(): void {
    if (this.mayBeSignalled) this.dispatcher.touch(SIGNALLED, READ, this.dispatcher.me.process.pid);
  }

  private get mayBeSignalled(): boolean {
    const { current } = this.dispatcher;
    return current?.process.handles === true && current.process.main === current;
  }

  /** A whole number in [0, bound) for the program. */
  chance(bound: number): number {
    if (this.dispatcher.current) this.dispatcher.touch(CHANCE, WRITE);
    return this.dispatcher.scheduler.nextInt(bound);
  }

  /** Sets the switch interval (0: leaves it) and answers it, in microseconds; the program may say any number. */
  switchInterval(microseconds: number): number {
    const { process } = this.dispatcher.me;
    if (microseconds > 0) process.interval = Math.min(Math.max(Math.trunc(microseconds), 1), LONGEST_INTERVAL);
    return process.interval;
  }

  /** The caller's process goes on twice: answers the child's number, and in the child 0. */
  fork(): Answer | typeof SUSPEND {
    const { process } = this.dispatcher.me;
    const refused = this.table.refuses() ?? this.machine.refuses(process.program.path, process.pid);
    if (refused) return refused;
    const child = this.table.fork(process);
    return this.dispatcher.offer('call', child.pid);
  }

  /** The caller's process runs another program from here on. */
  exec(request: SpawnRequest): Answer | typeof SUSPEND {
    const { process } = this.dispatcher.me;
    const program = process.calls.prepare(request);
    if (isFailed(program)) return program;
    process.files.exec();
    return this.table.exec(process, program);
  }

  /** The caller's process ends. */
  /** The running process has broken its own program; true if that ends it alone, as a signal would: it is not the first. */
  crashed(): boolean {
    const { current } = this.dispatcher;
    if (!current || current.process === this.main || this.dispatcher.outcome !== null) return false;
    this.table.end(current.process, SIGNALS.SIGSEGV);
    if (this.dispatcher.outcome === null) this.dispatcher.leave('exit');
    return true;
  }

  exitProcess(code: number, outcome: Outcome = { kind: 'exit', code: code & 0xff }): typeof SUSPEND {
    const { process } = this.dispatcher.me;
    if (process === this.main) this.ending = outcome;
    this.table.end(process, exited(code));
    return this.dispatcher.outcome !== null ? SUSPEND : this.dispatcher.leave('exit');
  }

  /** A signal for the caller's process, whatever it has said about it: its handler runs. */
  trip(signal: Signal): void {
    this.dispatcher.touch(EVERYTHING, WRITE);
    this.table.tell(this.dispatcher.me.process, signal);
  }

  // ---- the outside world ---------------------------------------------------------------------------------------

  /** Standard input of an interactive run; null ends it. */
  feed(text: string | null): void {
    this.dispatcher.touch(INPUT, WRITE);
    this.terminal.feed(text);
    this.dispatcher.stir();
  }

  /** The reader presses Ctrl-C. */
  interrupt(): void {
    for (const process of this.table.live)
      if (process.group === this.main?.group) this.table.send(process, SIGNALS.SIGINT);
    this.dispatcher.stir();
  }

  /** The real clock reached what `idle` was told. */
  alarm(): void {
    this.dispatcher.stir();
  }

  /** What the files are told of the rest of the machine, and it of them. */
  private surroundings(): Surroundings {
    const { dispatcher } = this;
    const channels = new Channels();
    return {
      chance: (bound) => this.chance(bound),
      terminal: () => this.terminal.open(1, this.setup.files.base.born),
      looked: () => dispatcher.looks(),
      brokenPipe: (pid) => {
        const process = this.table.get(pid);
        if (process) this.table.send(process, SIGNALS.SIGPIPE);
      },
      touch: (object, changes) => {
        dispatcher.touch(object === NAMES ? FILES : fileObject(object), changes ? WRITE : READ);
      },
      moved: (how, channel, bytes) => {
        if (!dispatcher.current) return;
        dispatcher.record(dispatcher.current, { kind: how, channel, ...channels.pass(how, channel, bytes) });
      },
    };
  }

  private show(fd: 1 | 2, text: string): void {
    const { dispatcher } = this;
    this.written += text.length;
    const { output } = dispatcher.options.limits;
    if (this.written > output) {
      dispatcher.finish({ kind: 'limit', limit: 'output', bound: output });
      return;
    }
    dispatcher.touch(OUTPUT, WRITE, fd);
    if (dispatcher.current) dispatcher.record(dispatcher.current, { kind: 'write', fd, text: text.slice(0, 1000) });
    this.machine.output(fd, text);
  }

  private ended(process: Process): void {
    const { dispatcher } = this;
    if (process === this.main) {
      this.ending ??= { kind: 'exit', code: codeOf(process.status) };
      dispatcher.at(
        dispatcher.time + AFTERLIFE[dispatcher.options.clock],
        () => void dispatcher.finish(this.ending as Outcome),
      );
    }
    if (this.ending && !this.table.live.some(isLive)) dispatcher.finish(this.ending);
  }
}
