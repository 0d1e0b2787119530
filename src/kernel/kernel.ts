/** A small operating system for one run: tasks, locks, a clock, one way to block, and a scheduler that is asked. */
import { Input } from './input.ts';
import { type Lock, LockTable } from './lock-table.ts';
import { RaceDetector } from './race-detector.ts';
import { Repetition, WINDOW } from './repetition.ts';
import { type Answer, deadlineOf, newTask, type Task } from './task.ts';
import {
  ADD,
  CHANCE,
  EVERYTHING,
  INPUT,
  lockObject,
  OUTPUT,
  READ,
  SLICED,
  THREADS,
  type Touches,
  taskObject,
  WRITE,
} from './touch.ts';
import { type Happening, Recorder } from './trace.ts';
import {
  type ClockKind,
  type Limits,
  type LockId,
  type Outcome,
  PAUSE,
  type Place,
  type Scheduler,
  type StuckTask,
  type SwitchModel,
  type SwitchPoint,
  type TaskId,
  type ThingId,
  type Trace,
  type Waiting,
} from './types.ts';

/** What can run tasks: the interpreter. All of it takes effect after the current task has been suspended. */
export interface Machine {
  /** Starts a task that has never run. */
  start(task: TaskId): void;
  /** Lets a suspended task go on; its system call's answer is `kernel.answer(task)`. */
  resume(task: TaskId): void;
  /** Where a task is in the learner's files. */
  locate(task: TaskId): Place | null;
  /** Nothing can run before `time` (kernel seconds; null: before input arrives). Real clock and interactive runs only. */
  idle(until: number | null): void;
  output(fd: 1 | 2, text: string): void;
  /** Seconds since the run began, by the host's clock. Only asked when the clock is real. */
  elapsed(): number;
  /** A task takes the step that it announced last (`Kernel.step`). Observed runs only. */
  steps(task: TaskId): void;
  finished(outcome: Outcome): void;
}

export interface KernelOptions {
  readonly model: SwitchModel;
  readonly clock: ClockKind;
  readonly limits: Limits;
  readonly trace: boolean;
  readonly interactive: boolean;
  /** Record what `Machine.steps` notes, and look for races. */
  readonly observe: boolean;
  /** Locks of the library's whose critical sections commute. */
  readonly commuting: ReadonlySet<LockId>;
}

/** The answer of a system call that made the caller wait: the machine must suspend it. */
export const SUSPEND = Symbol('suspend');

/** The answer of a wait that a signal cut short. */
export const INTERRUPTED = -2;

/** Eval-breaker checks that make 5 ms of CPython's time, its default switch interval. */
export const SLICE = 10_000;
/** The switch interval that a program starts with, in microseconds, and what it may change it to. */
const SWITCH_INTERVAL = 5_000;
const LONGEST_INTERVAL = 1_000_000_000;
/** The end of a slice is some Python too, whose checks must not make up the next one. In microseconds. */
const SHORTEST_SLICE = 10;
const CHECKS_PER_MICROSECOND = SLICE / SWITCH_INTERVAL;
/** So many `sleep(0)` in a row are worth a time slice. */
const YIELDS = 1_000;
/** What one look at the clock counts towards the slice, so that a loop that waits for a time arrives there. */
const CLOCK_READ = 100;
/**
 * No wait is shorter, in seconds. A loop that waits for what is left of a time-out (`Queue.get`) can be left with a rest
 * that is lost when it is added to the clock, and would wait for ever at the same instant.
 */
const MOMENT = 1e-10;
/** From this part of the time limit on it is seen whether the run repeats itself. */
const NEAR = 0.9;

export class Kernel {
  private readonly machine: Machine;
  private readonly scheduler: Scheduler;
  private readonly options: KernelOptions;
  private readonly recorder: Recorder;
  /** Null unless the run is observed. */
  readonly races: RaceDetector | null;
  private readonly tasks = new Map<TaskId, Task>();
  private readonly locks: LockTable;
  /** Ready tasks, longest ready first, without the running one. */
  private ready: Task[] = [];
  /** Blocked tasks with a deadline. */
  private readonly sleepers = new Set<Task>();
  private readonly repetition = new Repetition();
  private current: Task | null = null;
  private now = 0;
  private nextTaskId = 1;
  private live = 0;
  private slice = 0;
  /** How long a task may run while others could: `sys.setswitchinterval`, in microseconds. */
  private interval = SWITCH_INTERVAL;
  /** How long the current task has run, as far as it is on the clock. */
  private held = 0;
  private yields = 0;
  private written = 0;
  /** A switch that `tick` decided and the next signal handler must carry out. */
  private pending: Task | null = null;
  /** `tick` was told to pause, likewise. */
  private paused = false;
  /** `tick` has asked for `handle`, which has not come yet. */
  private asked = false;
  /** Who ran before the current task. */
  private last: Task | null = null;
  private signals: number[] = [];
  private readonly input: Input;
  steps = 0;
  outcome: Outcome | null = null;

  /** `firstLock`: locks with lower numbers may still be around from earlier runs of the same life. */
  constructor(machine: Machine, scheduler: Scheduler, options: KernelOptions, stdin = '', firstLock = 1) {
    this.machine = machine;
    this.scheduler = scheduler;
    this.options = options;
    this.recorder = new Recorder(options.trace, (task) => machine.locate(task));
    this.locks = new LockTable(firstLock);
    this.races = options.observe ? new RaceDetector() : null;
    this.input = new Input(stdin, options.interactive);
  }

  /** The running task, for the machine. */
  get running(): TaskId | null {
    return this.current?.id ?? null;
  }

  /** The clock without side effects, for the machine and the record. */
  get time(): number {
    return this.options.clock === 'real' ? this.machine.elapsed() : this.now;
  }

  answer(task: TaskId): Answer {
    return this.tasks.get(task)?.answer;
  }

  trace(): Trace {
    return this.recorder.trace();
  }

  /** Creates the main task and runs it. */
  boot(): void {
    const main = this.create();
    this.recorder.name(main.id, 'MainThread');
    main.state = 'new';
    this.dispatch(main);
  }

  // ---- system calls: each answers at once or says SUSPEND ------------------------------------------------------

  /** Creates a task that does not run yet; SUSPEND when there are too many, which ends the run. */
  reserve(): TaskId | typeof SUSPEND {
    if (this.live >= this.options.limits.tasks) {
      return this.finish({ kind: 'limit', limit: 'tasks', bound: this.options.limits.tasks });
    }
    const child = this.create();
    this.recorder.name(child.id, `task ${child.id}`);
    return child.id;
  }

  /**
   * Lets a reserved task run. `announced`: the caller will wait until the new one says that it is there, as
   * `Thread.start` does. That is one step: the new task runs as soon as the caller waits, up to where it wakes it.
   */
  begin(task: TaskId, announced: boolean): Answer | typeof SUSPEND {
    const child = this.tasks.get(task);
    if (child?.state !== 'reserved') return 0;
    const { me } = this;
    child.state = 'new';
    this.recorder.record(me.id, this.time, { kind: 'spawn', child: task });
    this.scheduler.spawn?.(me.id, task);
    this.races?.spawn(me.id, task);
    this.ready.push(child);
    if (!announced) return this.offer('call', 1);
    me.starting = child;
    child.starter = me;
    return 1;
  }

  /** The first lock number that this run has not used. */
  get lockNumber(): number {
    return this.locks.next;
  }

  /** Tasks that have not ended. */
  get alive(): number {
    return this.live;
  }

  /** The same, for a program that asks. */
  countTasks(): number {
    this.touch(THREADS, READ);
    return this.live;
  }

  ended(task: TaskId): boolean {
    return this.tasks.get(task)?.state === 'done';
  }

  /** Where a task waits; null if it does not, or nowhere in the learner's code. */
  waitsAt(task: TaskId): Place | null {
    const known = this.tasks.get(task);
    return known?.state === 'blocked' ? known.at : null;
  }

  /** A whole number in [0, bound) for the program. */
  chance(bound: number): number {
    if (this.current) this.touch(CHANCE, WRITE);
    return this.scheduler.nextInt(bound);
  }

  /** Adds an event to the trace. */
  note(task: TaskId, what: Happening, at: Place | null): void {
    this.recorder.record(task, this.time, what, at);
  }

  /** The locks that a task holds. */
  holds(task: TaskId): readonly LockId[] {
    return [...(this.tasks.get(task)?.holds ?? [])];
  }

  get record(): Recorder {
    return this.recorder;
  }

  name(task: TaskId, name: string): void {
    this.recorder.name(task, name.slice(0, 200));
  }

  /** Ends the current task. */
  exit(): typeof SUSPEND {
    const me = this.me;
    this.recorder.record(me.id, this.time, { kind: 'exit' });
    this.touch(taskObject(me.id), WRITE);
    this.races?.release(me.id, taskObject(me.id));
    me.state = 'done';
    this.live--;
    this.wakeJoiners(me);
    return this.block('exit');
  }

  /** Those who wait for this task need not wait longer, although it still runs (the main thread at its end). */
  markDone(task: TaskId): void {
    const target = this.tasks.get(task);
    if (!target) return;
    if (this.current) this.touch(taskObject(task), WRITE);
    target.gone = true;
    this.races?.release(target.id, taskObject(target.id));
    this.wakeJoiners(target);
  }

  private wakeJoiners(task: Task): void {
    for (const joiner of task.joiners) {
      this.wake(joiner, 1);
      this.races?.acquire(joiner.id, taskObject(task.id));
      this.scheduler.touch?.(joiner.id, [taskObject(task.id), 0, READ], 0);
    }
    task.joiners = [];
  }

  /** Waits for a task to end: 1, or 0 if `timeout` seconds (negative: for ever) passed first. */
  join(task: TaskId, timeout: number): Answer | typeof SUSPEND {
    const target = this.tasks.get(task);
    this.touch(taskObject(task), READ);
    if (!target || target.gone || target.state === 'done') {
      this.races?.acquire(this.me.id, taskObject(task));
      return 1;
    }
    if (timeout === 0) return 0;
    target.joiners.push(this.me);
    return this.wait({ on: 'join', task, until: this.deadline(timeout) });
  }

  /** `thing`: what it is part of, null if that is the library's own affair. */
  newLock(reentrant: boolean, made: string, at: Place | null, thing: ThingId | null): LockId {
    const { id } = this.locks.make(reentrant);
    this.recorder.lock(id, made, at, thing);
    return id;
  }

  /** Takes a lock: 1, or 0 if it is taken and `timeout` is 0, or `timeout` seconds (negative: for ever) passed. */
  acquire(id: LockId, timeout: number): Answer | typeof SUSPEND {
    const lock = this.lock(id);
    if (!lock) return null;
    const me = this.me;
    this.touchLock(id, WRITE);
    if (lock.depth === 0 || (lock.reentrant && lock.owner === me)) {
      this.take(lock, me);
      return 1;
    }
    if (timeout === 0) {
      this.recorder.record(me.id, this.time, { kind: 'refused', lock: id });
      // A loop that polls a lock must let its owner run, as a real operating system sooner or later does.
      this.slice += CLOCK_READ;
      return 0;
    }
    lock.waiters.push(me);
    // Who waits for a Condition takes a lock of its own twice: it waits for whoever gives that back, not for itself.
    const notified = lock.owner === me && !this.recorder.isLock(id);
    const owner = notified ? null : (lock.owner?.id ?? null);
    return this.wait({ on: 'lock', lock: id, owner, until: this.deadline(timeout) });
  }

  /** Gives a lock back: 1; 0 if it was not held (a plain lock) or not by the caller (a re-entrant one). */
  release(id: LockId): Answer | typeof SUSPEND {
    const lock = this.lock(id);
    if (!lock || lock.depth === 0 || (lock.reentrant && lock.owner !== this.me)) return 0;
    lock.depth--;
    this.touchLock(id, WRITE);
    this.recorder.record(this.me.id, this.time, { kind: 'release', lock: id, depth: lock.depth });
    if (lock.depth > 0) return 1;
    if (this.orders(id)) this.races?.release(this.me.id, lockObject(id));
    if (lock.owner) lock.owner.holds = lock.owner.holds.filter((held) => held !== id);
    lock.owner = null;
    for (const waiter of lock.waiters) this.makeReady(waiter);
    const { me } = this;
    if (me.starter === null) return lock.waiters.length > 0 ? this.offer('call', 1) : 1;
    // A new task tells its starter that it is there, still inside the locks of that; then it is a task like any other.
    if (me.starter.state !== 'ready' || me.holds.length > 0) return 1;
    me.starter.starting = null;
    me.starter = null;
    return this.offer('start', 1);
  }

  /** 0 free, else how often it is held; its owner's number through `owner`. */
  depth(id: LockId): number {
    this.touchLock(id, READ);
    return this.lock(id)?.depth ?? 0;
  }

  owner(id: LockId): TaskId {
    this.touchLock(id, READ);
    return this.lock(id)?.owner?.id ?? 0;
  }

  /** Takes a re-entrant lock away from the caller whatever its depth (`Condition.wait`); answers the depth. */
  releaseAll(id: LockId): Answer | typeof SUSPEND {
    const lock = this.lock(id);
    if (!lock || lock.owner !== this.me) return 0;
    const depth = lock.depth;
    lock.depth = 1;
    const answer = this.release(id);
    if (answer === SUSPEND) {
      this.me.answer = depth;
      return SUSPEND;
    }
    return depth;
  }

  /** Sets the depth of a re-entrant lock that the caller has just acquired again. */
  setDepth(id: LockId, depth: number): void {
    const lock = this.lock(id);
    if (lock && lock.owner === this.me && depth > 0) lock.depth = depth;
  }

  sleep(seconds: number): Answer | typeof SUSPEND {
    if (seconds <= 0) {
      // Threads that only yield to each other take time too, or a sleeper would never see its hour.
      if (++this.yields % YIELDS === 0) this.pass(SWITCH_INTERVAL);
      return this.offer('yield', null);
    }
    return this.wait({ on: 'sleep', until: this.time + Math.max(seconds, MOMENT) });
  }

  /** The clock as a program reads it. */
  readClock(): number {
    this.slice += CLOCK_READ;
    return this.time;
  }

  /** Sets the switch interval (0: leaves it) and answers it, in microseconds; the program may say any number. */
  switchInterval(microseconds: number): number {
    if (microseconds > 0) this.interval = Math.min(Math.max(Math.trunc(microseconds), 1), LONGEST_INTERVAL);
    return this.interval;
  }

  write(fd: 1 | 2, text: string): Answer | typeof SUSPEND {
    this.written += text.length;
    if (this.written > this.options.limits.output) {
      return this.finish({ kind: 'limit', limit: 'output', bound: this.options.limits.output });
    }
    this.touch(OUTPUT, WRITE, fd);
    this.recorder.record(this.me.id, this.time, { kind: 'write', fd, text: text.slice(0, 1000) });
    this.machine.output(fd, text);
    return this.offer('call', null);
  }

  /** A line of standard input (with its newline), '' at its end. */
  read(): Answer | typeof SUSPEND {
    this.touch(INPUT, WRITE);
    const line = this.input.takeLine();
    if (line !== null) return line;
    return this.wait({ on: 'stdin' });
  }

  /** A signal for the program: its main task is told as soon as it runs Python, or now if it waits. */
  interrupt(signal: number): void {
    this.signals.push(signal);
    this.touch(EVERYTHING, WRITE);
    const main = this.tasks.get(1);
    if (!main || main.waiting === null || main.state === 'done') return;
    this.unlink(main);
    this.wake(main, INTERRUPTED);
  }

  takeSignal(): number {
    this.asked = false;
    return this.signals.shift() ?? 0;
  }

  /** Ends the whole run: the program is over. */
  finish(outcome: Outcome): typeof SUSPEND {
    if (this.outcome === null) {
      this.outcome = outcome;
      this.machine.finished(outcome);
    }
    return SUSPEND;
  }

  // ---- preemption ----------------------------------------------------------------------------------------------

  /**
   * The current task is about to take a step that touches this, at this site. SUSPEND if another task goes first; the
   * step is then taken when this one goes on. `written`: a number for what it writes, if `nearEnd`.
   */
  step(touches: Touches, site: number, written = 0): typeof SUSPEND | undefined {
    if (++this.steps > this.options.limits.steps) return this.overran('steps');
    const { me } = this;
    if (this.nearEnd) this.repetition.note(me.id, site, written);
    me.touches = touches;
    me.site = site;
    if (this.options.model === 'every-bytecode' && this.offer('step', undefined) === SUSPEND) return SUSPEND;
    this.goOn(me);
    return undefined;
  }

  /** A task does what it announced. */
  private goOn(task: Task): void {
    if (task.touches.length > 0 || task.site !== 0) this.scheduler.touch?.(task.id, task.touches, task.site);
    if (this.options.observe) this.machine.steps(task.id);
  }

  private touch(object: number, how: number, field = 0): void {
    this.scheduler.touch?.(this.current?.id ?? 0, [object, field, how], 0);
  }

  private touchLock(id: LockId, how: number): void {
    if (this.orders(id)) this.touch(lockObject(id), how);
    else this.touch(THREADS, ADD);
  }

  /** Whether it orders what its holders do; the locks that threading keeps its lists of threads under promise nothing. */
  private orders(lock: LockId): boolean {
    return !this.options.commuting.has(lock);
  }

  /** `checks` eval-breaker checks went by; true if `handle` must be called as soon as Python can suspend. */
  tick(checks: number): boolean {
    if (this.current === null || this.outcome !== null) return false;
    this.slice += checks;
    this.steps += checks;
    // The handler is Python too, and its own checks must not call for another handler.
    if (this.asked) return false;
    this.asked = this.mustHandle();
    return this.asked;
  }

  private mustHandle(): boolean {
    if (this.steps > this.options.limits.steps || this.time > this.options.limits.time) return true;
    if (this.slice >= this.quantum || (this.signals.length > 0 && this.me.id === 1)) return true;
    if (this.options.model !== 'cpython' || this.ready.length === 0) return false;
    const next = this.choose('step');
    if (next === this.current) return false;
    this.pending = next;
    this.paused = next === null;
    return true;
  }

  /** Carries out what `tick` asked for: a preemption, the end of a time slice, or the end of the run. */
  handle(): Answer | typeof SUSPEND {
    this.asked = false;
    if (this.steps > this.options.limits.steps) return this.overran('steps');
    if (this.time > this.options.limits.time) {
      return this.overran('time');
    }
    if (this.signals.length > 0 && this.me.id === 1) {
      // Until Python has taken the signal, each of its steps towards that would call for another handler.
      this.asked = true;
      return INTERRUPTED;
    }
    const pending = this.pending;
    this.pending = null;
    if (this.paused) return this.finish({ kind: 'paused' });
    if (pending && (pending.state === 'ready' || pending.state === 'new')) {
      this.preempt(pending);
      return SUSPEND;
    }
    if (this.slice < this.quantum) return null;
    const passed = Math.floor(this.slice / this.quantum) * (this.quantum / CHECKS_PER_MICROSECOND);
    this.slice = 0;
    this.held += passed;
    this.touch(SLICED, WRITE);
    this.pass(passed);
    if (this.held < this.interval) return null;
    this.held = 0;
    return this.offer('yield', null);
  }

  /** Checks after which the clock moves: a short switch interval, or a part of a long one. */
  private get quantum(): number {
    return Math.min(Math.max(this.interval, SHORTEST_SLICE), SWITCH_INTERVAL) * CHECKS_PER_MICROSECOND;
  }

  // ---- the outside world ---------------------------------------------------------------------------------------

  /** Standard input of an interactive run; null ends it. */
  feed(text: string | null): void {
    this.input.feed(text);
    for (const task of this.tasks.values()) {
      if (task.waiting?.on !== 'stdin') continue;
      const line = this.input.takeLine();
      if (line === null) break;
      this.wake(task, line);
    }
    if (this.tasks.size > 0) this.proceed();
  }

  /** The real clock reached what `idle` was told. */
  alarm(): void {
    this.proceed();
  }

  // ---- inside --------------------------------------------------------------------------------------------------

  private get me(): Task {
    if (!this.current) throw new Error('a system call without a running task');
    return this.current;
  }

  /** A lock made in this run, or one that was there before it. */
  private lock(id: LockId): Lock | undefined {
    const known = this.locks.get(id);
    if (known) return known;
    const adopted = this.locks.adopt(id);
    if (adopted) this.recorder.lock(id, 'library', null, null);
    return adopted;
  }

  private create(): Task {
    const task = newTask(this.nextTaskId++);
    this.tasks.set(task.id, task);
    this.live++;
    return task;
  }

  private deadline(timeout: number): number | null {
    return timeout < 0 ? null : this.time + Math.max(timeout, MOMENT);
  }

  private take(lock: Lock, task: Task, at?: Place | null): void {
    lock.owner = task;
    lock.depth++;
    if (lock.depth === 1) {
      task.holds.push(lock.id);
      if (this.orders(lock.id)) this.races?.acquire(task.id, lockObject(lock.id));
    }
    // Whoever else hoped for this lock hopes no more.
    for (const waiter of lock.waiters) {
      const at = this.ready.indexOf(waiter);
      if (at >= 0) this.ready.splice(at, 1);
      waiter.state = 'blocked';
      if (waiter.waiting?.on === 'lock') waiter.waiting = { ...waiter.waiting, owner: task.id };
    }
    this.recorder.record(task.id, this.time, { kind: 'acquire', lock: lock.id, depth: lock.depth }, at);
  }

  private makeReady(task: Task): void {
    task.state = 'ready';
    this.ready.push(task);
  }

  /** The one way to block: the current task waits until something wakes it or its deadline passes. */
  private wait(waiting: Waiting): typeof SUSPEND {
    const me = this.me;
    me.waiting = waiting;
    me.state = 'blocked';
    me.at = this.machine.locate(me.id);
    if ('until' in waiting && waiting.until !== null) this.sleepers.add(me);
    this.recorder.record(me.id, this.time, { kind: 'block', waiting });
    return this.block('block');
  }

  /** What the current task waited for has come. */
  private wake(task: Task, answer: Answer, timedOut = false): void {
    task.answer = answer;
    this.recorder.record(task.id, this.time, { kind: 'wake', timedOut }, task.at);
    task.waiting = null;
    this.sleepers.delete(task);
    this.makeReady(task);
  }

  private block(why: 'block' | 'exit'): typeof SUSPEND {
    const child = this.me.starting;
    this.current = null;
    if (child?.state === 'new' && this.outcome === null) this.dispatch(child);
    else this.proceed(why);
    return SUSPEND;
  }

  /** A task has kept the processor busy for so long. */
  private pass(microseconds: number): void {
    if (this.options.clock === 'virtual') this.now += microseconds / 1e6;
    this.touch(EVERYTHING, WRITE);
    this.wakeDue();
  }

  /** Wakes those whose deadline has passed. */
  private wakeDue(): void {
    const now = this.time;
    const due = [...this.sleepers]
      .filter((task) => deadlineOf(task) <= now)
      .sort((a, b) => deadlineOf(a) - deadlineOf(b));
    for (const task of due) this.expire(task);
  }

  private expire(task: Task): void {
    const waiting = task.waiting;
    this.unlink(task);
    const sleeps = waiting?.on === 'sleep';
    this.wake(task, sleeps ? null : 0, !sleeps);
  }

  /** Takes a waiting task out of every queue it stands in. */
  private unlink(task: Task): void {
    const waiting = task.waiting;
    if (task.state === 'ready') this.ready.splice(this.ready.indexOf(task), 1);
    if (waiting?.on === 'lock') {
      const lock = this.locks.get(waiting.lock);
      if (lock) lock.waiters = lock.waiters.filter((waiter) => waiter !== task);
    }
    if (waiting?.on === 'join') {
      const target = this.tasks.get(waiting.task);
      if (target) target.joiners = target.joiners.filter((joiner) => joiner !== task);
    }
  }

  /** Runs the next task, or waits for the clock or for input, or finds that nothing will ever run again. */
  private proceed(why: SwitchPoint = 'block'): void {
    if (this.outcome !== null || this.current !== null) return;
    for (;;) {
      if (this.sleepers.size > 0) this.wakeDue();
      if (this.ready.length > 0) {
        const next = this.choose(why);
        if (next) this.dispatch(next);
        else this.finish({ kind: 'paused' });
        return;
      }
      const next = [...this.sleepers].reduce(
        (least, task) => Math.min(least, deadlineOf(task)),
        Number.POSITIVE_INFINITY,
      );
      const hearing = this.input.open && [...this.tasks.values()].some((task) => task.waiting?.on === 'stdin');
      if (this.options.clock === 'real' || hearing) {
        if (next !== Number.POSITIVE_INFINITY || hearing) {
          this.machine.idle(next === Number.POSITIVE_INFINITY ? null : next);
          return;
        }
      } else if (next !== Number.POSITIVE_INFINITY) {
        if (next > this.options.limits.time) {
          this.overran('time');
          return;
        }
        this.now = Math.max(this.now, next);
        this.touch(EVERYTHING, WRITE);
        continue;
      }
      this.finish({ kind: 'deadlock', stuck: this.stuck() });
      return;
    }
  }

  private stuck(): StuckTask[] {
    const stuck: StuckTask[] = [];
    for (const task of this.tasks.values()) {
      if (task.state === 'done' || task.waiting === null) continue;
      stuck.push({ task: task.id, waiting: task.waiting, holds: [...task.holds], at: task.at });
    }
    return stuck;
  }

  /** Asks the scheduler, null: pause; the answer is checked, since a schedule may come from a stranger's link. */
  private choose(why: SwitchPoint): Task | null {
    const runnable = this.current ? [...this.ready, this.current] : this.ready;
    if (runnable.length === 1 && !this.scheduler.alone) return runnable[0] as Task;
    const id = this.scheduler.nextTask(
      runnable.map((task) => task.id),
      this.current?.id ?? null,
      why,
    );
    if (id === PAUSE) return null;
    const chosen = runnable.find((task) => task.id === id);
    if (!chosen) throw new Error(`the scheduler chose task ${id}, which cannot run`);
    return chosen;
  }

  /** The current task could go on, but another may go first; `answer` is what its system call answers when it does. */
  private offer(why: SwitchPoint, answer: Answer): Answer | typeof SUSPEND {
    if (this.ready.length === 0 && !this.scheduler.alone) return answer;
    if (this.options.model === 'blocking-only' && why !== 'yield') return answer;
    const next = this.choose(why);
    const me = this.me;
    if (next === me) return answer;
    if (next === null) return this.finish({ kind: 'paused' });
    me.answer = answer;
    this.preempt(next);
    return SUSPEND;
  }

  private preempt(next: Task): void {
    const me = this.me;
    this.makeReady(me);
    this.current = null;
    this.dispatch(next, me);
  }

  private dispatch(next: Task, preempted?: Task): void {
    const at = this.ready.indexOf(next);
    if (at >= 0) this.ready.splice(at, 1);
    const fresh = next.state === 'new';
    const waited = next.waiting;
    const place = waited ? next.at : this.machine.locate(next.id);
    next.state = 'running';
    this.current = next;
    // Threads that keep preempting each other use up time too, or a sleeper would never see its hour.
    if (!preempted) this.slice = 0;
    this.held = 0;
    if (this.last && this.last !== next) {
      const what = { kind: 'switch', from: this.last.id, preempted: preempted !== undefined } as const;
      this.recorder.record(next.id, this.time, what, place);
    }
    this.last = next;
    if (waited?.on === 'lock') {
      // The lock was free when this task was chosen, and nothing ran since: it takes it now.
      const lock = this.locks.get(waited.lock);
      if (lock) {
        lock.waiters = lock.waiters.filter((waiter) => waiter !== next);
        next.waiting = null;
        next.answer = 1;
        this.sleepers.delete(next);
        this.touchLock(lock.id, WRITE);
        this.recorder.record(next.id, this.time, { kind: 'wake', timedOut: false }, place);
        this.take(lock, next, place);
      }
    }
    if (!fresh) this.goOn(next);
    if (fresh) this.machine.start(next.id);
    else this.machine.resume(next.id);
  }

  /** The run has almost come to a limit: it is time to see whether it repeats itself. */
  get nearEnd(): boolean {
    const { steps, time } = this.options.limits;
    return this.steps > steps - WINDOW || this.time > time * NEAR;
  }

  private overran(limit: 'steps' | 'time'): typeof SUSPEND {
    const repeated = this.repetition.find();
    return this.finish(
      repeated ? { kind: 'livelock', ...repeated } : { kind: 'limit', limit, bound: this.options.limits[limit] },
    );
  }
}
