/** The running thread's Python frames, read where they lie: no frame object is made for the looking. */
import type { CPython } from './cpython.ts';
import { FRAME, FRAME_OF_GENERATOR, FRAME_OF_INTERPRETER, GENERATOR, UNTAG } from './layout.ts';
import type { Address } from './objects.ts';

/** Frames of a stack that is away. */
export interface Exposed {
  /** The innermost that has code, 0 if none has. */
  readonly innermost: Address;
  /** Frames, and what they pointed to before. */
  readonly changed: readonly (readonly [frame: Address, previous: Address])[];
}

export class Frames {
  private readonly py: CPython;
  /** Index of `current_frame` in a PyThreadState, in words; 0 until it has been found. */
  private field = 0;
  /** Of the stack that runs. */
  state: Address = 0;

  constructor(py: CPython) {
    this.py = py;
  }

  /** The innermost frame that has code, 0 if there is none. */
  get innermost(): Address {
    // C code that may wait has let go of its thread state (Py_BEGIN_ALLOW_THREADS); its frames are there all the same.
    const state = (this.py._PyThreadState_GetUnchecked() || this.state) >>> 2;
    return this.field === 0 ? 0 : this.withCode(this.py.HEAPU32[state + this.field] as Address);
  }

  /** Finds out where a thread state keeps its innermost frame. Once a life, since it makes an object; a frame must run. */
  learn(state: Address): void {
    this.field ||= this.find(state >>> 2);
  }

  /** A new life. */
  forget(): void {
    this.field = 0;
  }

  /** The frame that called this one, 0 at the end. */
  outer(frame: Address): Address {
    return this.withCode(this.word(frame + FRAME.previous));
  }

  /** Calls `see` with each frame that waits for a C function, or for a generator, in which this one runs. */
  aroundC(frame: Address, see: (outer: Address) => void): void {
    let crossed = false;
    for (let at = this.word(frame + FRAME.previous); at !== 0; at = this.word(at + FRAME.previous)) {
      if (this.py.HEAPU8[at + FRAME.owner] === FRAME_OF_INTERPRETER) crossed = true;
      else if (crossed) see(at);
    }
  }

  /** The generator that a frame is part of, 0 if it is none's. */
  generator(frame: Address): Address {
    return this.py.HEAPU8[frame + FRAME.owner] === FRAME_OF_GENERATOR ? frame - GENERATOR.frame : 0;
  }

  code(frame: Address): Address {
    return (this.word(frame + FRAME.code) & UNTAG) >>> 0;
  }

  line(frame: Address): number {
    return this.py._PyUnstable_InterpreterFrame_GetLine(frame);
  }

  /** Byte offset of the instruction that the frame is at. */
  offset(frame: Address): number {
    return this.py._PyUnstable_InterpreterFrame_GetLasti(frame);
  }

  /** The frame's first local variable: `self` in a method. */
  firstLocal(frame: Address): Address {
    return (this.word(frame + FRAME.locals) & UNTAG) >>> 0;
  }

  /**
   * Sets a thread's innermost frame and answers the one before. CPython walks the frames of all threads
   * (`sys.settrace`, the collector), and each chain of frames runs through the C stack: a thread whose stack is elsewhere
   * must look as if it had none.
   */
  swap(state: Address, frame: Address): Address {
    const { HEAPU32 } = this.py;
    if (this.field === 0) return 0;
    const at = (state >>> 2) + this.field;
    const before = HEAPU32[at] as number;
    HEAPU32[at] = frame;
    return before;
  }

  /**
   * While a stack is away its frames may be looked at all the same (`g.gr_frame.f_back`): those in the C stack, which
   * stand for C calls, are taken out of their chain, and so are the `hidden` outermost ones. To be called while the stack
   * is still there; answers what `hide` needs to put all back.
   */
  expose(innermost: Address, hidden: number): Exposed {
    const chain: Address[] = [];
    for (let at = this.withCode(innermost); at !== 0; at = this.outer(at)) chain.push(at);
    const changed: [Address, Address][] = [];
    for (const [n, frame] of chain.entries()) {
      const next = n + 1 < chain.length - hidden ? (chain[n + 1] as Address) : 0;
      const before = this.word(frame + FRAME.previous);
      if (before === next) continue;
      changed.push([frame, before]);
      this.py.HEAPU32[(frame + FRAME.previous) >>> 2] = next;
    }
    return { innermost: chain[0] ?? 0, changed };
  }

  hide({ changed }: Exposed): void {
    for (const [frame, before] of changed) this.py.HEAPU32[(frame + FRAME.previous) >>> 2] = before;
  }

  private withCode(frame: Address): Address {
    let at = frame;
    while (at !== 0 && this.py.HEAPU8[at + FRAME.owner] === FRAME_OF_INTERPRETER) at = this.word(at + FRAME.previous);
    return at;
  }

  /** The word of the thread state that is the current frame object's `f_frame`. */
  private find(state: number): number {
    const { HEAPU32 } = this.py;
    const object = this.py._PyEval_GetFrame() >>> 2;
    const frame = HEAPU32[object + 3];
    for (let word = 4; object !== 0 && word < 40; word++) if (HEAPU32[state + word] === frame) return word;
    return 0;
  }

  private word(at: Address): Address {
    return this.py.HEAPU32[at >>> 2] as Address;
  }
}
