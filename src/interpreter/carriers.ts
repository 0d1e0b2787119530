/** Stacks that carry tasks: each is one suspended WebAssembly call that runs one task's body after the other. */
import type { TaskId } from '../kernel/types.ts';
import type { CPython } from './cpython.ts';
import type { Frames } from './frames.ts';
import type { Address } from './objects.ts';

interface Carrier {
  readonly id: number;
  task: TaskId | null;
  /** The Python callable to run next; the carrier owns the reference. */
  body: Address;
  /** The C stack, copied away while the carrier is suspended, and where it belongs. */
  stack: Uint8Array;
  top: number;
  threadState: Address;
  /** The innermost Python frame, taken out of the thread state while the stack it stands on is away. */
  frame: Address;
  wake: ((id: number) => void) | null;
  /** Woken before it was suspended. */
  early: boolean;
  launched: boolean;
  known: boolean;
  ended: Promise<void>;
}

/** Thrown through the stack of a carrier whose life is over. */
class Doom extends Error {}

export class Carriers {
  private readonly py: CPython;
  private readonly carry: (callable: Address) => Promise<number>;
  private readonly loop: Address;
  /** Where every C stack begins; it grows downwards. */
  readonly base: number;
  private readonly broken: (why: unknown) => void;
  private readonly frames: Frames;
  private all: Carrier[] = [];
  private idle: Carrier[] = [];
  private byTask = new Map<TaskId, Carrier>();
  /** Carriers of a life that is over, until their stacks are gone. */
  private readonly doomed = new Set<number>();
  private current: Carrier | null = null;
  /** The carrier between `leave` and `suspend`. */
  private left: Carrier | null = null;

  /** `loop` is boot.carry; `broken` hears of a carrier that died (CPython itself failed). */
  constructor(
    py: CPython,
    frames: Frames,
    carry: (callable: Address) => Promise<number>,
    loop: Address,
    broken: (why: unknown) => void,
  ) {
    this.py = py;
    this.frames = frames;
    this.carry = carry;
    this.loop = loop;
    this.broken = broken;
    this.base = py.stackSave();
  }

  /** Runs a new task's body as soon as the running one is suspended. Takes over the reference to `body`. */
  start(task: TaskId, body: Address): void {
    const carrier = this.idle.pop() ?? this.create();
    carrier.task = task;
    carrier.body = body;
    this.byTask.set(task, carrier);
    if (carrier.launched) this.wake(carrier);
    else queueMicrotask(() => this.launch(carrier));
  }

  resume(task: TaskId): void {
    const carrier = this.byTask.get(task);
    if (carrier) this.wake(carrier);
  }

  /** True once for each carrier, when its thread state is new. */
  isNew(): boolean {
    const carrier = this.current as Carrier;
    const isNew = !carrier.known;
    carrier.known = true;
    return isNew;
  }

  /** Whether the running Python is on a carrier's own stack and thread state, and so can be suspended. */
  get suspendable(): boolean {
    return this.current?.known ?? false;
  }

  /** The body that the current carrier shall run. */
  takeWork(): Address {
    const carrier = this.current as Carrier;
    const body = carrier.body;
    carrier.body = 0;
    return body;
  }

  /** The current carrier has no task any more and waits for the next. */
  rest(): void {
    const carrier = this.current as Carrier;
    if (carrier.task !== null) this.byTask.delete(carrier.task);
    carrier.task = null;
    this.idle.push(carrier);
  }

  leave(): void {
    const carrier = this.current as Carrier;
    carrier.frame = this.frames.swap(0);
    carrier.threadState = this.py._captureThreadState();
    carrier.top = this.py.stackSave();
    carrier.stack = this.py.HEAPU8.slice(carrier.top, this.base);
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
  restore(id: number): TaskId | null {
    if (this.doomed.has(id)) throw new Doom();
    const carrier = this.all[id] as Carrier;
    this.py.HEAPU8.set(carrier.stack, carrier.top);
    this.py.stackRestore(carrier.top);
    this.py._restoreThreadState(carrier.threadState);
    this.frames.swap(carrier.frame);
    this.current = carrier;
    return carrier.task;
  }

  /** True if no task is suspended in the middle of its body. */
  get allResting(): boolean {
    return this.byTask.size === 0;
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
    for (const carrier of doomed) {
      this.doomed.add(carrier.id);
      this.wake(carrier);
    }
    await Promise.all(doomed.map((carrier) => carrier.ended));
    this.doomed.clear();
    this.current = null;
    this.py.stackRestore(this.base);
  }

  private create(): Carrier {
    const carrier: Carrier = {
      id: this.all.length,
      task: null,
      body: 0,
      stack: new Uint8Array(),
      top: 0,
      threadState: 0,
      frame: 0,
      wake: null,
      early: false,
      launched: false,
      known: false,
      ended: Promise.resolve(),
    };
    this.all.push(carrier);
    return carrier;
  }

  private launch(carrier: Carrier): void {
    carrier.launched = true;
    this.current = carrier;
    this.py.stackRestore(this.base);
    carrier.ended = this.carry(this.loop).then(
      () => {},
      (why) => {
        if (!(why instanceof Doom)) this.broken(why);
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
