/** Who runs next: tasks that are ready, that wait, that sleep; the clock; preemption. All waiting goes through `wait`. */
import { isLater, type Later } from './later.ts';
import type { Machine } from './machine.ts';
import { isLive, type Process } from './process.ts';
import { Processors } from './processors.ts';
import { RaceDetector } from './race-detector.ts';
import { Repetition, WINDOW } from './repetition.ts';
import { SliceClock } from './slice-clock.ts';
import { type Answer, deadlineOf, type Task } from './task.ts';
import { Timers } from './timers.ts';
import { EVERYTHING, hostObject, isInner, READ, SIGNALLED, SLICED, type Touches, WRITE } from './touch.ts';
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
  type Waiting,
  type WaitsFor,
} from './types.ts';

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

/**
 * No wait is shorter, in seconds. A loop that waits for what is left of a time-out (`Queue.get`) can be left with a rest
 * that is lost when it is added to the clock, and would wait for ever at the same instant.
 */
const MOMENT = 1e-10;
/**
 * What is due so soon after each other is due at one instant, and who goes first is the scheduler's choice: looks take
 * moments, of which one task has made more than another. Linux, too, puts timers off that far and farther (50 µs).
 */
const INSTANT = 1e-6;
/** From this part of the time limit on it is seen whether the run repeats itself. */
const NEAR = 0.9;

/** What may happen to the world at any moment: tasks that are chosen as others are, and do one thing each time. */
export interface Faults {
  /** Those that may strike now. */
  able(): readonly Task[];
  strike(fault: Task): void;
}

export class Dispatcher {
  readonly recorder: Recorder;
  /** Null unless the run is observed. */
  readonly races: RaceDetector | null;
  readonly options: KernelOptions;
  readonly scheduler: Scheduler;
  private readonly machine: Machine;
  /** All tasks of the run, those that have ended too. */
  readonly tasks: Task[] = [];
  /** Ready tasks, longest ready first, without the running one. */
  private ready: Task[] = [];
  /** Waiting tasks with a deadline. */
  private readonly sleepers = new Set<Task>();
  private readonly timers = new Timers();
  private readonly processors = new Processors();
  /** Tasks that run elsewhere, on processors of their own: see `depart`. */
  private readonly away = new Set<Task>();
  private readonly repetition = new Repetition();
  private readonly slices = new SliceClock();
  private running: Task | null = null;
  /** Who ran before, as whom the scheduler knows it. */
  private last: TaskId | null = null;
  private now = 0;
  /** A switch that `tick` decided and the next signal handler must carry out. */
  private pending: Task | null = null;
  /** The running task has done something that others can see when its host is gone. Only if there are faults. */
  private isSeen = false;
  /** `tick` was told to pause, likewise. */
  private paused = false;
  /** `tick` has asked for `handle`, which has not come yet. */
  private asked = false;
  /** The machine's host has to do something before anybody may run. */
  private yielding = false;
  steps = 0;
  outcome: Outcome | null = null;
  /** Asked when nobody can ever run again: how the run then ends. */
  onStuck: (stuck: readonly StuckTask[]) => Outcome = (stuck) => ({ kind: 'deadlock', stuck });
  /** Whether somebody may still type. */
  hearing: () => boolean = () => false;
  /** Asked before somebody is chosen to run: true if the choice may be another now. Null: nobody wants to know. */
  onTurn: (() => boolean) | null = null;
  /** Asked when nobody can run: true if somebody may now. */
  onQuiet: () => boolean = () => false;
  /** Whether the reader may bring a run that is stuck to life again. */
  isHelped: () => boolean = () => false;
  /** Null: nothing happens to the world. */
  faults: Faults | null = null;

  constructor(machine: Machine, scheduler: Scheduler, options: KernelOptions) {
    this.machine = machine;
    this.scheduler = scheduler;
    this.options = options;
    this.recorder = new Recorder(options.trace, (task) => machine.locate(task));
    this.races = options.observe ? new RaceDetector() : null;
  }

  /** The running task, null between two. */
  get current(): Task | null {
    return this.running;
  }

  /** The task that makes the system call. */
  get me(): Task {
    if (!this.running) throw new Error('a system call without a running task');
    return this.running;
  }

  /** The clock without side effects, for the machine and the record. */
  get time(): number {
    return this.options.clock === 'real' ? this.machine.elapsed() : this.now;
  }

  /** When a time-out of so many seconds (null: none) will have passed. */
  deadline(timeout: number | null): number | null {
    return timeout === null ? null : this.time + Math.max(timeout, MOMENT);
  }

  /** Ends the whole run: the program is over. */
  finish(outcome: Outcome): typeof SUSPEND {
    if (this.outcome === null) {
      this.outcome = outcome;
      this.machine.finished(outcome);
    }
    return SUSPEND;
  }

  /** Adds an event to the trace. */
  record(task: Task, what: Happening): void {
    if (this.recorder.enabled)
      this.recorder.record(task.acts, this.time, what, task.waiting ? task.at : this.machine.locate(task.id));
  }

  /** The clock as a program reads it: a loop that waits for a time arrives there. */
  readClock(): number {
    this.slices.readsClock();
    return this.time;
  }

  /** The caller polls something: whoever it waits for must get to run, as a real operating system sooner or later does. */
  polls(): void {
    this.slices.readsClock();
  }

  /** The same of files: and a moment passes, or a time-out that is just over would never be found to be so. */
  looks(): void {
    this.polls();
    if (this.options.clock === 'virtual') this.now += MOMENT;
  }

  // ---- what is touched -----------------------------------------------------------------------------------------

  touch(object: number, how: number, field = 0): void {
    const { running, faults } = this;
    const touches = [object, field, how];
    // What others can see of a process, now or when it is gone, does not happen any more when its host has crashed.
    if (faults && running && running.state !== 'fault' && how !== READ && !isInner(object)) {
      this.isSeen = true;
      touches.push(hostObject(running.process.host.index), 0, READ);
    }
    this.scheduler.touch?.(running?.acts ?? 0, touches, 0);
  }

  // ---- waiting and waking --------------------------------------------------------------------------------------

  /** The caller's process was stopped: it goes on, with this answer, when that is over. */
  park(answer: Answer): typeof SUSPEND {
    const { me } = this;
    me.answer = answer;
    this.makeReady(me);
    this.running = null;
    this.proceed('block');
    return SUSPEND;
  }

  /** A new task may run from here on. */
  admit(task: Task): void {
    task.state = 'new';
    this.ready.push(task);
  }

  /** Somebody of those that were admitted goes first. */
  beginAny(): void {
    this.proceed();
  }

  /** Adds a fault, which will touch this. */
  addFault(task: Task, touches: Touches): void {
    task.state = 'fault';
    this.tasks.push(task);
    this.scheduler.fault?.(task.id, touches);
  }

  /** The very first task. */
  begin(task: Task): void {
    task.state = 'new';
    this.dispatch(task);
  }

  /** Makes the caller wait until this call can be answered, its time-out passes, or a signal's handler must run. */
  await(later: Later<unknown>): typeof SUSPEND {
    const { me } = this;
    this.enqueue(me, later);
    return this.wait(later.waiting, later.timeout, later.possible());
  }

  /** The one way to wait: until somebody wakes the caller, or its time-out (seconds; null: none) passes. */
  wait(what: WaitsFor, timeout: number | null, ready = false): typeof SUSPEND {
    const { me } = this;
    me.at = this.machine.locate(me.id);
    me.waiting = { ...what, until: this.deadline(timeout) };
    if (me.waiting.until !== null) this.sleepers.add(me);
    this.recorder.record(me.acts, this.time, { kind: 'block', waiting: me.waiting }, me.at);
    me.state = 'blocked';
    if (ready) this.makeReady(me);
    return this.leave('block');
  }

  /** What a task waited for has come. */
  wake(task: Task, answer: Answer, timedOut = false): void {
    this.unlink(task);
    task.answer = answer;
    this.record(task, { kind: 'wake', timedOut });
    task.waiting = null;
    this.makeReady(task);
  }

  /** Cuts a wait short, because a signal's handler must run; false if the task does not wait. */
  interrupt(task: Task): boolean {
    const { later } = task;
    if (task.waiting === null || task.state === 'done' || later?.elsewhere) return false;
    this.wake(task, later?.interrupted ? later.interrupted() : INTERRUPTED);
    return true;
  }

  /** A task is over: it ended itself, or its process did. */
  drop(task: Task): void {
    this.unlink(task);
    this.away.delete(task);
    task.state = 'done';
    task.waiting = null;
    task.process.live--;
  }

  /** The running task goes on elsewhere, in a machine of its own, until it comes back (`arrive`) with a call. */
  depart(): void {
    this.away.add(this.me);
    this.running = null;
    this.proceed();
  }

  /** A new task runs elsewhere from its beginning. */
  begun(task: Task): void {
    task.state = 'running';
    this.away.add(task);
  }

  /** A task that runs elsewhere makes a call; nobody may be running here. False: it has ended meanwhile. */
  arrive(task: Task): boolean {
    if (this.outcome !== null || task.state === 'done') return false;
    this.away.delete(task);
    task.state = 'running';
    this.running = task;
    this.switched(task, false, this.machine.locate(task.id));
    return true;
  }

  /** A task that runs elsewhere waits there for something that only its own process can bring about. */
  rests(task: Task, waiting: Waiting, at: Place | null): void {
    if (!this.away.delete(task)) return;
    task.state = 'blocked';
    task.waiting = waiting;
    task.at = at;
  }

  /** The contrary: it may run again. */
  stirs(task: Task): void {
    if (task.state === 'done' || task.later || !task.waiting) return;
    task.waiting = null;
    task.state = 'running';
    this.away.add(task);
  }

  /** After `drop` of the caller: somebody else runs. */
  leave(why: 'block' | 'exit'): typeof SUSPEND {
    const child = this.me.starting;
    this.running = null;
    if (child?.state === 'new' && this.outcome === null) this.dispatch(child);
    else this.proceed(why);
    return SUSPEND;
  }

  /** Rings at a time (kernel seconds), unless it is stopped before. */
  at(time: number, ring: () => void): { stop(): void } {
    return this.timers.at(time, ring);
  }

  /** A process was stopped, or goes on. */
  hold(process: Process, held: boolean): void {
    this.processors.hold(process, held, this.time);
  }

  private makeReady(task: Task): void {
    task.state = 'ready';
    this.ready.push(task);
  }

  private enqueue(task: Task, later: Later<unknown>): void {
    task.later = later;
    task.waiter ??= { changed: () => this.reconsider(task) };
    for (const queue of later.queues) queue.add(task.waiter);
  }

  /** What a waiting task waits for has changed. */
  private reconsider(task: Task): void {
    if (!task.later) return;
    const possible = task.later.possible();
    if (possible && task.state === 'blocked') this.makeReady(task);
    else if (!possible && task.state === 'ready') {
      this.ready.splice(this.ready.indexOf(task), 1);
      task.state = 'blocked';
    }
    if (task.waiting) task.waiting = { ...task.later.waiting, until: task.waiting.until };
  }

  /** Takes a task out of every queue that it stands in. */
  private unlink(task: Task): void {
    if (task.state === 'ready' || task.state === 'new') {
      const at = this.ready.indexOf(task);
      if (at >= 0) this.ready.splice(at, 1);
    }
    this.sleepers.delete(task);
    if (task.later && task.waiter) for (const queue of task.later.queues) queue.remove(task.waiter);
    task.later = null;
    if (task.waiting?.on === 'join') {
      const { task: id } = task.waiting;
      const target = this.tasks[id - 1];
      if (target) target.joiners = target.joiners.filter((joiner) => joiner !== task);
    }
  }

  private expire(task: Task): void {
    const sleeps = task.waiting?.on === 'sleep';
    const answer = task.later ? task.later.expired() : sleeps ? null : 0;
    this.wake(task, answer, !sleeps);
  }

  // ---- preemption ----------------------------------------------------------------------------------------------

  /**
   * The current task is about to take a step that touches this, at this site. SUSPEND if another task goes first; the
   * step is then taken when this one goes on. `written`: a number for what it writes, if `nearEnd`.
   */
  step(touches: Touches, site: number, written = 0): typeof SUSPEND | undefined {
    if (++this.steps > this.options.limits.steps) return this.overran('steps');
    const { me } = this;
    if (this.nearEnd) this.repetition.note(me.acts, site, written);
    // A handler may run before it: what it does then depends on whether somebody has sent the signal.
    if (me.process.handles && me.process.main === me) touches.push(SIGNALLED, me.process.pid, READ);
    me.touches = touches;
    me.site = site;
    if (this.options.model === 'every-bytecode' && this.offer('step', undefined) === SUSPEND) return SUSPEND;
    this.goOn(me);
    return undefined;
  }

  /** A task does what it announced. */
  private goOn(task: Task): void {
    if (task.touches.length > 0 || task.site !== 0) this.scheduler.touch?.(task.acts, task.touches, task.site);
    if (this.options.observe) this.machine.steps(task.id);
  }

  /** `checks` eval-breaker checks went by; true if `handle` must be called as soon as Python can suspend. */
  tick(checks: number): boolean {
    if (this.running === null || this.outcome !== null) return false;
    this.slices.passes(checks);
    this.steps += checks;
    // The handler is Python too, and its own checks must not call for another handler.
    if (this.asked) return false;
    this.asked = this.mustHandle(this.running);
    return this.asked;
  }

  private mustHandle(me: Task): boolean {
    if (this.steps > this.options.limits.steps || this.time > this.options.limits.time) return true;
    if (this.slices.isOver(me.process) || hasSignal(me)) return true;
    if (this.options.model !== 'cpython' || this.isAlone) return false;
    const next = this.choose('step');
    if (next === this.running) return false;
    this.pending = next;
    this.paused = next === null;
    return true;
  }

  /** Carries out what `tick` asked for: a preemption, the end of a time slice, or the end of the run. */
  handle(): Answer | typeof SUSPEND {
    this.asked = false;
    if (this.steps > this.options.limits.steps) return this.overran('steps');
    if (this.time > this.options.limits.time) return this.overran('time');
    const { me } = this;
    if (hasSignal(me)) {
      // Until Python has taken the signal, each of its steps towards that would call for another handler.
      this.asked = true;
      return INTERRUPTED;
    }
    const pending = this.pending;
    this.pending = null;
    if (this.paused) return this.finish({ kind: 'paused' });
    if (pending?.state === 'fault') {
      me.answer = null;
      return this.strikes(pending) ? this.offer('step', null) : SUSPEND;
    }
    if (pending && (pending.state === 'ready' || pending.state === 'new')) {
      // Not what its last wait was answered.
      me.answer = null;
      this.preempt(pending);
      return SUSPEND;
    }
    if (!this.slices.isOver(me.process)) return null;
    const passed = this.slices.take(me.process);
    this.touch(SLICED, WRITE);
    return this.computes(me, passed);
  }

  /** The same now and then in a machine that shares its thread with others: nothing goes on before they have run (`stir`). */
  breathe(): typeof SUSPEND {
    this.asked = false;
    this.slices.take(this.me.process);
    return this.park(null);
  }

  /** The program has taken the signal that `handle` told it of. */
  signalTaken(): void {
    this.asked = false;
  }

  /** The caller lets others run, although it could go on. */
  yields(): Answer | typeof SUSPEND {
    // Threads that only yield to each other take time too, or a sleeper would never see its hour.
    if (this.slices.yields()) this.pass(SliceClock.slice);
    return this.offer('yield', null);
  }

  /** The current task could go on, but another may go first; `answer` is what its system call answers when it does. */
  offer(why: SwitchPoint, answer: Answer): Answer | typeof SUSPEND {
    return this.offerTo(why, answer, this.options.model === 'blocking-only' && why !== 'yield');
  }

  /**
   * The current task has done something in the middle of a step that others can see even if its host crashes now: that is
   * all that may happen before it goes on.
   */
  offerFaults(): Answer | typeof SUSPEND {
    if (!this.isSeen) return null;
    this.isSeen = false;
    return this.offerTo('call', null, true);
  }

  /** `keeps`: nobody else goes first. What happens to the world happens whenever it likes. */
  private offerTo(why: SwitchPoint, answer: Answer, keeps: boolean): Answer | typeof SUSPEND {
    const { me } = this;
    for (;;) {
      if (this.isAlone && !this.scheduler.alone) return answer;
      if (keeps && !this.faults?.able().length) return answer;
      const next = this.choose(why, me, keeps ? [] : this.runnable);
      if (next === me) return answer;
      if (next === null) return this.finish({ kind: 'paused' });
      me.answer = answer;
      if (next.state !== 'fault') {
        this.preempt(next);
        return SUSPEND;
      }
      if (!this.strikes(next)) return SUSPEND;
    }
  }

  /** Nobody else could run, and nothing happen, instead of the current task. */
  private get isAlone(): boolean {
    return this.ready.length === 0 && (this.faults === null || this.faults.able().length === 0);
  }

  /** A fault strikes while a task runs; whether that task goes on. If not, another does. */
  private strikes(fault: Task): boolean {
    const { me } = this;
    this.strike(fault);
    if (this.outcome !== null) return false;
    if (me.state === 'running' && me.process.state !== 'stopped') {
      this.running = me;
      return true;
    }
    this.proceed('exit');
    return false;
  }

  /** Nobody runs when it has struck. */
  private strike(fault: Task): void {
    this.running = fault;
    this.faults?.strike(fault);
    this.running = null;
  }

  // ---- the clock -----------------------------------------------------------------------------------------------

  /** The caller has kept its processor busy for so long (seconds). Other processes have processors of their own. */
  private computes(me: Task, seconds: number): Answer | typeof SUSPEND {
    const { process } = me;
    process.used += seconds;
    const over = this.slices.holds(process);
    const others =
      this.options.clock === 'virtual' && this.tasks.some((task) => task.process !== process && runs(task));
    if (!others) {
      this.pass(seconds);
      return over ? this.offer('yield', null) : null;
    }
    this.processors.occupy(process, this.now + seconds);
    this.touch(EVERYTHING, WRITE);
    me.answer = null;
    this.makeReady(me);
    // Its turn is not over: it goes on as soon as its process may.
    if (!over) this.ready.unshift(this.ready.pop() as Task);
    this.running = null;
    this.proceed('yield', me);
    return SUSPEND;
  }

  /** Time passes while somebody computes. */
  private pass(seconds: number): void {
    if (this.options.clock === 'virtual') this.now += seconds;
    this.touch(EVERYTHING, WRITE);
    this.wakeDue();
  }

  /** Wakes those whose deadline has passed. */
  private wakeDue(): void {
    const now = this.time;
    this.processors.free(now);
    this.timers.ring(now);
    if (this.sleepers.size === 0) return;
    const due = [...this.sleepers]
      .filter((task) => deadlineOf(task) <= now)
      .sort((a, b) => deadlineOf(a) - deadlineOf(b));
    for (const task of due) if (task.waiting) this.expire(task);
  }

  /** When something happens that does not depend on who runs, and all else at that instant; infinity if nothing will. */
  private nextMoment(): number {
    const times = [...[...this.sleepers].map(deadlineOf), ...this.timers.times, ...this.processors.times];
    const least = times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    return times.reduce((last, time) => (time <= least + INSTANT ? Math.max(last, time) : last), least);
  }

  /**
   * Nobody can run: a virtual clock moves on to this time, but not past what happens before. Whether it has come; of a
   * real clock, which goes by itself, too.
   */
  skipTo(time: number): boolean {
    if (this.options.clock === 'real') return this.time >= time;
    this.now = Math.max(this.now, Math.min(time, this.nextMoment()));
    return true;
  }

  // ---- who runs ------------------------------------------------------------------------------------------------

  /** The world outside has changed (input, the real clock): somebody may be able to run again. */
  stir(): void {
    if (this.tasks.length > 0) this.proceed();
  }

  /**
   * Runs the next task, or waits for the clock or for input, or finds that nothing will ever run again. `yielder`: who
   * has used up its time slice, if that is why.
   */
  private proceed(why: SwitchPoint = 'block', yielder: Task | null = null): void {
    if (this.outcome !== null || this.running !== null || this.yielding) return;
    this.yielding =
      this.machine.yields?.(() => {
        this.yielding = false;
        this.proceed(why, yielder?.state === 'done' ? null : yielder);
      }) === true;
    if (this.yielding) return;
    for (;;) {
      this.wakeDue();
      if (this.outcome !== null) return;
      if (this.runnable.length > 0 && this.onTurn?.()) continue;
      if (this.runnable.length > 0) {
        const next = this.choose(why, yielder);
        if (next?.state === 'fault') {
          this.strike(next);
          if (yielder?.state === 'done') yielder = null;
          continue;
        }
        if (!next) this.finish({ kind: 'paused' });
        else if (!this.dispatch(next)) continue;
        return;
      }
      if (this.onQuiet()) {
        this.touch(EVERYTHING, WRITE);
        continue;
      }
      if (this.outcome !== null) return;
      const next = this.nextMoment();
      const hearing = this.hearing() || this.away.size > 0;
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
      if (this.isHelped()) this.machine.idle(null);
      else this.finish(this.onStuck(this.stuck()));
      return;
    }
  }

  /** Ready tasks whose process has a processor. */
  private get runnable(): readonly Task[] {
    return this.processors.able(this.ready);
  }

  /** How the run would end if nobody came to help: null while somebody can run, or will at some time, or may be typed to. */
  get deadEnd(): Outcome | null {
    const goesOn = this.running !== null || this.runnable.length > 0 || this.nextMoment() < Number.POSITIVE_INFINITY;
    return goesOn || this.hearing() ? null : this.onStuck(this.stuck());
  }

  private stuck(): StuckTask[] {
    const stuck: StuckTask[] = [];
    for (const task of this.tasks) {
      if (task.state === 'done' || task.waiting === null || !isLive(task.process)) continue;
      stuck.push({ task: task.id, waiting: task.waiting, holds: [...task.holds], at: task.at });
    }
    return stuck;
  }

  /** Asks the scheduler, null: pause; the answer is checked, since a schedule may come from a stranger's link. */
  private choose(why: SwitchPoint, current = this.running, others = this.runnable): Task | null {
    const able = this.running ? [...others, this.running] : others;
    const runnable = this.faults ? [...able, ...this.faults.able()] : able;
    if (runnable.length === 1 && !this.scheduler.alone) return runnable[0] as Task;
    const id = this.scheduler.nextTask(
      runnable.map((task) => task.acts),
      current?.acts ?? null,
      why,
    );
    if (id === PAUSE) return null;
    const chosen = runnable.find((task) => task.acts === id);
    if (!chosen) throw new Error(`the scheduler chose task ${id}, which cannot run`);
    return chosen;
  }

  private preempt(next: Task): void {
    const { me } = this;
    this.makeReady(me);
    this.running = null;
    if (!this.dispatch(next, me)) this.proceed('block');
  }

  /** Runs a task; false if the call in which it waited must wait on, for more. */
  private dispatch(next: Task, preempted?: Task): boolean {
    const at = this.ready.indexOf(next);
    if (at >= 0) this.ready.splice(at, 1);
    const fresh = next.state === 'new';
    const place: Place | null = next.waiting ? next.at : this.machine.locate(next.id);
    next.state = 'running';
    this.running = next;
    // Threads that keep preempting each other use up time too, or a sleeper would never see its hour.
    this.slices.begins(preempted === undefined);
    this.switched(next, preempted !== undefined, place);
    if (next.later && !this.complete(next, next.later)) return false;
    if (!fresh) this.goOn(next);
    if (fresh) this.machine.start(next.id);
    else this.machine.resume(next.id);
    return true;
  }

  /** Whether a thread has fibers, and is none of them at the moment. */
  loops(id: TaskId): boolean {
    const task = this.tasks[id - 1];
    return task !== undefined && task.fibers > 0 && task.acts === id;
  }

  /** The running task acts as another from here on. */
  actAs(acts: TaskId): void {
    this.me.acts = acts;
    this.switched(this.me, false, this.machine.locate(this.me.id));
  }

  private switched(next: Task, preempted: boolean, place: Place | null): void {
    if (this.last !== null && this.last !== next.acts)
      this.recorder.record(next.acts, this.time, { kind: 'switch', from: this.last, preempted }, place);
    this.last = next.acts;
  }

  /** Answers the call in which a task waits; false if that must wait on. */
  private complete(task: Task, later: Later<unknown>): boolean {
    if (task.waiter) for (const queue of later.queues) queue.remove(task.waiter);
    const { waiting } = task;
    this.record(task, { kind: 'wake', timedOut: false });
    task.later = null;
    const answer = later.complete();
    // It may have been the end of the process: a broken pipe.
    if (task.state === 'done') {
      this.running = null;
      return false;
    }
    if (isLater(answer)) {
      this.running = null;
      this.enqueue(task, answer);
      task.waiting = { ...answer.waiting, until: (waiting as Waiting).until };
      this.record(task, { kind: 'block', waiting: task.waiting });
      task.state = 'blocked';
      if (answer.possible()) this.makeReady(task);
      return false;
    }
    task.waiting = null;
    this.sleepers.delete(task);
    task.answer = answer;
    return true;
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

/** Whether a signal waits for the program's handler, which its main thread runs. */
function hasSignal({ process, number }: Task): boolean {
  return process.pending.length > 0 && process.main?.number === number;
}

function runs(task: Task): boolean {
  return !['done', 'reserved', 'fiber', 'fault'].includes(task.state) && isLive(task.process);
}
