/** One CPython that runs programs under a kernel: the machine's processor. */
import { Kernel, type KernelOptions, type Machine, SUSPEND } from '../kernel/kernel.ts';
import type { Answer } from '../kernel/task.ts';
import type { LockId, Outcome, Place, RunConfig, Scheduler, TaskId } from '../kernel/types.ts';
import { Accesses } from './accesses.ts';
import { Carriers } from './carriers.ts';
import { type Code, Codes, type Making } from './codes.ts';
import { type Assets, type CPython, loadCPython, WallBreach, type World } from './cpython.ts';
import { type Files, protect } from './files.ts';
import { Frames } from './frames.ts';
import { connect, type Guarded, NATIVES, type NativeName, TICK_SIGNAL } from './natives.ts';
import { type Address, Objects } from './objects.ts';
import { Observer } from './observer.ts';
import { EPOCH, inHome } from './origin.ts';
import { Shown } from './shown.ts';
import { shuffleFreeBlocks } from './shuffle.ts';
import { type Foundations, Tampering } from './tampering.ts';
import { Types } from './types.ts';

/** A frozen interpreter: the library imported over our shims. Made by src/build/, valid for one build of CPython. */
export interface Snapshot {
  readonly memory: Uint8Array;
  /** Addresses inside it. */
  readonly disable: Address;
  readonly main: Address;
  readonly carry: Address;
  readonly slot: number;
  readonly guarded: readonly Guarded[];
  readonly foundations: Foundations;
  /** The library's locks whose critical sections commute: see KernelOptions. */
  readonly commuting: readonly LockId[];
}

/** What boot.py must run, as JSON. */
export interface Task {
  readonly kind: 'script' | 'module' | 'call';
  readonly file?: string;
  readonly module?: string;
  readonly function?: string;
  readonly args: readonly unknown[];
}

export interface Execution {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly task: Task;
  readonly scheduler: Scheduler;
  readonly config: RunConfig;
  readonly options: Omit<KernelOptions, 'commuting'>;
  readonly stdin: string;
  /**
   * Keep the interpreter's state if the run ends cleanly: the next run is probably of the same program. Then `life` must
   * be equal too: it names program and model, and a run of another one starts from an exact reset.
   */
  readonly again: boolean;
  readonly life: string;
  /** Objects get other addresses than usual, in another order: only a program that depends on them does anything else. */
  readonly shuffled: boolean;
  output(fd: 1 | 2, text: string): void;
  /** Every task waits: for input (null), or for so many real seconds. */
  waiting(seconds: number | null): void;
  /** Called often while Python runs. */
  alive(): void;
}

export interface Ended {
  readonly outcome: Outcome;
  readonly value?: unknown;
  readonly kernel: Kernel;
  readonly stdout: string;
  readonly stderr: string;
  /** What of the library or the engine the program changed. */
  readonly tampered: string | null;
}

/** The host's clock and timers, handed in: nothing here reaches for a global one. */
export interface Host {
  /** Seconds, monotonic. */
  now(): number;
  /** Seconds since 1970. */
  date(): number;
  after(seconds: number, then: () => void): () => void;
}

/** CPython calls `tick` after this many checks of its eval breaker (PY_EMSCRIPTEN_SIGNAL_INTERVAL). */
const CHECKS = 50;
/**
 * Bytes of C stack that a thread may use. CPython watches the stack in linear memory, but the JavaScript engine's own
 * stack overflows first; this much of the former keeps clear of the latter (tests: deep repr, json, compile).
 */
const C_STACK = 256 * 1024;
/** Runs in one life before an exact reset anyway, so that what one run leaves behind cannot pile up. */
const RUNS_A_LIFE = 400;

export class Interpreter {
  private readonly py: CPython;
  private readonly snapshot: Snapshot;
  private readonly host: Host;
  private readonly objects: Objects;
  private readonly frames: Frames;
  private readonly codes: Codes;
  private readonly types: Types;
  private readonly accesses: Accesses;
  private readonly shown: Shown;
  private readonly commuting: ReadonlySet<LockId>;
  private readonly tampering: Tampering;
  private readonly files: Files;
  private readonly carriers: Carriers;
  private readonly handlers: ((args: Address) => Answer | typeof SUSPEND | Raw)[];
  private readonly signalClock: number;
  /**
   * How far CPython's countdown to the next tick was when the engine began to look at code that is new to it; null: it
   * does not. That time is not the program's: it must be the same however closely it is watched.
   */
  private aside: number | null = null;
  /** The next code of the learner's that starts is the first of this run, and it wants other addresses. */
  private shuffles = false;
  /** Objects that have locks, and where the learner made them. */
  private origins = new Map<Address, Place>();
  private kernel: Kernel | null = null;
  /** Only while an observed run goes on. */
  private observer: Observer | null = null;
  private execution: Execution | null = null;
  private bodies = new Map<TaskId, Address>();
  private stdout: string[] = [];
  private stderr: string[] = [];
  private report: Report | null = null;
  private settle: ((ended: Ended | Error) => void) | null = null;
  private dirty = true;
  /** Input that came before the program had started. */
  private early: (string | null)[] = [];
  private runs = 0;
  private life = '';
  private ticks = 0;
  private firstLock = 1;
  private startedAt = 0;
  /** Names of the learner's modules. */
  private own = new Set<string>();
  private cancelTimer: (() => void) | null = null;
  /** Set once CPython itself has failed; the instance must be replaced. */
  fatal: Error | null = null;

  static async boot(assets: Assets, snapshot: Snapshot, host: Host): Promise<Interpreter> {
    const holder: { interpreter?: Interpreter } = {};
    const world: World = {
      now: () => holder.interpreter?.wallClock() ?? EPOCH,
      monotonic: () => holder.interpreter?.readClock() ?? 0,
      randomByte: () => holder.interpreter?.chance(256) ?? 0,
      tick: () => holder.interpreter?.tick() ?? 0,
      mayGrow: (bytes) => bytes <= (holder.interpreter?.execution?.options.limits.memory ?? Number.POSITIVE_INFINITY),
      stray: (fd, bytes) => holder.interpreter?.stray(fd, bytes),
      changes: () => {
        if (holder.interpreter) holder.interpreter.tampering.left = true;
      },
    };
    const py = await loadCPython(assets, world, snapshot.memory);
    const interpreter = new Interpreter(py, snapshot, host);
    holder.interpreter = interpreter;
    return interpreter;
  }

  private constructor(py: CPython, snapshot: Snapshot, host: Host) {
    this.py = py;
    this.snapshot = snapshot;
    this.host = host;
    this.objects = new Objects(py);
    this.frames = new Frames(py);
    this.codes = new Codes(py, this.objects, this.frames);
    this.types = new Types(py, this.objects, (module) => this.own.has(module));
    this.shown = new Shown(this.objects, this.types);
    this.accesses = new Accesses(py, this.objects, this.types, this.frames, (code) => this.tampering.isLearners(code));
    this.commuting = new Set(snapshot.commuting);
    this.signalClock = py.__Py_emscripten_signal_clock >>> 2;
    this.tampering = new Tampering(py, this.objects, snapshot.foundations);
    const { tampering } = this;
    this.files = protect(py, () => this.chance(256));
    const trampoline = connect(
      py,
      {
        enter: (native, args, count) => this.enter(native, args, count),
        leave: () => {
          const task = this.leaving;
          this.leaving = null;
          if (task !== null) this.codes.note(task);
          this.carriers.leave();
        },
        suspend: () => this.carriers.suspend(),
        resume: (carrier) => {
          const task = this.carriers.restore(carrier);
          return task === null || this.kernel === null ? this.objects.none : this.give(this.kernel.answer(task));
        },
        may: (forbidden, args, count) => this.may(forbidden, args, count),
        dictChanges: (event, dict, key, value) => tampering.dictChanges(event, dict, key, value),
        typeChanges: (type) => tampering.typeChanges(type),
        functionChanges: (object) => tampering.functionChanges(object),
        codeChanges: (event, code) => tampering.codeChanges(event, code),
      },
      snapshot.guarded,
    );
    if (trampoline.slot !== snapshot.slot) throw new Error('this snapshot belongs to another build of CPython');
    this.carriers = new Carriers(py, this.frames, trampoline.carry, snapshot.carry, (why) => this.broke(why));
    const natives = this.natives();
    this.handlers = NATIVES.map((name) => natives[name]);
  }

  /** Runs one program to its end. Resolves however the program ends; rejects only if CPython itself broke. */
  async run(execution: Execution): Promise<Ended> {
    if (this.settle) throw new Error('this interpreter is running already');
    if (this.fatal) throw this.fatal;
    const same = execution.again && execution.life === this.life && this.runs < RUNS_A_LIFE;
    if (this.dirty || !same) await this.reset(execution.files);
    this.life = execution.life;
    this.own = new Set(['__main__', ...Object.keys(execution.files).map(moduleOf)]);
    this.runs++;
    this.dirty = true;
    this.execution = execution;
    this.codes.forgetPlaces();
    this.bodies = new Map();
    this.stdout = [];
    this.stderr = [];
    this.report = null;
    this.tampering.begin();
    this.accesses.begin();
    this.origins = new Map();
    this.shuffles = execution.shuffled;
    this.aside = null;
    this.py.HEAP32[this.signalClock] = CHECKS;
    this.py.HEAP32[this.py._Py_EMSCRIPTEN_SIGNAL_HANDLING >>> 2] = 1;
    const machine = this.machine(execution);
    const ended = await new Promise<Ended | Error>((settle) => {
      this.settle = settle;
      this.startedAt = this.host.now();
      const options = { ...execution.options, commuting: this.commuting };
      this.kernel = new Kernel(machine, execution.scheduler, options, execution.stdin, this.firstLock);
      this.observer = options.observe ? new Observer(this.kernel, this.types, this.shown) : null;
      this.bodies.set(1, this.snapshot.main);
      this.py._Py_IncRef(this.snapshot.main);
      for (const text of this.early.splice(0)) this.kernel.feed(text);
      this.guard(() => this.kernel?.boot());
    });
    this.settle = null;
    this.early = [];
    this.cancelTimer?.();
    if (ended instanceof Error) throw ended;
    // A clean end: let the main task's stack come home, so that the next run of this program finds all in order.
    const clean = ended.outcome.kind === 'exit' || ended.outcome.kind === 'exception';
    if (execution.again && clean && this.report && ended.kernel.alive === 1) {
      this.carriers.resume(1);
      for (let turn = 0; turn < 100 && !this.carriers.allResting; turn++) await null;
      this.dirty = !this.carriers.allResting || this.tampering.left;
    }
    this.firstLock = ended.kernel.lockNumber;
    this.kernel = null;
    this.observer = null;
    return ended;
  }

  /** Sends a line of standard input to the running program; null ends it. */
  feed(text: string | null): void {
    if (this.kernel) this.guard(() => this.kernel?.feed(text));
    else this.early.push(text);
  }

  /** Where the running task is; null if none runs. */
  get place(): Place | null {
    return this.kernel?.running ? this.here() : null;
  }

  /** The threads of the run that goes on, or has just ended. */
  readonly threads = {
    named: (name: string) => this.kernel?.record.taskNamed(name) ?? null,
    nameOf: (task: TaskId) => this.kernel?.record.nameOf(task) ?? `task ${task}`,
    place: (task: TaskId) =>
      this.kernel?.running === task ? this.here() : (this.kernel?.waitsAt(task) ?? this.codes.placeOf(task)),
    ended: (task: TaskId) => this.kernel?.ended(task) ?? true,
  };

  /** The interpreter's memory in bytes. */
  get memory(): number {
    return this.py.HEAPU8.length;
  }

  // ---- the exact reset -------------------------------------------------------------------------------------------

  private async reset(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
    this.kernel = null;
    await this.carriers.dissolve();
    const { memory } = this.snapshot;
    this.py.HEAPU8.set(memory);
    if (this.py.HEAPU8.length > memory.length) this.py.HEAPU8.fill(0, memory.length);
    this.codes.forget();
    this.types.forget();
    this.tampering.forget();
    this.runs = 0;
    this.firstLock = 1;
    this.files.lay(files);
  }

  // ---- the machine the kernel sees -------------------------------------------------------------------------------

  private machine(execution: Execution): Machine {
    return {
      start: (task) => {
        const body = this.bodies.get(task) ?? 0;
        this.bodies.delete(task);
        this.carriers.start(task, body);
      },
      resume: (task) => this.carriers.resume(task),
      locate: (task) => (this.kernel?.running === task ? this.here() : this.codes.placeOf(task)),
      idle: (until) => {
        this.cancelTimer?.();
        if (until === null) execution.waiting(null);
        else {
          const wait = Math.max(until - this.elapsed(), 0);
          execution.waiting(wait);
          this.cancelTimer = this.host.after(wait, () => this.guard(() => this.kernel?.alarm()));
        }
      },
      output: (fd, text) => {
        (fd === 1 ? this.stdout : this.stderr).push(text);
        execution.output(fd, text);
      },
      elapsed: () => this.elapsed(),
      steps: (task) => this.observer?.step(task),
      finished: (outcome) => this.finished(outcome),
    };
  }

  private here(): Place | null {
    // Between two tasks no Python frame is current.
    return this.inside > 0 ? this.codes.here() : null;
  }

  private finished(outcome: Outcome): void {
    const { report } = this;
    this.observer?.settle();
    let final = outcome;
    if (outcome.kind === 'exit' && report?.type) {
      const at = report.at ? { file: inHome(report.at[0]), line: report.at[1] } : null;
      final = { kind: 'exception', type: report.type, message: report.message ?? '', at };
    }
    this.settle?.({
      outcome: final,
      ...(report?.value !== undefined && { value: report.value }),
      kernel: this.kernel as Kernel,
      stdout: this.stdout.join(''),
      stderr: this.stderr.join(''),
      tampered: this.tampering.found,
    });
  }

  /** CPython or the kernel threw: this instance is lost. */
  private broke(why: unknown): void {
    this.fatal ??= why instanceof Error ? why : new Error(String(why));
    const { kernel } = this;
    // Recursion inside C (the repr of a list 100,000 deep) runs out of stack before CPython notices.
    if (why instanceof RangeError && kernel && kernel.outcome === null) {
      kernel.finish({ kind: 'limit', limit: 'recursion', bound: C_STACK });
    } else if (isCrash(why) && kernel && kernel.outcome === null) {
      // The program broke CPython (`faulthandler._sigsegv()`, forged bytecode): that is how it ended, and no fault of ours.
      kernel.finish({
        kind: 'exception',
        type: 'SystemError',
        message: `Python itself crashed: ${this.fatal.message}`,
        at: null,
      });
    } else this.settle?.(this.fatal);
  }

  private guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.broke(error);
    }
  }

  // ---- what CPython asks -----------------------------------------------------------------------------------------

  /** Depth of natives being served: the kernel may ask where the caller is only while there is one. */
  private inside = 0;
  /** The task that is about to be suspended, if where it is must be noted. */
  private leaving: TaskId | null = null;

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
    const running = this.kernel?.running ?? null;
    this.inside++;
    try {
      const answer = handler(args);
      if (answer !== SUSPEND) return this.give(answer);
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
  private ending(): boolean {
    const { py, snapshot, tampering } = this;
    const [end = 0, main = 0, carry = 0, ...more] = tampering.stack(4);
    const codeOf = (f: Address) => py._PyFunction_GetCode(f) >>> 0;
    const genuine = tampering.isEngines(end) && main === codeOf(snapshot.main) && carry === codeOf(snapshot.carry);
    return genuine && more.length === 0 && this.kernel?.running === 1;
  }

  private give(answer: Answer | Raw): Address {
    if (answer === undefined || answer === null) return this.objects.none;
    if (typeof answer === 'number') return this.objects.fromNumber(answer);
    if (typeof answer === 'string') return this.objects.fromText(answer);
    return answer.object;
  }

  private tick(): number {
    const { kernel } = this;
    if (!kernel || !this.carriers.suspendable || this.aside !== null) return 0;
    // In the model `cpython` every check may switch; in the others only the end of a time slice matters.
    const fine = this.execution?.options.model === 'cpython';
    if (fine) this.py.HEAP32[this.signalClock] = 0;
    try {
      // A program that should have been stopped long ago, and was not, gives no signs of life: then it is destroyed.
      const overdue = kernel.steps > 2 * (this.execution?.options.limits.steps ?? 0) + 1e6;
      if ((++this.ticks & 255) === 0 && !overdue) this.execution?.alive();
      return kernel.tick(fine ? 1 : CHECKS) ? TICK_SIGNAL : 0;
    } catch (error) {
      this.broke(error);
      return 0;
    }
  }

  /** Real seconds since the run began. */
  private elapsed(): number {
    return this.host.now() - this.startedAt;
  }

  private wallClock(): number {
    const real = this.execution?.options.clock === 'real';
    return (real ? this.host.date() - this.elapsed() : EPOCH) + this.readClock();
  }

  private readClock(): number {
    return this.kernel?.readClock() ?? 0;
  }

  private chance(bound: number): number {
    return this.kernel?.chance(bound) ?? 0;
  }

  private stray(fd: number, bytes: Uint8Array): void {
    if (fd === 1 || fd === 2) this.kernel?.write(fd, new TextDecoder().decode(bytes));
  }

  /** Where the object that a lock is part of was made: a Condition makes locks as long as it lives. */
  private origin({ part, place }: Making): Place | null {
    if (part === 0 || place === null) return place;
    const known = this.origins.get(part);
    if (known === undefined) this.origins.set(part, place);
    return known ?? place;
  }

  private natives(): Record<NativeName, (args: Address) => Answer | typeof SUSPEND | Raw> {
    const { objects, codes } = this;
    const none: Raw = { object: objects.none };
    const disable: Raw = { object: this.snapshot.disable };
    const at = (args: Address, n: number) => objects.argument(args, n);
    const number = (args: Address, n: number) => {
      const value = objects.number(at(args, n));
      return Number.isNaN(value) ? 0 : value;
    };
    const kernel = () => this.kernel as Kernel;
    const decoder = new TextDecoder();
    return {
      step: (args) => {
        const code = codes.get(at(args, 0));
        if (!code) return disable;
        const unit = number(args, 1) >> 1;
        const found = this.accesses.look(this.frames.innermost, code, unit);
        if (found !== 'yes') return found === 'never' ? disable : none;
        const task = kernel().running;
        if (this.observer && task !== null) this.observer.announce(task, codes.here(), this.accesses, code.spell(unit));
        const written = kernel().nearEnd ? this.shown.print(this.accesses.exact) : 0;
        return kernel().step(this.accesses.touches, siteOf(code, unit), written) === SUSPEND ? SUSPEND : none;
      },
      handle: () => kernel().handle(),
      acquire: (args) => kernel().acquire(number(args, 0), number(args, 1)),
      release: (args) => kernel().release(number(args, 0)),
      new_lock: (args) => {
        const making = codes.making();
        const { made, frame } = making;
        const place = this.origin(making);
        const thing = this.observer?.thingOf(making, at(args, 1), frame === 0 ? null : codes.target(frame)) ?? null;
        return kernel().newLock(number(args, 0) === 1, made, place, thing);
      },
      depth: (args) => kernel().depth(number(args, 0)),
      owner: (args) => kernel().owner(number(args, 0)),
      release_all: (args) => kernel().releaseAll(number(args, 0)),
      set_depth: (args) => {
        kernel().setDepth(number(args, 0), number(args, 1));
        return null;
      },
      reserve: () => kernel().reserve(),
      begin: (args) => {
        const body = at(args, 1);
        this.py._Py_IncRef(body);
        this.bodies.set(number(args, 0), body);
        return kernel().begin(number(args, 0), number(args, 2) === 1);
      },
      take_work: () => {
        if (this.carriers.isNew()) {
          const state = this.py._PyThreadState_Get();
          this.py._PyUnstable_ThreadState_SetStackProtection(state, this.carriers.base - C_STACK, C_STACK);
        }
        return { object: this.carriers.takeWork() };
      },
      end_task: () => {
        this.carriers.rest();
        return this.kernel && this.kernel.outcome === null ? this.kernel.exit() : SUSPEND;
      },
      me: () => kernel().running,
      live: () => kernel().countTasks(),
      join: (args) => kernel().join(number(args, 0), number(args, 1)),
      mark_done: (args) => {
        kernel().markDone(number(args, 0));
        return null;
      },
      set_name: (args) => {
        kernel().name(number(args, 0), objects.text(at(args, 1)));
        return null;
      },
      sleep: (args) => kernel().sleep(number(args, 0)),
      write: (args) => {
        const fd = number(args, 0) === 2 ? 2 : 1;
        return kernel().write(fd, decoder.decode(objects.bytes(at(args, 1))));
      },
      read: () => kernel().read(),
      interrupt: (args) => {
        kernel().interrupt(number(args, 0));
        return null;
      },
      take_signal: () => kernel().takeSignal(),
      chance: () => this.chance(2 ** 31),
      program: () => {
        const { task, options, again } = this.execution as Execution;
        const model = ['cpython', 'every-bytecode', 'blocking-only'].indexOf(options.model);
        return JSON.stringify({ ...task, model, again, observe: options.observe });
      },
      exit_process: (args) => {
        if (!this.ending()) return { object: objects.raise('_PyExc_TypeError', 'the program has not ended') };
        this.report = readReport(objects.text(at(args, 0)));
        return kernel().finish({ kind: 'exit', code: this.report.code });
      },
      kill_process: (args) => kernel().finish({ kind: 'exit', code: number(args, 0) }),
      watch: (args) => {
        const text = (n: number) => objects.text(at(args, n));
        codes.watch(at(args, 0), objects.bytes(at(args, 1)), objects.bytes(at(args, 2)), text(3), text(4), text(5));
        if (this.aside !== null) this.py.HEAP32[this.signalClock] = this.aside;
        this.aside = null;
        return null;
      },
      is_learners: (args) => {
        if (!this.tampering.isLearners(at(args, 0))) return 0;
        this.aside = this.py.HEAP32[this.signalClock] as number;
        if (this.shuffles) shuffleFreeBlocks(this.py);
        this.shuffles = false;
        return 1;
      },
      switch_interval: (args) => kernel().switchInterval(number(args, 0)),
    };
  }
}

/** The module that a file is when it is imported: its last name. */
function moduleOf(path: string): string {
  return path
    .replace(/(\/__init__)?\.py$/, '')
    .split('/')
    .join('.');
}

/** One number for one instruction of the program, the same in every run. */
function siteOf(code: Code, unit: number): number {
  return code.number * 4096 + (unit & 4095) + 1;
}

/** A trap, an abort, an exit from C, or a call of something behind the wall. */
function isCrash(why: unknown): boolean {
  return why instanceof WebAssembly.RuntimeError || why instanceof WallBreach || (why as Error)?.name === 'ExitStatus';
}

/** Natives that only the engine's own Python calls. */
const ENGINES_OWN = new Set<NativeName>(
  'handle reserve begin take_work end_task mark_done take_signal program exit_process watch is_learners'.split(
    ' ',
  ) as NativeName[],
);

/** An object that exists already (immortal, or a reference handed over), not to be made from a JavaScript value. */
interface Raw {
  readonly object: Address;
}

const ARITY: Partial<Record<NativeName, number>> = {
  step: 2,
  acquire: 2,
  release: 1,
  new_lock: 2,
  depth: 1,
  owner: 1,
  release_all: 1,
  set_depth: 2,
  begin: 3,
  join: 2,
  mark_done: 1,
  set_name: 2,
  sleep: 1,
  write: 2,
  interrupt: 1,
  exit_process: 1,
  kill_process: 1,
  watch: 6,
  is_learners: 1,
  switch_interval: 1,
};

interface Report {
  readonly code: number;
  readonly type: string | null;
  readonly message: string | null;
  readonly at: [string, number] | null;
  /** What the called function returned; undefined if it did not. */
  readonly value: unknown;
}

/** boot.py's last words. The learner may have forged them: whatever they are, they are only data. */
function readReport(text: string): Report {
  try {
    const { code, type, message, at, value } = JSON.parse(text);
    return {
      code: Number(code) & 255,
      type: typeof type === 'string' ? type : null,
      message: typeof message === 'string' ? message : null,
      at: Array.isArray(at) && typeof at[0] === 'string' && typeof at[1] === 'number' ? [at[0], at[1]] : null,
      value: typeof value === 'string' ? JSON.parse(value) : undefined,
    };
  } catch {
    return { code: 1, type: null, message: null, at: null, value: undefined };
  }
}
