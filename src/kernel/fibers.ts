/**
 * Fibers: what a thread runs in turns that it makes itself, such as the tasks of asyncio and greenlets. The kernel sees one
 * thread; its program says which fiber it is at the moment, so that the trace tells of fibers, the race detector knows what
 * orders them, and which of several goes first can be the scheduler's choice.
 */
import type { Dispatcher, SUSPEND } from './dispatcher.ts';
import { newTask, type Task } from './task.ts';
import { ADD, EVERYTHING, loopObject, taskObject, WRITE } from './touch.ts';
import { PAUSE, type Place, type TaskId } from './types.ts';

/** Of one run. Those made later are not told of: they count as the thread that runs them. */
const MOST_FIBERS = 20_000;
/** Among so many the scheduler may choose at a time. */
export const MOST_CHOICES = 64;

export class FiberCalls {
  private readonly dispatcher: Dispatcher;
  private readonly fibers = new Map<TaskId, Task>();

  constructor(dispatcher: Dispatcher) {
    this.dispatcher = dispatcher;
  }

  /**
   * A new fiber of the running thread, begun by whom that acts as; 0: there are too many to tell of. `chained`: what it
   * does depends on all that the others do; else on what its steps touch, which are all told.
   */
  make(name: string, chained: boolean): TaskId | 0 {
    const { dispatcher, fibers } = this;
    const { me, recorder, tasks } = dispatcher;
    if (fibers.size >= MOST_FIBERS) return 0;
    const fiber = newTask(tasks.length + 1, me.process, 0, me.nativeId);
    fiber.state = 'fiber';
    fiber.thread = me;
    fiber.chained = chained;
    me.fibers++;
    tasks.push(fiber);
    fibers.set(fiber.id, fiber);
    recorder.fiber(fiber.id, me.id, me.process.pid, name.slice(0, 200));
    dispatcher.record(me, { kind: 'spawn', child: fiber.id });
    dispatcher.scheduler.spawn?.(me.acts, fiber.id);
    dispatcher.races?.spawn(me.acts, fiber.id, me.id);
    return fiber.id;
  }

  /**
   * From here on the running thread acts as that fiber; 0, or one that is not its own: as itself. Answers whether the
   * scheduler may choose another fiber than the usual one: 0 never, 1 of several, 2 it is asked even if there is one.
   */
  enter(id: TaskId | 0): number {
    const { dispatcher } = this;
    const { me } = dispatcher;
    const fiber = this.own(id);
    const acts = fiber?.id ?? me.id;
    dispatcher.races?.rest(me.id);
    if (fiber) dispatcher.races?.turn(fiber.id, taskObject(fiber.id));
    const { usual, alone } = dispatcher.scheduler;
    const chooses = usual ? 0 : alone ? 2 : 1;
    if (acts === me.acts) return chooses;
    this.touchLoop();
    dispatcher.actAs(acts);
    if (fiber) this.touchLoop();
    return chooses;
  }

  /**
   * The running thread acts as itself, after all that its fibers did: it calls back what somebody has asked for by this
   * number, or begins another round of its loop (0). Answers as `enter` does.
   */
  loop(key: number): number {
    const chooses = this.enter(0);
    const { me, races } = this.dispatcher;
    this.dispatcher.touch(loopObject(me.id), WRITE);
    if (key !== 0) races?.callback(me.id, key);
    return chooses;
  }

  /**
   * Whom the running thread acts as asks for a callback by the thread of that number; `late`: nobody knows who, it comes
   * after all that has happened.
   */
  ask(key: number, late: boolean, thread: number): void {
    const { dispatcher } = this;
    const { races, me } = dispatcher;
    // Callbacks come in the order in which they were asked for.
    if (thread === me.number) dispatcher.touch(loopObject(me.id), WRITE);
    else dispatcher.touch(EVERYTHING, WRITE);
    races?.asks(late ? null : me.acts, key);
  }

  /** A fiber waits: for what, in words, maybe for the end of `other`, and at which line of the learner's. */
  wait(id: TaskId, what: string, other: TaskId, at: Place | null, chained: boolean): void {
    const fiber = this.own(id);
    if (!fiber || fiber.waiting) return;
    fiber.chained = chained;
    const { dispatcher } = this;
    const task = this.fibers.has(other) ? other : null;
    fiber.waiting = { on: 'await', what: what.slice(0, 200), task, until: null };
    fiber.at = at;
    dispatcher.recorder.record(id, dispatcher.time, { kind: 'block', waiting: fiber.waiting }, at);
  }

  /** Whom the running thread acts as lets a fiber go on, of whichever thread of its process. */
  ready(id: TaskId): void {
    const { dispatcher } = this;
    const fiber = this.fibers.get(id);
    if (fiber?.process !== dispatcher.me.process || fiber.state !== 'fiber') return;
    dispatcher.races?.release(dispatcher.me.acts, taskObject(id));
    // Whether it goes on in this round or in the next depends on when it was said.
    if (fiber.thread !== dispatcher.me) dispatcher.touch(EVERYTHING, WRITE);
    if (!fiber.waiting) return;
    fiber.waiting = null;
    dispatcher.recorder.record(id, dispatcher.time, { kind: 'wake', timedOut: false }, fiber.at);
  }

  end(id: TaskId): void {
    const fiber = this.own(id);
    if (!fiber) return;
    const { dispatcher } = this;
    fiber.state = 'done';
    dispatcher.me.fibers--;
    fiber.waiting = null;
    dispatcher.recorder.record(id, dispatcher.time, { kind: 'exit' }, null);
  }

  name(id: TaskId, name: string): void {
    if (this.own(id)) this.dispatcher.recorder.name(id, name.slice(0, 200));
  }

  /** Which of several fibers that could go on does: the usual one is the first. 0: none of them is one. */
  choose(ids: readonly TaskId[]): TaskId | 0 | typeof SUSPEND {
    const { dispatcher } = this;
    const { scheduler } = dispatcher;
    const known = [...new Set(ids.slice(0, MOST_CHOICES))].filter((id) => this.own(id));
    const [first = 0] = known;
    if (known.length === 0 || scheduler.usual || (known.length === 1 && !scheduler.alone)) return first;
    const chosen = scheduler.nextTask(known, null, 'block');
    if (chosen === PAUSE) return dispatcher.finish({ kind: 'paused' });
    if (!known.includes(chosen)) throw new Error(`the scheduler chose fiber ${chosen}, which cannot run`);
    return chosen;
  }

  /** Fibers whose turns in one round commute only add to what their loop has to do; it sees it when the round is over. */
  private touchLoop(): void {
    const { me } = this.dispatcher;
    const fiber = this.fibers.get(me.acts);
    if (fiber) this.dispatcher.touch(loopObject(me.id), fiber.chained ? WRITE : ADD);
  }

  /** A fiber of the running thread. */
  private own(id: TaskId): Task | null {
    const fiber = this.fibers.get(id);
    return fiber?.thread === this.dispatcher.me && fiber.state === 'fiber' ? fiber : null;
  }
}
