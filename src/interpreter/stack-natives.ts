/**
 * The natives of stacks: a thread may have several, of which one runs (the greenlets of python/site/greenlet). Which one,
 * it says itself, and the kernel is not asked: to it the thread is one task. A stack that has given way keeps all that
 * CPython has of it: frames, recursion depth, the exception being handled, its contextvars context.
 */
import { THREAD_STATE } from './layout.ts';
import { type Arguments, GIVES_WAY, type Native } from './native-types.ts';
import type { Address } from './objects.ts';
import type { PythonImage } from './python-image.ts';

export function stackCalls({ at, number }: Arguments, image: PythonImage) {
  const { objects, py } = image;
  return {
    /** A stack for a body; answers its number. It takes as much as a thread, so as many of them may be there. */
    new_stack: (args) => {
      const body = at(args, 0);
      const { carriers } = image;
      const most = image.run?.execution.options.limits.tasks ?? 0;
      if (!carriers.suspendable || carriers.extra >= most)
        return { object: objects.raise('_PyExc_RuntimeError', `can't start new greenlet: ${most} run already`) };
      py._Py_IncRef(body);
      return carriers.add(body);
    },
    /** The caller goes on when another stack changes back to this one; answers 0 at once if there is no such stack. */
    change_stack: (args) => (image.carriers.changeTo(number(args, 0)) ? GIVES_WAY : 0),
    /** The innermost frame of a stack that has given way, or None. */
    stack_frame: (args) => {
      const stack = number(args, 0);
      const frame = image.carriers.frameOf(stack);
      if (frame === 0) return null;
      const state = image.carriers.stateOf(stack);
      const before = image.frames.swap(state, frame);
      const object: Address = py._PyThreadState_GetFrame(state) >>> 0;
      image.frames.swap(state, before);
      return object === 0 ? null : { object };
    },
    /** Gives a stack (-1: the caller's) another context, or none; answers the one before. A number: only looks. */
    stack_context: (args) => {
      const [stack, context] = [number(args, 0), at(args, 1)];
      const state = image.carriers.stateOf(stack);
      if (state === 0) return null;
      const heap = py.HEAPU32;
      const field = (state + THREAD_STATE.context) >>> 2;
      const before = heap[field] as Address;
      const none = context === objects.none;
      if (none || heap[(context >>> 2) + 1] === py._PyContext_Type) {
        if (!none) py._Py_IncRef(context);
        heap[field] = none ? 0 : context;
        const version = (state + THREAD_STATE.contextVersion) >>> 2;
        heap[version] = (heap[version] as number) + 1;
        return before === 0 ? null : { object: before };
      }
      if (before !== 0) py._Py_IncRef(before);
      return before === 0 ? null : { object: before };
    },
  } satisfies Record<string, Native>;
}
