/** A small operating system for one run: processes, their threads, files and signals, one way to wait, one clock. */

import { Dispatcher, type KernelOptions, SUSPEND } from './dispatcher.ts';
import { isFailed } from './errno.ts';
import { FiberCalls } from './fibers.ts';
import { FileSystem } from './files/file-system.ts';
import { Attachment } from './hosts/attachment.ts';
import { Cluster } from './hosts/cluster.ts';
import { type Computer, newComputer } from './hosts/computer.ts';
import type { Console } from './hosts/console.ts';
import { Consoles } from './hosts/consoles.ts';
import { Ending } from './hosts/ending.ts';
import { Names } from './hosts/names.ts';
import type { Setup, WorldSetup } from './hosts/setup.ts';
import { surroundings } from './hosts/surroundings.ts';
import type { ActRecord, TerminalRecord, Typed, WorldAct } from './hosts/types.ts';
import { addressOf, type Wires } from './hosts/wires.ts';
import { wiringOf } from './hosts/wiring.ts';
import { type Answered, isLater } from './later.ts';
import { LockCalls } from './lock-calls.ts';
import type { Machine } from './machine.ts';
import { isLive, type Process } from './process.ts';
import { ProcessTable } from './processes/process-table.ts';
import { exited } from './processes/signals.ts';
import { SIGNALS, type Signal, type SpawnRequest } from './processes/types.ts';
import { Semaphores } from './semaphores.ts';
import type { Host, Network } from './sockets/network.ts';
import { SocketRoom } from './sockets/room.ts';
import { SocketHost } from './sockets/socket-host.ts';
import type { Answer } from './task.ts';
import { ThreadCalls } from './thread-calls.ts';
import { CHANCE, EVERYTHING, INPUT, READ, SIGNALLED, WRITE } from './touch.ts';
import type { Outcome, Pid, Race, Scheduler, TaskId, Trace } from './types.ts';

export { INTERRUPTED, type KernelOptions, SUSPEND } from './dispatcher.ts';

/** A shorter or longer switch interval is none. In microseconds. */
const LONGEST_INTERVAL = 1_000_000_000;

export class Kernel {
  readonly dispatcher: Dispatcher;
  readonly threads: ThreadCalls;
  readonly fibers: FiberCalls;
  readonly locks: LockCalls;
  readonly table: ProcessTable;
  readonly semaphores = new Semaphores();
  private readonly machine: Machine;
  private readonly setup: Setup;
  private readonly computers: readonly Computer[];
  private readonly consoles: Consoles;
  /** Null: there is one host, and nothing happens to it. */
  private readonly cluster: Cluster | null;
  private readonly ending: Ending;
  private main: Process | null = null;

  constructor(machine: Machine, scheduler: Scheduler, options: KernelOptions, setup: Setup) {
    this.machine = machine;
    this.setup = setup;
    this.dispatcher = new Dispatcher(machine, scheduler, options);
    this.threads = new ThreadCalls(this.dispatcher, setup.firstPid);
    this.fibers = new FiberCalls(this.dispatcher);
    this.locks = new LockCalls(this.dispatcher);
    this.table = new ProcessTable(this.dispatcher, machine, this.threads);
    const { world, program } = setup;
    this.computers = world
      ? world.spec.hosts.map(({ name, address }, at) => newComputer(at, name, addressOf(address)))
      : [newComputer(0, 'learner', 0)];
    const chance = (bound: number) => this.chance(bound);
    const wires = world ? wiringOf(world.spec, this.dispatcher, chance, () => this.cluster?.reconsider()) : null;
    const names = new Names(world?.spec.hosts ?? []);
    const room = new SocketRoom();
    const around = surroundings(this.dispatcher, this.table, chance, () => this.consoles.all[0] as Console);
    for (const computer of this.computers) {
      computer.files = new FileSystem(world?.files[computer.index] ?? setup.files, around(computer));
      const attach = wires && ((_: Host) => new Attachment(computer, wires, names));
      computer.sockets = new SocketHost(computer.files, attach ?? undefined, room);
      wires?.connect(computer);
      this.table.settle(computer, program !== null && computer.index === 0);
    }
    this.consoles = new Consoles(machine, this.dispatcher, this.computers, setup);
    this.cluster = world && wires ? this.clusterOf(world, wires) : null;
    this.ending = new Ending(this.dispatcher, this.table, this.consoles.all, this.cluster, setup);
    this.dispatcher.onStuck = (stuck) => this.ending.stuck(stuck);
    this.dispatcher.hearing = () => this.hears;
    this.threads.onLast = (process) => this.table.end(process, exited(0));
    this.table.onEnd = (process) => this.ending.ended(process);
  }

  /** Begins the program and runs its main task. */
  boot(): void {
    const { cluster, dispatcher } = this;
    const main = this.setup.program && this.prepare(1).main;
    if (!cluster) {
      if (main) dispatcher.begin(main);
      return;
    }
    this.ending.waiting = main !== null;
    cluster.prepare();
    if (!cluster.begin()) this.beginMain();
    this.ending.conclude();
    dispatcher.beginAny();
  }

  /** True if the program begins now. */
  private beginMain(): boolean {
    const { main, ending } = this;
    const { waiting } = ending;
    ending.waiting = false;
    if (!waiting || !main?.main || !isLive(main)) return false;
    this.dispatcher.scheduler.spawn?.(0, main.main.id);
    this.dispatcher.admit(main.main);
    return true;
  }

  /** The program's first process, which does not run yet; `thread`: the number of its first thread. */
  protected prepare(thread: number): Process {
    const { consoles, setup } = this;
    const [console] = consoles.all;
    if (!console) throw new Error('there is no program');
    this.main = this.table.boot(console, setup.firstLock, (pid) => consoles.filesOf(console, pid), thread);
    console.begun = true;
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
    if (this.setup.world?.acts) return false;
    return this.dispatcher.tasks.some(
      ({ waiting, process }) => waiting?.on === 'stdin' && process.console?.terminal.hears,
    );
  }

  /** What a process of the caller's host sees of the network. */
  get network(): Network {
    return this.dispatcher.me.process.host.sockets.network;
  }

  /** What the caller's host calls itself. */
  get hostName(): string {
    return this.dispatcher.me.process.host.name;
  }

  /** What became of the terminals of a world; null: there is none. */
  get terminals(): readonly TerminalRecord[] | null {
    return this.cluster && this.consoles.records;
  }

  /** What the reader did to the world, to be done again. */
  get acts(): readonly ActRecord[] {
    return this.cluster?.acts ?? [];
  }

  /** The reader does something to the world, or types at one of its terminals; between two steps. */
  act(act: WorldAct | Typed): void {
    if (this.cluster?.does(act)) this.dispatcher.stir();
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
    return this.mayBeSignalled ? this.dispatcher.offer('call', null) : this.dispatcher.offerFaults();
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

  /** The running process has broken its own program; true if that ends it alone, as a signal would: it is not the first. */
  crashed(): boolean {
    const { current } = this.dispatcher;
    if (!current || current.process === this.main || this.dispatcher.outcome !== null) return false;
    this.table.end(current.process, SIGNALS.SIGSEGV);
    if (this.dispatcher.outcome === null) this.dispatcher.leave('exit');
    return true;
  }

  /** The caller's process ends. */
  exitProcess(code: number, outcome: Outcome = { kind: 'exit', code: code & 0xff }): typeof SUSPEND {
    const { process } = this.dispatcher.me;
    if (process === this.main) this.ending.mainEnds(outcome);
    this.table.end(process, exited(code));
    return this.dispatcher.outcome !== null ? SUSPEND : this.dispatcher.leave('exit');
  }

  /** A signal for the caller's process, whatever it has said about it: its handler runs. */
  trip(signal: Signal): void {
    this.dispatcher.touch(EVERYTHING, WRITE);
    this.table.tell(this.dispatcher.me.process, signal);
  }

  // ---- the outside world ---------------------------------------------------------------------------------------

  /** Standard input of an interactive run; null ends it, and in a world the reader leaves: nobody will type or act again. */
  feed(text: string | null): void {
    this.dispatcher.touch(INPUT, WRITE);
    const left = text === null && this.cluster !== null;
    for (const { terminal } of left ? this.consoles.all : this.consoles.all.slice(0, 1)) terminal.feed(text);
    if (text === null) this.ending.leave();
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

  // ---- the machine ---------------------------------------------------------------------------------------------

  private clusterOf({ spec, acts }: WorldSetup, wires: Wires): Cluster {
    const { computers, consoles, dispatcher, machine, table, semaphores } = this;
    const cluster = new Cluster(
      {
        world: spec,
        computers,
        consoles,
        wires,
        dispatcher,
        machine,
        table,
        semaphores,
        vanished: (console) => this.ending.vanished(console),
        conclude: () => this.ending.conclude(),
        // Of a run that only the reader kept from being over it is told why nobody could go on.
        end: () => void dispatcher.finish(dispatcher.deadEnd ?? this.ending.result),
      },
      acts ?? [],
    );
    if (cluster.repeats) dispatcher.onTurn = () => cluster.repeat(false);
    dispatcher.onQuiet = () => cluster.repeat(true) || this.beginMain();
    dispatcher.isHelped = () => this.ending.isHelped;
    return cluster;
  }
}
