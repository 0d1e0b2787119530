/**
 * One process in a worker of its own. Its threads, locks and time slices are under a kernel here; what it shares with other
 * processes (files, sockets, signals, semaphores) is asked of the hub.
 */

import type { FileTree } from '../../kernel/files/file-tree.ts';
import type { ProcessFiles } from '../../kernel/files/process-files.ts';
import type { FileCalls } from '../../kernel/files/types.ts';
import { Kernel, type KernelOptions, type SUSPEND } from '../../kernel/kernel.ts';
import { isLater } from '../../kernel/later.ts';
import type { Machine } from '../../kernel/machine.ts';
import { isLive, type Process } from '../../kernel/process.ts';
import type { ProcessCalls } from '../../kernel/processes/process-calls.ts';
import type { Program, SpawnRequest } from '../../kernel/processes/types.ts';
import type { Semaphores } from '../../kernel/semaphores.ts';
import type { Network } from '../../kernel/sockets/network.ts';
import type { SocketCalls } from '../../kernel/sockets/types.ts';
import type { Answer } from '../../kernel/task.ts';
import type { Place, Scheduler, TaskId, Waiting } from '../../kernel/types.ts';
import { PYTHON } from '../origin.ts';
import { Elsewhere, type Pending } from './elsewhere.ts';
import type { Beginning, FromOutpost, Past, Resting, ToOutpost } from './messages.ts';
import { RemoteShares } from './remote-shares.ts';

/** Real seconds that a process may compute before it hears whether somebody has told it something. */
const BREATH = 0.1;

/** What runs the process, and the world around it. */
export interface Surroundings {
  post(message: FromOutpost): void;
  /** Real seconds since the run began. */
  elapsed(): number;
  after(seconds: number, then: () => void): () => void;
  /** Where the running thread is in the learner's code. */
  here(): Place | null;
  /** What a copy of the process is made from, beside what the kernel knows. */
  told(): Pick<Past, 'history' | 'shares'>;
  /** What was written to shared memory goes out; what has come in goes there. */
  publish(): void;
  refresh(): void;
}

/** Programs are loaded elsewhere: here one runs already. */
const PROGRAM: Program = { path: PYTHON, argv: [PYTHON], environment: {} };

export class Outpost extends Kernel {
  readonly elsewhere: Elsewhere;
  readonly shares: RemoteShares;
  override readonly semaphores: Semaphores;
  private readonly beginning: Beginning;
  private readonly around: Surroundings;
  private process: Process | null = null;
  private readonly calls = new Map<number, (answer: unknown) => void>();
  private nextCall = 1;
  /** The call that nobody has said a word about yet: until then no other thread runs, as if it were answered at once. */
  private urgent: number | null = null;
  private heard = 0;
  private breathed = 0;
  private cancelTimer: () => void = () => {};

  constructor(
    machine: Machine,
    scheduler: Scheduler,
    options: KernelOptions,
    files: FileTree,
    beginning: Beginning,
    around: Surroundings,
  ) {
    super(machine, scheduler, options, { program: PROGRAM, stdin: '', files, firstLock: 1, firstPid: beginning.pid });
    this.beginning = beginning;
    this.around = around;
    this.elsewhere = new Elsewhere((question, come) => this.ask(question, come));
    this.shares = new RemoteShares((message) => around.post(message));
    this.semaphores = this.elsewhere.of<Semaphores>('semaphores');
    this.threads.onName = (thread, name) => around.post({ kind: 'named', thread, name });
    // Somebody may always have something to tell.
    this.dispatcher.hearing = () => true;
  }

  /** The process that runs here, with its calls led elsewhere; or as it was when another called `fork`. */
  override boot(): void {
    const { origin, pid } = this.beginning;
    const past = origin.kind === 'copy' ? origin.past : null;
    const process = this.prepare(past?.thread ?? 1);
    process.files = {
      calls: this.elsewhere.of<FileCalls>('files'),
      end() {},
    } as unknown as ProcessFiles;
    process.sockets = this.elsewhere.of<SocketCalls>('sockets');
    const calls = this.elsewhere.of<ProcessCalls>('calls');
    const here: Partial<ProcessCalls> = { pid: () => pid, takeSignal: () => this.takeSignal(process) };
    process.calls = new Proxy(calls, {
      get: (target, name) => here[name as keyof ProcessCalls] ?? target[name as keyof ProcessCalls],
    });
    this.process = process;
    const task = process.main;
    if (!task) return;
    if (past) {
      process.nextNumber = past.nextThread;
      process.interval = past.interval;
      process.locks.restore(past.nextLock, past.locks, (owner) => (owner === past.thread ? task : null));
      for (const { number, made, madeAt } of past.locks) this.dispatcher.recorder.lock(number, made, madeAt, null);
      task.holds = [...process.locks.heldBy(task)];
      task.answer = 0;
    }
    this.dispatcher.begin(task);
  }

  override get network(): Network {
    return this.elsewhere.of<Network>('network');
  }

  // ---- calls that are made elsewhere, each in its own way ------------------------------------------------------

  override system(answered: unknown): Answer | typeof SUSPEND {
    return isLater(answered) ? this.dispatcher.await(answered) : answered;
  }

  override fork(): Answer | typeof SUSPEND {
    return this.elsewhere.question('kernel', 'fork', () => [this.past()]);
  }

  override exec(request: SpawnRequest): Answer | typeof SUSPEND {
    return this.elsewhere.question('kernel', 'exec', () => [request]);
  }

  override handle(): Answer | typeof SUSPEND {
    const now = this.around.elapsed();
    if (now - this.breathed < BREATH) return super.handle();
    this.breathed = now;
    this.hold(true);
    this.around.after(0, () => {
      if (this.urgent === null) this.hold(false);
      this.dispatcher.stir();
    });
    return this.dispatcher.breathe();
  }

  // ---- what the hub says ---------------------------------------------------------------------------------------

  hear(message: Exclude<ToOutpost, { kind: 'begin' }>): void {
    this.heard++;
    if (message.kind === 'signal') {
      if (this.process && isLive(this.process)) this.table.tell(this.process, message.signal);
    } else {
      if (this.urgent === message.call) {
        this.urgent = null;
        this.hold(false);
      }
      if (message.kind === 'answer') {
        this.around.publish();
        this.shares.apply(message.patches);
        this.around.refresh();
        const come = this.calls.get(message.call);
        this.calls.delete(message.call);
        come?.(message.answer);
      }
    }
    this.dispatcher.stir();
  }

  /** The machine has nothing to run before `until`. */
  idle(until: number | null): void {
    this.cancelTimer();
    this.cancelTimer = () => {};
    if (until !== null)
      this.cancelTimer = this.around.after(Math.max(until - this.around.elapsed(), 0), () => this.alarm());
    else if (this.urgent === null && this.process?.busyUntil === 0)
      this.around.post({ kind: 'rests', heard: this.heard, resting: this.resting() });
  }

  /** Nothing of it will happen any more. */
  close(): void {
    this.cancelTimer();
  }

  // --------------------------------------------------------------------------------------------------------------

  private ask(question: Pending, come: (answer: unknown) => void): void {
    const call = this.nextCall++;
    const { target, method, args } = question;
    this.calls.set(call, come);
    this.urgent = call;
    this.hold(true);
    this.around.publish();
    const thread = this.dispatcher.me.number;
    const patches = this.shares.take();
    this.around.post({ kind: 'call', call, thread, target, method, args, patches, at: this.around.here() });
  }

  /** While it is held no thread runs. */
  private hold(held: boolean): void {
    const { process } = this;
    if (!process) return;
    process.busyUntil = held ? Number.POSITIVE_INFINITY : 0;
    this.dispatcher.hold(process, held);
  }

  private takeSignal(process: Process): number {
    this.dispatcher.signalTaken();
    return process.pending.shift() ?? 0;
  }

  private resting(): Resting[] {
    const resting: Resting[] = [];
    for (const { state, waiting, later, number, at } of this.process?.tasks.values() ?? [])
      if (state !== 'done' && waiting && !later?.elsewhere)
        resting.push({ thread: number, at, on: this.restsOn(waiting) });
    return resting;
  }

  private restsOn(waiting: Waiting): Resting['on'] {
    const { tasks } = this.dispatcher;
    const numberOf = (task: TaskId | null) => (task === null ? 0 : (tasks[task - 1]?.number ?? 0));
    if (waiting.on === 'join') return { kind: 'join', thread: numberOf(waiting.task) };
    if (waiting.on !== 'lock') return null;
    return { kind: 'lock', lock: waiting.lock, owner: numberOf(waiting.owner), ...this.makingOf(waiting.lock) };
  }

  /** The only process here is the first: its locks' numbers are their ids. */
  private makingOf(lock: number): { readonly made: string; readonly madeAt: Place | null } {
    const { made = 'library', at = null } = this.dispatcher.recorder.lockInfo(lock) ?? {};
    return { made, madeAt: at };
  }

  private past(): Past {
    const { me } = this.dispatcher;
    const { process } = me;
    return {
      ...this.around.told(),
      thread: me.number,
      nextThread: process.nextNumber,
      locks: process.locks.held.map((lock) => ({ ...lock, ...this.makingOf(lock.number) })),
      nextLock: process.locks.next,
      interval: process.interval,
    };
  }
}
