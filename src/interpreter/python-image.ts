/** One CPython with a memory of its own, and what it runs for one process: the interpreter's half of a process. */
import type { NameTable } from '../commands/types.ts';
import { isFailed } from '../kernel/errno.ts';
import { type Kernel, SUSPEND } from '../kernel/kernel.ts';
import type { Process } from '../kernel/process.ts';
import type { Answer } from '../kernel/task.ts';
import type { Pid, Place } from '../kernel/types.ts';
import { Accesses } from './accesses.ts';
import { type Caller, CCalls } from './c-calls.ts';
import { Carriers } from './carriers.ts';
import { Codes } from './codes.ts';
import { type Assets, type CPython, loadCPython, type World } from './cpython.ts';
import { Dialogue, type Question } from './dialogue.ts';
import { translateErrors } from './errors.ts';
import { ExactReset } from './exact-reset.ts';
import type { Execution, Host, Snapshot } from './execution.ts';
import { Frames } from './frames.ts';
import { History, type Room, type Told } from './history.ts';
import { ARITY, ENGINES_OWN, GIVES_WAY, type Native, type Raw } from './native-types.ts';
import { connect, NATIVES, type NativeName, TICK_SIGNAL } from './natives.ts';
import { type Address, Objects } from './objects.ts';
import { Observer } from './observer.ts';
import { EPOCH } from './origin.ts';
import type { Elsewhere } from './parallel/elsewhere.ts';
import type { Share } from './parallel/messages.ts';
import type { RemoteShare } from './parallel/remote-shares.ts';
import type { Report } from './report.ts';
import { type SharedFile, SharedRegions } from './shared-regions.ts';
import { Shown } from './shown.ts';
import { numberOf } from './syscalls/errno-numbers.ts';
import type { Mapping } from './syscalls/mapping.ts';
import type { Memory } from './syscalls/memory.ts';
import type { SocketNames } from './syscalls/socket-names.ts';
import { Tampering } from './tampering.ts';
import { Types } from './types.ts';

/** What each native does for an image. */
export type HandlersOf = (image: PythonImage) => Record<NativeName, Native>;

/** What a process of a run is made from. */
export type Origin =
  /** What boot.py must do, as JSON. */
  | { readonly kind: 'program'; readonly spec: string }
  /** A process goes on as it was when it called `fork`. */
  | { readonly kind: 'copy'; readonly history: History; readonly shared: SharedRegions };

/** The run that an image takes part in. */
export interface Run {
  readonly kernel: Kernel;
  readonly execution: Execution;
  /** The process that this image is. */
  readonly pid: Pid;
  /** Of AF_UNIX sockets. */
  readonly names: SocketNames;
  /** What `nslookup` knows. */
  readonly nameTable: NameTable;
  /** Where calls that others must answer are made; null: all are answered here. */
  readonly elsewhere: Elsewhere | null;
  /** A part of what is open under this number is shared memory from now on; `bytes`: what it holds. */
  share(fd: number, offset: number, bytes: Uint8Array<ArrayBuffer>): SharedFile | null;
  /** For the histories of all its processes. */
  readonly room: Room;
  /** Real seconds since the run began. */
  elapsed(): number;
  /** Whether the image may have so many bytes. */
  mayTake(bytes: number): boolean;
  /** CPython or the kernel threw: all is lost. */
  broke(image: PythonImage | null, why: unknown): void;
  /** boot.py's last words. */
  reports(report: Report): void;
}

/** CPython calls `tick` after this many checks of its eval breaker (PY_EMSCRIPTEN_SIGNAL_INTERVAL). */
const CHECKS = 50;
/**
 * Bytes of C stack that a thread may use. CPython watches the stack in linear memory, but the JavaScript engine's own
 * stack overflows first; this much of the former keeps clear of the latter (tests: deep repr, json, compile).
 */
export const C_STACK = 256 * 1024;
/** Objects of different processes are this far apart when a search compares what they touch. */
const APART = 2 ** 33;

export class PythonImage {
  readonly py: CPython;
  readonly objects: Objects;
  readonly frames: Frames;
  readonly codes: Codes;
  readonly types: Types;
  readonly accesses: Accesses;
  readonly shown: Shown;
  readonly tampering: Tampering;
  readonly carriers: Carriers;
  readonly snapshot: Snapshot;
  private readonly handlers: readonly Native[];
  private readonly memory: Memory;
  private readonly exact: ExactReset;
  private readonly signalClock: number;
  /** Set while it is a process of a run. */
  run: Run | null = null;
  private origin: Origin | null = null;
  /** Whether its first task has started. */
  private begun = false;
  /** Only in an observed run, and not while a history is lived through again. */
  observer: Observer | null = null;
  private readonly dialogue: Dialogue;
  private readonly cCalls: CCalls;
  /** Memory that other processes share. */
  private shared: SharedRegions;
  /** Another process may have run since this one did. */
  private away = false;
  /** Objects that have locks, and where the learner made them. */
  readonly origins = new Map<Address, Place>();
  /** Bodies of tasks that have not started. */
  readonly bodies = new Map<number, Address>();
  /**
   * How far CPython's countdown to the next tick was when the engine began to look at code that is new to it; null: it
   * does not. That time is not the program's: it must be the same however closely it is watched.
   */
  private aside: number | null = null;
  /** The next code of the learner's that starts is the first of this run, and it wants other addresses. */
  shuffles = false;
  /** Names of the learner's modules. */
  own = new Set<string>();
  /** Depth of natives being served: the kernel may ask where the caller is only while there is one. */
  private inside = 0;
  /** The task that is about to be suspended, if where it is must be noted. */
  private leaving: number | null = null;
  private ticks = 0;
  /** Runs since the last exact reset. */
  runs = 0;
  /** Something must be put back before the next run. */
  dirty = true;
  /** Set once CPython itself has failed; the instance must be replaced. */
  fatal: Error | null = null;

  /** `handlersOf`: what each native does. */
  static async boot(assets: Assets, snapshot: Snapshot, host: Host, handlersOf: HandlersOf): Promise<PythonImage> {
    const holder: { image?: PythonImage } = {};
    const world: World = {
      now: () => holder.image?.wallClock(host) ?? EPOCH,
      monotonic: () => holder.image?.readClock() ?? 0,
      randomByte: () => holder.image?.chance(256) ?? 0,
      tick: () => holder.image?.tick() ?? 0,
      mayGrow: (bytes) => holder.image?.mayGrow(bytes) ?? true,
      call: (handler, args) => (holder.image as PythonImage).cCalls.enter(handler, args),
      leave: () => holder.image?.leave(),
      suspend: () => holder.image?.carriers.suspend() ?? 0,
      resume: (carrier) => holder.image?.cCalls.resume(carrier) ?? 0,
      files: () => (holder.image as PythonImage).process.files.calls,
      sockets: () => (holder.image as PythonImage).process.sockets,
      names: () => ((holder.image as PythonImage).run as Run).names,
      mappings: {
        known: (...part) => (holder.image as PythonImage).shared.share(...part),
        mapped: (mapping) => (holder.image as PythonImage).mapped(mapping),
        unmapped: (address) => (holder.image as PythonImage).unmapped(address),
        synchronised: () => 0,
      },
    };
    const { py, memory } = await loadCPython(assets, world, snapshot.memory);
    const image = new PythonImage(py, memory, snapshot, handlersOf);
    holder.image = image;
    return image;
  }

  private constructor(py: CPython, memory: Memory, snapshot: Snapshot, handlersOf: HandlersOf) {
    this.py = py;
    this.memory = memory;
    this.snapshot = snapshot;
    this.objects = new Objects(py);
    this.frames = new Frames(py);
    this.codes = new Codes(py, this.objects, this.frames);
    this.types = new Types(py, this.objects, (module) => this.own.has(module));
    this.shown = new Shown(this.objects, this.types);
    this.tampering = new Tampering(py, this.objects, snapshot.foundations, snapshot.site);
    const { tampering } = this;
    this.accesses = new Accesses(py, this.objects, this.types, this.frames, (code) => tampering.isLearners(code));
    this.exact = new ExactReset(py, snapshot.memory);
    this.signalClock = py.__Py_emscripten_signal_clock >>> 2;
    this.shared = new SharedRegions(py);
    const trampoline = connect(
      py,
      {
        enter: (native, args, count) => this.enter(native, args, count),
        leave: () => this.leave(),
        suspend: () => this.carriers.suspend(),
        resume: (carrier) => this.resume(carrier),
        may: (forbidden, args, count) => this.may(forbidden, args, count),
        dictChanges: (event, dict, key, value) => tampering.dictChanges(event, dict, key, value),
        typeChanges: (type) => tampering.typeChanges(type),
        functionChanges: (object) => tampering.functionChanges(object),
        codeChanges: (event, code) => tampering.codeChanges(event, code),
      },
      snapshot.guarded,
    );
    translateErrors(py, this.objects, () => snapshot.errors);
    if (trampoline.slot !== snapshot.slot) throw new Error('this snapshot belongs to another build of CPython');
    this.carriers = new Carriers(py, this.frames, trampoline.carry, snapshot.carry, {
      broke: (why) => this.broke(why),
      started: (task) => this.dialogue.started(task),
    });
    this.dialogue = new Dialogue(memory, {
      follow: (turn) => (turn.turn === 'resume' ? this.carriers.resume(turn.task) : this.begins(turn.task)),
      arrive: (address, bytes) => this.py.HEAPU8.set(bytes, address),
      lives: () => {
        this.observe();
        this.pull();
      },
    });
    this.cCalls = new CCalls(this.caller());
    const natives = handlersOf(this);
    this.handlers = NATIVES.map((name) => natives[name]);
  }

  // ---- a process's life ------------------------------------------------------------------------------------------

  /** Bytes. */
  get size(): number {
    return this.py.HEAPU8.length;
  }

  /** Undoes everything that Python ever did: its memory is the snapshot's, byte for byte. */
  async reset(): Promise<void> {
    this.run = null;
    await this.carriers.dissolve();
    this.exact.restore();
    this.codes.forget();
    this.types.forget();
    this.tampering.forget();
    this.runs = 0;
    this.dirty = false;
  }

  /** It is not used any more. A stack that stays suspended would keep all of its memory for ever. */
  async dispose(): Promise<void> {
    this.run = null;
    await this.carriers.dissolve();
  }

  /** Becomes a process. Its main task starts, or goes on, with `start`. */
  begin(run: Run, origin: Origin): void {
    const { execution } = run;
    this.run = run;
    this.origin = origin;
    this.begun = false;
    this.own = new Set(['__main__', '__mp_main__', ...Object.keys(execution.files).map(moduleOf)]);
    this.runs++;
    this.dirty = true;
    this.codes.forgetPlaces();
    this.bodies.clear();
    this.origins.clear();
    this.cCalls.forget();
    this.tampering.begin();
    this.accesses.begin();
    this.shuffles = execution.shuffled;
    this.aside = null;
    this.dialogue.begin(this.runs === 1 ? new History(run.room) : null);
    this.observer = null;
    this.shared = origin.kind === 'copy' ? origin.shared.copyFor(this.py) : new SharedRegions(this.py);
    this.away = false;
    if (origin.kind === 'program') this.observe();
    this.py.HEAP32[this.signalClock] = CHECKS;
    this.py.HEAP32[this.py._Py_EMSCRIPTEN_SIGNAL_HANDLING >>> 2] = 1;
  }

  /** What its program is, for boot.py. */
  get spec(): string {
    return this.origin?.kind === 'program' ? this.origin.spec : '';
  }

  /** Whether it began in a memory that was the snapshot's. */
  get pristine(): boolean {
    return this.dialogue.pristine;
  }

  /** It has done so much that a copy cannot be made. */
  get tooOld(): boolean {
    return this.dialogue.tooOld;
  }

  /** All that a copy of the process as it is now can be made from. */
  get past(): Origin {
    return { kind: 'copy', history: this.dialogue.past.copy(), shared: this.shared };
  }

  /** The same for another worker. */
  get told(): { readonly history: Told; readonly shares: readonly Share[] } {
    const shares = this.shared.regions.map(({ file, ...region }) => ({
      ...region,
      share: (file as RemoteShare).share,
    }));
    return { history: this.dialogue.past.told, shares };
  }

  /** What this process has written to shared memory goes out; what others have written comes in. */
  readonly sharing = { publish: () => this.shared.push(), refresh: () => this.pull() };

  /** Steps that a copy takes to get where it is. */
  get effort(): number {
    return this.dialogue.effort(this.run?.execution.options.model === 'cpython' ? 1 : CHECKS);
  }

  /** The process has ended: what it has written to shared memory is the last of it. */
  end(): void {
    this.shared.push();
    this.shared = new SharedRegions(this.py);
    this.dialogue.end();
    this.origin = null;
  }

  start(task: number): void {
    if (!this.begun) {
      this.begun = true;
      this.bodies.set(1, this.snapshot.main);
      this.py._Py_IncRef(this.snapshot.main);
      if (this.origin?.kind === 'copy') {
        const { history } = this.origin;
        this.origin = null;
        this.dialogue.rehearse(history);
        return;
      }
    }
    this.begins(task);
  }

  private begins(task: number): void {
    const body = this.bodies.get(task) ?? 0;
    this.bodies.delete(task);
    this.carriers.start(task, body);
  }

  resumeTask(task: number): void {
    this.carriers.resume(task);
  }

  locate(task: number): Place | null {
    const current = this.run?.kernel.dispatcher.current;
    const runs = current?.process.pid === this.run?.pid && current?.number === task;
    return runs ? this.here() : this.codes.placeOf(task);
  }

  here(): Place | null {
    // Between two tasks no Python frame is current.
    return this.inside > 0 ? this.codes.here() : null;
  }

  private observe(): void {
    const { run } = this;
    if (run?.execution.options.observe) this.observer = new Observer(run.kernel, this.types, this.shown);
  }

  /** The engine looks at code that is new to it: until `putClockBack` no time passes for the program. */
  putClockAside(): void {
    this.aside = this.py.HEAP32[this.signalClock] as number;
  }

  putClockBack(): void {
    if (this.aside !== null) this.py.HEAP32[this.signalClock] = this.aside;
    this.aside = null;
  }

  /** Whether it only does again what another did. */
  get rehearses(): boolean {
    return this.dialogue.rehearses;
  }

  // ---- the same again --------------------------------------------------------------------------------------------

  /** Asks the kernel, or says again what it said. */
  ask(call: Question): Answer | typeof SUSPEND {
    const { live, run } = this;
    if (!live) return this.repeated();
    if (this.cCalls.serving) return call(live);
    const elsewhere = run?.elsewhere;
    if (!elsewhere) return this.noted(call(live));
    return this.noted(
      elsewhere.native(
        () => call(live),
        (later) => live.dispatcher.await(later),
      ),
    );
  }

  /** The kernel; null while it is not to be asked: then `repeated` has its answer. */
  get live(): Kernel | null {
    return this.rehearses ? null : (this.run?.kernel ?? null);
  }

  /** The kernel has answered this. */
  noted(answer: Answer | typeof SUSPEND): Answer | typeof SUSPEND {
    return this.dialogue.noted(answer);
  }

  /** What the kernel answered when this happened for the first time. */
  repeated(): Answer | typeof SUSPEND {
    return this.dialogue.repeated();
  }

  // ---- what CPython asks -----------------------------------------------------------------------------------------

  private enter(native: number, args: Address, count: number): Address {
    const handler = this.handlers[native];
    const name = NATIVES[native];
    if (!handler || !name || count !== (ARITY[name] ?? 0)) {
      // `step` is called by sys.monitoring with (code, offset); everything else by our own shims or by a prying hand.
      return this.objects.raise('_PyExc_TypeError', `_hb.${name} takes ${ARITY[name ?? 'step'] ?? 0} arguments`);
    }
    if (ENGINES_OWN.has(name) && !this.tampering.trusted()) {
      return this.objects.raise('_PyExc_TypeError', `_hb.${name} may be called by the engine only`);
    }
    const running = this.carriers.running;
    this.inside++;
    try {
      this.tampering.listen();
      const answer = handler(args);
      if (answer === GIVES_WAY) return -1;
      if (answer !== SUSPEND) return this.give(answer as Answer | Raw);
      this.leaving = running;
      return -1;
    } catch (error) {
      // A kernel or scheduler that throws (a replay that diverged) ends the run; its task never goes on.
      this.broke(error);
      return -1;
    } finally {
      this.inside--;
    }
  }

  private leave(): void {
    const task = this.leaving;
    this.leaving = null;
    if (task !== null) this.codes.note(task);
    const { run } = this;
    if (!this.shared.none && !this.rehearses && run?.kernel.dispatcher.current?.process.pid !== run?.pid) {
      this.shared.push();
      this.away = true;
    }
    this.carriers.leave();
  }

  /** The stack of a task is back. */
  private returned(): void {
    if (!this.away) return;
    this.away = false;
    this.pull();
  }

  private pull(): void {
    this.shared.pull((address, bytes) => this.dialogue.came(address, bytes));
  }

  private mapped({ fd, shared, ...mapping }: Mapping): 0 {
    const { address, length, offset } = mapping;
    const file = shared ? this.run?.share(fd, offset, this.py.HEAPU8.slice(address, address + length)) : null;
    if (file) this.shared.add({ ...mapping, file, holders: 1 });
    return 0;
  }

  private unmapped(address: number): 0 {
    if (this.shared.drop(address)) this.memory.free(address);
    return 0;
  }

  /** A task that waited in a native goes on. */
  private resume(carrier: number): Address {
    const task = this.carriers.restore(carrier);
    if (task === null || !this.run) return this.objects.none;
    this.returned();
    if (this.carriers.startsWork || this.carriers.wasGivenWay) return this.objects.none;
    if (this.rehearses) {
      const { answer, hurries } = this.dialogue.resumedAgain();
      if (hurries) this.hurry();
      return this.give(answer);
    }
    const answer = this.answerOf(task);
    this.run.kernel.goesOn();
    const hurries = this.signalled(task);
    if (hurries) this.hurry();
    this.dialogue.resumed(task, answer, hurries);
    return this.give(answer);
  }

  /** Whether a signal has come for this task's handlers. */
  private signalled(task: number): boolean {
    const { run } = this;
    // The process may have ended: its main task comes home for the next run.
    const process = run?.kernel.table.get(run.pid);
    return process !== undefined && process.pending.length > 0 && process.main?.number === task;
  }

  /** The next check of CPython's eval breaker asks the kernel. */
  private hurry(): void {
    this.py.HEAP32[this.signalClock] = 0;
  }

  private answerOf(task: number): Answer {
    const { run } = this;
    return run?.kernel.table.get(run.pid)?.tasks.get(task)?.answer;
  }

  /** What it is to the kernel. */
  private get process(): Process {
    const { run } = this;
    const process = run?.kernel.table.get(run.pid);
    if (!process) throw new Error('a system call without a process');
    return process;
  }

  /** This process as one that makes the C library's system calls. */
  private caller(): Caller {
    const image = this;
    return {
      py: image.py,
      carriers: image.carriers,
      dialogue: image.dialogue,
      get kernel() {
        return image.run?.kernel ?? null;
      },
      get elsewhere() {
        return image.run?.elsewhere ?? null;
      },
      get shared() {
        return image.shared;
      },
      answerOf: (task) => image.answerOf(task),
      pull: () => image.pull(),
      serve: (work) => image.serve(work),
      leaves: (task) => {
        image.leaving = task;
      },
      returned: () => image.returned(),
      hurries: (task) => image.signalled(task),
      hurry: () => image.hurry(),
      broke: (why) => image.broke(why),
    };
  }

  /** The kernel may ask meanwhile where the caller is. */
  private serve<T>(work: () => T): T {
    this.inside++;
    try {
      return work();
    } finally {
      this.inside--;
    }
  }

  /** Guards functions that could switch preemption off: whoever is not the engine must stay away from its numbers. */
  private may(forbidden: number, args: Address, count: number): boolean {
    if (count === 0 || this.tampering.trusted()) return true;
    const object = count < 0 ? args : this.objects.argument(args, 0);
    // Only a true int: anything else could turn into the forbidden number later.
    if (this.objects.isInt(object) && this.objects.number(object) !== forbidden) return true;
    this.objects.raise('_PyExc_ValueError', `${forbidden} is in use by the scheduler`);
    return false;
  }

  /** Whether the main task is at the end of boot.main, called by the engine and by nobody else. */
  get ending(): boolean {
    const { py, snapshot, tampering } = this;
    const [end = 0, main = 0, carry = 0, ...more] = tampering.stack(4);
    const codeOf = (f: Address) => py._PyFunction_GetCode(f) >>> 0;
    const genuine = tampering.isEngines(end) && main === codeOf(snapshot.main) && carry === codeOf(snapshot.carry);
    return genuine && more.length === 0;
  }

  give(answer: Answer | Raw): Address {
    if (answer === undefined || answer === null) return this.objects.none;
    if (typeof answer === 'number') return this.objects.fromNumber(answer);
    if (typeof answer === 'string') return this.objects.fromText(answer);
    if (answer instanceof Uint8Array) return this.objects.fromBytes(answer);
    if (Array.isArray(answer)) return this.objects.fromNumbers(answer);
    if (isFailed(answer)) return this.objects.raiseErrno(numberOf(answer.errno));
    return (answer as Raw).object;
  }

  /** What a step touches, in numbers that no other process has. */
  apart(touches: number[]): number[] {
    const current = this.run?.kernel.dispatcher.current;
    const base = (current?.process.index ?? 0) * APART;
    if (base > 0)
      for (let i = 0; i < touches.length; i += 3) if ((touches[i] ?? 0) > 0) touches[i] = (touches[i] ?? 0) + base;
    return touches;
  }

  private tick(): number {
    const { run } = this;
    if (!run || !this.carriers.suspendable || this.aside !== null) return 0;
    // In the model `cpython` every check may switch; in the others only the end of a time slice matters.
    const { execution, kernel } = run;
    const fine = execution.options.model === 'cpython';
    if (fine) this.py.HEAP32[this.signalClock] = 0;
    try {
      // A program that should have been stopped long ago, and was not, gives no signs of life: then it is destroyed.
      const overdue = kernel.steps > 2 * execution.options.limits.steps + 1e6;
      if ((++this.ticks & 255) === 0 && !overdue) execution.alive();
      return this.dialogue.ticked(() => kernel.dispatcher.tick(fine ? 1 : CHECKS)) ? TICK_SIGNAL : 0;
    } catch (error) {
      this.broke(error);
      return 0;
    }
  }

  private mayGrow(bytes: number): boolean {
    // A copy has been given room for what it does again.
    return this.rehearses || (this.run?.mayTake(bytes) ?? true);
  }

  private wallClock(host: Host): number {
    const { run } = this;
    const real = run?.execution.options.clock === 'real';
    return (real ? host.date() - (run?.elapsed() ?? 0) : EPOCH) + this.readClock();
  }

  private readClock(): number {
    return (this.ask((kernel) => kernel.dispatcher.readClock()) as number | undefined) ?? 0;
  }

  chance(bound: number): number {
    return (this.ask((kernel) => kernel.chance(bound)) as number | undefined) ?? 0;
  }

  private broke(why: unknown): void {
    this.fatal ??= why instanceof Error ? why : new Error(String(why));
    this.run?.broke(this, why);
  }
}

/** The module that a file is when it is imported: its last name. */
function moduleOf(path: string): string {
  return path
    .replace(/(\/__init__)?\.py$/, '')
    .split('/')
    .join('.');
}
