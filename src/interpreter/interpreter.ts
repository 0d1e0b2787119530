/** Runs programs under a kernel: one CPython for each of their processes that runs Python. The machine's processors. */

import type { NameTable } from '../commands/types.ts';
import { type Failed, failed } from '../kernel/errno.ts';
import type { Base } from '../kernel/files/base.ts';
import type { FileTree } from '../kernel/files/file-tree.ts';
import { BadWorld } from '../kernel/hosts/check.ts';
import type { Setup } from '../kernel/hosts/setup.ts';
import type { Typed, WorldAct } from '../kernel/hosts/types.ts';
import { Kernel } from '../kernel/kernel.ts';
import type { Machine } from '../kernel/machine.ts';
import type { Program } from '../kernel/processes/types.ts';
import type { LockId, Outcome, Pid, Place, SwitchModel, TaskId } from '../kernel/types.ts';
import { CommandImage, commandOf } from './command-image.ts';
import { type Assets, WallBreach } from './cpython.ts';
import type { Ended, Execution, Host, Snapshot, Workers } from './execution.ts';
import { newRoom } from './history.ts';
import { machineBase, textsOf, treeOf } from './machine-files.ts';
import { NAMES, namesOf } from './names.ts';
import { handlersOf } from './native-calls.ts';
import { ENVIRONMENT, EPOCH, inHome, PYTHON } from './origin.ts';
import type { Beginning, FromOutpost, Past, ToOutpost } from './parallel/messages.ts';
import type { Outpost } from './parallel/outpost.ts';
import { type Link, RemoteImage } from './parallel/remote-image.ts';
import { serve, type Voice } from './parallel/serve.ts';
import { C_STACK, type Origin, PythonImage, type Run } from './python-image.ts';
import type { Report } from './report.ts';
import { SocketNames } from './syscalls/socket-names.ts';

/** Runs in one life before an exact reset anyway, so that what one run leaves behind cannot pile up. */
const RUNS_A_LIFE = 400;
/** Pythons at one time: each takes some forty megabytes. */
const MOST_PYTHONS = 32;
/** The same where each has a worker of its own, which takes three times as much. */
const MOST_WORKERS = 16;
/** Pythons that are kept for the next program. */
const SPARE_PYTHONS = 4;
/** Seconds that the reader of a world is not heard while its programs run. */
const DEAF = 0.1;
/** The names of the switch models, by the number that boot.py knows them by. */
const MODELS: readonly SwitchModel[] = ['cpython', 'every-bytecode', 'blocking-only'];

/** What a process runs, once it is there. */
type Image = PythonImage | CommandImage | RemoteImage;

interface Loaded {
  image: Image | null;
  readonly ready: Promise<Image>;
  /** Bytes that it will have as soon as it is what it is made from. */
  readonly size: number;
}

export class Interpreter {
  private readonly assets: Assets;
  private readonly snapshot: Snapshot;
  private readonly host: Host;
  private readonly base: Base;
  private readonly commuting: ReadonlySet<LockId>;
  /** What the program itself runs in. */
  private first: PythonImage;
  /** Pythons that are nobody's. */
  private spares: PythonImage[] = [];
  private images = new Map<Pid, Loaded>();
  private kernel: Kernel | null = null;
  private execution: Execution | null = null;
  private stdout: string[] = [];
  private stderr: string[] = [];
  private report: Report | null = null;
  private names = new SocketNames();
  private room = newRoom();
  private settle: ((ended: Ended | Error) => void) | null = null;
  /** Where each task was when the last run ended. */
  private places = new Map<TaskId, Place | null>();
  /** What the reader did before the program had started. */
  private early: ((kernel: Kernel) => void)[] = [];
  /** The program's own; null: there is none. */
  private program: Program | null = null;
  /** `first` is some process's. */
  private isFirstTaken = false;
  /** The images of a world's hosts, made for the last one that was run. */
  private worldBases: { readonly key: string; readonly bases: readonly Base[] } | null = null;
  private life = '';
  private firstLock = 1;
  private startedAt = 0;
  /** When the reader of a world was last heard, by the host's clock. */
  private heardAt = 0;
  private pythons = 0;
  private tampered: string | null = null;
  private cancelTimer: (() => void) | null = null;
  /** The process of another worker's run that runs here. */
  private outpost: Outpost | null = null;
  private readonly encoder = new TextEncoder();
  private readonly decoder = new TextDecoder();

  static async boot(assets: Assets, snapshot: Snapshot, host: Host): Promise<Interpreter> {
    return new Interpreter(assets, snapshot, host, await PythonImage.boot(assets, snapshot, host, handlersOf));
  }

  private constructor(assets: Assets, snapshot: Snapshot, host: Host, first: PythonImage) {
    this.assets = assets;
    this.snapshot = snapshot;
    this.host = host;
    this.first = first;
    this.base = machineBase(assets, snapshot.site);
    this.commuting = new Set(snapshot.commuting);
  }

  /** Runs one program to its end. Resolves however the program ends; rejects only if CPython itself broke. */
  async run(execution: Execution): Promise<Ended> {
    if (this.settle) throw new Error('this interpreter is running already');
    const same = execution.again && execution.life === this.life && this.first.runs < RUNS_A_LIFE;
    if (this.first.fatal || (!same && this.grownBy(this.first) > 0)) {
      void this.first.dispose();
      this.first = await PythonImage.boot(this.assets, this.snapshot, this.host, handlersOf);
    }
    const { first } = this;
    if (!execution.workers && (first.dirty || !same)) {
      await first.reset();
      this.firstLock = 1;
    }
    this.life = execution.life;
    this.execution = execution;
    this.stdout = [];
    this.stderr = [];
    this.report = null;
    this.tampered = null;
    this.names = new SocketNames();
    this.room = newRoom();
    this.pythons = execution.workers ? 0 : 1;
    const { world } = execution;
    if (world && execution.workers)
      throw new BadWorld('several hosts cannot run on processors of their own: choose another schedule');
    const trees = this.treesOf(execution);
    const running = new Promise<Ended | Error>((settle) => {
      this.settle = settle;
      this.startedAt = this.heardAt = this.host.now();
      const program = execution.task.kind === 'terminals' ? null : programOf(execution);
      this.program = program;
      this.isFirstTaken = false;
      const setup: Setup = {
        program,
        stdin: execution.stdin,
        firstLock: this.firstLock,
        files: trees[0] as FileTree,
        ...(world && { world: { spec: world, files: trees, environment: ENVIRONMENT, acts: execution.acts } }),
      };
      const options = { ...execution.options, commuting: this.commuting };
      this.kernel = new Kernel(this.machine(execution), execution.scheduler, options, setup);
      for (const what of this.early.splice(0)) what(this.kernel);
      this.guard(() => this.kernel?.boot());
    });
    const ended = await running.finally(() => {
      this.settle = null;
      this.early = [];
      this.cancelTimer?.();
      for (const [pid, loaded] of this.images) this.discard(pid, loaded);
      this.images.clear();
    });
    if (ended instanceof Error) throw ended;
    // A clean end: let the main task's stack come home, so that the next run of this program finds all in order.
    const clean = ended.outcome.kind === 'exit' || ended.outcome.kind === 'exception';
    if (execution.again && clean && this.report && !ended.kernel.crowded) {
      first.resumeTask(1);
      for (let turn = 0; turn < 100 && !first.carriers.allResting; turn++) await null;
      first.dirty = !first.carriers.allResting || first.tampering.left;
    }
    first.run = null;
    this.firstLock = ended.kernel.lockNumber;
    return ended;
  }

  /** A worker of this run's says something. */
  hear(pid: Pid, message: FromOutpost): void {
    const image = this.images.get(pid)?.image;
    if (!this.settle || !(image instanceof RemoteImage)) return;
    // A command that has been chosen goes on in a microtask, and messages that come together are delivered before any: it first.
    if (this.kernel?.dispatcher.current) queueMicrotask(() => this.hear(pid, message));
    else this.guard(() => image.hear(message));
  }

  /** Runs one process of a run whose kernel is elsewhere, until somebody ends this worker. */
  async serve(begin: ToOutpost & { readonly kind: 'begin' }, voice: Voice): Promise<void> {
    if (this.settle || this.outpost) throw new Error('this interpreter is running already');
    await this.first.reset();
    const files = treeOf(this.base, {}, () => begin.beginning.born);
    this.outpost = serve(this.first, begin, { commuting: this.commuting, files, host: this.host }, voice);
  }

  /** The hub says something to the process that runs here. */
  told(message: Exclude<ToOutpost, { kind: 'begin' }>): void {
    this.outpost?.hear(message);
  }

  /** Sends a line of standard input to the running program; null ends it. */
  feed(text: string | null): void {
    this.tell((kernel) => kernel.feed(text));
  }

  /** The reader does something to the running world, or types at one of its terminals. */
  act(act: WorldAct | Typed): void {
    this.tell((kernel) => kernel.act(act));
  }

  private tell(what: (kernel: Kernel) => void): void {
    const { kernel } = this;
    if (this.settle && kernel) this.guard(() => what(kernel));
    else this.early.push(what);
  }

  /** Where the running task is; null if none runs. */
  get place(): Place | null {
    const running = (this.settle && this.kernel?.running) || null;
    return running === null ? null : this.locate(running);
  }

  /** The threads of the run that goes on, or has just ended. */
  readonly threads = {
    named: (name: string) => this.kernel?.dispatcher.recorder.taskNamed(name) ?? null,
    nameOf: (task: TaskId) => this.kernel?.dispatcher.recorder.nameOf(task) ?? `task ${task}`,
    place: (task: TaskId) => (this.settle ? this.locate(task) : (this.places.get(task) ?? null)),
    ended: (task: TaskId) => this.kernel?.isOver(task) ?? true,
    loops: (task: TaskId) => this.kernel?.dispatcher.loops(task) ?? false,
  };

  // ---- the machine the kernel sees -------------------------------------------------------------------------------

  private machine(execution: Execution): Machine {
    return {
      runs: (path) => path === PYTHON || commandOf(path) !== null,
      refuses: (path, parent) => this.refuses(path, parent),
      load: (pid, program) => this.load(pid, program, execution),
      copy: (pid, parent) => {
        const image = this.images.get(parent)?.image;
        if (image instanceof RemoteImage) {
          this.send(pid, { kind: 'copy', past: image.past as Past }, execution, image);
          return 0;
        }
        if (!(image instanceof PythonImage)) throw new Error('only a Python process can be copied');
        this.assign(pid, image.past, image.size);
        return image.effort;
      },
      tells: (pid, signal) => {
        const image = this.images.get(pid)?.image;
        if (!(image instanceof RemoteImage)) return false;
        image.signal(signal);
        return true;
      },
      unload: (pid) => {
        const loaded = this.images.get(pid);
        this.images.delete(pid);
        if (loaded) this.discard(pid, loaded);
      },
      start: (task) => this.perform(task, (image, number) => image.start(number)),
      resume: (task) => this.perform(task, (image, number) => image.resumeTask(number)),
      locate: (task) => this.locate(task),
      idle: (until) => {
        this.cancelTimer?.();
        if (until === null) {
          // Of processes elsewhere some may still run.
          if (!execution.workers || this.kernel?.hears) execution.waiting(null);
        } else {
          const wait = Math.max(until - this.elapsed(), 0);
          execution.waiting(wait);
          this.cancelTimer = this.host.after(wait, () => this.guard(() => this.kernel?.alarm()));
        }
      },
      output: (fd, text, terminal) => {
        if (terminal === null) (fd === 1 ? this.stdout : this.stderr).push(text);
        execution.output(fd, text, terminal);
      },
      happens: (what) => execution.happens(what),
      ...(execution.world && execution.options.interactive && { yields: (then: () => void) => this.yields(then) }),
      encode: (text) => this.encoder.encode(text),
      decode: (bytes) => this.decoder.decode(bytes),
      elapsed: () => this.elapsed(),
      steps: (task) => this.imageOf(task)?.observer?.step(task),
      finished: (outcome) => this.finished(outcome),
    };
  }

  /** Now and then whoever sits before the machines is heard, also while their programs never all wait. */
  private yields(then: () => void): boolean {
    if (this.host.now() - this.heardAt < DEAF) return false;
    this.host.after(0, () => {
      this.heardAt = this.host.now();
      this.guard(then);
    });
    return true;
  }

  private load(pid: Pid, program: Program, execution: Execution): void {
    const command = commandOf(program.path);
    if (command) {
      const image = new CommandImage(command, this.runOf(pid, execution));
      this.images.set(pid, { image, ready: Promise.resolve(image), size: 0 });
      return;
    }
    const { first } = this;
    if (execution.workers) {
      const isFirst = this.kernel?.firstPid === null;
      const cores = { cores: this.host.cores };
      const spec = isFirst ? specOf(execution, cores) : specOfProgram(program, execution, cores);
      this.send(pid, { kind: 'program', spec }, execution, null);
      return;
    }
    const spec = program === this.program ? specOf(execution) : specOfProgram(program, execution);
    if (!this.isFirstTaken) {
      // The program itself, or the first terminal of a world: it has been made ready.
      this.isFirstTaken = true;
      first.begin(this.runOf(pid, execution), { kind: 'program', spec });
      this.images.set(pid, { image: first, ready: Promise.resolve(first), size: 0 });
      return;
    }
    this.assign(pid, { kind: 'program', spec }, 0);
  }

  /** The files of each host as the run finds them. Throws BadPath. */
  private treesOf({ files, world }: Execution): readonly FileTree[] {
    const clock = () => this.date();
    if (!world) return [treeOf(this.base, files, clock)];
    const { hosts } = world;
    const key = JSON.stringify(hosts.map(({ name, address, aliases }) => [name, address, aliases]));
    if (this.worldBases?.key !== key) {
      const bases = hosts.map((host) => machineBase(this.assets, this.snapshot.site, textsOf(hosts, host)));
      this.worldBases = { key, bases };
    }
    const { bases } = this.worldBases;
    return hosts.map((host, at) => treeOf(bases[at] as Base, host.files ?? files, clock));
  }

  /** A process will run in a worker of its own. */
  private send(pid: Pid, origin: Beginning['origin'], execution: Execution, parent: RemoteImage | null): void {
    const workers = execution.workers as Workers;
    this.pythons++;
    workers.place(pid);
    const link: Link = {
      kernel: this.kernel as Kernel,
      pid,
      send: (message) => workers.send(pid, message),
      ended: ({ report, tampered }) => {
        if (report && pid === this.kernel?.firstPid) this.report = report;
        this.tampered ??= tampered;
      },
    };
    const { model, limits } = execution.options;
    const image = new RemoteImage(
      link,
      { pid, origin, files: Object.keys(execution.files), model, limits, born: this.born, seed: pid },
      parent,
    );
    this.images.set(pid, { image, ready: Promise.resolve(image), size: 0 });
  }

  /** A Python becomes a process of so many bytes, as soon as there is one. */
  private assign(pid: Pid, origin: Origin, size: number): void {
    this.pythons++;
    const execution = this.execution as Execution;
    const spare = this.spares.pop();
    const made = spare ? Promise.resolve(spare) : PythonImage.boot(this.assets, this.snapshot, this.host, handlersOf);
    const loaded: Loaded = {
      image: null,
      size,
      ready: made.then(async (image) => {
        // To make many takes long on a busy machine, and is a sign of life.
        execution.alive();
        await image.reset();
        image.begin(this.runOf(pid, execution), origin);
        loaded.image = image;
        return image;
      }),
    };
    this.images.set(pid, loaded);
  }

  /** A process has ended: its Python can be another's, once it has let go of everything. */
  private discard(pid: Pid, { image, ready }: Loaded): void {
    if (image instanceof CommandImage) return;
    this.pythons--;
    if (image instanceof RemoteImage) {
      this.execution?.workers?.displace(pid);
      return;
    }
    if (image) {
      image.end();
      image.observer?.settle();
      this.tampered ??= image.tampering.found;
    }
    if (image === this.first) return;
    void ready.then((python) => {
      if (!(python instanceof PythonImage)) return;
      python.run = null;
      const spent = python.fatal || this.grownBy(python) > 0 || this.spares.length >= SPARE_PYTHONS;
      if (spent) void python.dispose();
      else this.spares.push(python);
    });
  }

  private refuses(path: string, parent?: Pid): Failed | null {
    if (path !== PYTHON) return null;
    if (this.pythons >= (this.execution?.workers ? MOST_WORKERS : MOST_PYTHONS)) return failed('EAGAIN');
    const image = parent === undefined ? undefined : this.images.get(parent)?.image;
    const grown = image instanceof PythonImage && this.grownBy(image) > 0;
    return grown && !this.mayTake(null, image.size) ? failed('ENOMEM') : null;
  }

  /**
   * Whether this process, or a new one, may have so many bytes. All together may take as much as one, beside what each has
   * at its start.
   */
  private mayTake(pid: Pid | null, bytes: number): boolean {
    let others = 0;
    for (const [other, { image, size }] of this.images)
      if (other !== pid)
        others += this.grownBy({ size: image instanceof PythonImage ? Math.max(image.size, size) : size });
    return bytes + others <= (this.execution as Execution).options.limits.memory;
  }

  /** Bytes. WebAssembly memory never shrinks: what has grown is not used again, so that it is the same for every run. */
  private grownBy({ size }: Pick<PythonImage, 'size'>): number {
    return Math.max(size - this.snapshot.memory.length, 0);
  }

  /** Seconds since 1970 when the run began, by the host's clock. */
  private get born(): number {
    return this.host.date() - this.elapsed();
  }

  private runOf(pid: Pid, execution: Execution): Run {
    const kernel = this.kernel as Kernel;
    return {
      kernel,
      execution,
      pid,
      names: this.names,
      nameTable: this.nameTableOf(pid, execution),
      elsewhere: null,
      share: (fd) => kernel.table.get(pid)?.files.descriptors.get(fd) ?? null,
      elapsed: () => this.elapsed(),
      room: this.room,
      mayTake: (bytes) => this.mayTake(pid, bytes),
      broke: (image, why) => this.broke(image, why),
      reports: (report) => {
        if (pid === kernel.firstPid) this.report = report;
      },
    };
  }

  private nameTableOf(pid: Pid, { world }: Execution): NameTable {
    const host = world && this.kernel?.table.get(pid)?.host.name;
    return world && host ? namesOf(world.hosts, host) : NAMES;
  }

  private perform(task: TaskId, action: (image: Image, number: number) => void): void {
    const { pid, number } = (this.kernel as Kernel).whose(task);
    const loaded = this.images.get(pid);
    if (loaded?.image) action(loaded.image, number);
    else
      loaded?.ready.then(
        (image) => this.guard(() => action(image, number)),
        (why) => this.broke(null, why),
      );
  }

  private imageOf(task: TaskId): PythonImage | null {
    const image = this.kernel ? this.images.get(this.kernel.whose(task).pid)?.image : null;
    return image instanceof PythonImage ? image : null;
  }

  private locate(task: TaskId): Place | null {
    if (!this.kernel) return null;
    const fiber = this.kernel.dispatcher.tasks[task - 1];
    if (fiber?.thread) return fiber.thread.acts === task ? this.locate(fiber.thread.id) : fiber.at;
    const { pid, number } = this.kernel.whose(task);
    const image = this.images.get(pid)?.image;
    return image && !(image instanceof CommandImage) ? image.locate(number) : null;
  }

  private finished(outcome: Outcome): void {
    const { report } = this;
    for (const { image } of this.images.values()) {
      if (!(image instanceof PythonImage)) continue;
      image.observer?.settle();
      this.tampered ??= image.tampering.found;
    }
    this.places = new Map(
      this.kernel?.dispatcher.tasks.map(({ id, waiting, at }) => [id, waiting ? at : this.locate(id)]),
    );
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
      tampered: this.tampered,
    });
  }

  /** CPython or the kernel threw: the run is lost. */
  private broke(image: PythonImage | null, why: unknown): void {
    const { kernel } = this;
    if ((why instanceof RangeError || isCrash(why)) && image && kernel?.crashed()) return;
    // Recursion inside C (the repr of a list 100,000 deep) runs out of stack before CPython notices.
    if (why instanceof RangeError && kernel && kernel.outcome === null) {
      kernel.dispatcher.finish({ kind: 'limit', limit: 'recursion', bound: C_STACK });
    } else if (isCrash(why) && kernel && kernel.outcome === null) {
      // The program broke CPython (`faulthandler._sigsegv()`, forged bytecode): that is how it ended, and no fault of ours.
      kernel.dispatcher.finish({
        kind: 'exception',
        type: 'SystemError',
        message: `Python itself crashed: ${image?.fatal?.message ?? String(why)}`,
        at: null,
      });
    } else this.settle?.(why instanceof Error ? why : new Error(String(why)));
  }

  private guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.broke(null, error);
    }
  }

  /** Seconds since 1970 by the program's clock. */
  private date(): number {
    return EPOCH + (this.kernel?.time ?? 0);
  }

  /** Real seconds since the run began. */
  private elapsed(): number {
    return this.host.now() - this.startedAt;
  }
}

/** A trap, an abort, an exit from C, or a call of something behind the wall. */
function isCrash(why: unknown): boolean {
  return why instanceof WebAssembly.RuntimeError || why instanceof WallBreach || (why as Error)?.name === 'ExitStatus';
}

/** What the terminal's shell would have started. */
function programOf({ task }: Execution): Program {
  const args = task.kind === 'call' ? [] : task.args.map(String);
  const argv =
    task.kind === 'module' ? ['python3', '-m', task.module ?? '', ...args] : ['python3', task.file ?? '', ...args];
  return { path: PYTHON, argv, environment: ENVIRONMENT };
}

/** What boot.py is told beside, where the processors are the host's own. */
interface RealCores {
  readonly cores?: number;
}

/** For boot.py. */
function specOf({ task, options, again }: Execution, more: RealCores = {}): string {
  return JSON.stringify({ ...task, model: MODELS.indexOf(options.model), again, observe: options.observe, ...more });
}

/** For boot.py, of a process that the program has started. */
function specOfProgram({ argv, environment }: Program, { options }: Execution, more: RealCores = {}): string {
  const { observe } = options;
  const model = MODELS.indexOf(options.model);
  return JSON.stringify({ kind: 'arguments', argv, environment, model, again: false, observe, ...more });
}
