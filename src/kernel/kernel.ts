/** A small operating system for one run: processes, their threads, files and signals, one way to wait, one clock. */

import { Channels } from './channels.ts';
import { Dispatcher, type KernelOptions, SUSPEND } from './dispatcher.ts';
import { isFailed } from './errno.ts';
import { FiberCalls } from './fibers.ts';
import { FileSystem, NAMES, type Surroundings } from './files/file-system.ts';
import type { FileTree } from './files/file-tree.ts';
import { ProcessFiles } from './files/process-files.ts';
import { Attachment } from './hosts/attachment.ts';
import { Cluster } from './hosts/cluster.ts';
import { type Computer, newComputer } from './hosts/computer.ts';
import { type Console, isOver, runs } from './hosts/console.ts';
import { Names } from './hosts/names.ts';
import type { ActRecord, TerminalRecord, TerminalSpec, Typed, World, WorldAct } from './hosts/types.ts';
import { addressOf, Wires } from './hosts/wires.ts';
import { Input } from './input.ts';
import { type Answered, isLater } from './later.ts';
import { LockCalls } from './lock-calls.ts';
import type { Machine } from './machine.ts';
import { isLive, type Process } from './process.ts';
import { ProcessTable } from './processes/process-table.ts';
import { codeOf, exited } from './processes/signals.ts';
import { type Program, SIGNALS, type Signal, type SpawnRequest } from './processes/types.ts';
import { Semaphores } from './semaphores.ts';
import type { Host, Network } from './sockets/network.ts';
import { SocketRoom } from './sockets/room.ts';
import { SocketHost } from './sockets/socket-host.ts';
import type { Answer, Task } from './task.ts';
import { Terminal } from './terminal.ts';
import { ThreadCalls } from './thread-calls.ts';
import {
  CHANCE,
  EVERYTHING,
  FILES,
  fileObject,
  hostObject,
  INPUT,
  NETWORK,
  OUTPUT,
  READ,
  SIGNALLED,
  WRITE,
} from './touch.ts';
import type { Outcome, Pid, Race, Scheduler, StuckTask, TaskId, Trace } from './types.ts';

export { INTERRUPTED, type KernelOptions, SUSPEND } from './dispatcher.ts';

/** Seconds that processes may live on after the program's first one has ended, by each clock. */
const AFTERLIFE = { virtual: 60, real: 5 } as const;
/** A shorter or longer switch interval is none. In microseconds. */
const LONGEST_INTERVAL = 1_000_000_000;
/** The field of the network that is no host's. */
const ALL_HOSTS = 1_000;
/** The terminal of the program's entry, in records of a world. */
const MAIN = 'main';
/** Its exit code when its host has lost its power. */
const VANISHED = 137;

export interface Setup {
  /** Null: only what is on the terminals of a world. */
  readonly program: Program | null;
  readonly stdin: string;
  /** What there is when it begins: on the first host, or the only one. */
  readonly files: FileTree;
  /** Several hosts; else one. Nobody checks here what hosts/check.ts does. */
  readonly world?: WorldSetup;
  /** Locks with lower numbers may still be around from earlier runs of the same life. */
  readonly firstLock: number;
  /** The number of the program's first process, and whatever it begins counts on from there; else the usual one. */
  readonly firstPid?: Pid;
}

export interface WorldSetup {
  readonly spec: World;
  /** Of each host. */
  readonly files: readonly FileTree[];
  /** Of the terminals' commands. */
  readonly environment: Readonly<Record<string, string>>;
  /** What a reader did to the run that is repeated, and that nobody else does anything to; null: it is none. */
  readonly acts: readonly ActRecord[] | null;
}

export class Kernel {
  readonly dispatcher: Dispatcher;
  readonly threads: ThreadCalls;
  readonly fibers: FiberCalls;
  readonly locks: LockCalls;
  readonly table: ProcessTable;
  readonly semaphores = new Semaphores();
  private readonly machine: Machine;
  private readonly setup: Setup;
  private readonly channels = new Channels();
  private readonly computers: readonly Computer[];
  /** The program's own first, then those of the world. */
  private readonly consoles: readonly Console[];
  /** Null: there is one host, and nothing happens to it. */
  private readonly cluster: Cluster | null;
  private main: Process | null = null;
  /** What the reader did before it began; null: it has begun. */
  private early: (WorldAct | Typed)[] | null = [];
  /** The program waits until all that began before it waits. */
  private waiting = false;
  /** How the program's first process ended. */
  private ending: Outcome | null = null;
  private written = 0;
  /** The run ends in a while, whoever still runs. */
  private leaving = false;
  /** The reader of an interactive run has gone. */
  private isLeft = false;

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
    const wires = world ? this.wires(world.spec) : null;
    const names = new Names(world?.spec.hosts ?? []);
    const room = new SocketRoom();
    for (const computer of this.computers) {
      computer.files = new FileSystem(world?.files[computer.index] ?? setup.files, this.surroundings(computer));
      const attach = wires && ((_: Host) => new Attachment(computer, wires, names));
      computer.sockets = new SocketHost(computer.files, attach ?? undefined, room);
      wires?.connect(computer);
      this.table.settle(computer, program !== null && computer.index === 0);
    }
    const [first] = this.computers;
    const own = program && first ? [this.console(program, first, 0, setup.stdin)] : [];
    const others = world?.spec.terminals.map((spec, at) => this.consoleOf(spec, world, own.length + at)) ?? [];
    this.consoles = [...own, ...others];
    this.cluster = world && wires ? this.clusterOf(world, wires) : null;
    this.dispatcher.onStuck = (stuck) => this.stuck(stuck);
    this.dispatcher.hearing = () => this.hears;
    this.threads.onLast = (process) => this.table.end(process, exited(0));
    this.table.onEnd = (process) => this.ended(process);
  }

  /** Begins the program and runs its main task. */
  boot(): void {
    const { cluster, dispatcher } = this;
    const main = this.setup.program && this.prepare(1).main;
    if (!cluster) {
      if (main) dispatcher.begin(main);
      return;
    }
    cluster.prepare();
    this.waiting = main !== null;
    for (const act of this.early?.splice(0) ?? []) cluster.act(act);
    this.early = null;
    while (cluster.repeat(false));
    if (!cluster.begin()) this.beginMain();
    this.conclude();
    dispatcher.beginAny();
  }

  /** True if the program begins now. */
  private beginMain(): boolean {
    const { main, waiting } = this;
    this.waiting = false;
    if (!waiting || !main?.main || !isLive(main)) return false;
    this.dispatcher.scheduler.spawn?.(0, main.main.id);
    this.dispatcher.admit(main.main);
    return true;
  }

  /** The program's first process, which does not run yet; `thread`: the number of its first thread. */
  protected prepare(thread: number): Process {
    const [console] = this.consoles;
    if (!console) throw new Error('there is no program');
    this.main = this.table.boot(console, this.setup.firstLock, (pid) => this.filesOf(console, pid), thread);
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
    if (!this.cluster) return null;
    return this.consoles.map((console) => ({
      name: console.name ?? MAIN,
      host: console.host.name,
      output: console.shown.join(''),
      code: console.begun && !runs(console) ? console.code : null,
    }));
  }

  /** What the reader did to the world, to be done again. */
  get acts(): readonly ActRecord[] {
    return this.cluster?.acts ?? [];
  }

  /** The reader does something to the world, or types at one of its terminals; between two steps. */
  act(act: WorldAct | Typed): void {
    if (this.early) {
      this.early.push(act);
      return;
    }
    this.cluster?.act(act);
    this.dispatcher.stir();
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

  /** Standard input of an interactive run; null ends it, and in a world the reader leaves: nobody will type or act again. */
  feed(text: string | null): void {
    this.dispatcher.touch(INPUT, WRITE);
    this.isLeft ||= text === null;
    const left = text === null && this.cluster !== null;
    for (const { terminal } of left ? this.consoles : this.consoles.slice(0, 1)) terminal.feed(text);
    // Before it has begun nothing is over.
    if (left && this.dispatcher.tasks.length > 0) this.conclude();
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

  // ---- the machine and its terminals ---------------------------------------------------------------------------

  private console(program: Program, host: Computer, index: number, stdin: string, spec?: TerminalSpec): Console {
    // What was typed at a run that is repeated comes as an act; where nobody typed, somebody waited.
    const input = new Input(stdin, this.dispatcher.options.interactive);
    const console: Console = {
      name: spec?.name ?? null,
      index,
      host,
      program,
      service: spec?.service ?? false,
      reboots: spec?.reboots ?? false,
      terminal: new Terminal(input, this.machine, (fd, text) => this.show(console, fd, text)),
      process: null,
      begun: false,
      stopped: false,
      awaited: 0,
      code: null,
      shown: [],
    };
    return console;
  }

  private consoleOf(spec: TerminalSpec, { environment }: WorldSetup, index: number): Console {
    const host = this.computers.find(({ name }) => name === spec.host) as Computer;
    const [name = ''] = spec.command;
    const folder = ['/usr/bin', '/bin'].find((path) => !isFailed(host.files.tree.lookup(`${path}/${name}`)));
    const path = name.includes('/') ? name : `${folder ?? '/usr/bin'}/${name}`;
    return this.console({ path, argv: spec.command, environment }, host, index, spec.stdin ?? '', spec);
  }

  /** Files of a process at a terminal. */
  private filesOf({ host, terminal }: Console, pid: Pid): ProcessFiles {
    const standard = ([0, 1, 2] as const).map((fd) => terminal.open(fd, host.files.tree.base.born));
    return ProcessFiles.boot(host.files, pid, standard);
  }

  private wires({ links, faults }: World): Wires {
    const { dispatcher } = this;
    /** Something may happen to a host's next datagram: then it matters which one that is. */
    const picks = faults?.of.some(({ kind }) => kind === 'lose' || kind === 'duplicate');
    return new Wires(links, {
      get now() {
        return dispatcher.time;
      },
      at: (time, ring) => dispatcher.at(time, ring),
      chance: (bound) => this.chance(bound),
      passes: (from, to) => {
        if (!dispatcher.faults) return;
        dispatcher.touch(hostObject(from.index), READ);
        dispatcher.touch(hostObject(to.index), READ);
        dispatcher.touch(NETWORK, READ, ALL_HOSTS);
      },
      throws: (from) => {
        if (!dispatcher.faults || !picks) return;
        dispatcher.touch(NETWORK, WRITE, from.index + 1);
        this.cluster?.reconsider();
      },
    });
  }

  private clusterOf({ spec, acts }: WorldSetup, wires: Wires): Cluster {
    const { computers, consoles, dispatcher, machine, table, semaphores } = this;
    const parts = { world: spec, computers, consoles, wires, dispatcher, machine, table, semaphores };
    const cluster = new Cluster(
      {
        ...parts,
        filesOf: (console, pid) => this.filesOf(console, pid),
        show: (console, fd, text) => this.show(console, fd, text),
        vanished: (console) => this.isEnded(console, null),
        conclude: () => this.conclude(),
        // Of a run that only the reader kept from being over it is told why nobody could go on.
        end: () => void dispatcher.finish(dispatcher.deadEnd ?? this.result),
      },
      acts ?? [],
    );
    if (cluster.repeats) dispatcher.onTurn = () => cluster.repeat(false);
    dispatcher.onQuiet = () => cluster.repeat(true) || this.beginMain();
    dispatcher.isHelped = () => this.isHelped;
    return cluster;
  }

  /** What the files of a host are told of the rest of the machine, and it of them. */
  private surroundings({ index, address }: Computer): Surroundings {
    const { dispatcher, channels } = this;
    return {
      chance: (bound) => this.chance(bound),
      terminal: (pid) => {
        const { terminal } = this.table.get(pid)?.console ?? (this.consoles[0] as Console);
        return terminal.open(1, this.setup.files.base.born);
      },
      caller: () => dispatcher.current,
      looked: () => dispatcher.looks(),
      brokenPipe: (pid) => {
        const process = this.table.get(pid);
        if (process) this.table.send(process, SIGNALS.SIGPIPE);
      },
      touch: (object, changes) => {
        const how = changes ? WRITE : READ;
        if (object === NAMES) dispatcher.touch(FILES, how, address === 0 ? 0 : index + 1);
        else dispatcher.touch(fileObject(object, object > 0 ? index : 0), how);
      },
      moved: (how, channel, bytes, by) => {
        const task = (by as Task | null | undefined) ?? dispatcher.current;
        if (task) dispatcher.record(task, { kind: how, channel, ...channels.pass(how, channel, bytes) });
      },
    };
  }

  private show(console: Console, fd: 1 | 2, text: string): void {
    const { dispatcher } = this;
    this.written += text.length;
    const { output } = dispatcher.options.limits;
    if (this.written > output) {
      dispatcher.finish({ kind: 'limit', limit: 'output', bound: output });
      return;
    }
    // Of a world's terminals it is told in which order both came.
    dispatcher.touch(OUTPUT, WRITE, this.cluster ? console.index + 3 : fd);
    if (this.cluster) console.shown.push(text);
    if (dispatcher.current) dispatcher.record(dispatcher.current, { kind: 'write', fd, text: text.slice(0, 1000) });
    this.machine.output(fd, text, console.name);
  }

  // ---- how it ends ---------------------------------------------------------------------------------------------

  private ended(process: Process): void {
    const { console } = process;
    if (console?.process === process) this.isEnded(console, codeOf(process.status));
    else this.conclude();
  }

  /** A terminal's command has ended; `code` null: it has vanished with its host. */
  private isEnded(console: Console, code: number | null): void {
    if (console.name === null) this.ending ??= { kind: 'exit', code: code ?? VANISHED };
    if (this.cluster) this.cluster.ended(console, code);
    this.conclude();
  }

  /** The run is over when no terminal has anything to do, and what they have begun has ended, or some time has passed. */
  private conclude(): void {
    const { dispatcher } = this;
    if (dispatcher.outcome !== null || this.waiting || !this.consoles.every(isOver) || this.isAwaited) return;
    if (!this.table.live.some(({ console }) => !console?.service)) {
      dispatcher.finish(this.result);
      return;
    }
    if (this.leaving) return;
    this.leaving = true;
    dispatcher.at(dispatcher.time + AFTERLIFE[dispatcher.options.clock], () => {
      this.leaving = false;
      if (this.consoles.every(isOver)) dispatcher.finish(this.result);
    });
  }

  /** The reader may still begin what has never run, or what they have stopped. */
  private get isAwaited(): boolean {
    const { setup, cluster, consoles } = this;
    if (!this.isHelped && cluster?.repeats !== true) return false;
    return consoles.some(
      ({ begun, stopped, service, reboots, host }) =>
        (setup.program === null && (!begun || stopped)) || (begun && reboots && !service && !host.isUp),
    );
  }

  /** Somebody sits before the machines of a world, and may do something to them. */
  private get isHelped(): boolean {
    const { setup, dispatcher } = this;
    return dispatcher.options.interactive && setup.world?.acts === null && !this.isLeft;
  }

  /** How the run ends if nothing else is to be said. */
  private get result(): Outcome {
    const codes = this.consoles.map((console) => (console.service ? 0 : (console.code ?? 0)));
    return this.ending ?? { kind: 'exit', code: codes.find((code) => code !== 0) ?? 0 };
  }

  /** Nobody will ever run again. That is how servers wait; and what the program has left behind is nobody's concern. */
  private stuck(stuck: readonly StuckTask[]): Outcome {
    const waits = ({ task }: StuckTask) => {
      const console = this.dispatcher.tasks[task - 1]?.process.console;
      return console && !console.service && runs(console);
    };
    const blamed = stuck.filter(waits);
    if (blamed.length > 0) return { kind: 'deadlock', stuck: blamed };
    return this.ending || this.cluster ? this.result : { kind: 'deadlock', stuck };
  }
}
