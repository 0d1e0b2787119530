/** The system calls of threads: to begin, to end, to wait for one. Numbers are those of the caller's process. */
import { type Dispatcher, SUSPEND } from './dispatcher.ts';
import type { Process } from './process.ts';
import { type Answer, newTask, type Task } from './task.ts';
import { READ, THREADS, taskObject, WRITE } from './touch.ts';
import type { Pid } from './types.ts';

/** The number of the program's first process; whatever it begins counts on from there. */
const FIRST = 42;

export class ThreadCalls {
  private readonly dispatcher: Dispatcher;
  /** Tasks of all processes that have not ended. */
  private live = 0;
  private lastId: number;
  /** Hears that the last thread of a process has ended. */
  onLast: (process: Process) => void = () => {};
  /** Hears what the running process calls a thread of its own. */
  onName: (number: number, name: string) => void = () => {};

  constructor(dispatcher: Dispatcher, first: Pid = FIRST) {
    this.dispatcher = dispatcher;
    this.lastId = first - 1;
  }

  /** Processes and their further threads are numbered together. */
  nextId(): number {
    return ++this.lastId;
  }

  /** A task that does not run yet; `number`: what its process calls it. */
  create(process: Process, number = process.nextNumber): Task {
    const { tasks, recorder } = this.dispatcher;
    const nativeId = process.tasks.size === 0 ? process.pid : this.nextId();
    const task = newTask(tasks.length + 1, process, number, nativeId);
    process.nextNumber = Math.max(process.nextNumber, number + 1);
    process.tasks.set(number, task);
    process.live++;
    tasks.push(task);
    recorder.task(task.id, process.pid, task.number === 1 ? 'MainThread' : `task ${task.id}`);
    this.live++;
    return task;
  }

  /** Whether there may be one more; if not, that ends the run. */
  get room(): boolean {
    return this.live < this.dispatcher.options.limits.tasks;
  }

  /** Creates a task that does not run yet; SUSPEND when there are too many, which ends the run. */
  reserve(): number | typeof SUSPEND {
    const { dispatcher } = this;
    if (this.room) return this.create(dispatcher.me.process).number;
    return dispatcher.finish({ kind: 'limit', limit: 'tasks', bound: dispatcher.options.limits.tasks });
  }

  /**
   * Lets a reserved task run. `announced`: the caller will wait until the new one says that it is there, as
   * `Thread.start` does. That is one step: the new task runs as soon as the caller waits, up to where it wakes it.
   */
  begin(number: number, announced: boolean): Answer | typeof SUSPEND {
    const { dispatcher } = this;
    const { me } = dispatcher;
    const child = me.process.tasks.get(number);
    if (child?.state !== 'reserved') return 0;
    dispatcher.record(me, { kind: 'spawn', child: child.id });
    dispatcher.scheduler.spawn?.(me.acts, child.id);
    dispatcher.races?.spawn(me.acts, child.id);
    dispatcher.admit(child);
    if (!announced) return dispatcher.offer('call', 1);
    me.starting = child;
    child.starter = me;
    return 1;
  }

  /** Ends the current task. */
  exit(): typeof SUSPEND {
    const { dispatcher } = this;
    const { me } = dispatcher;
    this.end(me);
    if (me.process.live === 0) this.onLast(me.process);
    return dispatcher.outcome === null ? dispatcher.leave('exit') : SUSPEND;
  }

  /** A task is over; `told`: the trace says so. */
  end(task: Task, told = true): void {
    const { dispatcher } = this;
    if (told) dispatcher.record(task, { kind: 'exit' });
    dispatcher.touch(taskObject(task.id), WRITE);
    dispatcher.races?.release(task.id, taskObject(task.id));
    dispatcher.drop(task);
    this.live--;
    this.wakeJoiners(task);
  }

  /** A task is gone with its host: nobody hears of it. */
  vanish(task: Task): void {
    this.dispatcher.drop(task);
    this.live--;
  }

  /** Those who wait for this task need not wait longer, although it still runs (the main thread at its end). */
  markDone(number: number): void {
    const target = this.dispatcher.me.process.tasks.get(number);
    if (!target || target.state === 'done') return;
    this.dispatcher.touch(taskObject(target.id), WRITE);
    target.gone = true;
    this.dispatcher.races?.release(target.id, taskObject(target.id));
    this.wakeJoiners(target);
  }

  /** Waits for a task to end: 1, or 0 if `timeout` seconds (negative: for ever) passed first. */
  join(number: number, timeout: number): Answer | typeof SUSPEND {
    const { dispatcher } = this;
    const { me } = dispatcher;
    const target = me.process.tasks.get(number);
    if (target) dispatcher.touch(taskObject(target.id), READ);
    if (!target || target.gone || target.state === 'done') {
      if (target) dispatcher.races?.acquire(me.acts, taskObject(target.id));
      return 1;
    }
    if (timeout === 0) return 0;
    target.joiners.push(me);
    return dispatcher.wait({ on: 'join', task: target.id }, timeout < 0 ? null : timeout);
  }

  name(number: number, name: string): void {
    const task = this.dispatcher.me.process.tasks.get(number);
    if (!task) return;
    this.dispatcher.recorder.name(task.id, name.slice(0, 200));
    this.onName(number, name.slice(0, 200));
  }

  /** Live threads of the caller's process. */
  count(): number {
    this.dispatcher.touch(THREADS, READ);
    return this.dispatcher.me.process.live;
  }

  /** Waits so many seconds, or lets others run. */
  sleep(seconds: number): Answer | typeof SUSPEND {
    return seconds <= 0 ? this.dispatcher.yields() : this.dispatcher.wait({ on: 'sleep' }, seconds);
  }

  private wakeJoiners(task: Task): void {
    const { dispatcher } = this;
    for (const joiner of [...task.joiners]) {
      dispatcher.wake(joiner, 1);
      dispatcher.races?.acquire(joiner.acts, taskObject(task.id));
      dispatcher.scheduler.touch?.(joiner.acts, [taskObject(task.id), 0, READ], 0);
    }
  }
}
