/**
 * Stacks that carry tasks: each is one suspended WebAssembly call that runs one task's body after the other. A task may
 * have more of them than its first (its greenlets, to Python), and says itself which of them goes on: the kernel sees one
 * task, and resumes the stack that the task was on when it was suspended.
 */
import type { CPython } from './cpython.ts';
import type { Exposed, Frames } from './frames.ts';
import type { Address } from './objects.ts';

interface Carrier {
  readonly id: number;
  task: number | null;
  /** The Python callable to run next; the carrier owns the reference. */
  body: Address;
  /** The C stack, copied away while the carrier is suspended, and where it belongs. */
  copy: Uint8Array;
  top: number;
  threadState: Address;
  /** Whether CPython ran under that state when the carrier was suspended. */
  attached: boolean;
  /** The innermost Python frame, taken out of the thread state while the stack it stands on is away. */
  frame: Address;
  wake: ((id: number) => void) | null;
  /** Woken before it was suspended. */
  early: boolean;
  launched: boolean;
  /** Woken to run a new body. */
  begins: boolean;
  /** Which stack of its task it is: 0 the first, see `add`. */
  stack: number;
  /** It gave way to another stack of its task. */
  gaveWay: boolean;
  /** Its frames, as they can be looked at since. */
  exposed: Exposed | null;
  ended: Promise<void>;
}

/** Hears of what happens to carriers. */
export interface Listener {
  /** A carrier died: CPython itself failed. */
  broke(why: unknown): void;
  /** A task's body is about to run for the first time. */
  started(task: number): void;
}

/** The outermost frames of a stack that is not its task's first: boot.carry and the body it runs, both of our making. */
const OUR_FRAMES = 2;

/** Thrown through the stack of a carrier whose life is over. */
class Doom extends Error {}

export class Carriers {
  private readonly py: CPython;
  private readonly carry: (callable: Address) => Promise<number>;
  private readonly loop: Address;
  /** Where every C stack begins; it grows downwards. */
  readonly base: number;
  private readonly listener: Listener;
  private readonly frames: Frames;
  private all: Carrier[] = [];
  private idle: Carrier[] = [];
  /** Whichever of its stacks each task is on. */
  private byTask = new Map<number, Carrier>();
  /** Each task's first stack. */
  private firsts = new Map<number, Carrier>();
  /** The others, of all tasks, by number. */
  private more = new Map<number, Carrier>();
  private lastStack = 0;
  /** Carriers of a life that is over, until their stacks are gone. */
  private readonly doomed = new Set<number>();
  private current: Carrier | null = null;
  /** Whether the last stack that came back was woken to run a new body. */
  startsWork = false;
  /** Whether it came back because another stack of its task gave way to it: the kernel has answered nothing. */
  wasGivenWay = false;
  /** The carrier between `leave` and `suspend`. */
  private left: Carrier | null = null;

  /** `loop` is boot.carry. */
  constructor(
    py: CPython,
    frames: Frames,
    carry: (callable: Address) => Promise<number>,
    loop: Address,
    listener: Listener,
  ) {
    this.py = py;
    this.frames = frames;
    this.carry = carry;
    this.loop = loop;
    this.listener = listener;
    this.base = py.stackSave();
  }

  /** Runs a new task's body as soon as the running one is suspended. Takes over the reference to `body`. */
  start(task: number, body: Address): void {
    const carrier = this.take(task, body);
    this.byTask.set(task, carrier);
    this.firsts.set(task, carrier);
    this.rouse(carrier);
  }

  // ---- more stacks of one task ---------------------------------------------------------------------------------

  /** How many there are, of all tasks. */
  get extra(): number {
    return this.more.size;
  }

  /** Another stack for the running task: `body` begins on it when the task first changes to it. Takes over the reference. */
  add(body: Address): number {
    const carrier = this.take((this.current as Carrier).task, body);
    carrier.stack = ++this.lastStack;
    this.more.set(carrier.stack, carrier);
    return carrier.stack;
  }

  /** The running task goes on on another of its stacks as soon as this one is suspended; false if it has none such. */
  changeTo(stack: number): boolean {
    const from = this.current as Carrier;
    const to = this.other(stack);
    if (!to) return false;
    from.gaveWay = true;
    this.byTask.set(from.task as number, to);
    this.rouse(to);
    return true;
  }

  /** The thread state of a stack: of the current one (-1), or of one that does not run; 0 if there is no such stack. */
  stateOf(stack: number): Address {
    const carrier = stack === -1 ? this.current : (this.more.get(stack) ?? this.other(stack));
    return carrier?.threadState ?? 0;
  }

  /** The innermost frame of one that has given way, 0 if there is none. */
  frameOf(stack: number): Address {
    const carrier = this.more.get(stack) ?? this.other(stack);
    return carrier?.exposed?.innermost ?? 0;
  }

  /** A stack of the running task that does not run; 0 is its first. */
  private other(stack: number): Carrier | null {
    const { current } = this;
    if (current === null || current.task === null) return null;
    const carrier = stack === 0 ? this.firsts.get(current.task) : this.more.get(stack);
    return carrier && carrier !== current && carrier.task === current.task ? carrier : null;
  }

  // --------------------------------------------------------------------------------------------------------------

  resume(task: number): void {
    const carrier = this.byTask.get(task);
    if (carrier) this.wake(carrier);
  }

  /** The task on whose stack Python runs, null if there is none. */
  get running(): number | null {
    return this.current?.task ?? null;
  }

  /** The thread state of the current carrier, once: when it is new; else 0. */
  newState(): Address {
    const carrier = this.current as Carrier;
    if (carrier.threadState !== 0) return 0;
    carrier.threadState = this.py._PyThreadState_Get() >>> 0;
    this.frames.state = carrier.threadState;
    this.frames.learn(carrier.threadState);
    return carrier.threadState;
  }

  /** Whether the running Python is on a carrier's own stack and thread state, and so can be suspended. */
  get suspendable(): boolean {
    return (this.current?.threadState ?? 0) !== 0;
  }

  /** The body that the current carrier shall run. */
  takeWork(): Address {
    const carrier = this.current as Carrier;
    const body = carrier.body;
    carrier.body = 0;
    return body;
  }

  /**
   * The current carrier has no body any more and waits for the next. False: its task is over. True: it was one stack of
   * several, and the task goes on on another: `next`, or its first if that is none.
   */
  rest(next: number): boolean {
    const carrier = this.current as Carrier;
    const { task, stack } = carrier;
    if (task === null) return false;
    const then = stack === 0 ? null : (this.other(next) ?? this.other(0));
    if (then) this.byTask.set(task, then);
    else {
      this.byTask.delete(task);
      this.firsts.delete(task);
    }
    this.more.delete(stack);
    carrier.task = null;
    carrier.stack = 0;
    this.idle.push(carrier);
    if (then) this.rouse(then);
    return then !== null;
  }

  leave(): void {
    const carrier = this.current as Carrier;
    // C code that waits has mostly let go of its thread state (Py_BEGIN_ALLOW_THREADS): as when it goes on.
    carrier.attached = this.py._PyThreadState_GetUnchecked() !== 0;
    if (!carrier.attached) this.py._PyThreadState_Swap(carrier.threadState);
    carrier.frame = this.frames.swap(carrier.threadState, 0);
    if (carrier.gaveWay) carrier.exposed = this.frames.expose(carrier.frame, carrier.stack === 0 ? 0 : OUR_FRAMES);
    this.py._captureThreadState();
    carrier.top = this.py.stackSave();
    carrier.copy = this.py.HEAPU8.slice(carrier.top, this.base);
    this.left = carrier;
    this.current = null;
  }

  suspend(): Promise<number> | number {
    const carrier = this.left as Carrier;
    if (carrier.early) {
      carrier.early = false;
      return carrier.id;
    }
    return new Promise((wake) => {
      carrier.wake = wake;
    });
  }

  /** Brings a carrier's stack back; answers its task. */
  restore(id: number): number | null {
    if (this.doomed.has(id)) throw new Doom();
    const carrier = this.all[id] as Carrier;
    this.py.HEAPU8.set(carrier.copy, carrier.top);
    this.py.stackRestore(carrier.top);
    this.py._restoreThreadState(carrier.threadState);
    if (!carrier.attached) this.py._PyThreadState_Swap(0);
    if (carrier.exposed) this.frames.hide(carrier.exposed);
    carrier.exposed = null;
    this.wasGivenWay = carrier.gaveWay;
    carrier.gaveWay = false;
    this.frames.swap(carrier.threadState, carrier.frame);
    this.frames.state = carrier.threadState;
    this.current = carrier;
    this.startsWork = carrier.begins;
    carrier.begins = false;
    if (this.startsWork && carrier.task !== null && carrier.stack === 0) this.listener.started(carrier.task);
    return carrier.task;
  }

  /** True if no stack is suspended in the middle of its body. */
  get allResting(): boolean {
    return this.byTask.size === 0 && this.more.size === 0;
  }

  /**
   * Destroys every stack. Each is resumed once more, only to throw a JavaScript error through its C frames: no line of
   * Python runs, and the engine gets the stack's memory back. What that leaves in linear memory is for a reset to undo.
   */
  async dissolve(): Promise<void> {
    const doomed = this.all.filter((carrier) => carrier.launched);
    this.all = [];
    this.idle = [];
    this.byTask = new Map();
    this.firsts = new Map();
    this.more = new Map();
    this.lastStack = 0;
    for (const carrier of doomed) {
      this.doomed.add(carrier.id);
      this.wake(carrier);
    }
    await Promise.all(doomed.map((carrier) => carrier.ended));
    this.doomed.clear();
    this.frames.forget();
    this.current = null;
    this.py.stackRestore(this.base);
  }

  private take(task: number | null, body: Address): Carrier {
    const carrier = this.idle.pop() ?? this.create();
    carrier.task = task;
    carrier.body = body;
    return carrier;
  }

  /** Lets a stack go on, or begin with its body. */
  private rouse(carrier: Carrier): void {
    carrier.begins = carrier.launched && carrier.body !== 0;
    if (carrier.launched) this.wake(carrier);
    else queueMicrotask(() => this.launch(carrier));
  }

  private create(): Carrier {
    const carrier: Carrier = {
      id: this.all.length,
      task: null,
      body: 0,
      copy: new Uint8Array(),
      top: 0,
      threadState: 0,
      attached: false,
      frame: 0,
      wake: null,
      early: false,
      launched: false,
      begins: false,
      stack: 0,
      gaveWay: false,
      exposed: null,
      ended: Promise.resolve(),
    };
    this.all.push(carrier);
    return carrier;
  }

  private launch(carrier: Carrier): void {
    carrier.launched = true;
    this.current = carrier;
    if (carrier.task !== null && carrier.stack === 0) this.listener.started(carrier.task);
    this.py.stackRestore(this.base);
    carrier.ended = this.carry(this.loop).then(
      () => {},
      (why) => {
        if (!(why instanceof Doom)) this.listener.broke(why);
      },
    );
  }

  private wake(carrier: Carrier): void {
    const wake = carrier.wake;
    carrier.wake = null;
    if (wake) wake(carrier.id);
    else carrier.early = true;
  }
}
