/** A process that runs in a worker of its own, as the hub sees it: it carries out the calls that come from there. */
import { failed, isFailed } from '../../kernel/errno.ts';
import type { FileCalls, OpenFile } from '../../kernel/files/types.ts';
import { type Kernel, SUSPEND } from '../../kernel/kernel.ts';
import type { Answered } from '../../kernel/later.ts';
import { APART, isLive, type Process } from '../../kernel/process.ts';
import type { ProcessCalls } from '../../kernel/processes/process-calls.ts';
import { SIGNALS, type SpawnRequest } from '../../kernel/processes/types.ts';
import type { Semaphores } from '../../kernel/semaphores.ts';
import type { Network } from '../../kernel/sockets/network.ts';
import type { SocketCalls } from '../../kernel/sockets/types.ts';
import type { Task } from '../../kernel/task.ts';
import type { Outcome, Pid, Place, Waiting } from '../../kernel/types.ts';
import type { Beginning, FromOutpost, Past, Patches, Resting, Target, ToOutpost } from './messages.ts';
import { differences } from './remote-shares.ts';

/** What an outpost may ask for: all else is refused. */
const CALLS: Readonly<Record<Target, ReadonlySet<string>>> = {
  files: named<FileCalls>({
    open: 1,
    close: 1,
    read: 1,
    write: 1,
    seek: 1,
    stat: 1,
    statOpen: 1,
    list: 1,
    truncate: 1,
    truncateOpen: 1,
    makeFolder: 1,
    makeFifo: 1,
    remove: 1,
    rename: 1,
    link: 1,
    symlink: 1,
    readLink: 1,
    access: 1,
    setMode: 1,
    setModeOpen: 1,
    setTimes: 1,
    changeFolder: 1,
    changeFolderOpen: 1,
    currentFolder: 1,
    setMask: 1,
    duplicate: 1,
    duplicateTo: 1,
    pipe: 1,
    flags: 1,
    setFlags: 1,
    closeOnExec: 1,
    setCloseOnExec: 1,
    pipeSize: 1,
    available: 1,
    isTerminal: 1,
    lock: 1,
    poll: 1,
    epoll: 1,
    epollControl: 1,
    epollWait: 1,
  }),
  sockets: named<SocketCalls>({
    socket: 1,
    socketPair: 1,
    bind: 1,
    listen: 1,
    accept: 1,
    connect: 1,
    send: 1,
    receive: 1,
    shutdown: 1,
    name: 1,
    peer: 1,
    option: 1,
    setOption: 1,
  }),
  calls: named<Omit<ProcessCalls, 'takeSignal' | 'prepare' | 'pid' | 'sleep' | 'clock' | 'environment'>>({
    parentPid: 1,
    group: 1,
    setGroup: 1,
    session: 1,
    newSession: 1,
    spawn: 1,
    wait: 1,
    kill: 1,
    setDisposition: 1,
    setAlarm: 1,
    processes: 1,
    mask: 1,
    pause: 1,
  }),
  semaphores: named<Omit<Semaphores, 'forget'>>({ make: 1, find: 1, unlink: 1, acquire: 1, release: 1, value: 1 }),
  network: named<Pick<Network, 'resolve' | 'nameOf'>>({ resolve: 1, nameOf: 1 }),
  kernel: named<Pick<Kernel, 'fork' | 'exec'>>({ fork: 1, exec: 1 }),
};

/** How a process can end of its own accord. */
const ENDS: ReadonlySet<Outcome['kind']> = new Set(['exit', 'exception', 'limit', 'livelock']);

/** The way to an outpost, and the run that it takes part in. */
export interface Link {
  readonly kernel: Kernel;
  readonly pid: Pid;
  send(message: ToOutpost): void;
  /** The process has ended by itself. */
  ended(message: FromOutpost & { readonly kind: 'ended' }): void;
}

/** A part of a file that is in the process's memory, and what that holds as far as is known. */
interface Shared {
  readonly file: OpenFile;
  readonly offset: number;
  readonly twin: Uint8Array<ArrayBuffer>;
}

export class RemoteImage {
  private readonly link: Link;
  private readonly beginning: Beginning;
  private readonly shares: Map<number, Shared>;
  /** Messages to it since it began. */
  private told = 0;
  /** What each thread has asked last. */
  private readonly asked = new Map<number, number>();
  private readonly places = new Map<number, Place | null>();
  /** Set while it calls `fork`. */
  past: Past | null = null;

  constructor(link: Link, beginning: Beginning, parent: RemoteImage | null) {
    this.link = link;
    this.beginning = beginning;
    this.shares = parent ? parent.copies() : new Map();
  }

  start(_thread: number): void {
    this.link.send({ kind: 'begin', beginning: this.beginning, patches: this.changed() });
    this.link.kernel.dispatcher.depart();
  }

  /** A call that had to wait is answered. */
  resumeTask(thread: number): void {
    const { dispatcher } = this.link.kernel;
    this.reply(thread, dispatcher.me.answer);
    dispatcher.depart();
  }

  locate(thread: number): Place | null {
    return this.places.get(thread) ?? null;
  }

  /** A signal for the program's handlers. */
  signal(signal: number): void {
    this.tell({ kind: 'signal', signal });
  }

  hear(message: FromOutpost): void {
    const { process } = this;
    if (!process || !isLive(process)) return;
    try {
      if (message.kind === 'call') this.call(process, message);
      else if (message.kind === 'share') this.share(process, message);
      else if (message.kind === 'named') this.named(process, message);
      else if (message.kind === 'rests') this.rests(process, message.heard, message.resting);
      else if (message.kind === 'ended' && ENDS.has(message.outcome.kind)) this.over(process, message);
    } catch (error) {
      // A scheduler or the machine may throw, to end the run; all else is the doing of whoever sends such messages.
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
      this.crash(process);
    }
  }

  // --------------------------------------------------------------------------------------------------------------

  /** What it says makes no sense: as if it had written where it may not. */
  private crash(process: Process): void {
    const { table, dispatcher } = this.link.kernel;
    if (dispatcher.outcome !== null || !isLive(process)) return;
    if (!dispatcher.current && !(process.main && dispatcher.arrive(process.main))) return;
    table.end(process, SIGNALS.SIGSEGV);
    if (dispatcher.outcome === null) dispatcher.leave('exit');
  }

  private get process(): Process | undefined {
    return this.link.kernel.table.get(this.link.pid);
  }

  private call(process: Process, message: FromOutpost & { readonly kind: 'call' }): void {
    const { kernel } = this.link;
    const { dispatcher } = kernel;
    const { thread, call, target, method, args, patches, at } = message;
    const task = this.taskOf(process, thread);
    this.places.set(thread, at);
    if (!task || !dispatcher.arrive(task)) return;
    this.asked.set(thread, call);
    this.take(patches);
    const answer = this.answer(process, target, method, args);
    if (answer === SUSPEND) {
      if (task.state === 'blocked' || task.state === 'ready') this.tell({ kind: 'waits', call });
      return;
    }
    this.reply(thread, answer);
    dispatcher.depart();
  }

  private answer(process: Process, target: Target, method: string, args: readonly unknown[]): unknown {
    if (!Object.hasOwn(CALLS, target) || !CALLS[target].has(method)) return failed('ENOSYS');
    const { kernel } = this.link;
    if (target === 'kernel') {
      if (method === 'exec') return kernel.exec(args[0] as SpawnRequest);
      this.past = args[0] as Past;
      return kernel.fork();
    }
    const targets = {
      files: process.files.calls,
      sockets: process.sockets,
      calls: process.calls,
      semaphores: kernel.semaphores,
      network: process.host.sockets.network,
    };
    const owner = targets[target] as unknown as Record<string, (...args: readonly unknown[]) => Answered<unknown>>;
    return kernel.system(owner[method]?.(...args));
  }

  /** The task that stands for a thread here: made when that is heard of for the first time. */
  private taskOf(process: Process, thread: number): Task | null {
    const known = process.tasks.get(thread);
    if (known) return known;
    const { threads, dispatcher } = this.link.kernel;
    if (!Number.isSafeInteger(thread) || thread < 1 || !threads.room) return null;
    const task = threads.create(process, thread);
    dispatcher.begun(task);
    return task;
  }

  private named(process: Process, { thread, name }: FromOutpost & { readonly kind: 'named' }): void {
    const task = this.taskOf(process, thread);
    if (task) this.link.kernel.dispatcher.recorder.name(task.id, name.slice(0, 200));
  }

  private reply(thread: number, answer: unknown): void {
    const call = this.asked.get(thread) ?? 0;
    this.tell({ kind: 'answer', call, answer, patches: this.changed() });
  }

  private tell(message: ToOutpost): void {
    this.told++;
    for (const task of this.process?.tasks.values() ?? []) this.link.kernel.dispatcher.stirs(task);
    this.link.send(message);
  }

  /** Nobody in there can run: threads that it does not name wait for an answer, or have ended. */
  private rests(process: Process, heard: number, resting: readonly Resting[]): void {
    if (heard !== this.told) return;
    const { threads, dispatcher } = this.link.kernel;
    const waiting = new Map(resting.map((thread) => [thread.thread, thread]));
    for (const thread of waiting.keys()) this.taskOf(process, thread);
    for (const task of [...process.tasks.values()]) {
      const rest = waiting.get(task.number);
      if (rest) dispatcher.rests(task, this.waitingOf(process, rest), rest.at);
      else if (task.state === 'running' && task !== process.main) threads.end(task);
    }
    dispatcher.stir();
  }

  /** In the hub's numbers. */
  private waitingOf(process: Process, { on }: Resting): Waiting {
    const taskOf = (thread: number) => process.tasks.get(thread)?.id ?? null;
    if (on?.kind === 'join') return { on: 'join', task: taskOf(on.thread) ?? 0, until: null };
    if (on?.kind !== 'lock') return { on: 'sleep', until: null };
    const lock = process.index * APART + on.lock;
    this.link.kernel.dispatcher.recorder.lock(lock, String(on.made), on.madeAt, null);
    return { on: 'lock', lock, owner: taskOf(on.owner), until: null };
  }

  private over(process: Process, message: FromOutpost & { readonly kind: 'ended' }): void {
    const { kernel } = this.link;
    const { outcome } = message;
    this.link.ended(message);
    if (outcome.kind !== 'exit') kernel.dispatcher.finish(outcome);
    else if (process.main && kernel.dispatcher.arrive(process.main))
      kernel.exitProcess(outcome.code, outcome as Outcome);
  }

  // ---- shared memory -------------------------------------------------------------------------------------------

  private share(process: Process, { share, fd, offset, length }: FromOutpost & { readonly kind: 'share' }): void {
    const file = process.files.descriptors.get(fd);
    const bytes = file && !isFailed(file) ? file.read(length, offset) : failed('EBADF');
    if (!file || isFailed(bytes)) return;
    const twin = new Uint8Array(length);
    twin.set(bytes);
    this.shares.set(share, { file, offset, twin });
  }

  /** For a copy of the process: it knows nothing of what they hold. */
  private copies(): Map<number, Shared> {
    const copies = [...this.shares].map(
      ([share, { file, offset, twin }]) => [share, { file, offset, twin: new Uint8Array(twin.length) }] as const,
    );
    return new Map(copies);
  }

  private take(patches: Patches): void {
    for (const [share, offset, bytes] of patches) {
      const known = this.shares.get(share);
      if (!known || offset + bytes.length > known.twin.length) continue;
      known.twin.set(bytes, offset);
      known.file.write(bytes, known.offset + offset);
    }
  }

  /** What others have written since it was told last. */
  private changed(): Patches {
    const patches: (readonly [number, number, Uint8Array])[] = [];
    for (const [share, { file, offset, twin }] of this.shares) {
      const bytes = file.read(twin.length, offset);
      if (isFailed(bytes)) continue;
      for (const [from, to] of differences(twin, bytes)) patches.push([share, from, bytes.slice(from, to)]);
      twin.set(bytes.subarray(0, twin.length));
    }
    return patches;
  }
}

function named<T>(methods: Record<keyof T & string, 1>): ReadonlySet<string> {
  return new Set(Object.keys(methods));
}
